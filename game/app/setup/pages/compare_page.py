"""Compare two setups: corner by corner, over the lap's distance, and on the map."""

from __future__ import annotations

from typing import Any, Final

import pygame

from game.app.menus.tab import PageValue
from game.app.setup.charts import chart_marks
from game.app.setup.charts.chart import ValueRange
from game.app.setup.charts.corner_table import corner_table, signed
from game.app.setup.charts.gain_map import draw_gains
from game.app.setup.charts.speed_chart import SpeedCurves, draw_speeds
from game.app.setup.charts.track_map import PIECES, TrackMap
from game.app.setup.model.garage import Garage
from game.app.setup.model.what_if import WhatIf
from game.app.setup.pages.charts_weather import ChartsWeather
from game.app.setup.pages.setup_tab import SetupTab
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.controls import Choice
from game.app.ui.page import Page
from game.app.ui.rows import Heading, Row, TextScale
from game.app.ui.table import Table
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    paragraph_height,
    write_paragraph,
)
from game.setups.items import law_text
from game.setups.presets import presets
from game.translation import N_, _
from game.tuning.comparison import Comparison
from game.units import lap_time_text
from game.vehicle.setup import Setup, default_setup

_VIEWS: Final = (("corners", N_("corner by corner")), ("speed", N_("speed")), ("map", N_("map")))
_PRESENT: Final = N_("as it is now")
_DEFAULT: Final = N_("defaults")


class ComparePage(SetupTab):
    """A and B are chosen among the present setup, the defaults and the presets."""

    rows_share = 0.3

    def __init__(self, garage: Garage) -> None:
        self._a, self._b = PageValue(_PRESENT), PageValue(_DEFAULT)
        self._view, self._corner = PageValue("corners"), PageValue(0)
        self._asked: tuple[Setup, Setup] | None = None
        self._asked_of: WhatIf | None = None
        self._presets: dict[str, Setup] = {}
        self._map = TrackMap(garage.venue)
        self._table: tuple[Any, Table] | None = None
        super().__init__(N_("Compare"), garage, self._rows(garage))

    def enter(self) -> None:
        """Ask for both again; there may be other presets by now."""
        self._asked = None
        known = presets(self.garage.spec)
        self._presets = {each.name: each.setup for each in known if each.setup is not None}
        for held in (self._a, self._b):
            if held.get() not in (_PRESENT, _DEFAULT, *self._presets):
                held.put(_PRESENT)
        chosen = self.page.chosen
        self.page = Page(self._rows(self.garage))
        self.page.chosen = chosen

    def update(self, frame_s: float) -> None:  # noqa: ARG002
        """Ask for laps with both."""
        self._map.update()
        pair = (self._setup(self._a.get()), self._setup(self._b.get()))
        what_if = self.bench.what_if
        if pair != self._asked or what_if is not self._asked_of:
            self._asked, self._asked_of = pair, what_if
            what_if.request(pair)

    @property
    def comparison(self) -> Comparison | None:
        """Return the comparison when there are laps of both, else None."""
        if self._asked is None:
            return None
        a, b = (self.bench.what_if.measurements.get(each) for each in self._asked)
        return (
            Comparison(a, b) if a is not None and b is not None and a.laps_s and b.laps_s else None
        )

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw what the comparison comes to, then the view that is chosen."""
        comparison = self.comparison
        if comparison is None:
            self._draw_why_not(surface, box, scale)
            return
        verdict = self.named(comparison.verdict("A", "B"))
        laws = _laws_text(*self._asked or ())
        top = _draw_sum(surface, box, scale, verdict, comparison, laws)
        rest = Box(box.left, top, box.width, box.bottom - top)
        if self._view.get() == "corners":
            self._draw_corners(surface, rest, scale, comparison)
        elif self._view.get() == "speed":
            self._draw_speed(surface, rest, scale, comparison)
        else:
            self._draw_map(surface, rest, scale, comparison)

    def _draw_why_not(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        for name, setup in zip("AB", self._asked or (), strict=False):
            found = self.bench.what_if.measurements.get(setup)
            if found is not None and not found.laps_s:
                text = _("{name} does not finish the lap: {why}").format(name=name, why=found.lost)
                text = self.named(text)
                write_paragraph(surface, text, box, TextStyle(scale.px, palette.TEXT))
                return
        self.draw_waiting(surface, box, scale, len(set(self._asked or ())))

    def _rows(self, garage: Garage) -> list[Row]:
        setups = [(name, name) for name in (_PRESENT, _DEFAULT, *self._presets)]
        corners = [(0, N_("all"))] + [
            (each.number, f"T{each.number}") for each in garage.track.corners
        ]
        return [
            Heading(N_("Compared")),
            Choice("A", self._a, setups, ""),
            Choice("B", self._b, setups, ""),
            ChartsWeather(garage),
            Heading(N_("Shown")),
            Choice(N_("Chart"), self._view, _VIEWS, ""),
            Choice(N_("Corner"), self._corner, corners, ""),
        ]

    def _setup(self, name: str) -> Setup:
        """Return the setup that a name stands for, as long as there is one."""
        if name == _PRESENT:
            return self.bench.setup
        return self._presets.get(name, default_setup(self.garage.spec))

    def _draw_corners(
        self, surface: pygame.Surface, box: Box, scale: TextScale, comparison: Comparison
    ) -> None:
        """Draw the table of corners, scrolled to the one that is chosen."""
        small = scale._replace(px=scale.em(0.86))
        key = (self._asked_of, self._asked, self._corner.get(), box, scale)
        if self._table is None or self._table[0] != key:
            table = corner_table(comparison, self._corner.get())
            self._table = (key, table)
            table.scroll(-len(comparison.corners))
            table.scroll(max(self._corner.get() - 4, 0))
        self._table[1].draw(surface, box, small)

    def _draw_speed(
        self, surface: pygame.Surface, box: Box, scale: TextScale, comparison: Comparison
    ) -> None:
        """Draw both speeds over the distance, and below them how far B is behind."""
        track = self.garage.track
        curves = SpeedCurves(*comparison.along(track.length_m, max(box.width // 2, 40)))
        words = ("A", "B", _("B behind A, s"))
        draw_speeds(surface, box, scale, track, curves, ValueRange(*self._stretch()), words)

    def _draw_map(
        self, surface: pygame.Surface, box: Box, scale: TextScale, comparison: Comparison
    ) -> None:
        """Draw the map, broad blue where B gains, orange where A does; beside corners the gap."""
        *_rest, behind_s = comparison.along(self.garage.track.length_m, PIECES + 1)
        gaps = [(gap.number, gap.time_s) for gap in comparison.corners]
        words = (_("A gains"), _("B gains"), _("equal"))
        draw_gains(surface, box, scale, self._map, behind_s, gaps, words)
        if self._corner.get():
            apex_m = self.garage.track.corners[self._corner.get() - 1].apex_m
            chart_marks.ring(surface, self._map.place(apex_m), scale.em(0.8), palette.BRIGHT)

    def _stretch(self) -> tuple[float, float]:
        """Return the stretch whose speeds are shown: the lap, or a corner's surroundings."""
        lap_m = self.garage.track.length_m
        corners = self.garage.track.corners
        number = self._corner.get()
        if number == 0:
            return 0.0, lap_m
        apexes = [each.apex_m for each in corners]
        at = apexes[number - 1]
        before = apexes[number - 2] - (lap_m if number == 1 else 0.0)
        after = apexes[number % len(apexes)] + (lap_m if number == len(apexes) else 0.0)
        return max(0.5 * (before + at), 0.0), min(0.5 * (at + after), lap_m)


