"""Find the features of a car at one moment that its sound depends on."""

from __future__ import annotations

from typing import NamedTuple

from game.app.view.road_feel import RoadFeel
from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL, KERB
from game.vehicle.spec import CarSpec, MotorSpec


class AxleFeatures(NamedTuple):
    """Describes one axle: its motor and its two tyres."""

    motor_radps: float = 0.0
    torque: float = 0.0  # -1..1 of the peak; negative regenerates, or drives backwards
    slip: float = 0.0  # 0..1: from where the tyres begin to be heard to their loudest
    right: float = 0.5  # 0..1: on which side they slide
    loose: float = 0.0  # 0..1: share of the tyres on grass or gravel


class AudioFeatures(NamedTuple):
    """Describes one car as it is heard; strengths are 0..1."""

    speed_mps: float = 0.0
    front: AxleFeatures = AxleFeatures()
    rear: AxleFeatures = AxleFeatures()
    kerb: float = 0.0
    kerb_right: float = 0.5  # 0..1: under which side the kerb is
    grass: float = 0.0
    gravel: float = 0.0
    hit: float = 0.0
    flat_spot: float = 0.0


def audio_features(now: Snapshot, feel: RoadFeel, spec: CarSpec) -> AudioFeatures:
    """Return the audio features of one car, from its snapshot."""
    surface = now.surface
    loose = [wheel in (GRASS, GRAVEL) for wheel in surface]
    on_gravel = sum(wheel == GRAVEL for wheel in surface) / max(sum(loose), 1)
    kerbs = [wheel == KERB for wheel in surface]
    spin, heat = now.spin_radps, now.sliding_power_w
    gear = spec.front_motor.gear_ratio  # of both
    return AudioFeatures(
        speed_mps=(now.velocity_forward_mps**2 + now.velocity_left_mps**2) ** 0.5,
        front=AxleFeatures(
            0.5 * gear * (spin.front_left + spin.front_right),
            _torque_share(now.front_torque_nm, spec.front_motor),
            feel.slip_front,
            _right(heat.front_left, heat.front_right),
            0.5 * sum(loose[:2]),
        ),
        rear=AxleFeatures(
            0.5 * gear * (spin.rear_left + spin.rear_right),
            _torque_share(now.rear_torque_nm, spec.rear_motor),
            feel.slip_rear,
            _right(heat.rear_left, heat.rear_right),
            0.5 * sum(loose[2:]),
        ),
        kerb=feel.kerb,
        kerb_right=_right(kerbs[0] + kerbs[2], kerbs[1] + kerbs[3]),
        grass=feel.loose * (1.0 - on_gravel),
        gravel=feel.loose * on_gravel,
        hit=feel.hit,
        flat_spot=feel.flat_spot,
    )


def _right(left: float, right: float) -> float:
    """Return how far to the right the middle of two strengths lies, 0..1."""
    total = left + right
    return right / total if total > 0.0 else 0.5


def _torque_share(torque_nm: float, motor: MotorSpec) -> float:
    """Return the torque as a share of the motor's maximum, -1..1; 0 where there is no motor."""
    if motor.peak_torque_nm == 0.0:
        return 0.0
    return min(max(torque_nm / motor.peak_torque_nm, -1.0), 1.0)
