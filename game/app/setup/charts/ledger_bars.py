"""Draw where a lap's energy goes, as bars."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.setup.charts.chart import number_text
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, write_line
from game.translation import N_, _
from game.tuning.measurement import Ledger

_SPENT: Final[Colour] = palette.ORANGE
_BACK: Final[Colour] = palette.BLUE


class _LedgerLine(NamedTuple):
    """Describes one line of the ledger."""

    name: str
    kwh: float
    colour: Colour


def _entries(ledger: Ledger) -> tuple[_LedgerLine, ...]:
    """Return what was drawn at the terminals, where it went, and earlier losses."""
    return (
        _LedgerLine(N_("Drawn"), ledger.drawn_kwh, palette.BRIGHT),
        _LedgerLine(N_("Regained"), ledger.regained_kwh, _BACK),
        _LedgerLine(N_("Brakes"), ledger.brake_heat_kwh, _SPENT),
        _LedgerLine(N_("Drag"), ledger.drag_kwh, _SPENT),
        _LedgerLine(N_("Tyres' slip"), ledger.tyre_heat_kwh, _SPENT),
        _LedgerLine(N_("Motors"), ledger.motor_heat_kwh, _SPENT),
        _LedgerLine(N_("Rolling"), ledger.rolling_kwh, _SPENT),
        _LedgerLine(N_("Gears"), ledger.gear_heat_kwh, _SPENT),
        _LedgerLine(N_("Battery heat"), ledger.battery_heat_kwh, palette.DIM),
    )


def ledger_summary(ledger: Ledger, time: str) -> str:
    """Return the net energy, and how much of what was drawn came back."""
    back = 100.0 * ledger.regained_kwh / ledger.drawn_kwh if ledger.drawn_kwh else 0.0
    return _("{time}, {net} kWh net; {back} % of what was drawn came back").format(
        time=time, net=f"{ledger.net_kwh:.2f}", back=f"{back:.0f}"
    )


def draw_ledger(surface: pygame.Surface, box: Box, scale: TextScale, ledger: Ledger) -> None:
    """Draw one line for each entry: its name, a bar, its kWh and its share of what was drawn."""
    entries = _entries(ledger)
    high = min(box.height // len(entries), scale.em(2.6))
    px = min(scale.em(0.95), round(0.62 * high))
    name_wide, number_wide = round(7.8 * px), round(9.4 * px)
    rail = box.width - name_wide - number_wide
    largest = max(max(entry.kwh for entry in entries), 1e-9)
    drawn = max(entries[0].kwh, 1e-9)
    for index, entry in enumerate(entries):
        line = Box(box.left, box.top + index * high, box.width, high)
        write_line(
            surface, _(entry.name), line._replace(width=name_wide), TextStyle(px, palette.TEXT)
        )
        thick = max(4, round(0.46 * high))
        top = line.top + (high - thick) // 2
        width = max(round(max(entry.kwh, 0.0) / largest * rail), 1)
        bar = Box(line.left + name_wide, top, width, thick)
        fill_rounded(surface, bar, entry.colour, min(thick / 2, width / 2))
        share = f"{100.0 * entry.kwh / drawn:.0f} %"
        place = Box(line.right - number_wide, line.top, number_wide, high)
        write_line(surface, share, place, TextStyle(px, palette.DIM), Align.RIGHT)
        place = place._replace(width=round(0.66 * number_wide))
        number = f"{number_text(entry.kwh, 3)} kWh"
        write_line(surface, number, place, TextStyle(px, palette.BRIGHT), Align.RIGHT)
