"""Bind keys, buttons and axes to actions, by names that a person can read.

Keys are named by their place on the keyboard (`keys.py`): "left shift", "w", "f11". A
controller's inputs are called "pad_a" or, for one side of an axis, "pad_left_x-"; a wheel's
"button 3", "hat up".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from game.app.input.commands import Command
from game.toml_files import TomlTable

KEY_SLOTS: Final = 2
PAD_SLOT: Final = KEY_SLOTS  # the slot after those for keys


class Binding(TomlTable, frozen=True):
    """Lists the keys, buttons and axes that trigger one action."""

    keys: Annotated[tuple[str, ...], Meta(max_length=KEY_SLOTS)] = ()
    pad: str = ""  # a button or one side of an axis; empty: none


class Bindings(TomlTable, frozen=True):
    """Holds one binding for every action. Arrows, Enter and Esc always work in menus."""

    steer_left: Binding = Binding(("left", "a"), "pad_left_x-")
    steer_right: Binding = Binding(("right", "d"), "pad_left_x+")
    throttle: Binding = Binding(("up", "w"), "pad_right_trigger")
    brake: Binding = Binding(("down", "s"), "pad_left_trigger")
    # Keyboards read Shift and Ctrl apart from all other keys: no chord with them gets lost.
    steer_some: Binding = Binding(("left shift",))
    steer_most: Binding = Binding(("left ctrl", "space"))
    restart: Binding = Binding(("r",), "pad_back")
    reset: Binding = Binding(("p", "backspace"), "pad_y")
    pause: Binding = Binding((), "pad_start")
    camera: Binding = Binding(("c",), "pad_x")
    whole_track: Binding = Binding(("tab",), "pad_right_stick")
    hud: Binding = Binding(("h",))
    reference: Binding = Binding(("t",), "pad_up")
    keep_state: Binding = Binding(("k",), "pad_right")
    return_to_state: Binding = Binding(("j",), "pad_left")
    rewind: Binding = Binding(("u",), "pad_left_shoulder")
    slow_motion: Binding = Binding(("i",), "pad_right_shoulder")
    loop_corner: Binding = Binding(("l",), "pad_down")
    photo: Binding = Binding(("f10",))
    clip: Binding = Binding(("f9",))
    screenshot: Binding = Binding(("f12",))
    fullscreen: Binding = Binding(("f11",))
    mute: Binding = Binding(("m",))
    menu_up: Binding = Binding(("w",), "pad_up")
    menu_down: Binding = Binding(("s",), "pad_down")
    menu_left: Binding = Binding(("a",), "pad_left")
    menu_right: Binding = Binding(("d",), "pad_right")
    confirm: Binding = Binding(("space",), "pad_a")
    back: Binding = Binding((), "pad_b")
    previous_tab: Binding = Binding(("q", "page up"), "pad_left_shoulder")
    next_tab: Binding = Binding(("e", "page down"), "pad_right_shoulder")
    undo: Binding = Binding(("c",), "pad_x")
    next_view: Binding = Binding(("tab",), "pad_right_stick")
    default: Binding = Binding(("p", "backspace"), "pad_y")


ACTIONS: Final = tuple(Bindings.__struct_fields__)
HELD: Final = ("steer_left", "steer_right", "throttle", "brake", "steer_some", "steer_most")
COMMANDS: Final = {
    "restart": Command.RESTART,
    "reset": Command.RESET,
    "pause": Command.PAUSE,
    "camera": Command.CAMERA,
    "whole_track": Command.WHOLE_TRACK,
    "hud": Command.HUD,
    "reference": Command.REFERENCE,
    "keep_state": Command.KEEP_STATE,
    "return_to_state": Command.RETURN_TO_STATE,
    "rewind": Command.REWIND,
    "slow_motion": Command.SLOW_MOTION,
    "loop_corner": Command.LOOP_CORNER,
    "photo": Command.PHOTO,
    "clip": Command.CLIP,
    "screenshot": Command.SCREENSHOT,
    "fullscreen": Command.FULLSCREEN,
    "mute": Command.MUTE,
    "menu_up": Command.UP,
    "menu_down": Command.DOWN,
    "menu_left": Command.LEFT,
    "menu_right": Command.RIGHT,
    "confirm": Command.CONFIRM,
    "back": Command.BACK,
    "previous_tab": Command.PREVIOUS_TAB,
    "next_tab": Command.NEXT_TAB,
    "undo": Command.UNDO,
    "next_view": Command.NEXT_VIEW,
    "default": Command.DEFAULT,
}
# What works whatever is bound, so that nobody can get locked out of the menu.
ALWAYS: Final = {
    "up": "menu_up",
    "down": "menu_down",
    "left": "menu_left",
    "right": "menu_right",
    "return": "confirm",
    "enter": "confirm",
    "escape": "pause",
    "pad_left_y-": "menu_up",
    "pad_left_y+": "menu_down",
    "pad_left_x-": "menu_left",
    "pad_left_x+": "menu_right",
    "button 0": "confirm",
    "button 1": "back",
    "hat up": "menu_up",
    "hat down": "menu_down",
    "hat left": "menu_left",
    "hat right": "menu_right",
}
_DRIVING: Final = {  # followed nowhere else
    *HELD,
    *("camera", "whole_track", "hud", "reference", "photo", "clip"),
    *("keep_state", "return_to_state", "rewind", "slow_motion", "loop_corner"),
}
_MENU: Final = {
    "menu_up",
    "menu_down",
    "menu_left",
    "menu_right",
    "confirm",
    "back",
    "previous_tab",
    "next_tab",
}
_PAGES: Final = {"undo", "next_view", "default"}  # of menus, but not in the pause menu
_DRIVING_AND_PAUSE: Final = {"reset"}
_APART: Final = (
    (_DRIVING, _MENU),
    (_DRIVING, _PAGES),
    (_DRIVING_AND_PAUSE, _PAGES),
)


class Conflict(NamedTuple):
    """A conflict is an input that would do two things at once."""

    name: str
    actions: tuple[str, ...]


def rebound(bindings: Bindings, action: str, slot: int, name: str) -> Bindings:
    """Return the bindings with `name` in a slot of an action; an empty name clears it.

    slot: 0 or 1 for the keys, `PAD_SLOT` for the controller.
    """
    before: Binding = getattr(bindings, action)
    if slot == PAD_SLOT:
        after = Binding(before.keys, name)
    else:
        keys = [*before.keys, *[""] * (KEY_SLOTS - len(before.keys))]
        keys[slot] = name
        after = Binding(tuple(dict.fromkeys(key for key in keys if key)), before.pad)
    return msgspec.structs.replace(bindings, **{action: after})


def always_key(action: str) -> str:
    """Return the key that does this whatever is bound; empty for none."""
    keys = (name for name, what in ALWAYS.items() if what == action and not _is_device(name))
    return next(keys, "")


def conflicts(bindings: Bindings) -> list[Conflict]:
    """Return the inputs that do two things in the same place: both while driving, or in a menu."""
    return list(_conflicts(bindings))


@lru_cache(maxsize=4)  # every cell of the page that lists them asks in every frame
def _conflicts(bindings: Bindings) -> tuple[Conflict, ...]:
    users: dict[str, list[str]] = {name: [action] for name, action in ALWAYS.items()}
    for action in ACTIONS:
        binding: Binding = getattr(bindings, action)
        for name in (*binding.keys, binding.pad):
            if name and action not in users.setdefault(name, []):
                users[name].append(action)
    found = []
    for name, actions in users.items():
        clashing = tuple(a for a in actions if any(_clash(a, b) for b in actions if a != b))
        if clashing:
            found.append(Conflict(name, clashing))
    return tuple(found)


def actions_by_input(inputs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return each key's or button's actions, with those that always work."""
    found = {name: [action] for name, action in ALWAYS.items()}
    for action, names in inputs.items():
        for name in names:
            found.setdefault(name, []).append(action)
    return {name: tuple(actions) for name, actions in found.items()}


def _is_device(name: str) -> bool:
    """Return whether an input is a controller's or a wheel's."""
    return name.startswith(("pad_", "button ", "hat "))


def _clash(one: str, other: str) -> bool:
    """Return whether there is a place where both actions are followed."""
    return not any(
        (one in these and other in those) or (one in those and other in these)
        for these, those in _APART
    )
