"""A steering wheel, or any joystick that is no game controller: raw axes."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

_STEERING_AXIS: Final = 0
_PEDAL_AXES: Final = (1, 2)  # throttle and brake on most wheels


class Turned(NamedTuple):
    """What a wheel's owner does."""

    steering: float  # -1..1, left positive
    throttle: float  # 0..1
    brake: float  # 0..1


class Wheel:
    """Reads the axes. A pedal rests at one end of its axis; which one is seen when it first moves.

    Before an axis moves the first time it reads 0, which is taken for a pedal at rest.
    """

    def __init__(self, joystick: pygame.joystick.JoystickType) -> None:
        self._joystick = joystick
        self._rest: dict[int, float] = {}

    def read(self) -> Turned:
        """What is held now."""
        throttle, brake = (self._pedal(axis) for axis in _PEDAL_AXES)
        return Turned(-self._joystick.get_axis(_STEERING_AXIS), throttle, brake)

    def _pedal(self, axis: int) -> float:
        if axis >= self._joystick.get_numaxes():
            return 0.0
        value = self._joystick.get_axis(axis)
        if axis not in self._rest:
            if value == 0.0:
                return 0.0
            self._rest[axis] = 1.0 if value > 0.0 else -1.0
        return min(max(0.5 * abs(value - self._rest[axis]), 0.0), 1.0)
