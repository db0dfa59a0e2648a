"""A line of text: typed key by key, or turned letter by letter where there is no keyboard."""

from __future__ import annotations

from typing import Final

_WORDS: Final = {"space": " ", "keypad -": "-", "keypad .": ".", "keypad +": "+"}
_DONE: Final = ("return", "enter", "keypad enter")
_SHIFTED: Final = dict(zip("1234567890-=[];'\\,./`", '!@#$%^&*()_+{}:"|<>?~', strict=True))
_WHEEL: Final = "abcdefghijklmnopqrstuvwxyz0123456789 -ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class TypedLine:
    """A line being typed. It begins with a text that is offered; the first key replaces it, unless
    it mends it.
    """

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
            self.insert(_SHIFTED.get(written, written.upper()) if shift else written)
        else:
            return False  # Shift, an arrow or another key without a letter
        self._offered = False
        return False

    def insert(self, text: str) -> None:
        """Put a text at the end, or in place of the one that was offered."""
        self.text = text if self._offered else self.text + text
        self._offered = False

    def mend(self) -> None:
        """Go on with the text as it is: the next key does not replace it."""
        self._offered = False

    def turn(self, steps: int) -> None:
        """Turn the last letter on by a number of letters."""
        last = self.text[-1:]
        at = _WHEEL.find(last) if last else 0
        self.text = self.text[:-1] + _WHEEL[(max(at, 0) + steps) % len(_WHEEL)]

    def lengthen(self) -> None:
        """Add one letter, the first on the wheel."""
        self.text += _WHEEL[0]

    def shorten(self) -> None:
        """Remove the last letter."""
        self.text = self.text[:-1]
