"""A bot recovers when it is lost: off its line, turned round, or against a wall."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from game.compiled import tick_function
from game.scalars import clamp
from game.simulation.snapshot import Snapshot
from game.trig import arc_tangent2, wrap_angle
from game.vehicle.state import Controls, quantised

_LOST_M: Final = 2.5  # from the line, where its own steering law would ask for too much
_LOST_RAD: Final = 0.7
_FOUND_M: Final = 0.8
_FOUND_RAD: Final = 0.15
_AIM_M: Final = 12.0  # the line is aimed at so far ahead
_MAX_AIM_RAD: Final = 1.0
_STEERING_PER_RAD: Final = 2.5  # of the lock per error of heading
_TURNING_RAD: Final = 0.5  # beyond this error the car is to be turned before it goes faster
_TURNING_MPS: Final = 5.0
_RETURNING_MPS: Final = 14.0
_SPUN_RAD: Final = 0.5  # slip angle of the whole car
_SPUN_MPS: Final = 6.0
_SPEED_GAIN: Final = 0.25  # of a pedal per m/s
_STILL_MPS: Final = 0.2  # below the crawl of a car that digs itself out of gravel
_MAX_STILL: Final = 45  # decisions without motion before the other way is tried
_REVERSING: Final = 100  # decisions that the car may reverse


@dataclass(slots=True)
class Recovery:
    """Brings a car back to its line; it remembers only how long the car has stood or reversed."""

    lost: int = 0  # 1 until the car is back
    still: int = 0  # decisions without motion
    reversing_left: int = 0  # decisions
    waits: int = 0  # 1: others come past, before whom it does not drive onto the road


@tick_function
def is_lost(recovery: Recovery, deviation_m: float, heading_error_rad: float) -> bool:
    """Return whether the car is to be brought back to its line, from now on or still.

    deviation_m: of the car from the line, positive to its left; heading_error_rad: from the line's
    direction.
    """
    if abs(deviation_m) > _LOST_M or abs(heading_error_rad) > _LOST_RAD:
        recovery.lost = 1
    elif abs(deviation_m) < _FOUND_M and abs(heading_error_rad) < _FOUND_RAD:
        recovery.lost = 0
    if recovery.lost == 0:
        recovery.still = 0
        recovery.reversing_left = 0
    return recovery.lost != 0


@tick_function
def recovering(
    recovery: Recovery, now: Snapshot, deviation_m: float, heading_error_rad: float
) -> Controls:
    """Return the controls of a car that is lost."""
    if recovery.waits != 0:
        return quantised(0.0, 0.0, 1.0, 0)
    speed_mps = now.velocity_forward_mps
    left_mps = now.velocity_left_mps
    abs_speed_mps = math.sqrt(speed_mps * speed_mps + left_mps * left_mps)
    recovery.still = recovery.still + 1 if abs_speed_mps < _STILL_MPS else 0
    if recovery.still > _MAX_STILL:
        recovery.still = 0
        recovery.reversing_left = 0 if recovery.reversing_left > 0 else _REVERSING
    slip_rad = arc_tangent2(left_mps, abs(speed_mps))
    if abs_speed_mps > _SPUN_MPS and (abs(slip_rad) > _SPUN_RAD or speed_mps < 0.0):
        return quantised(0.0, 0.0, 1.0, 0)
    aim_rad = clamp(-deviation_m / _AIM_M, -_MAX_AIM_RAD, _MAX_AIM_RAD)
    turn_rad = wrap_angle(aim_rad - heading_error_rad)
    steering = _STEERING_PER_RAD * turn_rad
    if recovery.reversing_left > 0:
        recovery.reversing_left -= 1
        return quantised(-steering, _SPEED_GAIN * (_TURNING_MPS + speed_mps), 0.0, 1)
    wanted_mps = _TURNING_MPS if abs(turn_rad) > _TURNING_RAD else _RETURNING_MPS
    missing_mps = wanted_mps - speed_mps
    return quantised(steering, _SPEED_GAIN * missing_mps, -_SPEED_GAIN * missing_mps, 0)
