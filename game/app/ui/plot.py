"""Draw curves in a box: values over the last seconds, or one that depends on another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_circle, fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.translation import _

_THICKEST: Final = 3
_BACK: Final = (0, 0, 0, 96)


class Curve(NamedTuple):
    """A curve is a line through points, each 0..1 from the left and from the bottom."""

    name: str
    colour: Colour
    points: Sequence[tuple[float, float]]
    steps: bool = False  # drawn faint and filled, as what is either on or off


class Axes(NamedTuple):
    """Holds the words below a plot: what runs from left to right, and what upwards."""

    across: str
    up: str


def draw_plot(
    surface: pygame.Surface,
    box: Box,
    scale: TextScale,
    curves: Sequence[Curve],
    axes: Axes,
    dot: tuple[float, float] | None = None,
) -> None:
    """Draw curves with their names above them; `dot` marks one place, 0..1 both ways."""
    small = scale.em(0.8)
    line = line_height(small)
    inset = scale.em(0.7)
    _legend(surface, Box(box.left, box.top, box.width, line), scale, curves)
    frame = Box(
        box.left, box.top + line + scale.em(0.3), box.width, box.height - line - scale.em(0.3)
    )
    fill_rounded(surface, frame, _BACK, scale.em(0.4))
    inner = Box(
        frame.left + inset,
        frame.top + inset,
        frame.width - 2 * inset,
        frame.height - 2 * inset - line,
    )
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = inner.bottom - share * inner.height
        pygame.draw.line(surface, palette.GRID, (inner.left, y), (inner.right, y))
    for curve in curves:
        _draw_curve(surface, inner, curve, min(max(round(scale.px / 9), 1), _THICKEST))
    if dot is not None:
        place = (inner.left + dot[0] * inner.width, inner.bottom - dot[1] * inner.height)
        fill_circle(surface, place, scale.em(0.42), palette.INK)
        fill_circle(surface, place, scale.em(0.32), palette.BRIGHT)
    style = TextStyle(small, palette.DIM)
    below = Box(inner.left, frame.bottom - line - inset // 2, inner.width, line)
    write_line(surface, _(axes.across), below, style)
    write_line(surface, _(axes.up), below, style, Align.RIGHT)


def _legend(surface: pygame.Surface, box: Box, scale: TextScale, curves: Sequence[Curve]) -> None:
    left, small = box.left, scale.em(0.8)
    for curve in curves:
        if not curve.name:
            continue
        name = _(curve.name)
        width = line_width(name, small)
        if left + width + scale.em(1.2) > box.right:
            break
        mark = Box(left, box.top + box.height // 2 - 1, scale.em(0.8), max(2, scale.em(0.16)))
        fill_rounded(surface, mark, curve.colour, 1)
        words = Box(left + scale.em(1.1), box.top, width + 2, box.height)
        write_line(surface, name, words, TextStyle(small, palette.TEXT))
        left += width + scale.em(2.0)


def _draw_curve(surface: pygame.Surface, box: Box, curve: Curve, thick: int) -> None:
    places = [
        (
            box.left + min(max(x, 0.0), 1.0) * box.width,
            box.bottom - min(max(y, 0.0), 1.0) * box.height,
        )
        for x, y in curve.points
    ]
    if len(places) < 2:
        return
    if curve.steps:
        pygame.draw.lines(surface, curve.colour, False, places)
        return
    for offset in range(thick):
        shifted = [(x, y + offset - thick // 2) for x, y in places]
        pygame.draw.aalines(surface, curve.colour, False, shifted)
