"""What stands on the ground, taken apart into what is drawn, in which order, and what it shades."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from game.app.canvas.patches import Patches, joined
from game.app.canvas.stencils import Stencil
from game.arrays import Array

NOTHING = Patches([], [])


class Structure(NamedTuple):
    """Parts of a thing; shadows fall on what lies low and not on what stands high."""

    low: Patches = NOTHING
    low_fine: Patches = NOTHING  # drawn only where a piece has pixels for it
    high: Patches = NOTHING
    high_fine: Patches = NOTHING
    feet: Sequence[tuple[Array, float]] = ()  # outlines that throw a shadow, and their heights
    afloat: Sequence[tuple[Array, float]] = ()  # the same of what hangs above the ground
    roofs: Sequence[tuple[Array, float]] = ()  # the same of what shades the low parts
    paved: Sequence[Array] = ()  # outlines of yards
    stencils: Sequence[Stencil] = ()  # on what stands high


def together(structures: Sequence[Structure]) -> Structure:
    """All of them as one, in order."""
    return Structure(
        joined([part.low for part in structures]),
        joined([part.low_fine for part in structures]),
        joined([part.high for part in structures]),
        joined([part.high_fine for part in structures]),
        [foot for part in structures for foot in part.feet],
        [thing for part in structures for thing in part.afloat],
        [thing for part in structures for thing in part.roofs],
        [outline for part in structures for outline in part.paved],
        [stencil for part in structures for stencil in part.stencils],
    )
