"""Draw the instruments of a drive in the part of the window above a viewer's panel."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.app.driving.seen_drive import SeenDrive
from game.app.hud.hud import Hud
from game.app.hud.settings import HudSettings
from game.app.ui.box import Box


class ViewerHud(Hud):
    """Keeps the instruments, and with them the road, above a panel."""

    def __init__(self, panel_at: Callable[[tuple[int, int]], Box]) -> None:
        """panel_at: gives the panel in a window of a size."""
        super().__init__()
        self._panel_at = panel_at

    def layout_at(self, size: tuple[int, int], settings: HudSettings) -> dict[str, Box]:
        """Return the boxes of the instruments drawn in a window of this size, by their names."""
        return super().layout_at(self._above(size), settings)

    def lasting_boxes(self, size: tuple[int, int], settings: HudSettings) -> tuple[Box, ...]:
        """Return the boxes that hide the road all the time: the panel, and instruments."""
        panel = self._panel_at(size)
        below = Box(0, panel.top, size[0], size[1] - panel.top)
        return (*super().lasting_boxes(size, settings), below)

    def draw(self, surface: pygame.Surface, drive: SeenDrive, settings: HudSettings) -> None:
        """Draw everything over the picture of a drive."""
        above = surface.subsurface((0, 0, *self._above(surface.get_size())))
        super().draw(above, drive, settings)

    def _above(self, size: tuple[int, int]) -> tuple[int, int]:
        return size[0], self._panel_at(size).top
