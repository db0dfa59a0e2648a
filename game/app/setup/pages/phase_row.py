"""Set the front share in one phase of all corners by a row."""

from __future__ import annotations

import pygame

from game.app.setup.model.workbench import Workbench
from game.app.setup.pages.value_rows import draw_changed
from game.app.ui.box import Box
from game.app.ui.controls import Slider
from game.app.ui.rows import TextScale
from game.setups.items import PHASE_NAMES, PhaseItem
from game.translation import _


class PhaseRow(Slider):
    """A row sets the front share in one phase of all corners, or leaves it to the setup."""

    def __init__(self, bench: Workbench, item: PhaseItem) -> None:
        self._bench = bench
        self.item = item
        super().__init__(
            PHASE_NAMES[item.phase], self, (item.low, item.high), item.step, item.text, item.note
        )

    def get(self) -> float:
        """Return the phase's share, or the setup's own."""
        return self.item.value_in(self._bench.setup)

    def put(self, value: float) -> None:
        """Give the phase a share."""
        self._bench.load(self.item.with_value(self._bench.setup, value))

    def leave_out(self) -> None:
        """Let the setup's own share hold."""
        self._bench.load(self.item.with_value(self._bench.setup, None))

    def confirm(self) -> None:
        """Switch between the setup's own share and one for the phase."""
        if self._is_set:
            self.leave_out()
        else:
            self.put(self.get())

    @property
    def explanation(self) -> str:
        """Return the note, and whether the phase has a share of its own."""
        own = (
            _("This phase has its own split.")
            if self._is_set
            else _("The setup's own split applies.")
        )
        return f"{_(self.note)} {own}"

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the row; a dot before the label marks a phase with its own share."""
        super().draw(surface, box, scale, chosen=chosen)
        if self._is_set:
            draw_changed(surface, box, scale)

    @property
    def _is_set(self) -> bool:
        return self.item.own(self._bench.setup) is not None
