"""Name keys by their place on the keyboard, whatever layout is set, and as the layout does.

A place has the name of the key that an American keyboard has there: the key right of Tab is "q",
though it writes an A in France and a Й in Russia. Keys are bound, held and let go by place, so
that a change of the layout changes nothing; only on screen they are called as the layout does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.app.input.sdl_library import sdl_library

_WRITING: Final = {  # places whose keys write a character, which depends on the layout
    **{4 + index: letter for index, letter in enumerate("abcdefghijklmnopqrstuvwxyz")},
    **{30 + index: digit for index, digit in enumerate("1234567890")},
    **{45 + index: sign for index, sign in enumerate("-=[]\\#;'`,./")},
    100: "iso <",  # between the left Shift and Z
    135: "abnt /",  # beside the right Shift, in Brazil and Japan
    137: "jis yen",
}
_OTHERS: Final = {
    40: "return",
    41: "escape",
    42: "backspace",
    43: "tab",
    44: "space",
    57: "caps lock",
    **{57 + number: f"f{number}" for number in range(1, 13)},
    70: "print screen",
    71: "scroll lock",
    72: "break",
    73: "insert",
    74: "home",
    75: "page up",
    76: "delete",
    77: "end",
    78: "page down",
    79: "right",
    80: "left",
    81: "down",
    82: "up",
    83: "numlock",
    **{84 + index: f"[{sign}]" for index, sign in enumerate("/*-+")},
    88: "enter",
    **{89 + index: f"[{sign}]" for index, sign in enumerate("1234567890.")},
    103: "equals",
    **{91 + number: f"f{number}" for number in range(13, 25)},
    224: "left ctrl",
    225: "left shift",
    226: "left alt",
    227: "left meta",
    228: "right ctrl",
    229: "right shift",
    230: "right alt",
    231: "right meta",
    257: "alt gr",
}
_NAMES: Final = {**_WRITING, **_OTHERS}
_SCANCODES: Final = {name: scancode for scancode, name in _NAMES.items()}
_UNNAMED: Final = "key "
_NO_CHARACTER: Final = 1 << 30  # of SDL's key codes: those that stand for a place


def key_of(event: pygame.Event) -> str:
    """Return the name of the place of a key that went down or up."""
    scancode: int = getattr(event, "scancode", 0)
    if not scancode:
        return pygame.key.name(event.key)  # of a program that sends letters, not keys
    return _NAMES.get(scancode, f"{_UNNAMED}{scancode}")


def is_down(name: str) -> bool:
    """Return whether a key is really held now, as the system reports it."""
    scancode = _scancode(name)
    pressed = pygame.key.get_pressed()  # by layout's letter; the tuple under it is by place
    return 0 <= scancode < len(pressed) and bool(tuple.__getitem__(pressed, scancode))


def key_label(name: str) -> str:
    """Return what the layout that is set now writes on a key, or calls it."""
    if len(name) == 3 and name[0] == "[" and name[2] == "]":
        return f"Keypad {name[1]}"
    scancode = _scancode(name)
    if scancode in _OTHERS or scancode < 0:
        return name.capitalize()
    code = _key_code(scancode)
    if code == 0 or code & _NO_CHARACTER or not chr(code).isprintable():
        return name.capitalize()
    letter = chr(code)
    return letter.upper() if len(letter.upper()) == 1 else letter


def place_of(letter: str) -> str:
    """Return the place of the key that the layout set now calls by a name; itself if none is.

    Versions before this one bound keys by these names.
    """
    return _places().get(letter, letter)


def forget_layout() -> None:
    """Forget the names of keys, as another layout was set."""
    _key_code.cache_clear()
    _places.cache_clear()


def _scancode(name: str) -> int:
    """Return the number of a place; -1 for a name that is none."""
    number = name.removeprefix(_UNNAMED)
    if number != name and number.isdecimal() and len(number) <= 3:
        return int(number)
    return _SCANCODES.get(name, -1)


@lru_cache(maxsize=512)
def _key_code(scancode: int) -> int:
    """Return SDL's code of the key that the layout has in a place; 0 where it cannot be asked."""
    library = sdl_library()
    if library is None:
        return 0
    code: int = library.SDL_GetKeyFromScancode(scancode)
    return code if code > 0 else 0


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Return the places of the layout's keys that write a character, by pygame's names."""
    codes = {place: _key_code(scancode) for scancode, place in _WRITING.items()}
    return {pygame.key.name(code): place for place, code in codes.items() if code}
