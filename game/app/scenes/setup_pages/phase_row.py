"""A row for the front share in one phase of all corners."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.scenes.setup_pages.value_rows import draw_changed
from game.app.setup import split_edit
from game.app.setup.workbench import Workbench
from game.app.ui.box import Box
from game.app.ui.controls import Slider
from game.app.ui.rows import Look
from game.garage.items import item_named
from game.simulation.split_table import PhaseName

SPLIT: Final = item_named("front_torque_share")  # how splits are written


class PhaseRow(Slider):
    """The front share in one phase of all corners; left out, the setup's own holds."""

    def __init__(self, bench: Workbench, phase: PhaseName, label: str, note: str) -> None:
        self._bench = bench
        self.phase: PhaseName = phase
        super().__init__(label, self, (0.0, 1.0), 0.05, SPLIT.text, note)

    def get(self) -> float:
        """The phase's share, or the setup's own."""
        share = split_edit.share_of_phase(self._bench.setup, self.phase)
        return split_edit.own_share(self._bench.setup, self.phase) if share is None else share

    def put(self, value: float) -> None:
        """Give the phase a share."""
        self._bench.take(split_edit.with_phase(self._bench.setup, self.phase, value))

    def leave_out(self) -> None:
        """Let the setup's own share hold."""
        self._bench.take(split_edit.with_phase(self._bench.setup, self.phase, None))

    def confirm(self) -> None:
        """Between the setup's own share and one for the phase."""
        if self._is_set:
            self.leave_out()
        else:
            self.put(self.get())

    @property
    def explanation(self) -> str:
        """The note, and whether the phase has a share of its own."""
        own = "A split of its own." if self._is_set else "As the setup has it everywhere."
        return f"{self.note} {own}"

    def draw(self, surface: pygame.Surface, box: Box, look: Look, *, chosen: bool) -> None:
        """A dot before the label tells that the phase has a share of its own."""
        super().draw(surface, box, look, chosen=chosen)
        if self._is_set:
            draw_changed(surface, box, look)

    @property
    def _is_set(self) -> bool:
        return split_edit.share_of_phase(self._bench.setup, self.phase) is not None
