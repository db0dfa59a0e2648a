"""A person's keys, stick or wheel made into controls, smoothly, tick by tick.

The window writes what is held into an `InputState`; the filter runs in the tick, so that a lap
drives alike at every frame rate.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from game.drivers.observation import Observation
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S
from game.units import G_MPS2, PI
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, controls

_LEAST_SPEED_MPS: Final = 3.0  # below this the body's slip says nothing about a slide


class Device(Enum):
    """What the player drives with."""

    KEYBOARD = "keyboard"
    PAD = "pad"
    WHEEL = "wheel"


Seconds = Annotated[float, Meta(ge=0.01, le=2.0)]
Share = Annotated[float, Meta(gt=0.0, le=1.0)]


class HumanSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How inputs are smoothed. Times are from one end of the travel to the other."""

    raw: bool = False  # keys go from end to end at once, without limit or ramp
    front_slip: Annotated[float, Meta(ge=0.5, le=2.0)] = 1.1  # of most grip, for a held key ...
    rear_slip: Annotated[float, Meta(ge=0.0, le=1.5)] = 0.75  # ... while the rear slips so much
    least_limit_rad: Annotated[float, Meta(ge=0.0, le=0.2)] = 0.04  # however fast
    slow_rise_s: Seconds = 0.22  # centre to limit, up to slow_mps ...
    slow_mps: Annotated[float, Meta(ge=0.0, le=30.0)] = 15.0
    fast_rise_s: Seconds = 0.38  # ... and at fast_mps and beyond
    fast_mps: Annotated[float, Meta(ge=31.0, le=100.0)] = 55.0
    opposite_gain: Annotated[float, Meta(ge=1.0, le=5.0)] = 1.45  # against the present angle
    return_s: Seconds = 0.12
    some_share: Share = 0.4  # of the limit, with its key held
    most_share: Share = 0.7
    slide_rad: Annotated[float, Meta(ge=0.0, le=0.5)] = 4.0 * PI / 180.0  # opens the limit ...
    slide_gain: Annotated[float, Meta(ge=1.0, le=5.0)] = 2.0  # ... and quickens the hand
    throttle_up_s: Seconds = 0.20
    throttle_down_s: Seconds = 0.08
    brake_up_s: Seconds = 0.15
    brake_down_s: Seconds = 0.05
    stick_slew_ps: Annotated[float, Meta(ge=1.0, le=50.0)] = 6.0  # limits per second
    reverse_after_s: Seconds = 0.25  # of the brake held at standstill
    standstill_mps: Annotated[float, Meta(ge=0.05, le=2.0)] = 0.3


@dataclass(slots=True)
class InputState:
    """What is held right now. The window writes it, the driver reads it at its next tick."""

    device: Device = Device.KEYBOARD
    left: bool = False
    right: bool = False
    up: bool = False
    down: bool = False
    some: bool = False  # steer less than all the way: by the smaller share ...
    most: bool = False  # ... and by the larger one
    steering: float = 0.0  # stick or wheel, -1..1, left positive
    throttle: float = 0.0  # 0..1
    brake: float = 0.0  # 0..1
    settings: HumanSettings = field(default_factory=HumanSettings)

    def release(self) -> None:
        """Let go of everything."""
        self.left = self.right = self.up = self.down = self.some = self.most = False
        self.steering = self.throttle = self.brake = 0.0


