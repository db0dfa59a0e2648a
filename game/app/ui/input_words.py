"""Call actions, keys and buttons as a person calls them."""

from __future__ import annotations

from typing import Final

_ACTIONS: Final = {
    "steer_some": "Steer less",
    "steer_most": "Steer a little less",
    "restart": "Restart",
    "reset": "Reset to track",
    "camera": "Camera",
    "whole_track": "Whole circuit",
    "hud": "Instruments",
    "photo": "Photo mode",
    "fullscreen": "Full screen",
    "mute": "Sound off and on",
    "previous_tab": "Page before",
    "next_tab": "Next page",
    "next_view": "Other charts",
    "default": "Back to the default",
}
_PAD: Final = {
    "pad_a": "A",
    "pad_b": "B",
    "pad_x": "X",
    "pad_y": "Y",
    "pad_back": "View",
    "pad_guide": "Guide",
    "pad_start": "Menu",
    "pad_left_stick": "Press left stick",
    "pad_right_stick": "Press right stick",
    "pad_left_shoulder": "LB",
    "pad_right_shoulder": "RB",
    "pad_left_trigger": "LT",
    "pad_right_trigger": "RT",
    "pad_left_x-": "Left stick left",
    "pad_left_x+": "Left stick right",
    "pad_left_y-": "Left stick up",
    "pad_left_y+": "Left stick down",
    "pad_right_x-": "Right stick left",
    "pad_right_x+": "Right stick right",
    "pad_right_y-": "Right stick up",
    "pad_right_y+": "Right stick down",
}


def action_words(action: str) -> str:
    """Return the words for what an action does."""
    return _ACTIONS.get(action, action.replace("_", " ").capitalize())


def input_words(name: str) -> str:
    """Return a key, a button, or one side of an axis; empty for none."""
    if name in _PAD:
        return _PAD[name]
    if name.startswith("pad_"):
        return f"D-pad {name.removeprefix('pad_')}"
    if name.startswith("axis "):
        return name.capitalize().replace("-", " \N{MINUS SIGN}").replace("+", " +")
    return name.capitalize()
