"""Define the colours a car wears."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.ui.palette import Colour


class Livery(NamedTuple):
    """A livery has the colours of a car's parts; the number is on the roof."""

    name: str
    body: Colour  # shoulders, bonnet and roof
    second: Colour  # the V on the nose, the spine and the tail
    accent: Colour  # mirrors, splitter, sills and the wing's edges
    glass: Colour
    number: str

    @property
    def signal(self) -> Colour:
        """Return the more saturated of its two main colours, to be known by from afar."""
        return max(self.body, self.second, key=lambda shade: max(shade) - min(shade))


_DARK_GLASS: Final = (17, 22, 29)

WORKS: Final = Livery("works", (232, 234, 238), (216, 14, 38), (24, 25, 29), _DARK_GLASS, "23")

LIVERIES: Final = (
    WORKS,
    Livery("azure", (18, 118, 240), (236, 240, 244), (255, 196, 44), _DARK_GLASS, "7"),
    Livery("orange", (255, 116, 8), (28, 30, 36), (250, 246, 236), _DARK_GLASS, "11"),
    Livery("yellow", (255, 208, 0), (22, 62, 146), (244, 246, 250), _DARK_GLASS, "32"),
    Livery("lime", (160, 230, 16), (32, 36, 34), (246, 246, 240), _DARK_GLASS, "46"),
    Livery("violet", (146, 66, 240), (36, 26, 56), (255, 138, 60), _DARK_GLASS, "58"),
    Livery("crimson", (222, 12, 34), (238, 236, 232), (22, 24, 30), _DARK_GLASS, "85"),
    Livery("turquoise", (0, 200, 196), (24, 40, 58), (255, 112, 92), _DARK_GLASS, "99"),
)

GHOST: Final = LIVERIES[1]  # of the best lap; the following are of other laps that drive along
SESSION_GHOST: Final = LIVERIES[7]
LAST_GHOST: Final = LIVERIES[2]
BOT_GHOST: Final = LIVERIES[4]
GOAL_GHOST: Final = LIVERIES[5]
BESIDE_GHOST: Final = LIVERIES[5]  # of the lap beside a replay
FILE_GHOSTS: Final = tuple(LIVERIES[number] for number in (6, 3, 0, 5, 7, 4, 2, 1))
