"""Draw the circuit in the colours of who gains where, broader where more is gained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pygame

from game.app.setup.charts import chart
from game.app.setup.charts.corner_table import SHOWN_S, signed
from game.app.setup.charts.lap_chart import legend
from game.app.setup.charts.speed_chart import A_COLOUR, B_COLOUR
from game.app.setup.charts.track_map import PIECES, MapPiece, TrackMap
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.text_layout import line_height
from game.arrays import Array

_NEITHER: Final[Colour] = (150, 156, 164)
_SLOPE: Final = 2e-5  # seconds per metre, worth a colour


def draw_gains(
    surface: pygame.Surface,
    box: Box,
    scale: TextScale,
    track_map: TrackMap,
    behind_s: Array,
    gaps: Sequence[tuple[int, float]],
    words: tuple[str, str, str],
) -> None:
    """Draw how B falls behind A; behind_s: of shape (PIECES + 1,), evenly along the lap.

    gaps: the corners, each with the time that B loses there. words: A gains, B gains, neither.
    """
    track_map.lay_out(box, scale.em(2.2))
    slope = np.convolve(np.diff(behind_s), np.ones(9) / 9.0, mode="same")
    slope *= PIECES / track_map.length_m
    colours = [B_COLOUR if s < -_SLOPE else A_COLOUR if s > _SLOPE else _NEITHER for s in slope]
    steepest = max(float(np.abs(slope).max()), _SLOPE)
    widths = (scale.em(0.26) + scale.em(0.34) * np.abs(slope) / steepest).round()
    pieces = [MapPiece(*each) for each in zip(colours, widths.tolist(), strict=True)]
    track_map.draw(surface, scale, pieces)
    small = line_height(scale.em(chart.SMALL_EM))
    key = Box(box.left + scale.em(0.9), box.top + scale.em(0.4), box.width, small)
    legend(surface, key, scale, tuple(zip(words, (A_COLOUR, B_COLOUR, _NEITHER), strict=True)))
    texts, shades = [], []
    for number, gap_s in gaps:
        far = abs(gap_s) >= SHOWN_S
        texts.append(f"T{number}" + (f"  {signed(gap_s, 2)}" if far else ""))
        shades.append((B_COLOUR if gap_s < 0.0 else A_COLOUR) if far else palette.TEXT)
    track_map.label_corners(surface, scale, texts, shades)
