"""Where the panels of the instrument overlay lie, in pixels, for any size of window."""

from __future__ import annotations

from typing import NamedTuple

from game.app.ui.box import Box


class HudLayout(NamedTuple):
    """The panels. `unit` is the size of a pixel of the 1280 x 720 design."""

    unit: float
    times: Box
    message: Box
    speed: Box
    inputs: Box
    minimap: Box
    corner: Box


def hud_layout(width: int, height: int) -> HudLayout:
    """The layout of a window of this size; it scales with the window, its shape with the edges."""
    unit = min(width / 1280.0, height / 720.0)
    edge = 20.0

    def box(x: float, y: float, w: float, h: float) -> Box:
        """From the left or, if negative, from the right; likewise from the top or the bottom."""
        wide, high = round(w * unit), round(h * unit)
        left = round(x * unit) if x >= 0.0 else width - wide - round(-x * unit)
        top = round(y * unit) if y >= 0.0 else height - high - round(-y * unit)
        return Box(left, top, wide, high)

    def centred(y: float, w: float, h: float) -> Box:
        placed = box(edge, y, w, h)
        return placed._replace(left=(width - placed.width) // 2)

    return HudLayout(
        unit=unit,
        times=box(edge, edge, 250, 168),
        message=centred(edge, 560, 58),
        speed=box(-edge, -edge, 270, 150),
        inputs=box(-edge, -(edge + 150 + 12), 270, 82),
        minimap=box(edge, -edge, 190, 190),
        corner=centred(-edge, 340, 44),
    )
