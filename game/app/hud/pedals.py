"""Throttle, brake and steering: now, and over the last four seconds."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.hud.gg_circle import HEIGHT
from game.app.hud.palette import BRIGHT, DIM, TROUGH, VERMILION
from game.app.hud.pen import CAPTION, Pen, Plate
from game.app.hud.recent import SHOWN_S, Moment
from game.app.hud.seen import Seen
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour, Weight
from game.app.ui.panel import draw_panel

_WIDTH: Final = 172
_TRACE: Final = (12, 122)  # left and right edge
_PEDALS: Final = (48, 94)  # top and bottom of what is 0..1
_STEERING: Final = (10, 40)  # top and bottom of lock to lock
_BRAKE_X: Final = 132
_THROTTLE_X: Final = 150
_BAR_WIDTH: Final = 10
_TRACE_HZ: Final = 20  # drawn anew so often
_EVERY: Final = 3  # moments between two points


class _Lane(NamedTuple):
    """One line of the trace."""

    top: float
    bottom: float
    colour: Colour


class Pedals:
    """Two bars and three lines."""

    size: ClassVar[tuple[float, float]] = (_WIDTH, HEIGHT)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Bars over a trace that is drawn anew twenty times a second."""
        key = (int(seen.time_s * _TRACE_HZ), style)
        self._plate.show(surface, box, key, lambda plate: _paint(plate, box, style, seen))
        pen = Pen(surface, style.unit, box)
        now = seen.now
        for x, share, colour in (
            (_BRAKE_X, now.brake, VERMILION),
            (_THROTTLE_X, now.throttle, BRIGHT),
        ):
            top, bottom = _STEERING[0], _PEDALS[1]
            trough = pen.box(x, top, _BAR_WIDTH, bottom - top)
            high = round(trough.height * min(max(share, 0.0), 1.0))
            rect = (trough.left, trough.bottom - high, trough.width, high)
            radius = min(high // 2, round(3 * style.unit))
            pygame.draw.rect(surface, colour, rect, border_radius=radius)


def _paint(plate: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    for x in (_BRAKE_X, _THROTTLE_X):
        trough = pen.box(x, _STEERING[0], _BAR_WIDTH, _PEDALS[1] - _STEERING[0])
        pygame.draw.rect(plate, TROUGH, trough, border_radius=round(3 * style.unit))
    for y in (0.5 * sum(_STEERING), _PEDALS[1]):
        pygame.draw.line(plate, TROUGH, pen.place(_TRACE[0], y), pen.place(_TRACE[1], y))
    moments = list(seen.recent.moments)[::-_EVERY]
    lock_rad = seen.spec.steering.lock_rad
    lines = (
        (_Lane(*_STEERING, DIM), [0.5 + 0.5 * m.steering_rad / lock_rad for m in moments]),
        (_Lane(*_PEDALS, BRIGHT), [m.throttle for m in moments]),
        (_Lane(*_PEDALS, VERMILION), [m.brake for m in moments]),
    )
    for lane, shares in lines:
        _trace(pen, lane, moments, shares, seen.time_s)
    pen.caption("STEERING", _TRACE[0], 97)
    for x, initial, colour in ((_BRAKE_X, "B", VERMILION), (_THROTTLE_X, "T", BRIGHT)):
        middle = x + 0.5 * _BAR_WIDTH
        pen.write(initial, middle, 97, CAPTION, colour, Align.CENTRE, Weight.BOLD)


def _trace(
    pen: Pen, lane: _Lane, moments: list[Moment], shares: list[float], time_s: float
) -> None:
    """A line that ends at the right edge now."""
    left, right = _TRACE
    points = []
    for moment, share in zip(moments, shares, strict=True):
        x = right - (right - left) * (time_s - moment.time_s) / SHOWN_S
        if x < left:
            break
        height = min(max(share, 0.0), 1.0) * (lane.bottom - lane.top)
        points.append(pen.place(x, lane.bottom - height))
    if len(points) > 1:
        pygame.draw.aalines(pen.surface, lane.colour, False, points)