class HumanDriver:
    """Drives one car as the player's inputs ask."""

    ticks_per_decision = 1

    def __init__(self, state: InputState, spec: CarSpec, setup: Setup) -> None:
        self.state = state
        self.target_rad = 0.0  # to which the inputs turn the front wheels, in time
        self._car = _numbers(spec, setup)
        self._angle_rad = 0.0
        self._throttle = 0.0
        self._brake = 0.0
        self._reverse = False
        self._standing_ticks = 0

    @property
    def settings(self) -> HumanSettings:
        """How the inputs are smoothed now; they may change at any time."""
        return self.state.settings

    @property
    def reverse(self) -> bool:
        """Whether reverse is engaged."""
        return self._reverse

    def limit_rad(self, speed_mps: float) -> float:
        """The front angle that corners hardest in a steady turn at this speed.

        The turn that the grip allows takes wheelbase / radius, by Ackermann; what the front slips
        more than the rear comes on top.
        """
        car = self._car
        grip_mps2 = car.grip * (G_MPS2 + car.downforce_1pm * speed_mps * speed_mps)
        turn_rad = math.atan2(car.wheelbase_m * grip_mps2, speed_mps * speed_mps)
        excess = self.settings.front_slip - self.settings.rear_slip
        limit_rad = turn_rad + excess * math.atan(car.peak_slip_tangent)
        return min(max(limit_rad, self.settings.least_limit_rad), car.lock_rad)

    def decide(self, seen: Observation) -> Controls:
        """The controls of the next tick."""
        snapshot = seen.car
        self._shift(snapshot.velocity_forward_mps)
        accelerate, slow_down = self._pedals_wanted()
        if self._reverse:
            accelerate, slow_down = slow_down, accelerate
        settings = self.settings
        if self.state.device is Device.WHEEL:
            self._throttle, self._brake = accelerate, slow_down
            self.target_rad = self._angle_rad = self.state.steering * self._car.lock_rad
        else:
            self._throttle = _pressed(
                self._throttle, accelerate, settings.throttle_up_s, settings.throttle_down_s
            )
            self._brake = _pressed(
                self._brake, slow_down, settings.brake_up_s, settings.brake_down_s
            )
            self._steer(snapshot)
        return controls(
            self._angle_rad / self._car.lock_rad,
            self._throttle,
            self._brake,
            int(self._reverse),
        )

    def _pedals_wanted(self) -> tuple[float, float]:
        state = self.state
        if state.device is Device.KEYBOARD:
            return float(state.up), float(state.down)
        return state.throttle, state.brake

    def _shift(self, forward_mps: float) -> None:
        """Engage reverse after the brake was held at standstill; leave it for the throttle."""
        accelerate, slow_down = self._pedals_wanted()
        settings = self.settings
        standing = abs(forward_mps) < settings.standstill_mps
        if self._reverse:
            if accelerate > 0.05 and forward_mps > -settings.standstill_mps:
                self._engage(reverse=False)
            return
        held = standing and slow_down > 0.3 and accelerate <= 0.05
        self._standing_ticks = self._standing_ticks + 1 if held else 0
        if self._standing_ticks * TICK_S >= settings.reverse_after_s:
            self._engage(reverse=True)

    def _engage(self, *, reverse: bool) -> None:
        self._reverse = reverse
        self._standing_ticks = 0
        self._throttle = self._brake = 0.0

    def _steer(self, snapshot: Snapshot) -> None:
        settings = self.settings
        speed_mps = math.hypot(snapshot.velocity_forward_mps, snapshot.velocity_left_mps)
        wanted = self._steering_wanted()
        limit_rad = self.limit_rad(speed_mps)
        gain = 1.0
        if _into_slide(snapshot, wanted, settings.slide_rad):
            limit_rad = self._car.lock_rad
            gain = settings.slide_gain
        self.target_rad = wanted * limit_rad
        if self.state.device is Device.PAD:
            most_rad = gain * settings.stick_slew_ps * limit_rad * TICK_S
        elif self.state.left and self.state.right:
            return
        else:
            most_rad = gain * self._key_rate_radps(wanted, limit_rad, speed_mps) * TICK_S
        self._angle_rad = _towards(self._angle_rad, self.target_rad, most_rad)

    def _key_rate_radps(self, wanted: float, limit_rad: float, speed_mps: float) -> float:
        settings = self.settings
        angle_rad = self._angle_rad
        span_rad = max(limit_rad, abs(angle_rad))  # beyond the limit after a slide or slowing down
        if wanted == 0.0 or (wanted * angle_rad > 0.0 and abs(angle_rad) > limit_rad):
            return span_rad / settings.return_s
        share = (speed_mps - settings.slow_mps) / (settings.fast_mps - settings.slow_mps)
        share = min(max(share, 0.0), 1.0)
        rise_s = settings.slow_rise_s + share * (settings.fast_rise_s - settings.slow_rise_s)
        opposite = settings.opposite_gain if wanted * angle_rad < 0.0 else 1.0
        return opposite * span_rad / rise_s

    def _steering_wanted(self) -> float:
        """-1..1 of the limit, left positive."""
        state = self.state
        if state.device is Device.KEYBOARD:
            steering = float(state.left) - float(state.right)
        else:
            steering = state.steering
        if state.some:
            return self.settings.some_share * steering
        return self.settings.most_share * steering if state.most else steering


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What the steering limit is computed from."""

    wheelbase_m: float
    lock_rad: float
    grip: float
    peak_slip_tangent: float
    downforce_1pm: float  # acceleration it adds to gravity, per speed squared


def _numbers(spec: CarSpec, setup: Setup) -> _Numbers:
    tyre = spec.slick if setup.tyre == "slick" else spec.sport
    mass_kg = spec.chassis.mass_kg + (spec.chassis.driver_mass_kg if setup.driver_aboard else 0.0)
    area_m2 = spec.aero.downforce_area_m2 + setup.wing * spec.aero.wing_downforce_area_m2
    return _Numbers(
        wheelbase_m=spec.chassis.wheelbase_m,
        lock_rad=spec.steering.lock_rad,
        grip=tyre.friction_left,
        peak_slip_tangent=tyre.peak_slip_tangent,
        downforce_1pm=0.5 * spec.aero.air_density_kgpm3 * area_m2 / mass_kg,
    )


def _into_slide(snapshot: Snapshot, wanted: float, slide_rad: float) -> bool:
    """Whether the car slides sideways and the player steers to where it goes."""
    forward_mps = snapshot.velocity_forward_mps
    if forward_mps < _LEAST_SPEED_MPS:
        return False
    slip_rad = math.atan2(snapshot.velocity_left_mps, forward_mps)
    return abs(slip_rad) > slide_rad and slip_rad * wanted > 0.0


def _pressed(pedal: float, wanted: float, up_s: float, down_s: float) -> float:
    return _towards(pedal, wanted, TICK_S / (up_s if wanted > pedal else down_s))


def _towards(value: float, target: float, most: float) -> float:
    return min(value + most, target) if target > value else max(value - most, target)
