"""A bot recovers when it is lost: off its line, turned round, or against a wall."""

from __future__ import annotations

import math
from typing import Final

from game.simulation.snapshot import Snapshot
from game.trig import arc_tangent2, wrap_angle
from game.vehicle.state import Controls, controls

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
_STILL_MPS: Final = 0.5
_MAX_STILL: Final = 45  # decisions without motion before the other way is tried
_REVERSING: Final = 100  # decisions that the car may reverse


class Recovery:
    """Brings one car back to its line; remembers only how long it has stood or reversed."""

    def __init__(self) -> None:
        self.lost = False
        self._still = 0
        self._reversing_left = 0

    def controls(self, now: Snapshot, deviation_m: float, line_rad: float) -> Controls | None:
        """Return controls while the car is lost, else None.

        deviation_m: of the car from the line, positive to its left; line_rad: the line's direction
        relative to the centreline.
        """
        heading_error_rad = wrap_angle(now.heading_rad - now.track_heading_rad - line_rad)
        if abs(deviation_m) > _LOST_M or abs(heading_error_rad) > _LOST_RAD:
            self.lost = True
        elif abs(deviation_m) < _FOUND_M and abs(heading_error_rad) < _FOUND_RAD:
            self.lost = False
        if not self.lost:
            self._still = self._reversing_left = 0
            return None
        return self._drive(now, deviation_m, heading_error_rad)

    def _drive(self, now: Snapshot, deviation_m: float, heading_error_rad: float) -> Controls:
        speed_mps = now.velocity_forward_mps
        left_mps = now.velocity_left_mps
        abs_speed_mps = math.sqrt(speed_mps * speed_mps + left_mps * left_mps)
        self._still = self._still + 1 if abs_speed_mps < _STILL_MPS else 0
        if self._still > _MAX_STILL:
            self._still = 0
            self._reversing_left = 0 if self._reversing_left else _REVERSING
        slip_rad = arc_tangent2(left_mps, abs(speed_mps))
        if abs_speed_mps > _SPUN_MPS and (abs(slip_rad) > _SPUN_RAD or speed_mps < 0.0):
            return controls(brake=1.0)
        aim_rad = max(-_MAX_AIM_RAD, min(_MAX_AIM_RAD, -deviation_m / _AIM_M))
        turn_rad = wrap_angle(aim_rad - heading_error_rad)
        steering = _STEERING_PER_RAD * turn_rad
        if self._reversing_left:
            self._reversing_left -= 1
            return controls(-steering, throttle=_SPEED_GAIN * (_TURNING_MPS + speed_mps), reverse=1)
        wanted_mps = _TURNING_MPS if abs(turn_rad) > _TURNING_RAD else _RETURNING_MPS
        missing_mps = wanted_mps - speed_mps
        return controls(steering, _SPEED_GAIN * missing_mps, -_SPEED_GAIN * missing_mps)
