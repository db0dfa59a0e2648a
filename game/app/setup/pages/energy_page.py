"""Show where a lap's energy goes, and what a second costs: the ledger, and time against energy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import pygame

from game.app.menus.tab import PageValue
from game.app.setup.charts import chart, chart_marks
from game.app.setup.charts.chart import Panel, number_text, range_of
from game.app.setup.charts.ledger_bars import draw_ledger, ledger_summary
from game.app.setup.model.driven_laps import DrivenLap
from game.app.setup.model.garage import Garage
from game.app.setup.pages.charts_weather import ChartsWeather
from game.app.setup.pages.setup_tab import SetupTab
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.controls import Choice, Slider
from game.app.ui.palette import Colour
from game.app.ui.rows import Heading, Row, TextScale
from game.app.ui.text import Align
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.setups.items import items_of
from game.translation import N_, _
from game.tuning.measurement import Measurement
from game.tuning.trade_off import comparable, trade_off
from game.units import lap_time_text
from game.vehicle.setup import Setup

_BACK: Final[Colour] = palette.BLUE
_MAX_CHANGES: Final = 2
_CAPS_KWH: Final = (0.0, *(round(3.0 + 0.1 * step, 1) for step in range(31)))
_VIEWS: Final = (("ledger", N_("where it goes")), ("trade", N_("time against energy")))
_CAP_NOTE: Final = N_(
    "A lap is within the cap if it uses no more than this, less what is regained; the result "
    "is shown at the line, and laps beyond it are hollow in the chart."
)


class EnergyPage(SetupTab):
    """Shows the energy of the bot's best lap with the present setup, and all recorded laps."""

    rows_share = 0.32

    def __init__(self, garage: Garage) -> None:
        self._view, self._place = PageValue("ledger"), PageValue(0)
        self._asked: object = None
        self._count = 0  # of setups that were asked for
        super().__init__(N_("Energy"), garage, self._rows(garage))

    def enter(self) -> None:
        """Ask for a lap again."""
        self._asked = None

    def update(self, frame_s: float) -> None:  # noqa: ARG002
        """Ask for laps with the present setup, and with some that save energy."""
        setup, what_if = self.bench.setup, self.bench.what_if
        if self._asked != (setup, what_if):
            self._asked = (setup, what_if)
            wanted = list(dict.fromkeys([setup, *_low_energy_setups(setup)]))
            self._count = len(wanted)
            what_if.request(wanted)

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw the view that is chosen, and what the chosen row is about."""
        text = self.page.row.explanation
        note = TextStyle(scale.em(0.92), palette.TEXT)
        needed = paragraph_height(text, box.width, note.px) if text else 0
        below = Box(box.left, box.bottom - needed, box.width, needed)
        write_paragraph(surface, text, below, note)
        room = box._replace(height=below.top - scale.em(0.3) - box.top)
        if self._view.get() == "trade":
            self._draw_trade_off(surface, room, scale)
            return
        found = self.bench.what_if.measurements.get(self.bench.setup)
        if found is None or not found.laps_s:
            self._draw_why_not(surface, room, scale, found)
        else:
            self._draw_ledger(surface, room, scale, found)

    def _draw_why_not(
        self, surface: pygame.Surface, box: Box, scale: TextScale, found: Measurement | None
    ) -> None:
        if found is None:
            self.draw_waiting(surface, box, scale, self._count)
        else:
            text = self.named(_("The bot cannot finish the lap: {why}").format(why=found.lost))
            write_paragraph(surface, text, box, TextStyle(scale.px, palette.TEXT))

    def _rows(self, garage: Garage) -> list[Row]:
        corners = [(0, N_("whole lap"))]
        corners += [(each.number, f"T{each.number}") for each in garage.track.corners]
        return [
            Heading(N_("Shown")),
            Choice(N_("Chart"), self._view, _VIEWS, N_("The bot's lap, or all recorded laps.")),
            Choice(
                N_("Stretch"),
                self._place,
                corners,
                N_("A corner reaches half-way to its neighbours."),
            ),
            ChartsWeather(garage),
            Heading(N_("Target")),
            Slider(
                N_("Energy cap"),
                _CapValue(garage),
                (_CAPS_KWH[1] - 0.1, _CAPS_KWH[-1]),
                0.1,
                _cap_text,
                _CAP_NOTE,
            ),
        ]

    def _draw_ledger(
        self, surface: pygame.Surface, box: Box, scale: TextScale, found: Measurement
    ) -> None:
        number = self._place.get()
        corner = next((each for each in found.corners if each.number == number), None)
        ledger = corner.ledger if corner is not None else found.ledger
        time_s = corner.time_s if corner is not None else found.lap_time_s
        taken = lap_time_text(time_s) if corner is None else f"{time_s:.2f} s"
        text = self.named(ledger_summary(ledger, taken))
        high = paragraph_height(text, box.width, scale.px)
        write_paragraph(surface, text, box, TextStyle(scale.px, palette.BRIGHT))
        top = box.top + high + scale.em(0.4)
        draw_ledger(surface, Box(box.left, top, box.width, box.bottom - top), scale, ledger)

    def _draw_trade_off(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw every lap as a point; a line joins those that none beats in both."""
        laps = comparable(self.bench.laps())
        if len(laps) < 2:
            self.draw_waiting(surface, box, scale, self._count)
            return
        best = trade_off(laps)
        text, px = self.named(self._trade_off_text(best)), scale.em(0.95)
        head = paragraph_height(text, box.width, px)
        write_paragraph(surface, text, box, TextStyle(px, palette.BRIGHT))
        small = line_height(scale.em(chart.SMALL_EM))
        top = box.top + head + scale.em(0.2)
        left = box.left + scale.em(2.8)
        frame = Box(left, top, box.right - left, box.bottom - 2 * small - top)
        chart.back(surface, frame, scale)
        pad = scale.em(0.8)
        inner = Box(
            frame.left + pad, frame.top + pad, frame.width - 2 * pad, frame.height - 2 * pad
        )
        panel = Panel(
            inner,
            range_of([lap.energy_kwh for lap in laps], 0.1),
            range_of([lap.time_s for lap in laps], 0.2),
        )
        self._draw_axes(surface, panel, frame, scale)
        chart_marks.polyline(
            surface, [panel.place(lap.energy_kwh, lap.time_s) for lap in best], _BACK, 2
        )
        for lap in laps:
            self._draw_lap(surface, panel, scale, lap)

    def _trade_off_text(self, best: Sequence[DrivenLap]) -> str:
        """Return the fastest lap that keeps the cap; without one, what a second costs."""
        kept = [lap for lap in best if self.bench.driven_laps.within_cap(lap.energy_kwh)]
        if self.bench.driven_laps.cap_kwh:
            if not kept:
                return _("No lap has stayed within the cap so far")
            fastest = kept[0]
            time = lap_time_text(fastest.time_s)
            how = self._changes(fastest.setup)
            text = _("Quickest within the cap: {time}, {used} kWh{how}")
            return text.format(time=time, used=f"{fastest.energy_kwh:.2f}", how=how)
        saved, lost_s = best[0].energy_kwh - best[-1].energy_kwh, best[-1].time_s - best[0].time_s
        how = self._changes(best[0].setup)
        text = _("At best {saved} kWh are saved for {lost} s{how}")
        return text.format(saved=f"{saved:.2f}", lost=f"{lost_s:.2f}", how=how)

    def _draw_axes(
        self, surface: pygame.Surface, panel: Panel, frame: Box, scale: TextScale
    ) -> None:
        chart.rules(surface, panel, scale, frame.left - scale.em(0.4), text=_minutes)
        ticks = chart.ticks(panel.across, max(panel.box.width // scale.em(4.5), 2))
        digits = chart.decimals(ticks)
        chart.columns(
            surface, panel, scale, ticks, lambda v: number_text(v, digits), frame.bottom + 2
        )
        small = line_height(scale.em(chart.SMALL_EM))
        name = Box(panel.box.left, frame.bottom + small, panel.box.width, small)
        text = _("kWh a lap; red: as it is now; large: your own")
        write_line(
            surface, text, name, TextStyle(scale.em(chart.SMALL_EM), palette.TEXT), Align.CENTRE
        )
        cap_kwh = self.bench.driven_laps.cap_kwh
        if cap_kwh and panel.across.holds(cap_kwh):
            chart_marks.upright(surface, panel, scale, cap_kwh, palette.ACCENT, dashed=False)

    def _draw_lap(
        self, surface: pygame.Surface, panel: Panel, scale: TextScale, lap: DrivenLap
    ) -> None:
        """Draw a lap: the player's are blue and larger; those beyond the cap are hollow."""
        place = panel.place(lap.energy_kwh, lap.time_s)
        radius = max(3.0, scale.em(0.3 if lap.by_player else 0.2))
        colour = _BACK if lap.by_player else palette.BRIGHT
        if self.bench.driven_laps.within_cap(lap.energy_kwh):
            chart_marks.dot(surface, place, radius, colour)
        else:
            chart_marks.ring(surface, place, radius, colour)
        if lap.setup == self.bench.setup and not lap.by_player:
            chart_marks.ring(surface, place, 2.0 * radius, palette.ACCENT)

    def _changes(self, after: Setup) -> str:
        """Return the values in which a setup differs from the present one, where they are few."""
        before = self.bench.setup
        changed = [
            f"{_(item.label)} {_(item.text(now))}"
            for item in items_of(self.bench.spec)
            if getattr(before, item.name) != (now := getattr(after, item.name))
        ]
        return f" ({', '.join(changed)})" if 0 < len(changed) <= _MAX_CHANGES else ""


class _CapValue:
    """Changes the cap on the energy of a lap; 0 is none."""

    def __init__(self, garage: Garage) -> None:
        self._laps = garage.workbench.driven_laps

    def get(self) -> float:
        return self._laps.cap_kwh or _CAPS_KWH[1] - 0.1

    def put(self, value: float) -> None:
        self._laps.cap_kwh = value if value >= _CAPS_KWH[1] else 0.0


def _low_energy_setups(setup: Setup) -> list[Setup]:
    """Return the setup with less power, and with more of the braking done by the motors."""
    return [
        msgspec.structs.replace(setup, power_map=power_map, one_pedal_mps2=one_pedal_mps2)
        for power_map in (1, 2, 3, 4)
        for one_pedal_mps2 in (setup.one_pedal_mps2, 1.0, 2.0)
    ]


def _minutes(time_s: float, digits: int) -> str:
    minutes, seconds = divmod(time_s, 60.0)
    return f"{minutes:.0f}:{seconds:0{digits + 3 if digits else 2}.{digits}f}"


def _cap_text(value: float) -> str:
    return f"{value:.1f} kWh" if value >= _CAPS_KWH[1] else _("none")
