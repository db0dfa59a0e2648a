"""Read a steering wheel, or any joystick that is no game controller: raw axes."""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.input.settings import WheelProfile

WHEEL_EVENTS: Final = (
    pygame.JOYBUTTONDOWN,
    pygame.JOYBUTTONUP,
    pygame.JOYHATMOTION,
    pygame.JOYAXISMOTION,
)
_HATS: Final = {(0, 1): "hat up", (0, -1): "hat down", (-1, 0): "hat left", (1, 0): "hat right"}
_AT_ITS_END: Final = 0.5  # where an axis is seen first: a pedal that rests there, else a stick
_FORWARD: Final = -1.0


class Wheel:
    """Reads axes and buttons as the wheel's profile says.

    Before an axis moves the first time it reads 0, which is taken for a pedal at rest. One that is
    first seen near the middle is a stick, or two pedals combined, and gives nothing there.
    """

    def __init__(self, joystick: pygame.joystick.JoystickType, profile: WheelProfile) -> None:
        self.profile = profile
        self._joystick = joystick
        self.instance: int = joystick.get_instance_id()
        self.identifier: str = joystick.get_guid()
        self.name: str = joystick.get_name()
        self._rest: dict[int, float] = {}

    @property
    def steering(self) -> float:
        """Return the steering as a share of the car's lock, -1..1, left positive."""
        profile = self.profile
        axis, side = split_axis(profile.left)
        turned = (side or -1.0) * self._axis(axis) * profile.range_deg / profile.lock_deg
        return min(max(turned, -1.0), 1.0)

    @property
    def pedals(self) -> tuple[float, float]:
        """Return throttle and brake, 0..1."""
        throttle, throttle_side = split_axis(self.profile.throttle)
        brake, brake_side = split_axis(self.profile.brake)
        if throttle == brake:
            along = self._axis(throttle)
            return max(throttle_side * along, 0.0), max(brake_side * along, 0.0)
        return self._pedal(throttle, throttle_side), self._pedal(brake, brake_side)

    def value(self, name: str) -> float:
        """Return how far a button is pressed: 0 or 1."""
        word, _, number = name.partition(" ")
        if word != "button" or not number.isdecimal():
            return 0.0
        if int(number) >= self._joystick.get_numbuttons():
            return 0.0
        return float(self._joystick.get_button(int(number)))

    def changes(self, event: pygame.Event) -> list[tuple[str, bool]]:
        """Return what an event of a button or hat newly presses (True) or lets go (False)."""
        if event.type == pygame.JOYHATMOTION:
            pointed = _HATS.get(tuple(event.value))
            return [(name, name == pointed) for name in _HATS.values()]
        return [(f"button {event.button}", event.type == pygame.JOYBUTTONDOWN)]

    def shake(self, low: float, high: float, duration_ms: int) -> None:
        """Run its motors, each 0..1, for a while, if it has any."""
        self._joystick.rumble(low, high, duration_ms)

    def close(self) -> None:
        """Release it."""
        self._joystick.quit()

    def _pedal(self, axis: int, side: float) -> float:
        value = self._axis(axis)
        if axis not in self._rest:
            if value == 0.0:
                return 0.0
            self._rest[axis] = math.copysign(1.0, value) if abs(value) > _AT_ITS_END else 0.0
        rest = self._rest[axis]
        if rest == 0.0:
            return min(max((side or _FORWARD) * value, 0.0), 1.0)
        return min(max(0.5 * abs(value - (-side or rest)), 0.0), 1.0)

    def _axis(self, axis: int) -> float:
        if not 0 <= axis < self._joystick.get_numaxes():
            return 0.0
        return float(self._joystick.get_axis(axis))


def split_axis(name: str) -> tuple[int, float]:
    """Return the number of "axis 2-" and its side, -1, 1, or 0 for none; no axis is -1."""
    number = name.removeprefix("axis ").rstrip("+-")
    side = {"+": 1.0, "-": -1.0}.get(name[-1:], 0.0)
    return (int(number), side) if number.isdecimal() else (-1, side)
