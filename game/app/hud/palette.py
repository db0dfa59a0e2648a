"""The colours of the instruments: told apart by everyone, never by red and green alone."""

from typing import Final

from game.app.ui.lettering import Colour

BRIGHT: Final[Colour] = (244, 246, 249)
DIM: Final[Colour] = (170, 178, 189)
DARK: Final[Colour] = (34, 39, 47)  # about a panel over the picture
PALE: Final[Colour] = (146, 155, 168)
FAINT: Final[Colour] = (92, 100, 112)
BLUE: Final[Colour] = (86, 170, 255)  # faster, regained, on the good side
ORANGE: Final[Colour] = (255, 164, 56)  # slower, drawn, beyond the limit
VERMILION: Final[Colour] = (255, 120, 92)  # braking; a lap that does not count
