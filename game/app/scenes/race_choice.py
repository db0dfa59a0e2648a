"""Choose a race: its length, the field and how strong it is, who starts where."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.driving.race_field import field_paces
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.scenes.race_rows import MIN_CARS, race_rows
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_map import CircuitMap
from game.app.ui.footer import BACK, CHANGE, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action
from game.app.ui.text import Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import Metrics
from game.racing.race_length import RaceLength
from game.translation import N_, _, ngettext
from game.units import lap_time_text

_ROW_PX: Final = 19
_COLUMN_EM: Final = 24.0
_FACT_PX: Final = 17
_CORNER_PX: Final = 12
_MIN_MAP: Final = 150  # units high


class RaceChoiceScene(MenuScene):
    """Leads to a race on the circuit that is open."""

    title = N_("Race")
    entry_px = _ROW_PX
    column_em = _COLUMN_EM

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        self.garage = garage
        self._routes = routes
        self._back = back
        context = garage.context
        boxes = len(garage.track.grid)
        rows = (
            Action(N_("Start the race"), self._race),
            *race_rows(context, boxes, N_("With yours; as many as the grid has places.")),
            Action(N_("Two players"), lambda: self.go_to(routes.two_players(self))),
            Action(N_("Circuits"), lambda: self.go_to(routes.circuits(self))),
            Action(N_("Setup"), lambda: self.go_to(routes.setup(self))),
        )
        super().__init__(context, Page(rows), back.seen)
        self.share_backdrop(back)
        self.under_title = garage.place_text
        self._map = CircuitMap(garage.track)

    def leave(self) -> None:
        """Return to where the player came from."""
        self.go_to(self._back)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done here."""
        return (SELECT, BACK, CHANGE, CHOOSE)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the circuit, and below it what the race comes to."""
        box = self.box_beside(sizes)
        box = box._replace(top=self.below_title(sizes), height=box.bottom - self.below_title(sizes))
        px = sizes.text(_FACT_PX)
        facts = self._facts()
        high = round(1.25 * line_height(px))
        named = max(line_width(_(name), px) for name, _value in facts) + px
        wide = named + max(line_width(value, px, Weight.BOLD) for _name, value in facts) + 2
        self.read_beside = []
        if wide > box.width or len(facts) * high > box.height:
            return
        self.read_beside = [box]
        top = box.bottom - len(facts) * high
        if top - box.top >= sizes.space(_MIN_MAP):
            room = box._replace(height=top - box.top - sizes.space(12))
            self._map.draw(surface, room, None, {}, sizes.space(_CORNER_PX))
        for number, (name, value) in enumerate(facts):
            line = Box(box.left, top + number * high, box.width, high)
            write_line(surface, _(name), line, TextStyle(px, palette.DIM))
            after = line._replace(left=line.left + named, width=line.width - named)
            write_line(surface, value, after, TextStyle(px, palette.BRIGHT, Weight.BOLD))

    def _facts(self) -> list[tuple[str, str]]:
        race, track = self.context.settings.race, self.garage.track
        paces = field_paces(race, len(track.grid))
        best_s = self.garage.best_s
        slowest, fastest = 100.0 * min(paces, default=0.0), 100.0 * max(paces, default=0.0)
        return [
            *self._distance(),
            (N_("Pace of the bots"), f"{slowest:.0f}\N{EN DASH}{fastest:.0f} %"),
            (N_("Your best lap"), _("none yet") if math.isinf(best_s) else lap_time_text(best_s)),
        ]

    def _distance(self) -> list[tuple[str, str]]:
        """Return how far it is; by minutes, at the pace of the player's best lap."""
        race, best_s = self.context.settings.race, self.garage.best_s
        km = self.garage.track.length_m / 1000.0
        if race.length == "laps":
            return [(N_("Distance"), f"{race.laps * km:.1f} km")]
        if math.isinf(best_s):
            return []
        laps = RaceLength.by_minutes(race.minutes, best_s).laps
        text = ngettext("about {laps} lap", "about {laps} laps", laps).format(laps=laps)
        return [(N_("Distance"), f"{text}, {laps * km:.0f} km")]

    def _race(self) -> None:
        if len(self.garage.track.grid) < MIN_CARS:
            self.context.notice.show(_("The grid of this circuit has no place for another car"))
            return
        self.go_to(self._routes.race(self))
