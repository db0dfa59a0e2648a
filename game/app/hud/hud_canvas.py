"""Draw in units from the corner of a box, and keep pictures until what they show changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

import pygame

from game.app.hud.style import InstrumentStyle
from game.app.ui.box import Box
from game.app.ui.palette import BRIGHT, LABEL, Colour
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align, Weight, shortened, text_width, write

CAPTION: Final = 19  # height of the smallest line, units: 13 from its capitals to its descenders

_LINE: Final = 1.5  # thickness of curves, units


class HudCanvas:
    """Writes and draws on a surface, with all measures in units."""

    def __init__(
        self, surface: pygame.Surface, style: InstrumentStyle, box: Box | None = None
    ) -> None:
        """Measure from the upper left corner of a box, or from that of the surface."""
        self.surface = surface
        self.style = style
        self.unit = style.unit
        self._left, self._top = (box.left, box.top) if box else (0, 0)

    def panel(self, box: Box, share: float = 1.0) -> None:
        """Draw a panel, in pixels, with a share of the opacity that the player chose."""
        draw_panel(self.surface, box, self.unit, share * self.style.opacity)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        height: float,
        colour: Colour = BRIGHT,
        align: Align = Align.LEFT,
        weight: Weight = Weight.REGULAR,
    ) -> None:
        """Write a line whose upper edge is at y."""
        place = (self._left + x * self.unit, self._top + y * self.unit)
        write(self.surface, text, place, round(height * self.unit), colour, align, weight)

    def caption(self, text: str, x: float, y: float, align: Align = Align.LEFT) -> None:
        """Write what something is called, small and dim."""
        self.write(text, x, y, CAPTION, LABEL, align)

    def width(self, text: str, height: float, weight: Weight = Weight.REGULAR) -> float:
        """Return the width of a text."""
        return text_width(text, round(height * self.unit), weight) / self.unit

    def shortened(
        self, text: str, width: float, height: float, weight: Weight = Weight.REGULAR
    ) -> str:
        """Return the text, shortened to fit a width."""
        return shortened(text, int(width * self.unit), round(height * self.unit), weight)

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """Return a box of the surface, in pixels, at least one of them either way."""
        left, top = self.place(x, y)
        return Box(
            round(left),
            round(top),
            max(round(width * self.unit), 1),
            max(round(height * self.unit), 1),
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return a place of the surface, in pixels."""
        return self._left + x * self.unit, self._top + y * self.unit

    def curve(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        """Draw a smooth line through places given in pixels, as thick as small text is."""
        for row in range(max(round(_LINE * self.unit), 1)):
            lower = [(x, y + row) for x, y in points]
            pygame.draw.aalines(self.surface, colour, False, lower)

    def arrow(self, x: float, y: float, size: float, colour: Colour, *, up: bool) -> None:
        """Draw a triangle with its upper left corner at (x, y)."""
        tip, base = (y, y + size) if up else (y + size, y)
        corners = ((x, base), (x + 1.1 * size, base), (x + 0.55 * size, tip))
        points = [self.place(*corner) for corner in corners]
        pygame.draw.polygon(self.surface, colour, points)
        pygame.draw.aalines(self.surface, colour, True, points)


class CachedSurface:
    """Keeps a picture that is painted again only when its key changes."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._picture = pygame.Surface((0, 0))

    def show(
        self,
        surface: pygame.Surface,
        box: Box,
        key: Hashable,
        paint: Callable[[pygame.Surface], None],
    ) -> None:
        """Draw the picture into a box; `paint` fills an empty surface of its size."""
        surface.blit(self.picture(box, key, paint), (box.left, box.top))

    def picture(
        self, box: Box, key: Hashable, paint: Callable[[pygame.Surface], None]
    ) -> pygame.Surface:
        """Return the picture itself, of the box's size; not to be drawn on."""
        key = (box.width, box.height, key)
        if key != self._key:
            self._picture = pygame.Surface((box.width, box.height), pygame.SRCALPHA)
            paint(self._picture)
            self._key = key
        return self._picture
