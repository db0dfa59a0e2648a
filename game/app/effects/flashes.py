"""Show the flash of a hard contact: light on what is around it, for a moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from game.app.effects.contact import FrameContact
from game.app.view.camera import View

_FROM: Final = 0.12  # of the hardest contact
_LASTS_S: Final = 0.16
_RADIUS_M: Final = (1.6, 5.0)
_LIGHT: Final = (255, 214, 150)
_STEPS: Final = 6
_MAX_PX: Final = 300


@dataclass(slots=True)
class _Flash:
    """A flash fades from the time when it was lit."""

    x_m: float
    y_m: float
    share: float
    age_s: float = 0.0


class Flashes:
    """Draws the flashes of one car."""

    def __init__(self) -> None:
        self._flashes: list[_Flash] = []
        self._last_share = 0.0

    def __len__(self) -> int:
        return len(self._flashes)

    def add(self, contact: FrameContact) -> None:
        """Begin a flash where a contact is harder than the flash before."""
        if contact.share < max(_FROM, 1.2 * self._last_share):
            return
        self._last_share = contact.share
        x_m, y_m = contact.place_m.tolist()
        self._flashes.append(_Flash(x_m, y_m, contact.share))

    def clear(self) -> None:
        """End all flashes."""
        self._flashes.clear()

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""
        for flash in self._flashes:
            flash.age_s += frame_s
        self._flashes = [flash for flash in self._flashes if flash.age_s < _LASTS_S]
        if not self._flashes:
            self._last_share = 0.0

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Draw the light of all flashes."""
        for flash in self._flashes:
            left = 1.0 - flash.age_s / _LASTS_S
            radius_m = _RADIUS_M[0] + (_RADIUS_M[1] - _RADIUS_M[0]) * flash.share
            radius = min(max(round(radius_m * view.pixels_per_m / 8.0), 1) * 8, _MAX_PX)
            step = max(round(_STEPS * left * (0.4 + 0.6 * flash.share)), 1)
            x, y = view.to_screen(flash.x_m, flash.y_m)
            picture = _light(radius, step)
            surface.blit(picture, (x - radius, y - radius), special_flags=pygame.BLEND_RGB_ADD)


@lru_cache(maxsize=12)
def _light(radius: int, step: int) -> pygame.Surface:
    """Return a disc of light that fades outwards, to be added."""
    side = 64
    small = pygame.Surface((side, side))
    rings = side // 2
    for ring in range(rings):
        share = step / _STEPS * ((ring + 1) / rings) ** 2.2
        colour = tuple(round(share * part) for part in _LIGHT)
        pygame.draw.circle(small, colour, (rings, rings), rings - ring)
    return pygame.transform.smoothscale(small, (2 * radius, 2 * radius))
