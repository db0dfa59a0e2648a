"""Give instruments their base: a picture of some figures that is kept until they change.

An instrument is one file with a subclass of `Instrument`, and one line in `instrument_list.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from typing import ClassVar, Final, Generic, TypeVar

import pygame

from game.app.hud.hud_canvas import CachedSurface, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.placement import Placement
from game.app.hud.style import InstrumentStyle
from game.app.ui.box import Box
from game.translation import language

MARGIN: Final = 14  # from the edges of a panel to what is written on it, units

Figures = TypeVar("Figures")


class Instrument(ABC, Generic[Figures]):
    """An instrument says in subclasses what it reads (`figures`) and how it looks (`paint`).

    Sizes are in units of the 1280 x 720 design.
    """

    title: ClassVar[str]  # what the player calls it
    size: ClassVar[tuple[float, float]]  # width and height
    placement: ClassVar[Placement]  # where it is until the player moves it
    grows_with_text: ClassVar[bool] = True  # for those that have text
    lasting: ClassVar[bool] = True  # there all the time: the camera keeps the road off it
    panel_share: ClassVar[float] = 1.0  # of the opacity that the player chose; 0: no panel

    def __init__(self) -> None:
        self._cached = CachedSurface()

    def is_needed(self, data: HudData) -> bool:  # noqa: ARG002
        """Return whether it has a place in this drive; if not, others may have its room."""
        return True

    @abstractmethod
    def figures(self, data: HudData) -> Figures | None:
        """Return the figures that the picture shows, or None if there is nothing to show now."""

    def key(self, data: HudData) -> Hashable | None:
        """Return the key of the picture, painted again when it changes: by default the figures."""
        return self.figures(data)

    @abstractmethod
    def paint(self, canvas: HudCanvas, figures: Figures) -> None:
        """Paint the picture over the panel."""

    def paint_live(self, canvas: HudCanvas, data: HudData) -> None:
        """Paint what changes with each frame over the picture."""

    def filled_box(self, box: Box, style: InstrumentStyle, data: HudData) -> Box:  # noqa: ARG002
        """Return the part of its box that it fills with these figures."""
        return box

    def draw(
        self, surface: pygame.Surface, box: Box, style: InstrumentStyle, data: HudData
    ) -> None:
        """Draw it, all inside the box."""
        key = self.key(data)
        if key is None:
            return

        def paint(picture: pygame.Surface) -> None:
            canvas = HudCanvas(picture, style)
            if self.panel_share > 0.0:
                canvas.panel(Box(0, 0, box.width, box.height), self.panel_share)
            figures = self.figures(data)
            if figures is not None:
                self.paint(canvas, figures)

        self._cached.show(surface, box, (key, style, language()), paint)
        self.paint_live(HudCanvas(surface, style, box), data)
