"""Lay out where shadows fall on a piece of ground, except on what stands higher than they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np

from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Piece
from game.app.canvas.sun import DIFFUSE_CAST, ShadowCast
from game.app.objects.bridge_painter import BridgePainter
from game.app.objects.scenery import SceneryPainter
from game.app.objects.shadows import Darkness, Shadows
from game.app.objects.trees import Trees
from game.arrays import Array

_STEPS: Final = 32  # from light to the darkest shade
_STEPPED: Final = np.round(np.round(np.arange(256) / 255.0 * _STEPS) / _STEPS * 255.0).astype(
    np.uint8
)


class Standing(NamedTuple):
    """Holds all that stands on the ground of a circuit."""

    scenery: SceneryPainter
    trees: Trees
    bridges: BridgePainter | None
    raised: Sequence[tuple[Array, float]]  # road: its outlines and how high they are


class ShadeLayer:
    """Holds the shadows of one circuit, as one sun casts them."""

    def __init__(self, standing: Standing, cast: ShadowCast) -> None:
        self._standing = standing
        scenery, bridges = standing.scenery, standing.bridges
        # What hangs high takes little of a grey sky from the ground.
        overhead = [] if cast == DIFFUSE_CAST else [*scenery.overhead, *standing.raised]
        self._on_ground = Shadows(
            scenery.wall_shadow_lines, scenery.blocks, overhead, cast, standing.trees
        )
        self._of_roofs = Shadows([], [], scenery.roofs, cast)
        self._on_bridges = None
        if bridges is not None:
            self._on_bridges = Shadows(bridges.shadow_lines, [], [], cast)

    def on(self, piece: Piece) -> Darkness | None:
        """Return how dark each pixel of a piece is, 0..255; None where no shadow falls."""
        scenery = self._standing.scenery
        dark = self._on_ground.shade(piece)
        low = scenery.low(piece)
        if low is not None:
            dark = _over(dark, low.opacity(), self._of_roofs.shade(piece))
        dark = None if dark is None else _beside(dark, scenery.high(piece))
        dark = self._over_bridges(dark, piece)
        if dark is None:
            return None
        crowns = self._standing.trees.crowns(piece)
        dark = dark if crowns is None else _hidden(dark, crowns)
        return _in_steps(dark) if dark.any() else None

    def _over_bridges(self, dark: Darkness | None, piece: Piece) -> Darkness | None:
        """Return the shadows of a piece, on its bridges those of their own parapets."""
        bridges, shadows = self._standing.bridges, self._on_bridges
        drawn = None if bridges is None else bridges.raised_in(piece)
        if drawn is None or shadows is None:
            return dark
        own = shadows.shade(piece)
        own = None if own is None else _beside(own, drawn.parapets)
        return _over(dark, drawn.deck.opacity(), own)


def _over(dark: Darkness | None, covered: Darkness, above: Darkness | None) -> Darkness | None:
    """Return a darkness, but where something covers it that is dark in its own way."""
    rest = None if dark is None else _hidden(dark, covered)
    if above is None:
        return rest
    own = _times(above, covered)
    return own if rest is None else np.asarray(cv2.add(rest, own), np.uint8)


def _beside(dark: Darkness, high: Overlay | None) -> Darkness:
    """Return a darkness that does not reach up to what stands high."""
    return dark if high is None else _hidden(dark, high.opacity())


def _in_steps(dark: Darkness) -> Darkness:
    """Return a darkness of few shades, which are not told apart and take half of the disk."""
    return np.asarray(cv2.LUT(dark, _STEPPED), np.uint8)


def _hidden(dark: Darkness, covered: Darkness) -> Darkness:
    return _times(dark, cv2.bitwise_not(covered))


def _times(dark: Darkness, share: Darkness | cv2.typing.MatLike) -> Darkness:
    return np.asarray(cv2.multiply(dark, share, scale=1.0 / 255.0), np.uint8)
