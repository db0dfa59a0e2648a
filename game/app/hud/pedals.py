"""Throttle, brake and steering: now, and over the last four seconds."""

from __future__ import annotations

from typing import ClassVar, Final

import pygame

from game.app.driving.recent import SHOWN_S
from game.app.hud.gg_circle import HEIGHT
from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BRIGHT, DIM, VERMILION
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Weight
from game.app.ui.panel import TROUGH, draw_panel

_WIDTH: Final = 172
_TRACE: Final = (12, 122)  # left and right edge
_PEDALS: Final = (48, 94)  # top and bottom of what is 0..1
_STEERING: Final = (10, 40)  # top and bottom
_STEERING_SHOWN: Final = 0.5  # of the lock, at the edges of its lane
_BRAKE_X: Final = 132
_THROTTLE_X: Final = 150
_BAR_WIDTH: Final = 10
_TRACE_HZ: Final = 20  # drawn anew so often
_EVERY: Final = 3  # moments between two points


class Pedals:
    """Two bars and three lines."""

    size: ClassVar[tuple[float, float]] = (_WIDTH, HEIGHT)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._empty = Plate()
        self._traced = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Bars over a trace that is drawn anew twenty times a second."""
        empty = self._empty.picture(box, style, lambda plate: _paint(plate, box, style))
        self._traced.show(
            surface,
            box,
            (int(seen.time_s * _TRACE_HZ), style),
            lambda plate: _paint_traces(plate, empty, style, seen),
        )
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


def _paint(plate: pygame.Surface, box: Box, style: Style) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    for x in (_BRAKE_X, _THROTTLE_X):
        trough = pen.box(x, _STEERING[0], _BAR_WIDTH, _PEDALS[1] - _STEERING[0])
        pygame.draw.rect(plate, TROUGH, trough, border_radius=round(3 * style.unit))
    for y in (0.5 * sum(_STEERING), _PEDALS[1]):
        pygame.draw.line(plate, TROUGH, pen.place(_TRACE[0], y), pen.place(_TRACE[1], y))
    pen.caption("STEERING", _TRACE[0], 97)
    for x, initial, colour in ((_BRAKE_X, "B", VERMILION), (_THROTTLE_X, "T", BRIGHT)):
        middle = x + 0.5 * _BAR_WIDTH
        pen.write(initial, middle, 97, CAPTION, colour, Align.CENTRE, Weight.BOLD)


def _paint_traces(plate: pygame.Surface, empty: pygame.Surface, style: Style, seen: Seen) -> None:
    """The last seconds, over a copy of the empty instrument; now is at the right edge."""
    plate.blit(empty, (0, 0), special_flags=pygame.BLEND_RGBA_ADD)
    pen = Pen(plate, style.unit)
    earliest_s = seen.time_s - SHOWN_S
    moments = [m for m in list(seen.recent.moments)[::-_EVERY] if m.time_s > earliest_s]
    if len(moments) < 2:
        return
    left, right = (pen.place(x, 0.0)[0] for x in _TRACE)
    per_s = (right - left) / SHOWN_S
    across = [left + per_s * (moment.time_s - earliest_s) for moment in moments]
    most_rad = _STEERING_SHOWN * seen.spec.steering.lock_rad
    for lane, colour, shares in (
        (_STEERING, DIM, [_share(0.5 + 0.5 * m.steering_rad / most_rad) for m in moments]),
        (_PEDALS, BRIGHT, [m.throttle for m in moments]),
        (_PEDALS, VERMILION, [m.brake for m in moments]),
    ):
        top, bottom = (pen.place(0.0, y)[1] for y in lane)
        heights = [bottom - share * (bottom - top) for share in shares]
        pen.curve(list(zip(across, heights, strict=True)), colour)


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
