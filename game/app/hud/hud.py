"""The instruments over the picture, each where the settings and the window let it be."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import pygame

from game.app.driving.drive import Drive
from game.app.hud.hud_data import Seen, look
from game.app.hud.instruments import PIECES
from game.app.hud.layout import lay_out
from game.app.hud.settings import HudSettings
from game.app.hud.style import Style
from game.app.ui.box import Box


class Hud:
    """The overlay of one drive."""

    def __init__(self) -> None:
        self._pieces = {name: kind() for name, kind in PIECES.items()}

    def layout_at(self, size: tuple[int, int], settings: HudSettings) -> dict[str, Box]:
        """The boxes of the pieces that are drawn in a window of this size, by their names."""
        return {name: piece.box for name, piece in lay_out(size, settings).placed.items()}

    def draw(self, surface: pygame.Surface, drive: Drive, settings: HudSettings) -> None:
        """Draw everything over the picture of a drive."""
        self.show(surface, look(drive), settings)

    def show(self, surface: pygame.Surface, seen: Seen, settings: HudSettings) -> None:
        """Draw everything that was seen of a drive."""
        if seen.energy is None:
            settings = _without_energy(settings)
        for name, piece in lay_out(surface.get_size(), settings).placed.items():
            style = Style(piece.unit, settings.opacity, settings.speed_unit, piece.align)
            self._pieces[name].draw(surface, piece.box, style, seen)


@lru_cache(maxsize=2)
def _without_energy(settings: HudSettings) -> HudSettings:
    """Without a cap there is nothing to show: others may have the room."""
    places = settings.places
    energy = msgspec.structs.replace(places.energy, shown=False)
    return msgspec.structs.replace(settings, places=msgspec.structs.replace(places, energy=energy))
