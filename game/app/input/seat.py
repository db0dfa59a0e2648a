"""Keep what one of two players at one machine drives with, and what they hold now."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final, Literal, NamedTuple

from game.app.input.rumble import Rumble
from game.drivers.human_driver import Device, InputState

SeatKind = Literal["none", "keyboard", "letters", "arrows", "device"]


class SeatInput(NamedTuple):
    """Names what a person drives with: the keyboard, a half of it, or a device by its instance."""

    kind: SeatKind
    instance: int = -1


NOTHING: Final = SeatInput("none")
KEYBOARD: Final = SeatInput("keyboard")
LETTERS: Final = SeatInput("letters")
ARROWS: Final = SeatInput("arrows")
HALVES: Final = (LETTERS, ARROWS)  # of the keyboard
# Keys by their places, whatever else is bound: each half lies under the hands of one person.
KEYS_OF_HALF: Final[Mapping[SeatKind, Mapping[str, str]]] = {
    "letters": {
        "a": "steer_left",
        "d": "steer_right",
        "w": "throttle",
        "s": "brake",
        "left shift": "steer_some",
        "left ctrl": "steer_most",
        "q": "reset",
        "tab": "whole_track",
    },
    "arrows": {
        "left": "steer_left",
        "right": "steer_right",
        "up": "throttle",
        "down": "brake",
        "right shift": "steer_some",
        "right ctrl": "steer_most",
        "backspace": "reset",
        "delete": "whole_track",
    },
}
ASKED_FOR: Final = ("reset", "whole_track")  # what each person asks for on their own


class Seat:
    """A seat is the place of one person; its number counts from 1."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.state = InputState()
        self.input = NOTHING
        self.lost = ""  # the name of the device that was unplugged while the person drove with it
        self.lost_identifier = ""
        self.rumble = Rumble()
        self.asked: Set[str] = frozenset()  # of `ASKED_FOR`, what was pressed since the last look
        self._pressed: Set[str] = frozenset()

    def take(self, taken: SeatInput) -> None:
        """Drive with this from now on; nothing is held of what was driven with before."""
        self.input, self.lost, self.lost_identifier = taken, "", ""
        self.state.device = Device.KEYBOARD
        self.state.release()

    def lose(self, name: str, identifier: str) -> None:
        """Let go of a device that is gone."""
        self.take(NOTHING)
        self.lost, self.lost_identifier = name, identifier

    def note(self, pressed: Set[str]) -> None:
        """Note what is pressed of `ASKED_FOR`: what was not at the last look is asked for."""
        self.asked, self._pressed = pressed - self._pressed, pressed
