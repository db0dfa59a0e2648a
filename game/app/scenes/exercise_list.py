"""List exercises at the left of the window, and describe the chosen one at the right."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.setup.model.garage import Garage
from game.app.ui.box import Box
from game.app.ui.page import Page
from game.app.ui.rows import Action, Remark, Row, TextScale
from game.app.ui.theme import Metrics
from game.goals.targets import Targets
from game.translation import N_


class ExerciseListScene(MenuScene, ABC):
    """Lists exercises that can be driven as soon as the corners' times are there."""

    row_px: ClassVar[int]
    list_em: ClassVar[float]  # width of the list
    waiting: ClassVar[str]  # shown as long as the corners have no times

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        self.garage = garage
        self._routes = routes
        self._back = back
        self._targets = garage.targets
        super().__init__(garage.context, self._page(), back.seen)
        self.under_title = garage.place_text

    def leave(self) -> None:
        """Return to where the player came from."""
        self.go_to(self._back)

    def update(self, frame_s: float) -> None:
        """List the exercises when the corners' times have come."""
        if self._targets is not self.garage.targets:
            self._targets = self.garage.targets
            self.page = self._page()
        super().update(frame_s)

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the list at the left."""
        scale = TextScale(sizes, sizes.entry(self.row_px))
        top = self.below_title(sizes)
        bottom = sizes.height - self.footer.height(sizes)
        width = min(scale.em(self.list_em), sizes.width - 2 * sizes.margin)
        self.page.lay_out(Box(sizes.margin, top, width, bottom - top), scale)

    def beside_list(self, sizes: Metrics) -> int:
        """Return the left edge of what is drawn beside the list, in pixels."""
        return sizes.margin + sizes.entry(self.row_px * self.list_em) + sizes.space(40)

    def _page(self) -> Page:
        rows = [] if self._targets is None else self.rows(self._targets)
        return Page(rows or (Action(N_("Back"), self.leave), Remark(self.waiting)))

    @abstractmethod
    def rows(self, targets: Targets) -> Sequence[Row]:
        """Return a row for each exercise; none if a circuit's targets allow none."""
