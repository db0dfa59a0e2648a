"""Show the import of a circuit: its row in the list of circuits, and what is said beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pygame

from game.app.context.app_context import AppContext
from game.app.setup.pages.text_entry import TextEntry
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.panel import draw_panel, draw_trough
from game.app.ui.rows import Action
from game.app.ui.shapes import fill_part
from game.app.ui.text import Weight
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    line_width,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.app.ui.theme import Metrics
from game.app.venue.circuit_import import CircuitImport
from game.track.own_tracks import own_tracks_folder
from game.translation import N_, _

_TITLE: Final = N_("Import a circuit")
_NOTE: Final = N_(
    "Drop a file onto the window, or press Enter and paste or type its path: points along a "
    "circuit as .csv, .geojson, .gpx or .kml, a recorded lap, or a circuit's own .toml file."
)
_ASK: Final = N_("Type the path of a file, or drop it onto the window.")
_TITLE_PX: Final = 30
_TEXT_PX: Final = 18
_PAD: Final = 22
_BAR: Final = 8  # height of the bar that shows the progress
_MAX_NOTES: Final = 3
_QUOTES: Final = "\"' "  # that file managers put around a copied path


class ImportRow(Action):
    """A row asks for a file; while one is imported it says how far that is."""

    def __init__(self, imports: CircuitImport, follow: Callable[[], None]) -> None:
        super().__init__(_TITLE, follow)
        self._imports = imports

    @property
    def words(self) -> str:
        """Return the label, or the progress of an import."""
        if self._imports.current is None:
            return _(self.label)
        percent = f"{100.0 * self._imports.progress:.0f}"
        return _("Importing: {percent} %").format(percent=percent)


class ImportPanel:
    """Asks for the path of a file, and shows how far an import is."""

    def __init__(self, context: AppContext, imports: CircuitImport) -> None:
        self.entry = TextEntry(context)
        self._context = context
        self._imports = imports

    def ask(self) -> None:
        """Ask for a path, and import that file."""
        self.entry.ask(_ASK, "", self._take)

    def draw(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> None:
        """Draw what can be imported, the path as far as it is typed, and the progress."""
        draw_panel(surface, box, sizes.unit)
        pad, px = sizes.space(_PAD), sizes.entry(_TEXT_PX)
        title_px = sizes.title(_TITLE_PX)
        line = Box(box.left + pad, box.top + pad, box.width - 2 * pad, line_height(title_px))
        write_line(surface, _(_TITLE), line, TextStyle(title_px, palette.BRIGHT, Weight.BOLD))
        text = self.entry.prompt if self.entry.active else _(_NOTE)
        high = paragraph_height(text, line.width, px)
        line = line._replace(top=line.bottom + pad // 2, height=high)
        write_paragraph(surface, text, line, TextStyle(px, palette.TEXT))
        line = line._replace(top=line.bottom + pad, height=line_height(px))
        if self.entry.active:
            self._context.inputs.text_input.show_at(line)
            end = _end_of(self.entry.text, line.width, px)
            write_line(surface, end, line, TextStyle(px, palette.BRIGHT))
        elif self._imports.current is not None:
            self._draw_progress(surface, line, sizes, self._imports.current)
        else:
            self._draw_last_words(surface, line, sizes)

    def _draw_last_words(self, surface: pygame.Surface, line: Box, sizes: Metrics) -> None:
        """Draw what is to be said about the last file, and where circuits are kept."""
        px = sizes.entry(_TEXT_PX)
        folder = _("Your circuits are in {folder}").format(folder=own_tracks_folder())
        for text, colour in (
            (self._imports.fault, palette.ORANGE),
            *((note, palette.TEXT) for note in self._imports.notes[:_MAX_NOTES]),
            (folder, palette.LABEL),
        ):
            if text:
                line = line._replace(height=paragraph_height(text, line.width, px))
                write_paragraph(surface, text, line, TextStyle(px, colour))
                line = line._replace(top=line.bottom + sizes.space(_PAD))

    def _draw_progress(
        self, surface: pygame.Surface, line: Box, sizes: Metrics, path: Path
    ) -> None:
        px = sizes.entry(_TEXT_PX)
        write_line(surface, path.name, line, TextStyle(px, palette.BRIGHT))
        bar = Box(line.left, line.bottom + sizes.space(8), line.width, sizes.space(_BAR))
        draw_trough(surface, bar)
        fill_part(surface, bar, palette.ACCENT, bar.height / 2, self._imports.progress)

    def _take(self, text: str) -> bool:
        """Import the file of a path, as it was typed or copied."""
        plain = text.strip(_QUOTES)
        if plain:
            self._imports.begin(Path(plain.removeprefix("file://")).expanduser())
        return True


def _end_of(text: str, width: int, px: int) -> str:
    """Return as much of the end of a text as has room in a line."""
    shown = text
    while len(shown) > 1 and line_width(shown, px) > width:
        shown = shown[1:]
    return shown
