"""A line of text typed key by key, as the inputs tell their names."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {"space": " ", "keypad -": "-", "keypad .": ".", "keypad +": "+"}
_DONE: Final = ("return", "enter", "keypad enter")


class TypedLine:
    """Begins with a text that is offered; the first key replaces it, unless it mends it."""

    def __init__(self, offered: str) -> None:
        self.text = offered
        self._offered = True

    def press(self, key: str, *, shift: bool) -> bool:
        """Follow a key; whether the text is finished."""
        if key in _DONE:
            return True
        written = _WORDS.get(key, key.removeprefix("keypad "))
        if key == "backspace":
            self.text = self.text[:-1]
        elif len(written) == 1:
            written = written.upper() if shift else written
            self.text = written if self._offered else self.text + written
        else:
            return False  # Shift, an arrow and the like
        self._offered = False
        return False
