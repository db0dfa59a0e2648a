"""List exercises at the left of the window, and describe the chosen one at the right."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.setup.model.garage import Garage
from game.app.ui.page import Page
from game.app.ui.rows import Action, Remark, Row
from game.app.ui.theme import Metrics
from game.goals.targets import Targets
from game.translation import N_


class ExerciseListScene(MenuScene, ABC):
    """Lists exercises that can be driven as soon as the corners' times are there."""

    waiting: ClassVar[str]  # shown as long as the corners have no times

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        self.garage = garage
        self._routes = routes
        self._back = back
        self._targets = garage.circuit_targets
        super().__init__(garage.context, self._page(), back.seen)
        self.under_title = garage.place_text

    def leave(self) -> None:
        """Return to where the player came from."""
        self.go_to(self._back)

    def update(self, frame_s: float) -> None:
        """List the exercises when the corners' times have come."""
        if self._targets is not self.garage.circuit_targets:
            self._targets = self.garage.circuit_targets
            self.page = self._page()
        super().update(frame_s)

    def beside_list(self, sizes: Metrics) -> int:
        """Return the left edge of what is drawn beside the list, in pixels."""
        return sizes.margin + sizes.entry(self.entry_px * self.column_em) + sizes.space(40)

    def _page(self) -> Page:
        rows = [] if self._targets is None else self.rows(self._targets)
        return Page(rows or (Action(N_("Back"), self.leave), Remark(self.waiting)))

    @abstractmethod
    def rows(self, targets: Targets) -> Sequence[Row]:
        """Return a row for each exercise; none if a circuit's targets allow none."""
