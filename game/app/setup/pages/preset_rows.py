"""Show presets as rows, with what can be done with each, and a name being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import pygame

from game.app.input.pointer import Pointer
from game.app.menus.tab import PageValue
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.controls import Choice
from game.app.ui.rows import Action, Row, TextScale
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_width, write_line
from game.setups.presets import Preset
from game.translation import N_

SHIPPED: Final = (
    ("load", N_("load")),
    ("duplicate", N_("duplicate")),
    ("code", N_("copy its code")),
    ("export", N_("export")),
)
OWN: Final = (
    *SHIPPED,
    ("replace", N_("replace with current")),
    ("rename", N_("rename")),
    ("delete", N_("delete")),
)
_PRESET_NOTE: Final = N_("Enter does what is selected on the right.")


class PresetActions(Protocol):
    """Says what is typed on the page that rows stand on, and what presets can be used for."""

    @property
    def captures(self) -> bool:
        """Return whether a text is being typed."""
        ...

    @property
    def typed(self) -> str:
        """Return what has been typed so far, with a caret."""
        ...

    def typing_in(self, box: Box) -> None:
        """Show the system where the text is."""
        ...

    def import_file(self, path: Path | None) -> None:
        """Keep the setup of a file among the player's own, and load it."""
        ...

    def run_preset_action(self, preset: Preset, what: str) -> None:
        """Do something with a preset: the first word of one of the choices in `OWN`."""
        ...


class EntryRow(Action):
    """A row asks for a text, which is typed in it."""

    def __init__(
        self, page: PresetActions, label: str, follow: Callable[[], None], note: str
    ) -> None:
        super().__init__(label, follow, note)
        self._page = page

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the label, or the text while one is typed."""
        if not _draw_typed(self._page, surface, box, scale, chosen=chosen):
            super().draw(surface, box, scale, chosen=chosen)


class FilesRow(Choice[Any]):
    """A row turns through the files that were found, and imports the one that is shown."""

    def __init__(self, page: PresetActions, files: Sequence[Path], note: str) -> None:
        self._page = page
        self._file: PageValue[Path | None] = PageValue(files[0] if files else None)
        options: list[tuple[Path | None, str]] = [(path, path.stem) for path in files]
        options = options or [(None, N_("none found"))]
        super().__init__(N_("Import a file"), self._file, options, note)

    @property
    def file(self) -> Path | None:
        """Return the one that is shown."""
        return self._file.get()

    def confirm(self) -> None:
        """Import the file that is shown."""
        self._page.import_file(self._file.get())

    def handle_pointer(self, pointer: Pointer, box: Box, scale: TextScale) -> None:
        """Pick another file by a click on an arrow; import it elsewhere."""
        press_row(self, pointer, self.control_box(box, scale), scale)


class PresetRow(Choice[Any]):
    """A row has a preset, and offers what can be done with it."""

    def __init__(
        self, page: PresetActions, preset: Preset, options: Sequence[tuple[str, str]]
    ) -> None:
        self.preset = preset
        self._page = page
        self._does = PageValue(options[0][0])
        super().__init__(preset.name, self._does, options, _PRESET_NOTE)

    def confirm(self) -> None:
        """Do what is chosen."""
        self._page.run_preset_action(self.preset, self._does.get())

    def handle_pointer(self, pointer: Pointer, box: Box, scale: TextScale) -> None:
        """Act on a click on the name or between the arrows; choose by one on an arrow."""
        press_row(self, pointer, self.control_box(box, scale), scale)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw its name and what Enter does; while it is renamed, what is typed."""
        if not _draw_typed(self._page, surface, box, scale, chosen=chosen):
            super().draw(surface, box, scale, chosen=chosen)


def press_row(row: Row, pointer: Pointer, control: Box, scale: TextScale) -> None:
    """Change a row by a press on the arrows of its control; follow it elsewhere."""
    arrow, x = scale.em(1.6), pointer.place[0]
    back = control.left <= x < control.left + arrow
    if pointer.pressed and (back or x > control.right - arrow):
        row.change(-1 if back else 1)
    elif pointer.pressed:
        row.confirm()


def _draw_typed(
    page: PresetActions, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool
) -> bool:
    """Draw what is typed at the right of a row, of a long text the end; False if nothing is."""
    if not (chosen and page.captures):
        return False
    text = page.typed
    pad = scale.em(0.8)
    inner = Box(box.left + pad, box.top, box.width - 2 * pad, box.height)
    while text and line_width(text, scale.px) + 2 > inner.width:
        text = text[1:]
    write_line(surface, text, inner, TextStyle(scale.px, palette.BRIGHT), Align.RIGHT)
    page.typing_in(box)
    return True
