"""What a player asks for once, by whichever key, button or click."""

from __future__ import annotations

from enum import Enum, auto


class Command(Enum):
    """Something asked for once."""

    PAUSE = auto()
    RESTART = auto()
    RESET = auto()
    FULLSCREEN = auto()
    SCREENSHOT = auto()
    UP = auto()
    DOWN = auto()
    CONFIRM = auto()
    QUIT = auto()
    FOCUS_LOST = auto()
    UNPLUGGED = auto()
    PLUGGED = auto()
