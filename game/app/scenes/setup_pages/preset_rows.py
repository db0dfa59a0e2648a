"""The rows of the presets' page: a preset with what can be done with it, and a name being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import pygame

from game.app.scenes.pages.tab import Held
from game.app.scenes.scene import Pointer
from game.app.ui import theme
from game.app.ui.box import Box
from game.app.ui.controls import Choice
from game.app.ui.rows import Action, Look
from game.app.ui.typeset import Style, set_in, width_of
from game.garage.presets import Preset

if TYPE_CHECKING:
    from game.app.scenes.setup_pages.presets_page import PresetsPage

SHIPPED: Final = (("load", "load"), ("duplicate", "duplicate"), ("code", "copy its code"))
OWN: Final = (
    *SHIPPED,
    ("replace", "replace by now"),
    ("rename", "rename"),
    ("path", "copy its path"),
    ("delete", "delete"),
)
_PRESET_NOTE: Final = "Enter does what is chosen at the right."


class NameRow(Action):
    """Keeps the setup under a name that is typed here."""

    def __init__(self, page: PresetsPage, follow: Callable[[], None]) -> None:
        super().__init__("Save as ...", follow, "Under a name of your own, in your folder.")
        self._page = page

    def draw(self, surface: pygame.Surface, box: Box, look: Look, *, chosen: bool) -> None:
        """The label, and what is typed."""
        super().draw(surface, box, look, chosen=chosen)
        if chosen and self._page.captures:
            _draw_typed(surface, box, look, self._page.typed)


class PresetRow(Choice[Any]):
    """A preset, and what can be done with it."""

    def __init__(
        self, page: PresetsPage, preset: Preset, options: Sequence[tuple[str, str]]
    ) -> None:
        self.preset = preset
        self._page = page
        self._does = Held(options[0][0])
        super().__init__(preset.name, self._does, options, _PRESET_NOTE)

    def confirm(self) -> None:
        """Do what is chosen."""
        self._page.follow_preset(self.preset, self._does.get())

    def point(self, pointer: Pointer, box: Box, look: Look) -> None:
        """A click on the name, or between the arrows, does it; one on an arrow chooses."""
        control = self.control_box(box, look)
        arrow = look.em(1.6)
        x = pointer.place[0]
        back = control.left <= x < control.left + arrow
        if pointer.pressed and (back or x > control.right - arrow):
            self.change(-1 if back else 1)
        elif pointer.pressed:
            self.confirm()

    def draw(self, surface: pygame.Surface, box: Box, look: Look, *, chosen: bool) -> None:
        """Its name, and what Enter does; while it is renamed, what is typed."""
        if chosen and self._page.captures:
            _draw_typed(surface, box, look, self._page.typed)
        else:
            super().draw(surface, box, look, chosen=chosen)


def _draw_typed(surface: pygame.Surface, box: Box, look: Look, text: str) -> None:
    """At the right of a row."""
    pad = look.em(0.8)
    inner = Box(box.left + pad, box.top, box.width - 2 * pad, box.height)
    width = min(width_of(text, look.px) + 2, inner.width)
    place = Box(inner.right - width, inner.top, width, inner.height)
    set_in(surface, text, place, Style(look.px, theme.BRIGHT))
