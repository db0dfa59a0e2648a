"""Call actions, keys and buttons as a person calls them."""

from __future__ import annotations

from typing import Final

from game.app.input.keys import key_label
from game.app.ui.text import has_pictures
from game.translation import N_, _

ACTION_LABELS: Final = {
    "steer_left": N_("Steer left"),
    "steer_right": N_("Steer right"),
    "throttle": N_("Throttle"),
    "brake": N_("Brake"),
    "steer_some": N_("Steer gently"),
    "steer_most": N_("Steer a bit less"),
    "restart": N_("Restart"),
    "reset": N_("Reset to track"),
    "pause": N_("Pause"),
    "camera": N_("Camera"),
    "whole_track": N_("Whole circuit"),
    "hud": N_("Instruments"),
    "reference": N_("Next delta"),
    "keep_state": N_("Keep state"),
    "return_to_state": N_("Return to state"),
    "rewind": N_("Rewind 5 s"),
    "slow_motion": N_("Slow motion"),
    "loop_corner": N_("Loop a corner"),
    "photo": N_("Photo mode"),
    "clip": N_("Film 15 s"),
    "screenshot": N_("Screenshot"),
    "fullscreen": N_("Full screen"),
    "mute": N_("Sound on/off"),
    "menu_up": N_("Menu up"),
    "menu_down": N_("Menu down"),
    "menu_left": N_("Menu left"),
    "menu_right": N_("Menu right"),
    "confirm": N_("Confirm"),
    "back": N_("Back"),
    "previous_tab": N_("Previous page"),
    "next_tab": N_("Next page"),
    "undo": N_("Undo"),
    "next_view": N_("Other charts"),
    "default": N_("Back to default"),
}
_INPUTS: Final = {
    "pad_a": "A",
    "pad_b": "B",
    "pad_x": "X",
    "pad_y": "Y",
    "pad_back": N_("View"),
    "pad_guide": N_("Guide"),
    "pad_start": N_("Menu"),
    "pad_left_stick": N_("Press left stick"),
    "pad_right_stick": N_("Press right stick"),
    "pad_left_shoulder": "LB",
    "pad_right_shoulder": "RB",
    "pad_left_trigger": "LT",
    "pad_right_trigger": "RT",
    "pad_left_x-": N_("Left stick left"),
    "pad_left_x+": N_("Left stick right"),
    "pad_left_y-": N_("Left stick up"),
    "pad_left_y+": N_("Left stick down"),
    "pad_right_x-": N_("Right stick left"),
    "pad_right_x+": N_("Right stick right"),
    "pad_right_y-": N_("Right stick up"),
    "pad_right_y+": N_("Right stick down"),
    "pad_up": N_("D-pad up"),
    "pad_down": N_("D-pad down"),
    "pad_left": N_("D-pad left"),
    "pad_right": N_("D-pad right"),
    "hat up": N_("Hat up"),
    "hat down": N_("Hat down"),
    "hat left": N_("Hat left"),
    "hat right": N_("Hat right"),
    "up": N_("Up"),
    "down": N_("Down"),
    "left": N_("Left"),
    "right": N_("Right"),
    "space": N_("Space"),
    "return": N_("Enter"),
    "escape": N_("Esc"),
    "left shift": N_("Left shift"),
    "right shift": N_("Right shift"),
    "left ctrl": N_("Left Ctrl"),
    "right ctrl": N_("Right Ctrl"),
    "page up": N_("Page up"),
    "page down": N_("Page down"),
}


def action_words(action: str) -> str:
    """Return the words for what an action does, in the player's language."""
    return _(ACTION_LABELS[action])


def input_words(name: str) -> str:
    """Return a key, a button, or one side of an axis; empty for none."""
    if name in _INPUTS:
        return _(_INPUTS[name])
    if name.startswith("axis "):
        axis = name.removeprefix("axis ").replace("-", " \N{MINUS SIGN}").replace("+", " +")
        return _("Axis {number}").format(number=axis)
    if name.startswith("button "):
        return _("Button {number}").format(number=name.removeprefix("button "))
    label = key_label(name)
    return label if label.isascii() or has_pictures(label) else name.capitalize()
