"""Edit the split map: the front share by phase of a corner, and painted along the lap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import bound_hint
from game.app.menus.tab import PageValue
from game.app.setup.charts.share_colours import draw_share_scale, share_colour
from game.app.setup.charts.track_map import PIECES, MapPiece, TrackMap
from game.app.setup.model import split_edit
from game.app.setup.model.garage import Garage
from game.app.setup.model.split_edit import SharedTorque
from game.app.setup.pages.charts_weather import ChartsWeather
from game.app.setup.pages.phase_row import PhaseRow
from game.app.setup.pages.setup_tab import SetupTab
from game.app.setup.pages.split_painting import Painting
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.controls import Choice
from game.app.ui.footer import Hint
from game.app.ui.rows import Action, Heading, Row, TextScale
from game.app.ui.text_layout import (
    TextStyle,
    paragraph_height,
    write_paragraph,
)
from game.arrays import Array
from game.setups.items import law_text, phase_items_of
from game.simulation.split_table import corner_phases, resolve
from game.translation import N_, _
from game.units import lap_time_text
from game.vehicle.setup import Setup

_SHOWN: Final = (("drive", N_("drive")), ("regeneration", N_("regeneration")))
_PAINT_NOTE: Final = N_(
    "Paint a different front share anywhere on the lap, with the mouse too: drag along the line; "
    "its wheel sets the share."
)
_SAME: Final = 0.005  # shares nearer to each other are drawn in one colour


class SplitMapPage(SetupTab):
    """Shows rows for the phases and a map to paint on."""

    rows_share = 0.4

    def __init__(self, garage: Garage) -> None:
        self._of: PageValue[SharedTorque] = PageValue("drive")
        self._asked: object = None
        self._map = TrackMap(garage.venue)
        self._painting = Painting(garage, self._map, lambda: self._shown, self._share_at)
        self._phases = corner_phases(garage.track)
        self._resolved: tuple[tuple[Setup, SharedTorque], Array] | None = None
        super().__init__(N_("Split map"), garage, self._rows(garage))

    @property
    def captures(self) -> bool:
        """Return whether the player is painting: then every input moves the brush."""
        return self._painting.active

    def give_up(self) -> None:
        """Paint no more."""
        self._painting.active = False

    def enter(self) -> None:
        """Ask for laps again."""
        self._asked = None

    def hints(self) -> Sequence[Hint]:
        """Return the hints; while painting, those of the brush."""
        if self.captures:
            return self._painting.hints()
        return (
            bound_hint(self.garage.context, N_("Default"), ("default",), Command.DEFAULT),
            bound_hint(self.garage.context, N_("Undo"), ("undo",), Command.UNDO),
        )

    def handle(self, command: Command) -> None:
        """Move the brush while painting; else through the rows."""
        row = self.page.row
        if command is Command.UNDO:
            if not self.bench.undo():
                self.garage.context.notice.show(_("nothing to undo"))
        elif self.captures:
            self._painting.handle(command)
        elif command is Command.DEFAULT and isinstance(row, PhaseRow):
            row.leave_out()
        else:
            super().handle(command)

    def handle_pointer(self, pointer: Pointer) -> None:
        """Paint with the mouse on the map."""
        if not self._painting.handle_pointer(pointer):
            super().handle_pointer(pointer)

    def handle_pointer_while_capturing(self, pointer: Pointer) -> None:
        """Paint with the mouse on the map; a click elsewhere ends painting."""
        if not self._painting.handle_pointer(pointer) and pointer.pressed:
            self.give_up()

    def update(self, frame_s: float) -> None:  # noqa: ARG002
        """Ask for laps with the map and without."""
        self._map.update()
        setup, what_if = self.bench.setup, self.bench.what_if
        if self._asked != (setup, what_if):
            self._asked = (setup, what_if)
            pair = [setup, split_edit.without_map(setup)]
            what_if.request(pair, pair)

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw what the map brings, the map, and what the chosen row is about."""
        text = self._painting.description if self.captures else self.page.row.explanation
        note = TextStyle(scale.em(0.92), palette.TEXT)
        # Room for the longest, so that the map stays where it is from row to row.
        every = (row.explanation for row in self.page.rows)
        needed = max(paragraph_height(each, box.width, note.px) for each in (text, *every))
        below = Box(box.left, box.bottom - needed, box.width, needed)
        write_paragraph(surface, text, below, note)
        gain = _("{found} ({law})").format(found=self._gain_text(), law=law_text(self.bench.setup))
        gain = self.named(gain)
        head = paragraph_height(gain, box.width, scale.px)
        line = TextStyle(scale.px, palette.BRIGHT)
        write_paragraph(surface, gain, box._replace(height=head), line)
        top = box.top + head + scale.em(0.3)
        room = Box(box.left, top, box.width, below.top - scale.em(0.3) - top)
        self._draw_map(surface, room, scale)

    def _draw_map(self, surface: pygame.Surface, room: Box, scale: TextScale) -> None:
        self._map.lay_out(room, scale.em(2.2))
        self._map.draw(surface, scale, self._pieces(scale))
        key = Box(room.left + scale.em(0.4), room.top + scale.em(0.4), room.width, scale.em(1.2))
        draw_share_scale(surface, key, scale, self._shown)
        texts = [f"T{corner.number}" for corner in self.garage.track.corners]
        self._map.label_corners(surface, scale, texts, [palette.BRIGHT] * len(texts))
        self._painting.draw(surface, scale)

    def _pieces(self, scale: TextScale) -> list[MapPiece]:
        """Return the pieces: broader where the map acts, lit where the chosen phase does."""
        setup = self.bench.setup
        own = setup.front_torque_share if self._shown == "drive" else setup.front_regen_share
        broad, usual = scale.em(0.46), scale.em(0.32)
        lit = np.zeros(PIECES, dtype=bool)
        row = self.page.row
        lap_m = self.garage.track.length_m
        if isinstance(row, PhaseRow) and not self.captures:
            s_m = (np.arange(PIECES) + 0.5) / PIECES * lap_m
            for phase in self._phases:
                if phase.name == row.item.phase:
                    lit |= (s_m - phase.from_m) % lap_m < (phase.to_m - phase.from_m) % lap_m
        return [
            MapPiece(share_colour(share), usual if abs(share - own) < _SAME else broad, bright)
            for share, bright in zip(self._shares.tolist(), lit.tolist(), strict=True)
        ]

    @property
    def _shown(self) -> SharedTorque:
        """Return whose shares the map shows: those of the phase in question, or what is chosen."""
        row = self.page.row
        if isinstance(row, PhaseRow):
            return "regeneration" if row.item.phase == "braking" else "drive"
        return self._of.get()

    def _share_at(self, s_m: float) -> float:
        place = int(s_m / self.garage.track.length_m * PIECES) % PIECES
        return round(float(self._shares[place]), 2)

    @property
    def _shares(self) -> Array:
        """Return the front share in each of the map's pieces, shape (`PIECES`,)."""
        key = (self.bench.setup, self._shown)
        if self._resolved is None or self._resolved[0] != key:
            table = resolve(key[0].split_map, key[0], self.garage.track)
            shares = table.front_torque_share if key[1] == "drive" else table.front_regen_share
            middles = (np.arange(PIECES) + 0.5) / PIECES * len(shares)
            self._resolved = (key, np.array(shares)[middles.astype(int)])
        return self._resolved[1]

    def _gain_text(self) -> str:
        """Say what the map does to the lap."""
        setup, what_if = self.bench.setup, self.bench.what_if
        if setup.split_map is None:
            return _("No map: the setup's own shares apply everywhere")
        bare = split_edit.without_map(setup)
        one, other = (what_if.measurements.get(each) for each in (setup, bare))
        if one is not None and other is not None and one.laps_s and other.laps_s:
            gained_s, time = other.lap_time_s - one.lap_time_s, lap_time_text(one.lap_time_s)
            return _("With the map {time}, {gain}").format(time=time, gain=_gain(gained_s))
        if one is not None and not one.laps_s:
            return _("The bot cannot finish the lap: {why}").format(why=one.lost)
        predicted, bare_predicted = (what_if.predictions.get(each) for each in (setup, bare))
        if predicted is not None and bare_predicted is not None:
            gained_s = bare_predicted.lap_time_s - predicted.lap_time_s
            return _("Predicted: {gain}").format(gain=_gain(gained_s))
        return _("Driving laps ...")

    def _rows(self, garage: Garage) -> list[Row]:
        bench = garage.workbench
        return [
            Heading(N_("By phase of a corner")),
            *(PhaseRow(bench, item) for item in phase_items_of(bench.spec) if not item.is_fixed),
            Heading(N_("On this circuit")),
            ChartsWeather(garage),
            Choice(
                N_("Shown"), self._of, _SHOWN, N_("What the colours show and the brush paints.")
            ),
            Action(N_("Paint on the map"), self._painting.begin, _PAINT_NOTE),
            Action(N_("Erase all paint"), self._erase_all, N_("The splits by phase stay.")),
            Action(N_("Without a map"), self._drop, N_("The setup's own shares apply everywhere.")),
        ]

    def _erase_all(self) -> None:
        self.bench.load(split_edit.without_paint(self.bench.setup))

    def _drop(self) -> None:
        self.bench.load(split_edit.without_map(self.bench.setup))


def _gain(gained_s: float) -> str:
    if abs(gained_s) < 0.005:
        return _("as quick as without")
    text = _("{gap} s quicker than without") if gained_s > 0.0 else _("{gap} s slower than without")
    return text.format(gap=f"{abs(gained_s):.2f}")
