"""Show all values of the setup as rows, and what the chosen one does to the lap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import bound_hint
from game.app.menus.tab import percent, plain, slider, toggle
from game.app.setup.charts import chart
from game.app.setup.charts.finding import finding
from game.app.setup.charts.what_if_chart import (
    chart_views,
    draw_legend,
    draw_pager,
    draw_progress,
    draw_what_if,
)
from game.app.setup.model.evidence import Evidence, gather
from game.app.setup.model.garage import Garage
from game.app.setup.model.variation import Variation, vary
from game.app.setup.model.what_if import WhatIf
from game.app.setup.pages.charts_weather import ChartsWeather
from game.app.setup.pages.setup_tab import SetupTab, getting_ready
from game.app.setup.pages.value_rows import ChoiceRow, NumberRow, value_row
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.footer import Hint
from game.app.ui.rows import Action, Heading, Row, TextScale
from game.app.ui.text import Align
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    line_width,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.setups.items import Item, items_of
from game.translation import N_, _
from game.vehicle.setup import default_setup

_FILTER: Final = ("controls", "filter")
_KEYBOARD_NOTE: Final = N_("This is for your keyboard, not part of the car: bots drive as before.")
_FINDING_EM: Final = 1.02


class ValuesPage(SetupTab):
    """Shows rows at the left, the what-if at the right."""

    def __init__(self, garage: Garage, drive: Callable[[], None]) -> None:
        super().__init__(N_("Values"), garage, _rows(garage, drive, self.undo))
        self._item = _items(garage)[0]
        self._variation: Variation | None = None
        self._asked_of: WhatIf | None = None
        self._evidence: Evidence | None = None
        self._answers = -1
        self._view = 0  # of the charts
        self._views = 1  # the number of views when they were last drawn
        self._charts = Box(0, 0, 0, 0)

    def handle(self, command: Command) -> None:
        """Put one value back to its default or undo a change, besides what every page does."""
        row = self.page.row
        if command is Command.UNDO:
            self.undo()
        elif command is Command.NEXT_VIEW:
            self._view = (self._view + 1) % self._views
        elif command is Command.DEFAULT and isinstance(row, (NumberRow, ChoiceRow)):
            row.setup_value.reset()
        else:
            super().handle(command)

    def handle_pointer(self, pointer: Pointer) -> None:
        """Show other charts on a click on them, besides what every page does."""
        if pointer.pressed and self._charts.holds(pointer.place):
            self.handle(Command.NEXT_VIEW)
        else:
            super().handle_pointer(pointer)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what else can be done with a value."""
        return (
            bound_hint(self.garage.context, N_("Drive"), ("restart",), Command.RESTART),
            bound_hint(self.garage.context, N_("Default"), ("default",), Command.DEFAULT),
            bound_hint(self.garage.context, N_("Charts"), ("next_view",), Command.NEXT_VIEW),
            bound_hint(self.garage.context, N_("Undo"), ("undo",), Command.UNDO),
        )

    def undo(self) -> None:
        """Take the last change back."""
        if not self.bench.undo():
            self.garage.context.notice.show(_("nothing to undo"))

    def enter(self) -> None:
        """Ask about the chosen value again: another page may have asked for something else."""
        self._variation = None

    def update(self, frame_s: float) -> None:  # noqa: ARG002
        """Ask for what is to be shown, and take over what has arrived."""
        row = self.page.row
        if isinstance(row, (NumberRow, ChoiceRow)):
            self._item = row.setup_value.item
        what_if = self.bench.what_if
        variation = self._variation
        if (
            variation is None
            or what_if is not self._asked_of
            or variation.item is not self._item
            or variation.now != self.bench.setup
        ):
            variation = self._variation = vary(self._item, self.bench.setup)
            self._asked_of = what_if
            asked = variation.nearest_first
            what_if.request(asked, asked)
            self._answers = -1
        if self._answers != what_if.answers:
            self._answers = what_if.answers
            self._evidence = gather(variation, what_if.predictions, what_if.measurements)

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw the verdict, the charts, and what the chosen row is about."""
        evidence = self._evidence
        if evidence is None:
            return
        note = TextStyle(scale.em(0.92), palette.TEXT)
        text = self.page.row.explanation
        needed = paragraph_height(text, box.width, note.px)
        below = Box(box.left, box.bottom - needed, box.width, needed)
        write_paragraph(surface, text, below, note)
        top = self._draw_finding(surface, box, scale, evidence)
        self._charts = Box(box.left, top, box.width, below.top - scale.em(0.3) - top)
        legend = self._charts._replace(height=line_height(scale.em(chart.SMALL_EM)))
        top = legend.bottom + scale.em(0.35)
        charts = Box(box.left, top, box.width, self._charts.bottom - top)
        views = chart_views(charts, scale)
        self._views, self._view = len(views), min(self._view, len(views) - 1)
        right = draw_pager(surface, legend, scale, len(views), self._view)
        draw_legend(surface, legend._replace(width=round(right) - legend.left), scale)
        draw_what_if(surface, charts, scale, evidence, views[self._view])

    def _draw_finding(
        self, surface: pygame.Surface, box: Box, scale: TextScale, evidence: Evidence
    ) -> int:
        """Draw which value is best, and by how many laps that is said; return where it ends."""
        count = len(evidence.variation.setups)
        known = count - self.bench.what_if.waiting
        text = self.named(finding(evidence, complete=known >= count))
        px, small = scale.em(_FINDING_EM), scale.em(chart.SMALL_EM)
        progress = widest = _("{known} of {count} driven").format(known=count, count=count)
        share = self.bench.what_if.preparing
        if known == count:
            progress = _("{count} driven").format(count=count)
        elif share is not None:
            progress = widest = getting_ready(share)
        else:
            progress = _("{known} of {count} driven").format(known=known, count=count)
        wide = line_width(widest, small) + scale.em(0.8)
        width = box.width - wide
        high = max(paragraph_height(text, width, px), line_height(px))
        line = Box(box.left, box.top, width, high)
        write_paragraph(surface, text, line, TextStyle(px, palette.BRIGHT))
        done = Box(line.right, line.top, wide, line_height(px))
        write_line(surface, progress, done, TextStyle(small, palette.DIM), Align.RIGHT)
        bar = Box(box.left, line.bottom + scale.em(0.1), box.width, max(3, scale.em(0.18)))
        draw_progress(surface, bar, known / count if share is None else share)
        return bar.bottom + scale.em(0.25)


def _items(garage: Garage) -> list[Item]:
    """Return what can be changed on the car."""
    return [item for item in items_of(garage.spec) if not item.is_fixed]


def _rows(garage: Garage, drive: Callable[[], None], undo: Callable[[], None]) -> list[Row]:
    bench, default = garage.workbench, default_setup(garage.spec)
    rows: list[Row] = [
        Action(N_("Drive with this setup"), drive, N_("Starts from the grid with this setup.")),
        ChartsWeather(garage),
    ]
    group = ""
    for item in _items(garage):
        if item.group != group:
            group = item.group
            rows.append(Heading(group))
        rows.append(value_row(bench, item))
    return [
        *rows,
        Heading(N_("Keyboard steering")),
        toggle(garage.context, N_("Raw keys"), (*_FILTER, "raw"), _KEYBOARD_NOTE),
        slider(garage.context, N_("Grip limit"), (*_FILTER, "grip"), 0.02, percent, _KEYBOARD_NOTE),
        slider(
            garage.context, N_("Steadying"), (*_FILTER, "steadying_1ps"), 0.5, plain, _KEYBOARD_NOTE
        ),
        Heading(""),
        Action(N_("Undo"), undo, N_("Undoes the last change; again, the one before it.")),
        Action(
            N_("Reset all to the defaults"),
            lambda: bench.load(default),
            N_("The setup of a new car."),
        ),
    ]
