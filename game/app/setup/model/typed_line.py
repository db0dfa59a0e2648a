"""Edit a line of text: typed, or turned letter by letter where there is no keyboard."""

from __future__ import annotations

import unicodedata
from typing import Final

_WHEEL: Final = "abcdefghijklmnopqrstuvwxyz0123456789 -ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class TypedLine:
    """Begins with a text that is offered; what is typed first replaces it, unless it is edited."""

    def __init__(self, offered: str) -> None:
        self.text = offered
        self._offered = True

    def insert(self, text: str) -> None:
        """Put a text at the end, or in place of the one that was offered."""
        whole = text if self._offered else self.text + text
        self.text = unicodedata.normalize("NFC", whole)  # an accent joins the letter before it
        self._offered = False

    def erase(self) -> None:
        """Take away the last letter with its accents."""
        self.text = self.text[:-1]
        self._offered = False

    def keep_text(self) -> None:
        """Keep the text as it is: what is typed does not replace it."""
        self._offered = False

    def turn(self, steps: int) -> None:
        """Turn the last letter on by a number of letters."""
        last = self.text[-1:]
        at = _WHEEL.find(last) if last else 0
        self.text = self.text[:-1] + _WHEEL[(max(at, 0) + steps) % len(_WHEEL)]

    def lengthen(self) -> None:
        """Add one more letter, the first on the wheel."""
        self.text += _WHEEL[0]

    def shorten(self) -> None:
        """Take away the last letter."""
        self.text = self.text[:-1]
