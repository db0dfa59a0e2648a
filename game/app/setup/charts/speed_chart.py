"""Draw the speeds of two laps over their distance, and below them how far one is behind."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.setup.charts import chart, chart_marks
from game.app.setup.charts.chart import ValueRange, range_of
from game.app.setup.charts.lap_chart import legend, trace_panel
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.text_layout import line_height, line_width
from game.arrays import Array
from game.track.track import Track
from game.translation import _
from game.units import kmh

A_COLOUR: Final[Colour] = palette.ORANGE
B_COLOUR: Final[Colour] = palette.BLUE
_A_AREA: Final[Colour] = (92, 62, 30)
_B_AREA: Final[Colour] = (36, 62, 92)


class SpeedCurves(NamedTuple):
    """Holds two laps at places of the circuit, each of shape (n,)."""

    s_m: Array
    a_mps: Array
    b_mps: Array
    behind_s: Array  # of B


def draw_speeds(
    surface: pygame.Surface,
    box: Box,
    scale: TextScale,
    track: Track,
    curves: SpeedCurves,
    across: ValueRange,
    words: tuple[str, str, str],
) -> None:
    """Draw the curves between two places of the lap; words: A, B, and B's being behind."""
    small = line_height(scale.em(chart.SMALL_EM))
    kept = (curves.s_m >= across.low) & (curves.s_m <= across.high)
    s_m, a_mps, b_mps, behind_s = (column[kept] for column in curves)
    room = box.height - small - scale.em(0.4)
    upper = Box(box.left, box.top, box.width, round(0.62 * room))
    lower = Box(box.left, upper.bottom + scale.em(0.4), box.width, room - upper.height)
    speeds = (kmh(1.0) * a_mps, kmh(1.0) * b_mps)
    span = range_of(np.concatenate(speeds).tolist(), 20.0)
    panel = trace_panel(surface, upper, scale, _("Speed, km/h"), across, span)
    names = sum(line_width(name, scale.em(chart.SMALL_EM)) + scale.em(2.6) for name in words[:2])
    key = Box(panel.box.right - names, upper.top + scale.em(0.1), names, small)
    legend(surface, key, scale, ((words[0], A_COLOUR), (words[1], B_COLOUR)))
    for values, colour, em in zip(speeds, (A_COLOUR, B_COLOUR), (0.22, 0.09), strict=True):
        chart_marks.polyline(surface, panel.trail(s_m, values), colour, max(1, scale.em(em)))
    span = range_of([*behind_s.tolist(), 0.0], 0.05)
    panel = trace_panel(surface, lower, scale, words[2], across, span, sign=True)
    for ahead, shade in (
        (np.minimum(behind_s, 0.0), _B_AREA),
        (np.maximum(behind_s, 0.0), _A_AREA),
    ):
        chart_marks.area(surface, panel.trail(s_m, ahead), panel.y(0.0), shade)
    places = panel.trail(s_m, behind_s)
    chart_marks.polyline(surface, places, palette.BRIGHT, max(1, scale.em(0.09)))
    apexes = {corner.apex_m: f"T{corner.number}" for corner in track.corners}
    shown = [apex_m for apex_m in apexes if across.holds(apex_m)]
    chart.columns(surface, panel, scale, shown, apexes.__getitem__, lower.bottom + 2)
