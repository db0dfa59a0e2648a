"""Show a day: its circuit, what it prescribes, the medals, and the laps on its board."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.menus.weather_words import weather_title
from game.app.scenes.medal_list import draw_medals_across, medal_rows, medals_across_height
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_sketch import CircuitSketch, SketchStyle
from game.app.ui.panel import draw_panel
from game.app.ui.rows import TextScale
from game.app.ui.table import Column, Table
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.app.ui.theme import Metrics
from game.app.venue.circuit_facts import CircuitFacts
from game.boards.kept_lap import KeptLap, has_this_physics
from game.boards.lap_database import LapDatabase
from game.drivers.driving_help import HELP_NAMES
from game.errors import InputError
from game.goals.daily import DailyConditions
from game.goals.day_target import DayTarget
from game.translation import N_, _
from game.units import lap_time_text
from game.vehicle.spec import CarSpec

_TITLE_PX: Final = 30
_TEXT_PX: Final = 17
_MEDAL_PX: Final = 15
_TABLE_PX: Final = 15
_PAD: Final = 22
_LINE_PX: Final = 3.4
_MIN_MAP: Final = 90  # units of height; in less room there is none
_SHOWN: Final = 6  # laps of the board
_DASH: Final = "\N{EN DASH}"


def day_laps(conditions: DailyConditions, spec: CarSpec) -> Sequence[KeptLap]:
    """Return the valid laps of a day with a car, by this program's physics, the fastest first.

    There are none if they cannot be read: whoever writes laps says so.
    """
    try:
        stored, _damage = LapDatabase().laps(conditions.track)
    except InputError:
        return ()
    laps = [each.lap for each in stored if _is_of(each.lap, conditions, spec)]
    return sorted(laps, key=lambda lap: (lap.time_s, lap.date))


def _is_of(lap: KeptLap, conditions: DailyConditions, spec: CarSpec) -> bool:
    """Return whether a lap was driven on a day as it prescribes; an imported one says so itself."""
    as_prescribed = lap.weather == conditions.weather and (
        conditions.applied(lap.setup) == lap.setup
    )
    is_of_day = lap.day == conditions.name and lap.car_id == spec.id
    return lap.valid and has_this_physics(lap.digests) and is_of_day and as_prescribed


def best_by_driver(laps: Sequence[KeptLap]) -> list[KeptLap]:
    """Return the first lap of each driver."""
    first: dict[str, KeptLap] = {}
    for lap in laps:
        first.setdefault(lap.driver, lap)
    return list(first.values())


class DayBoard:
    """Draws a day. What is found out later is set from outside."""

    def __init__(self, conditions: DailyConditions, spec: CarSpec, laps: Sequence[KeptLap]) -> None:
        self.conditions = conditions
        self.facts: CircuitFacts | None = None
        self.target: DayTarget | None = None
        self.fault = ""
        self.progress = 0.0  # of the bot's lap
        self._spec = spec
        self._laps = laps
        own = [lap.time_s for lap in laps if not lap.driver]
        self._best_s = min(own, default=math.inf)
        self._sketch: CircuitSketch | None = None

    def draw(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> None:
        """Draw the circuit's title, the conditions, the map, the medals and the board."""
        draw_panel(surface, box, sizes.unit)
        pad = sizes.space(_PAD)
        box = Box(box.left + pad, box.top + pad, box.width - 2 * pad, box.height - 2 * pad)
        top = self._draw_heading(surface, box, sizes)
        box = box._replace(top=top, height=box.bottom - top)
        bottom = self._draw_board(surface, box, sizes)
        bottom = self._draw_medals(surface, box._replace(height=bottom - top), sizes)
        if self.facts is not None and bottom - top >= sizes.space(_MIN_MAP):
            if self._sketch is None:
                self._sketch = CircuitSketch(*self.facts.shape)
            style = SketchStyle(_LINE_PX * sizes.unit, palette.BRIGHT, 0, arrow=True)
            self._sketch.draw(surface, box._replace(height=bottom - top), style)

    def words(self) -> list[str]:
        """Return what the day prescribes, a sentence each."""
        day = self.conditions
        weather = _(weather_title(day.weather))
        charge = _("Starting at {charge} % charge, on {tyre} tyres").format(
            tyre=_(day.tyre), charge=f"{100.0 * day.initial_charge:.0f}"
        )
        lines = [weather, charge]
        if self.target is not None and self.target.cap_kwh:
            cap = _("A lap counts up to {cap} kWh").format(cap=f"{self.target.cap_kwh:.1f}")
            lines.append(cap)
        return lines

    def _draw_heading(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> int:
        """Draw the circuit and the conditions; return where they end."""
        px = sizes.title(_TITLE_PX)
        title = self.facts.title if self.facts is not None else self.conditions.track
        high = paragraph_height(title, box.width, px)
        style = TextStyle(px, palette.BRIGHT, Weight.BOLD)
        write_paragraph(surface, title, box._replace(height=high), style)
        top, px = box.top + high, sizes.entry(_TEXT_PX)
        for text in self.words():
            high = paragraph_height(text, box.width, px)
            place = box._replace(top=top, height=high)
            write_paragraph(surface, text, place, TextStyle(px, palette.TEXT))
            top += high
        return top + sizes.space(6)

    def _draw_board(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> int:
        """Draw the best lap of each driver at the bottom; return the height that is left."""
        cap_kwh = math.inf if self.target is None else self.target.cap_kwh or math.inf
        laps = best_by_driver([lap for lap in self._laps if lap.net_kwh <= cap_kwh])[:_SHOWN]
        if not laps:
            px = sizes.entry(_TABLE_PX)
            line = box._replace(top=box.bottom - line_height(px), height=line_height(px))
            text = _("Nobody has driven this day here yet")
            write_line(surface, text, line, TextStyle(px, palette.DIM))
            return line.top - sizes.space(8)
        table = Table(_columns(laps), _own_row(laps))
        scale = TextScale(sizes, sizes.entry(_TABLE_PX))
        high = min(table.height(scale), box.height // 2)
        table.scroll(-len(laps))
        table.draw(surface, box._replace(top=box.bottom - high, height=high), scale)
        return box.bottom - high - sizes.space(8)

    def _draw_medals(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> int:
        """Draw the bot's times above the board; return the height that is left."""
        px = sizes.entry(_MEDAL_PX)
        if self.target is None:
            text = self.fault or _("The bot is driving the day: {share} %").format(
                share=f"{100.0 * self.progress:.0f}"
            )
            high = paragraph_height(text, box.width, px)
            place = box._replace(top=box.bottom - high, height=high)
            colour = palette.ORANGE if self.fault else palette.DIM
            write_paragraph(surface, text, place, TextStyle(px, colour))
            return place.top - sizes.space(8)
        rows = medal_rows(self.target.targets.lap_times, self._best_s)
        top = box.bottom - medals_across_height(rows, box.width, px)
        draw_medals_across(surface, rows, box._replace(top=top), px)
        return top - sizes.space(8)


def _columns(laps: Sequence[KeptLap]) -> list[Column]:
    return [
        Column("", [str(place) for place, _lap in enumerate(laps, 1)]),
        Column(N_("TIME"), [lap_time_text(lap.time_s) for lap in laps]),
        Column(N_("DRIVER"), [lap.driver or _("You") for lap in laps], align=Align.LEFT),
        Column(N_("ENERGY"), [f"{lap.net_kwh:.2f} kWh" for lap in laps], rank=2),
        Column(N_("HELP"), [_help(lap) for lap in laps], rank=3),
    ]


def _own_row(laps: Sequence[KeptLap]) -> int | None:
    return next((row for row, lap in enumerate(laps) if not lap.driver), None)


def _help(lap: KeptLap) -> str:
    return _(HELP_NAMES[lap.help]) if lap.help in HELP_NAMES else _DASH
