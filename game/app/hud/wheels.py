"""Show the four tyres: slip and load, and if they have a state, what became of them."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.hud.gg_circle import HEIGHT
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BLUE, BRIGHT, DIM, LABEL, ORANGE, TROUGH, VERMILION, Colour
from game.app.ui.text import Align, Weight
from game.translation import N_, _
from game.units import G_MPS2, bar, celsius
from game.vehicle.spec import TyreStateSpec

_WIDTH: Final = 160
_TYRE: Final = (17, 36)  # width, height
_TREAD: Final = 3  # of the tyre, around the bar of its slip, in the colour of its temperature
_LOAD_WIDTH: Final = 4
_MAX_SLIP: Final = 1.25  # at which a tyre is filled
_SLIDES: Final = 1.1  # beyond the best slip, and it shows
_MAX_LOAD: Final = 2.5  # of a quarter of the weight
_COLUMNS: Final = (54, 89)  # left edges of the tyres
_ROWS: Final = (12, 56)
_LINE: Final = 12  # from one line of figures to the next
_FULL_COLOUR_K: Final = 20.0  # so far out of the window a tyre has all of its colour
_FLAT: Final = 0.05  # of the worst flat spot, from which it shows

_Bar = tuple[float, float, float, float]  # left, top, width and height, units


class _ShownTyre(NamedTuple):
    """Holds the state of a tyre that is shown."""

    celsius: int  # of the tread
    out_of_window_k: int  # of its temperature; below 0 it is cold
    bar: float
    left: int  # of the tread, in hundredths
    flat: bool


class Wheels(Instrument[tuple[_ShownTyre, ...]]):
    """Shows the car from above: slip fills the tyres, load stands between them.

    Beside each tyre with a state are the temperature of its tread, its pressure and what is left of
    the tread; its colour says whether it is too cold or too hot.
    """

    title = N_("Wheels")
    size = (_WIDTH, HEIGHT)
    placement = Placement("bottom right", 496, 16)

    def figures(self, data: HudData) -> tuple[_ShownTyre, ...]:
        """Return the four tyres, or none if they stay as they are."""
        state = data.spec.tyres[data.setup.tyre].state
        if state is None or data.setup.tyre_state == "frozen":
            return ()
        now = data.now
        return tuple(
            _ShownTyre(
                round(celsius(tread_k)),
                _out_of_window_k(state, tread_k, carcass_k),
                round(bar(pressure_pa), 2),
                round(100.0 * (1.0 - wear)),
                flat_spot > _FLAT,
            )
            for tread_k, carcass_k, pressure_pa, wear, flat_spot in zip(
                now.tread_k,
                now.carcass_k,
                now.tyre_pressure_pa,
                now.wear,
                now.flat_spot,
                strict=True,
            )
        )

    def paint(self, canvas: HudCanvas, figures: tuple[_ShownTyre, ...]) -> None:
        """Paint the tyres without slip and load, and their figures."""
        for wheel in range(4):
            x, y = _COLUMNS[wheel % 2], _ROWS[wheel // 2]
            radius = round(3 * canvas.unit)
            colour = _colour(figures[wheel]) if figures else TROUGH
            tyre = canvas.box(x, y, *_TYRE)
            pygame.draw.rect(canvas.surface, colour, tyre, border_radius=radius)
            slip = canvas.box(*_slip_bar(wheel))
            pygame.draw.rect(canvas.surface, TROUGH, slip, border_radius=radius)
            load = canvas.box(*_load_bar(wheel))
            pygame.draw.rect(canvas.surface, TROUGH, load, border_radius=load.width // 2)
            if figures:
                _write(canvas, wheel, figures[wheel])
        canvas.write(_("SLIP"), 0.5 * _WIDTH - 5, 97, CAPTION, BRIGHT, Align.RIGHT)
        canvas.write(_("LOAD"), 0.5 * _WIDTH + 5, 97, CAPTION, DIM)

    def paint_live(self, canvas: HudCanvas, data: HudData) -> None:
        """Fill the tyres by their slip and the bars beside them by their load."""
        chassis = data.spec.chassis
        quarter_n = 0.25 * (chassis.mass_kg + chassis.driver_mass_kg) * G_MPS2
        for wheel, (normalised_slip, load_n) in enumerate(
            zip(data.now.normalised_slip, data.now.load_n, strict=True)
        ):
            share = min(normalised_slip / _MAX_SLIP, 1.0)
            colour = ORANGE if normalised_slip > _SLIDES else BRIGHT
            _fill(canvas, _slip_bar(wheel), share, colour)
            load = min(load_n / (_MAX_LOAD * quarter_n), 1.0)
            _fill(canvas, _load_bar(wheel), load, DIM)


def _out_of_window_k(state: TyreStateSpec, tread_k: float, carcass_k: float) -> int:
    """Return how far the temperature that makes the grip is above its window, below 0 under it."""
    effective_k = carcass_k + state.tread_weight * (tread_k - carcass_k)
    nearest_k = min(max(effective_k, state.window_low_k), state.window_high_k)
    return round(effective_k - nearest_k)


def _colour(tyre: _ShownTyre) -> Colour:
    """Return the colour of a tyre's temperature: blue is cold, red is hot."""
    share = min(abs(tyre.out_of_window_k) / _FULL_COLOUR_K, 1.0)
    extreme = BLUE if tyre.out_of_window_k < 0 else VERMILION
    red, green, blue = (
        round(begin + share * (end - begin)) for begin, end in zip(LABEL, extreme, strict=True)
    )
    return red, green, blue


def _write(canvas: HudCanvas, wheel: int, tyre: _ShownTyre) -> None:
    """Write a tyre's figures on its outer side."""
    left = wheel % 2 == 0
    x = _COLUMNS[0] - 5 if left else _COLUMNS[1] + _TYRE[0] + 5
    align = Align.RIGHT if left else Align.LEFT
    y = _ROWS[wheel // 2] - 3
    degrees = f"{tyre.celsius}\N{DEGREE SIGN}"
    canvas.write(degrees, x, y, CAPTION, BRIGHT, align, Weight.BOLD)
    canvas.write(f"{tyre.bar:.2f}", x, y + _LINE, CAPTION, LABEL, align)
    worn = ORANGE if tyre.flat else LABEL
    canvas.write(f"{tyre.left} %", x, y + 2 * _LINE, CAPTION, worn, align)


def _slip_bar(wheel: int) -> _Bar:
    x, y = _COLUMNS[wheel % 2], _ROWS[wheel // 2]
    return (x + _TREAD, y + _TREAD, _TYRE[0] - 2 * _TREAD, _TYRE[1] - 2 * _TREAD)


def _load_bar(wheel: int) -> _Bar:
    x = _COLUMNS[0] + _TYRE[0] + 3 if wheel % 2 == 0 else _COLUMNS[1] - 3 - _LOAD_WIDTH
    return (x, _ROWS[wheel // 2], _LOAD_WIDTH, _TYRE[1])


def _fill(canvas: HudCanvas, place: _Bar, share: float, colour: Colour) -> None:
    """Fill a bar from below."""
    box = canvas.box(*place)
    high = round(box.height * max(share, 0.0))
    if high > 0:
        radius = min(round(3 * canvas.unit), high // 2, box.width // 2)
        rect = (box.left, box.bottom - high, box.width, high)
        pygame.draw.rect(canvas.surface, colour, rect, border_radius=radius)
