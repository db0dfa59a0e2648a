"""Show the four wheels: how much of its grip's slip each uses, and what load it carries."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.hud.gg_circle import HEIGHT
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, DIM, ORANGE, TROUGH, Colour
from game.app.ui.text import Align
from game.translation import N_, _
from game.units import G_MPS2

_WIDTH: Final = 98
_TYRE: Final = (17, 36)  # width, height
_LOAD_WIDTH: Final = 4
_MAX_SLIP: Final = 1.25  # at which a tyre is filled
_SLIDES: Final = 1.1  # beyond the best slip, and it shows
_MAX_LOAD: Final = 2.5  # of a quarter of the weight
_COLUMNS: Final = (20, 61)  # left edges of the tyres
_ROWS: Final = (12, 56)

_Bar = tuple[float, float, float, float]  # left, top, width and height, units


class Wheels(Instrument[tuple[()]]):
    """Shows the car from above: slip fills the tyres, load stands outside of them."""

    title = N_("Wheels")
    size = (_WIDTH, HEIGHT)
    placement = Placement("bottom right", 496, 16)

    def figures(self, data: HudData) -> tuple[()]:  # noqa: ARG002
        """Return no figures: the empty tyres in the picture that is kept are always the same."""
        return ()

    def paint(self, canvas: HudCanvas, figures: tuple[()]) -> None:  # noqa: ARG002
        """Paint the empty tyres."""
        for wheel in range(4):
            x, y = _COLUMNS[wheel % 2], _ROWS[wheel // 2]
            radius = round(3 * canvas.unit)
            tyre = canvas.box(x, y, *_TYRE)
            pygame.draw.rect(canvas.surface, TROUGH, tyre, border_radius=radius)
            load = canvas.box(_load_x(wheel), y, _LOAD_WIDTH, _TYRE[1])
            pygame.draw.rect(canvas.surface, TROUGH, load, border_radius=load.width // 2)
        canvas.write(_("SLIP"), 0.5 * _WIDTH - 5, 97, CAPTION, BRIGHT, Align.RIGHT)
        canvas.write(_("LOAD"), 0.5 * _WIDTH + 5, 97, CAPTION, DIM)

    def paint_live(self, canvas: HudCanvas, data: HudData) -> None:
        """Fill the tyres by their slip and the bars beside them by their load."""
        chassis = data.spec.chassis
        quarter_n = 0.25 * (chassis.mass_kg + chassis.driver_mass_kg) * G_MPS2
        for wheel, (normalised_slip, load_n) in enumerate(
            zip(data.now.normalised_slip, data.now.load_n, strict=True)
        ):
            x, y = _COLUMNS[wheel % 2], _ROWS[wheel // 2]
            share = min(normalised_slip / _MAX_SLIP, 1.0)
            _fill(canvas, (x, y, *_TYRE), share, ORANGE if normalised_slip > _SLIDES else BRIGHT)
            load = min(load_n / (_MAX_LOAD * quarter_n), 1.0)
            _fill(canvas, (_load_x(wheel), y, _LOAD_WIDTH, _TYRE[1]), load, DIM)


def _load_x(wheel: int) -> float:
    return _COLUMNS[0] - 9 if wheel % 2 == 0 else _COLUMNS[1] + _TYRE[0] + 5


def _fill(canvas: HudCanvas, bar: _Bar, share: float, colour: Colour) -> None:
    """Fill a bar from below."""
    box = canvas.box(*bar)
    high = round(box.height * max(share, 0.0))
    if high > 0:
        radius = min(round(3 * canvas.unit), high // 2, box.width // 2)
        rect = (box.left, box.bottom - high, box.width, high)
        pygame.draw.rect(canvas.surface, colour, rect, border_radius=radius)
