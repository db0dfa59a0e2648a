"""Show the instruments as they will be, in small, beside the settings that change them."""

from __future__ import annotations

from collections.abc import Hashable

import pygame

from game.app.hud.example import example
from game.app.hud.hud import Hud
from game.app.setup.model.garage import Garage
from game.app.ui.backdrop import Picture
from game.app.ui.box import Box
from game.app.ui.palette import GRID
from game.translation import language


class HudPreview:
    """Draws the window in small with an example on the instruments, anew for each setting."""

    def __init__(self, garage: Garage, behind: Picture) -> None:
        self._context = garage.context
        self._behind = behind
        self._data = example(garage.track, garage.spec, garage.setup)
        self._hud = Hud()
        self._key: Hashable = None
        self._picture = pygame.Surface((0, 0))

    def draw(self, surface: pygame.Surface, box: Box) -> None:
        """Draw the window into a box, as large as fits."""
        hud = self._context.settings.hud
        size = surface.get_size()
        share = min(box.width / size[0], box.height / size[1])
        wanted = (max(round(share * size[0]), 1), max(round(share * size[1]), 1))
        key = (size, wanted, hud, language())
        if key != self._key:
            self._key = key
            whole = pygame.Surface(size)
            self._behind.draw(whole)
            if hud.shown:
                self._hud.draw_data(whole, self._data, hud)
            self._picture = pygame.transform.smoothscale(whole, wanted)
        surface.blit(self._picture, (box.left, box.top))
        frame = self._picture.get_rect(topleft=(box.left, box.top))
        pygame.draw.rect(surface, GRID, frame, 1)
