"""The split map: the front share by phase of a corner, and painted along the lap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.input.commands import Command
from game.app.scenes.menu import bound_hint
from game.app.scenes.pages.tab import Held
from game.app.scenes.scene import Pointer
from game.app.scenes.setup_pages.phase_row import SPLIT, PhaseRow
from game.app.scenes.setup_pages.setup_tab import SetupTab
from game.app.setup import chart, marks, split_edit
from game.app.setup.brush import LEAST_M, Brush
from game.app.setup.share_colours import draw_share_scale, share_colour
from game.app.setup.split_edit import Of
from game.app.setup.track_map import PIECES, TrackMap
from game.app.setup.workbench import Workbench
from game.app.stage import Stage
from game.app.ui import theme
from game.app.ui.box import Box
from game.app.ui.controls import Choice
from game.app.ui.footer import BACK, Hint
from game.app.ui.rows import Action, Heading, Look, Row
from game.app.ui.typeset import (
    Style,
    paragraph_height,
    set_paragraph,
)
from game.simulation.split_table import PhaseName, resolve
from game.units import lap_time_text
from game.vehicle.setup import Setup

_PHASES: Final[tuple[tuple[PhaseName, str, str], ...]] = (
    ("braking", "Braking", "Of what the motors brake with, in the last 120 m before a corner."),
    ("entry", "Entry", "Of the drive in the first third of every corner."),
    ("middle", "Middle", "Of the drive in the second third of every corner."),
    ("exit", "Exit", "Of the drive in the last third and 40 m of the straight behind it."),
)
_SHOWN: Final = (("drive", "drive"), ("regeneration", "regeneration"))
_NEAR_EM: Final = 3.0  # from the line, that the mouse paints
_PAINT_NOTE: Final = (
    "A cursor runs along the lap: paint another front share wherever you like. The mouse paints "
    "at any time: drag along the line; its wheel raises and lowers the share."
)


class SplitMapPage(SetupTab):
    """Rows for the phases, a map to paint on."""

    rows_share = 0.4

    def __init__(self, stage: Stage) -> None:
        self._of: Held[Of] = Held("drive")
        self._painting = False
        self._brush = Brush(stage.track.length_m)
        self._dragged_m: float | None = None
        self._asked: Setup | None = None
        self._map = TrackMap(stage.track)
        self._near_px = 1.0
        self._resolved: tuple[tuple[Setup, Of], npt.NDArray[np.float64]] | None = None
        super().__init__("Split map", stage, self._rows(stage.workbench))

    @property
    def captures(self) -> bool:
        """While painting, every input moves the brush."""
        return self._painting

    def give_up(self) -> None:
        """Paint no more."""
        self._painting = False

    def enter(self) -> None:
        """Ask for laps anew."""
        self._asked = None

    def hints(self) -> Sequence[Hint]:
        """While painting, what the brush does."""
        stage = self.stage
        if not self._painting:
            return (
                bound_hint(stage, "Default", ("reset",), Command.RESET),
                bound_hint(stage, "Undo", ("camera",), Command.CAMERA),
            )
        return (
            BACK._replace(words="Done"),
            Hint("Along", ("left", "right"), ("D-pad",)),
            Hint("Front share", ("up", "down"), ("D-pad",)),
            bound_hint(stage, "Width", ("previous_tab", "next_tab")),
            Hint("Paint", ("Enter",), ("A",), Command.CONFIRM),
            bound_hint(stage, "Wipe", ("reset",), Command.RESET),
            bound_hint(stage, "Undo", ("camera",), Command.CAMERA),
        )

    def hear(self, command: Command) -> None:
        """Move the brush while painting; else through the rows."""
        row = self.page.row
        if command is Command.CAMERA:
            if not self.bench.undo():
                self.stage.notice.say("nothing to undo")
        elif self._painting:
            self._paint_by(command)
        elif command is Command.RESET and isinstance(row, PhaseRow):
            row.leave_out()
        else:
            super().hear(command)

    def point(self, pointer: Pointer) -> None:
        """On the map the mouse paints."""
        if not self._point_at_map(pointer):
            super().point(pointer)

    def point_while_waiting(self, pointer: Pointer) -> None:
        """On the map the mouse paints; a click elsewhere ends painting."""
        if not self._point_at_map(pointer) and pointer.pressed:
            self.give_up()

    def advance(self, frame_s: float) -> None:  # noqa: ARG002
        """Ask for laps with the map and without."""
        setup = self.bench.setup
        if setup != self._asked:
            self._asked = setup
            pair = [setup, split_edit.without_map(setup)]
            self.bench.what_if.want(pair, pair)

    def draw_beside(self, surface: pygame.Surface, box: Box, look: Look) -> None:
        """What the map brings, the map, what the chosen row is about."""
        words = self._brush_words() if self._painting else self.page.row.explanation
        note = Style(look.em(0.92), theme.TEXT)
        needed = paragraph_height(words, box.width, note.px)
        below = Box(box.left, box.bottom - needed, box.width, needed)
        set_paragraph(surface, words, below, note)
        head = paragraph_height(self._gain_words(), box.width, look.px)
        line = Style(look.px, theme.BRIGHT)
        set_paragraph(surface, self._gain_words(), box._replace(height=head), line)
        top = box.top + head + look.em(0.3)
        room = Box(box.left, top, box.width, below.top - look.em(0.3) - top)
        chart.back(surface, room, look)
        self._draw_map(surface, room, look)

    def _draw_map(self, surface: pygame.Surface, room: Box, look: Look) -> None:
        track, of = self.stage.track, self._of.get()
        shares = self._shares
        key = Box(room.left + look.em(0.7), room.top + look.em(0.3), room.width, look.em(1.2))
        draw_share_scale(surface, key, look)
        self._map.lay_out(room, look.em(2.0))
        self._near_px = look.em(_NEAR_EM)
        own = self.bench.setup.front_torque_share
        own = self.bench.setup.front_regen_share if of == "regeneration" else own
        broad, usual = look.em(0.5), look.em(0.3)
        widths = [usual if abs(share - own) < 0.005 else broad for share in shares]
        self._map.draw(surface, [share_colour(share) for share in shares], widths)
        texts = [
            f"T{corner.number} {100.0 * self._share_at(corner.apex_m):.0f} %"
            for corner in track.corners
        ]
        self._map.label_corners(surface, look, texts, [theme.TEXT] * len(texts))
        if self._painting:
            self._draw_brush(surface, look)

    def _draw_brush(self, surface: pygame.Surface, look: Look) -> None:
        """The stretch that would be painted, and the cursor in its middle."""
        places = [self._map.place(s_m) for s_m in self._brush.along()]
        marks.polyline(surface, places, theme.BRIGHT, max(2, look.em(0.14)))
        place = self._map.place(self._brush.at_m)
        marks.dot(surface, place, look.em(0.5), share_colour(self._brush.share))
        marks.ring(surface, place, look.em(0.75), theme.BRIGHT)

    def _brush_words(self) -> str:
        brush = self._brush
        corner = min(self.stage.track.corners, key=lambda each: abs(each.apex_m - brush.at_m))
        return (
            f"{SPLIT.text(brush.share)} for {self._of.get()}, over {brush.wide_m:.0f} m around "
            f"{brush.at_m:.0f} m, near T{corner.number}."
        )

    @property
    def _shares(self) -> npt.NDArray[np.float64]:
        """The front share in each of the map's pieces, shape (`PIECES`,)."""
        key = (self.bench.setup, self._of.get())
        if self._resolved is None or self._resolved[0] != key:
            table = resolve(key[0].split_map, key[0], self.stage.track)
            shares = table.front_torque_share if key[1] == "drive" else table.front_regen_share
            middles = (np.arange(PIECES) + 0.5) / PIECES * len(shares)
            self._resolved = (key, np.array(shares)[middles.astype(int)])
        return self._resolved[1]

    def _gain_words(self) -> str:
        """What the map does to the lap."""
        setup, what_if = self.bench.setup, self.bench.what_if
        if setup.split_map is None:
            return "No map: the setup's own shares hold everywhere"
        bare = split_edit.without_map(setup)
        one, other = (what_if.measurements.get(each) for each in (setup, bare))
        if one is not None and other is not None and one.laps_s and other.laps_s:
            gained_s, time = other.lap_time_s - one.lap_time_s, lap_time_text(one.lap_time_s)
            return f"With the map {time}, {_gain(gained_s)}"
        if one is not None and not one.laps_s:
            return f"The bot does not get round: {one.lost}"
        promised, bare_promised = (what_if.predictions.get(each) for each in (setup, bare))
        if promised is not None and bare_promised is not None:
            gained_s = bare_promised.lap_time_s - promised.lap_time_s
            return f"Predicted: {_gain(gained_s)}"
        return "Laps are being driven ..."

    def _rows(self, bench: Workbench) -> list[Row]:
        return [
            Heading("By phase of a corner"),
            *(PhaseRow(bench, phase, label, note) for phase, label, note in _PHASES),
            Heading("On this circuit"),
            Choice("Shown", self._of, _SHOWN, "What the colours show and the brush paints."),
            Action("Paint on the map", self._begin, _PAINT_NOTE),
            Action("Wipe all paint off", self._wipe, "The phases stay."),
            Action("Without a map", self._drop, "The setup's own shares everywhere."),
        ]

    def _begin(self) -> None:
        self._painting = True
        self._brush.share = self._share_at(self._brush.at_m)

    def _wipe(self) -> None:
        self.bench.take(split_edit.without_paint(self.bench.setup))

    def _drop(self) -> None:
        self.bench.take(split_edit.without_map(self.bench.setup))

    def _paint_by(self, command: Command) -> None:
        if command in (Command.BACK, Command.PAUSE):
            self.give_up()
        elif command in (Command.LEFT, Command.RIGHT):
            self._brush.move(1 if command is Command.RIGHT else -1)
            self._brush.share = self._share_at(self._brush.at_m)
        elif command in (Command.UP, Command.DOWN):
            self._brush.lift(1 if command is Command.UP else -1)
        elif command in (Command.PREVIOUS_TAB, Command.NEXT_TAB):
            self._brush.widen(1 if command is Command.NEXT_TAB else -1)
        elif command is Command.CONFIRM:
            self._paint()
        elif command is Command.RESET:
            lap_m = self.stage.track.length_m
            self.bench.take(
                split_edit.wiped(self.bench.setup, self._brush.at_m, self._of.get(), lap_m)
            )

    def _point_at_map(self, pointer: Pointer) -> bool:
        """Whether the mouse is at the line, or drags along it."""
        at_m, away = self._map.nearest_m(pointer.place)
        if self._dragged_m is not None:
            if pointer.released or not pointer.held:
                begun_m, self._dragged_m = self._dragged_m, None
                self._paint_between(begun_m, at_m)
            else:
                self._brush.reach(self._dragged_m, at_m)
            return True
        if away > self._near_px:
            return False
        if pointer.scrolled:
            self._brush.lift(pointer.scrolled)
        elif pointer.pressed:
            self._painting, self._dragged_m = True, at_m
        if self._painting:
            self._brush.at_m = at_m
        return True

    def _paint_between(self, from_m: float, to_m: float) -> None:
        """Paint what was dragged over; a mere click only puts the cursor there."""
        if abs(to_m - from_m) >= LEAST_M:
            self._brush.reach(from_m, to_m)
            self._paint()

    def _paint(self) -> None:
        stretch = self._brush.stretch(self._of.get())
        try:
            self.bench.take(split_edit.painted(self.bench.setup, self.stage.track, stretch))
        except ValueError as error:
            self.stage.notice.say(str(error))

    def _share_at(self, s_m: float) -> float:
        place = int(s_m / self.stage.track.length_m * PIECES) % PIECES
        return round(float(self._shares[place]), 2)


def _gain(gained_s: float) -> str:
    if abs(gained_s) < 0.005:
        return "as quick as without it"
    return f"{abs(gained_s):.2f} s {'quicker' if gained_s > 0.0 else 'slower'} than without it"
