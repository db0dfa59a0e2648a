"""Read a game controller: sticks, triggers and buttons by SDL's mapping."""

from __future__ import annotations

from typing import Final

import pygame
from pygame._sdl2 import controller as sdl_pads

from game.app.input.settings import PadProfile

BUTTONS: Final = {
    pygame.CONTROLLER_BUTTON_A: "pad_a",
    pygame.CONTROLLER_BUTTON_B: "pad_b",
    pygame.CONTROLLER_BUTTON_X: "pad_x",
    pygame.CONTROLLER_BUTTON_Y: "pad_y",
    pygame.CONTROLLER_BUTTON_BACK: "pad_back",
    pygame.CONTROLLER_BUTTON_GUIDE: "pad_guide",
    pygame.CONTROLLER_BUTTON_START: "pad_start",
    pygame.CONTROLLER_BUTTON_LEFTSTICK: "pad_left_stick",
    pygame.CONTROLLER_BUTTON_RIGHTSTICK: "pad_right_stick",
    pygame.CONTROLLER_BUTTON_LEFTSHOULDER: "pad_left_shoulder",
    pygame.CONTROLLER_BUTTON_RIGHTSHOULDER: "pad_right_shoulder",
    pygame.CONTROLLER_BUTTON_DPAD_UP: "pad_up",
    pygame.CONTROLLER_BUTTON_DPAD_DOWN: "pad_down",
    pygame.CONTROLLER_BUTTON_DPAD_LEFT: "pad_left",
    pygame.CONTROLLER_BUTTON_DPAD_RIGHT: "pad_right",
}
STICK_AXES: Final = {
    pygame.CONTROLLER_AXIS_LEFTX: "pad_left_x",
    pygame.CONTROLLER_AXIS_LEFTY: "pad_left_y",
    pygame.CONTROLLER_AXIS_RIGHTX: "pad_right_x",
    pygame.CONTROLLER_AXIS_RIGHTY: "pad_right_y",
}
TRIGGERS: Final = {
    pygame.CONTROLLER_AXIS_TRIGGERLEFT: "pad_left_trigger",
    pygame.CONTROLLER_AXIS_TRIGGERRIGHT: "pad_right_trigger",
}
_BUTTON_NUMBERS: Final = {name: number for number, name in BUTTONS.items()}
_AXIS_NUMBERS: Final = {name: number for number, name in (STICK_AXES | TRIGGERS).items()}
_OTHER_AXIS: Final = {
    "pad_left_x": "pad_left_y",
    "pad_left_y": "pad_left_x",
    "pad_right_x": "pad_right_y",
    "pad_right_y": "pad_right_x",
}
PAD_EVENTS: Final = (
    pygame.CONTROLLERBUTTONDOWN,
    pygame.CONTROLLERBUTTONUP,
    pygame.CONTROLLERAXISMOTION,
)
PUSHED: Final = 0.6  # of an axis, from which it counts as a button pressed
_RELEASED: Final = 0.4  # of an axis, below which the button is released
_FULL: Final = 32767.0


class Pad:
    """Reads one controller that is plugged in."""

    def __init__(self, controller: sdl_pads.Controller, profile: PadProfile) -> None:
        self.profile = profile
        self._controller = controller
        joystick = controller.as_joystick()
        self.instance: int = joystick.get_instance_id()
        self.identifier: str = joystick.get_guid()
        self.name: str = joystick.get_name()
        self._pushed: set[str] = set()  # axes that count as buttons pressed

    def value(self, name: str) -> float:
        """Return how far an input is pressed or moved, 0..1; sticks by their curve."""
        if name in _BUTTON_NUMBERS:
            return float(self._controller.get_button(_BUTTON_NUMBERS[name]))
        if name in _AXIS_NUMBERS:
            return max(self._axis(name), 0.0)
        axis, side = name[:-1], name[-1:]
        if axis not in _OTHER_AXIS or side not in "+-":
            return 0.0
        along = self.stick(axis)
        return max(along if side == "+" else -along, 0.0)

    def stick(self, axis: str) -> float:
        """Return what a stick asks for along one of its axes, -1..1, right and down positive."""
        return self.profile.curve.shaped(self._axis(axis), self._axis(_OTHER_AXIS[axis]))

    def changes(self, event: pygame.Event) -> list[tuple[str, bool]]:
        """Return what an event newly presses (True) or lets go (False), axes included."""
        if event.type != pygame.CONTROLLERAXISMOTION:
            name = BUTTONS.get(event.button)
            down = event.type == pygame.CONTROLLERBUTTONDOWN
            return [] if name is None else [(name, down)]
        along = event.value / _FULL
        if event.axis in TRIGGERS:
            return self._pushes(TRIGGERS[event.axis], along)
        axis = STICK_AXES[event.axis]
        return self._pushes(axis + "-", -along) + self._pushes(axis + "+", along)

    def forget(self) -> None:
        """Treat every axis as released."""
        self._pushed.clear()

    def shake(self, low: float, high: float, duration_ms: int) -> None:
        """Run the two motors, each 0..1, for a while; not every controller has them."""
        self._controller.rumble(low, high, duration_ms)

    def close(self) -> None:
        """Release it."""
        self._controller.quit()

    def _pushes(self, name: str, along: float) -> list[tuple[str, bool]]:
        if along > PUSHED and name not in self._pushed:
            self._pushed.add(name)
            return [(name, True)]
        if along < _RELEASED and name in self._pushed:
            self._pushed.discard(name)
            return [(name, False)]
        return []

    def _axis(self, name: str) -> float:
        value = float(self._controller.get_axis(_AXIS_NUMBERS[name])) / _FULL
        return min(max(value, -1.0), 1.0)
