"""Define the colours of menus and instruments.

No meaning is shown by red and green alone, so that everybody can read it.
"""

from __future__ import annotations

from typing import Final

Colour = tuple[int, int, int]  # red, green, blue, 0..255

# From dark to light.
INK: Final[Colour] = (9, 11, 15)  # behind everything
DARK: Final[Colour] = (34, 39, 47)  # about a panel over the picture
UNLIT: Final[Colour] = (44, 50, 59)  # the part of a line that is still to come
GRID: Final[Colour] = (52, 58, 68)
TROUGH: Final[Colour] = (58, 64, 74)  # of bars that are not filled
FAINT: Final[Colour] = (74, 81, 92)  # what cannot be chosen
MUTED: Final[Colour] = (92, 100, 112)  # guides in instruments
DIM: Final[Colour] = (146, 154, 165)  # what is less important
LABEL: Final[Colour] = (170, 178, 189)  # captions over the picture
TEXT: Final[Colour] = (209, 214, 221)
LIGHT: Final[Colour] = (236, 239, 243)  # thin lines over the picture
BRIGHT: Final[Colour] = (246, 247, 249)  # what is chosen, and figures

ACCENT: Final[Colour] = (200, 24, 44)  # the program's own colour
RED: Final[Colour] = (232, 40, 56)  # the player's car on the map
YELLOW: Final[Colour] = (250, 206, 70)  # the start on the map
BLUE: Final[Colour] = (86, 170, 255)  # faster, regained, front, on the good side
PURPLE: Final[Colour] = (196, 132, 255)  # the best of all
ORANGE: Final[Colour] = (255, 164, 56)  # slower, drawn, rear, beyond the limit
VERMILION: Final[Colour] = (255, 120, 92)  # braking; a lap that does not count
