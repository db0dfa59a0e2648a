"""What a page of the setup scene is, besides what every page is."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.scenes.pages.tab import Tab
from game.app.stage import Stage
from game.app.ui.rows import Row


class SetupTab(Tab):
    """A page about the setup on the workbench. `draw_beside` has all the room beside the rows."""

    rows_share = 0.5  # of the width

    def __init__(self, name: str, stage: Stage, rows: Sequence[Row]) -> None:
        super().__init__(name, rows)
        self.stage = stage
        self.bench = stage.workbench

    def enter(self) -> None:
        """The page comes into view: ask for what it shows."""
