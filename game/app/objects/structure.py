"""Hold a thing on the ground as the parts that are drawn, in order, and the shadows they cast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from game.app.canvas.patches import Patches, joined
from game.app.canvas.stencils import Stencil
from game.arrays import Array

NOTHING = Patches([], [])


class Structure(NamedTuple):
    """Holds the parts of a thing; shadows fall on the low parts and not on the high ones."""

    low: Patches = NOTHING
    low_fine: Patches = NOTHING  # drawn only where a piece has pixels for it
    high: Patches = NOTHING
    high_fine: Patches = NOTHING
    blocks: Sequence[tuple[Array, float]] = ()  # outlines that cast a shadow, and their heights
    overhead: Sequence[tuple[Array, float]] = ()  # outlines and heights of what hangs in the air
    roofs: Sequence[tuple[Array, float]] = ()  # outlines and heights over the low parts
    paved: Sequence[Array] = ()  # outlines of yards
    stencils: Sequence[Stencil] = ()  # on what stands high


def combined(structures: Sequence[Structure]) -> Structure:
    """Return the parts of all structures as one structure, in order."""
    return Structure(
        joined([part.low for part in structures]),
        joined([part.low_fine for part in structures]),
        joined([part.high for part in structures]),
        joined([part.high_fine for part in structures]),
        [block for part in structures for block in part.blocks],
        [outline for part in structures for outline in part.overhead],
        [roof for part in structures for roof in part.roofs],
        [outline for part in structures for outline in part.paved],
        [stencil for part in structures for stencil in part.stencils],
    )
