"""List what a player can ask for once, by whichever key, button or click."""

from __future__ import annotations

from enum import Enum, auto


class Command(Enum):
    """A command is a request that the player makes once, by a key, a button or a click."""

    PAUSE = auto()  # Esc and Start; menus take it for BACK
    RESTART = auto()
    RESET = auto()
    CAMERA = auto()
    WHOLE_TRACK = auto()
    HUD = auto()
    REFERENCE = auto()
    KEEP_STATE = auto()
    RETURN_TO_STATE = auto()
    REWIND = auto()
    SLOW_MOTION = auto()
    LOOP_CORNER = auto()
    PHOTO = auto()
    CLIP = auto()
    FULLSCREEN = auto()
    SCREENSHOT = auto()
    MUTE = auto()
    UP = auto()  # this and the following are for menus, not for driving
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    CONFIRM = auto()
    BACK = auto()
    NEXT_TAB = auto()
    PREVIOUS_TAB = auto()
    UNDO = auto()  # this and the following two are for pages of settings and setups
    NEXT_VIEW = auto()
    DEFAULT = auto()
    CAPTURED = auto()  # what `Inputs.listen` waited for is in `Inputs.captured`
    TYPED = auto()  # a text, in `Inputs.text_input`; the following two change one
    ERASE = auto()
    PASTE = auto()
    QUIT = auto()
    FOCUS_LOST = auto()
    UNPLUGGED = auto()
    PLUGGED = auto()