def _laws_text(*setups: Setup) -> str:
    """Return the split law of A and B."""
    laws = [law_text(setup) for setup in setups]
    if len(set(laws)) == 1:
        return laws[0]
    return ", ".join(f"{name} {law}" for name, law in zip("AB", laws, strict=False))


def _draw_sum(
    surface: pygame.Surface,
    box: Box,
    scale: TextScale,
    verdict: str,
    comparison: Comparison,
    laws: str,
) -> int:
    """Draw who is quicker, both lap times, the sectors and the laws; returns where that ends."""
    high = paragraph_height(verdict, box.width, scale.px)
    write_paragraph(
        surface, verdict, box._replace(height=high), TextStyle(scale.px, palette.BRIGHT)
    )
    px = scale.em(0.88)
    line = Box(box.left, box.top + high, box.width, line_height(px))
    times = (
        f"A {lap_time_text(comparison.a.lap_time_s)}, B {lap_time_text(comparison.b.lap_time_s)}"
    )
    sectors = [f"S{n} {signed(s, 2)}" for n, s in enumerate(comparison.sectors_s, start=1)]
    whole = _("{times}; sectors: {gaps} s").format(times=times, gaps=", ".join(sectors))
    whole = f"{whole}; {laws}"
    high = paragraph_height(whole, box.width, px)
    write_paragraph(surface, whole, line._replace(height=high), TextStyle(px, palette.TEXT))
    return line.top + high + scale.em(0.5)
