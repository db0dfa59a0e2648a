"""Search for a circuit by letters of its name, in a row above the list of circuits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pygame

from game.app.context.app_context import AppContext
from game.app.setup.pages.text_entry import TextEntry
from game.app.ui.box import Box
from game.app.ui.rows import Action, TextScale
from game.translation import N_, _

_LABEL: Final = N_("Search")
_ASK: Final = N_("Type a part of the circuit's name.")


class CircuitSearch:
    """Keeps what is searched for; all circuits are found as long as that is nothing."""

    def __init__(self, context: AppContext) -> None:
        self.entry = TextEntry(context)
        self._context = context
        self._kept = ""

    @property
    def text(self) -> str:
        """Return what is searched for, as far as it is typed."""
        return self.entry.typed if self.entry.active else self._kept

    def ask(self) -> None:
        """Ask for a text; what is typed replaces the one before."""
        offered, self._kept = self._kept, ""
        self.entry.ask(_ASK, offered, self._keep)

    def clear(self) -> None:
        """Stop searching."""
        self._kept = ""
        if self.entry.active:
            self.entry.give_up()

    def matches(self, *names: str) -> bool:
        """Return whether one of these names has all words that are searched for."""
        plain = " ".join(names).replace("_", " ").casefold()
        joined = plain.replace(" ", "")
        return all(
            word in plain or word in joined
            for word in self.text.replace("_", " ").casefold().split()
        )

    def show_at(self, box: Box) -> None:
        """Say where the text is in the window, for input methods."""
        if self.entry.active:
            self._context.inputs.text_input.show_at(box)

    def _keep(self, text: str) -> bool:
        self._kept = text.strip()
        return True


class SearchRow(Action):
    """A row asks for a part of a name, and shows it."""

    def __init__(self, search: CircuitSearch, follow: Callable[[], None]) -> None:
        super().__init__(_LABEL, follow)
        self._search = search

    @property
    def words(self) -> str:
        """Return the label, with what is searched for."""
        shown = self._search.entry.text if self._search.entry.active else self._search.text
        return f"{_(_LABEL)}: {shown}" if shown else _(_LABEL)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the row, and let an input method know where it is."""
        super().draw(surface, box, scale, chosen=chosen)
        self._search.show_at(box)
