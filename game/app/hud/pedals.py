"""Show throttle, brake and steering: now, and over the last four seconds."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.driving.recent import SHOWN_S, InputSample
from game.app.hud.gg_circle import HEIGHT
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, LABEL, TROUGH, VERMILION
from game.app.ui.text import Align, Weight
from game.translation import N_, _

_WIDTH: Final = 172
_TRACE: Final = (12, 122)  # left and right edge
_PEDALS: Final = (48, 94)  # top and bottom of what is 0..1
_STEERING: Final = (10, 40)  # top and bottom
_STEERING_SHOWN: Final = 0.5  # of the lock, at the edges of its lane
_BRAKE_X: Final = 132
_THROTTLE_X: Final = 150
_BAR_WIDTH: Final = 10
_TRACE_HZ: Final = 20  # the rate at which the traces are drawn again
_EVERY: Final = 3  # samples between two points


class _Traces(NamedTuple):
    """Holds the last seconds, newest first."""

    earliest_s: float  # at the left edge
    samples: tuple[InputSample, ...]
    max_steering_rad: float  # at the edges of its lane


class PedalTraces(Instrument[_Traces]):
    """Shows the pedals: two bars and three lines."""

    title = N_("Pedals and steering")
    size = (_WIDTH, HEIGHT)
    placement = Placement("bottom right", 776, 16)

    def key(self, data: HudData) -> int:
        """Return a key that changes twenty times a second, and with it the traces."""
        return int(data.time_s * _TRACE_HZ)

    def figures(self, data: HudData) -> _Traces:
        """Return every third sample of the last seconds."""
        earliest_s = data.time_s - SHOWN_S
        samples = [m for m in list(data.recent.samples)[::-_EVERY] if m.time_s > earliest_s]
        return _Traces(earliest_s, tuple(samples), _STEERING_SHOWN * data.spec.steering.lock_rad)

    def paint(self, canvas: HudCanvas, figures: _Traces) -> None:
        """Paint the traces over empty lanes, now at the right edge, and empty bars."""
        for x in (_BRAKE_X, _THROTTLE_X):
            trough = canvas.box(x, _STEERING[0], _BAR_WIDTH, _PEDALS[1] - _STEERING[0])
            radius = round(3 * canvas.unit)
            pygame.draw.rect(canvas.surface, TROUGH, trough, border_radius=radius)
        for y in (0.5 * sum(_STEERING), _PEDALS[1]):
            ends = canvas.place(_TRACE[0], y), canvas.place(_TRACE[1], y)
            pygame.draw.line(canvas.surface, TROUGH, *ends)
        canvas.caption(_("STEERING"), _TRACE[0], 97)
        for x, initial, colour in ((_BRAKE_X, "B", VERMILION), (_THROTTLE_X, "T", BRIGHT)):
            middle = x + 0.5 * _BAR_WIDTH
            canvas.write(initial, middle, 97, CAPTION, colour, Align.CENTRE, Weight.BOLD)
        if len(figures.samples) >= 2:
            _paint_traces(canvas, figures)

    def paint_live(self, canvas: HudCanvas, data: HudData) -> None:
        """Fill the bars as far as the pedals are pressed."""
        now = data.now
        for x, share, colour in (
            (_BRAKE_X, now.brake, VERMILION),
            (_THROTTLE_X, now.throttle, BRIGHT),
        ):
            top, bottom = _STEERING[0], _PEDALS[1]
            trough = canvas.box(x, top, _BAR_WIDTH, bottom - top)
            high = round(trough.height * min(max(share, 0.0), 1.0))
            rect = (trough.left, trough.bottom - high, trough.width, high)
            radius = min(high // 2, round(3 * canvas.unit))
            pygame.draw.rect(canvas.surface, colour, rect, border_radius=radius)


def _paint_traces(canvas: HudCanvas, traces: _Traces) -> None:
    left, right = (canvas.place(x, 0.0)[0] for x in _TRACE)
    per_s, samples = (right - left) / SHOWN_S, traces.samples
    across = [left + per_s * (sample.time_s - traces.earliest_s) for sample in samples]
    steering = [_share(0.5 + 0.5 * m.steering_rad / traces.max_steering_rad) for m in samples]
    for lane, colour, shares in (
        (_STEERING, LABEL, steering),
        (_PEDALS, BRIGHT, [m.throttle for m in samples]),
        (_PEDALS, VERMILION, [m.brake for m in samples]),
    ):
        top, bottom = (canvas.place(0.0, y)[1] for y in lane)
        heights = [bottom - share * (bottom - top) for share in shares]
        canvas.curve(list(zip(across, heights, strict=True)), colour)


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
