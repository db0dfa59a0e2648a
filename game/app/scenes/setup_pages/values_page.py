"""All values of the setup as rows, and beside them what the chosen one does to the lap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.scenes.menu import bound_hint
from game.app.scenes.pages.tab import percent, plain, slider, toggle
from game.app.scenes.setup_pages.setup_tab import SetupTab
from game.app.scenes.setup_pages.value_rows import ChoiceRow, NumberRow, value_row
from game.app.setup.evidence import Evidence, gather
from game.app.setup.variation import Variation, vary
from game.app.setup.verdict import verdict
from game.app.setup.what_if_chart import draw_legend, draw_what_if
from game.app.stage import Stage
from game.app.ui import theme
from game.app.ui.box import Box
from game.app.ui.footer import Hint
from game.app.ui.lettering import Align
from game.app.ui.rounded import fill_part, fill_rounded
from game.app.ui.rows import Action, Heading, Look, Row
from game.app.ui.typeset import (
    Style,
    line_height,
    paragraph_height,
    set_in,
    set_paragraph,
    width_of,
)
from game.garage.items import ITEMS
from game.vehicle.setup import Setup

_FILTER: Final = ("controls", "filter")
_HANDS_NOTE: Final = "Of your keyboard, not of the car: bots have hands of their own."
_TROUGH: Final = (255, 255, 255, 40)
_VERDICT_EM: Final = 1.02


class ValuesPage(SetupTab):
    """Rows at the left, the what-if at the right."""

    def __init__(self, stage: Stage, drive: Callable[[], None]) -> None:
        super().__init__("Values", stage, _rows(stage, drive, self.undo))
        self._item = ITEMS[0]
        self._variation: Variation | None = None
        self._evidence: Evidence | None = None
        self._answers = -1

    def hear(self, command: Command) -> None:
        """Besides what every page follows: one value back to its default, a change undone."""
        row = self.page.row
        if command is Command.CAMERA:
            self.undo()
        elif command is Command.RESET and isinstance(row, (NumberRow, ChoiceRow)):
            row.setup_value.reset()
        else:
            super().hear(command)

    def hints(self) -> Sequence[Hint]:
        """What else can be done with a value."""
        return (
            bound_hint(self.stage, "Drive", ("restart",), Command.RESTART),
            bound_hint(self.stage, "Default", ("reset",), Command.RESET),
            bound_hint(self.stage, "Undo", ("camera",), Command.CAMERA),
        )

    def undo(self) -> None:
        """Take the last change back."""
        if not self.bench.undo():
            self.stage.notice.say("nothing to undo")

    def enter(self) -> None:
        """Ask about the chosen value anew: another page may have asked for something else."""
        self._variation = None

    def advance(self, frame_s: float) -> None:  # noqa: ARG002
        """Ask what is to be shown; take in what came."""
        row = self.page.row
        if isinstance(row, (NumberRow, ChoiceRow)):
            self._item = row.setup_value.item
        what_if = self.bench.what_if
        variation = self._variation
        if (
            variation is None
            or variation.item is not self._item
            or variation.setups[variation.present] != self.bench.setup
        ):
            variation = self._variation = vary(self._item, self.bench.setup)
            asked = variation.nearest_first
            what_if.want(asked, asked)
            self._answers = -1
        if self._answers != what_if.answers:
            self._answers = what_if.answers
            self._evidence = gather(variation, what_if.predictions, what_if.measurements)

    def draw_beside(self, surface: pygame.Surface, box: Box, look: Look) -> None:
        """The verdict, the charts, what the chosen row is about."""
        evidence = self._evidence
        if evidence is None:
            return
        note = Style(look.em(0.92), theme.TEXT)
        words = self.page.row.explanation
        needed = paragraph_height(words, box.width, note.px)
        below = Box(box.left, box.bottom - needed, box.width, needed)
        set_paragraph(surface, words, below, note)
        line = Box(box.left, box.top, box.width, line_height(look.px))
        top = self._draw_verdict(surface, line, look, evidence)
        legend = Box(box.left, top, box.width, line_height(look.em(0.8)))
        draw_legend(surface, legend, look)
        top = legend.bottom + look.em(0.35)
        charts = Box(box.left, top, box.width, below.top - look.em(0.3) - top)
        draw_what_if(surface, charts, look, evidence)

    def _draw_verdict(
        self, surface: pygame.Surface, line: Box, look: Look, evidence: Evidence
    ) -> int:
        """Which value is best, and how many laps it is said by; where that ends."""
        count = len(evidence.variation.setups)
        known = count - self.bench.what_if.waiting
        small = look.em(0.8)
        progress = f"{known} of {count}" if known < count else f"{count} driven"
        wide = width_of(progress, small) + look.em(0.5)
        done = line._replace(left=line.right - wide, width=wide)
        set_in(surface, progress, done, Style(small, theme.DIM), Align.RIGHT)
        if known < count:
            rail = Box(
                done.left - look.em(3.0),
                line.top + line.height // 2 - 1,
                look.em(3.0),
                max(3, look.em(0.2)),
            )
            fill_rounded(surface, rail, _TROUGH, rail.height / 2)
            fill_part(surface, rail, theme.GOOD, rail.height / 2, known / count)
            done = done._replace(left=rail.left)
        words = verdict(evidence, complete=known >= count)
        width = done.left - line.left - look.em(0.6)
        px = look.em(_VERDICT_EM)
        high = paragraph_height(words, width, px)
        set_paragraph(
            surface, words, Box(line.left, line.top, width, high), Style(px, theme.BRIGHT)
        )
        return line.top + max(high, line.height) + look.em(0.2)


def _rows(stage: Stage, drive: Callable[[], None], undo: Callable[[], None]) -> list[Row]:
    bench = stage.workbench
    rows: list[Row] = [
        Action("Drive with this setup", drive, "The car stands on the grid with it.")
    ]
    group = ""
    for item in ITEMS:
        if item.group != group:
            group = item.group
            rows.append(Heading(group))
        rows.append(value_row(bench, item))
    raw = f"From lock to lock at once. {_HANDS_NOTE}"
    grip = f"How much of the lateral grip a held key asks for. {_HANDS_NOTE}"
    steadying = f"How firmly a turning that nobody asked for is taken back. {_HANDS_NOTE}"
    return [
        *rows,
        Heading("Your hands"),
        toggle(stage, "Raw keys", (*_FILTER, "raw"), raw),
        slider(stage, "Grip limit", (*_FILTER, "grip"), 0.02, percent, grip),
        slider(stage, "Steadying", (*_FILTER, "steadying_1ps"), 0.5, plain, steadying),
        Heading(""),
        Action("Undo", undo, "Takes the last change back; again, the one before it."),
        Action("All back to the defaults", lambda: bench.take(Setup()), "The setup of a new car."),
    ]
