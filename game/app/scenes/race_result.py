"""Show how a race ended, while it goes on for the cars that have not finished."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import ENTRY_PX, MenuScene
from game.app.menus.routes import RaceDriving, Routes
from game.app.scenes.race_chart import CachedChart, ChartLine
from game.app.scenes.race_tables import out_lines, result_table
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, TextScale
from game.app.ui.text_layout import TextStyle, paragraph_height, write_paragraph
from game.app.ui.theme import Metrics
from game.errors import InputError
from game.racing.lap_chart import places_by_lap
from game.racing.race_result import classify
from game.translation import N_, _, ngettext

_ROW_PX: Final = 17
_MENU_EM: Final = 11.0
_BUDGET_S: Final = 0.010  # of a frame, for racing on
_TICKS: Final = 4  # between two looks at the clock
_LOOK_S: Final = 0.5  # between two classifications
_LEAVE: Final = BACK._replace(words=N_("To the title"))


class RaceResultScene(MenuScene):
    """Shows the classification and the lap chart of a race."""

    title = N_("Race result")

    def __init__(self, garage: Garage, routes: Routes, racing: RaceDriving) -> None:
        self.garage = garage
        self._routes = routes
        self._racing = racing
        self.race = racing.race
        self._shows_chart = False
        self._chart = CachedChart()
        self._is_kept = False
        self._look_s = 0.0
        is_qualified = garage.context.settings.race.grid == "qualifying"
        qualify = Action(N_("Qualify again"), lambda: self.go_to(racing.qualify(self)))
        rows = (
            Action(N_("Race again"), self._again),
            *((qualify,) if is_qualified else ()),
            Action(N_("Watch the race"), self._watch),
            Action(N_("Another race"), lambda: self.go_to(racing.choose_another(self))),
            Action(N_("Setup"), lambda: self.go_to(routes.setup(self))),
            Action(N_("Quit to title"), self.leave),
        )
        super().__init__(garage.context, Page(rows), racing.world)
        garage.context.sound.silence()
        self._classify()

    @property
    def is_over(self) -> bool:
        """Return whether all are home."""
        return self.race.control.phase == "over"

    def hints(self) -> Sequence[Hint]:
        """Return the hints; the result and the chart change places by a key."""
        words = N_("Result") if self._shows_chart else N_("Lap chart")
        more = Hint(words, ("Q", "E"), ("LB", "RB"), Command.NEXT_TAB)
        return (SELECT, _LEAVE, CHOOSE, more)

    def leave(self) -> None:
        """Return to the title."""
        self.go_to(self._routes.title())

    def on_command(self, command: Command) -> None:
        """Show the chart or the result, scroll, or race again, besides what every menu does."""
        if command in (Command.NEXT_TAB, Command.PREVIOUS_TAB):
            self._shows_chart = not self._shows_chart
        elif command is Command.RESTART:
            self._again()
        super().on_command(command)

    def on_pointer(self, pointer: Pointer) -> None:
        """Scroll the result by the wheel."""
        if pointer.scrolled:
            self._table.scroll(-pointer.scrolled)
        super().on_pointer(pointer)

    def state(self) -> tuple[object, ...]:
        """Return the state whose change makes a sound."""
        return (*super().state(), self._shows_chart)

    def update(self, frame_s: float) -> None:
        """Let the others race on; keep the race once all have finished."""
        super().update(frame_s)
        self._look_s += frame_s
        if not self._is_kept:
            end_s = time.perf_counter() + _BUDGET_S
            while not self.is_over and time.perf_counter() < end_s:
                self.race.step(_TICKS)
            if self.is_over:
                self._is_kept = True
                self._classify()
                if self.garage.lap_writer is not None:
                    self.garage.lap_writer.save_race(self.race.recording())
            elif self._look_s > _LOOK_S:
                self._look_s = 0.0
                self._classify()

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the menu at the left."""
        scale = TextScale(sizes, sizes.entry(ENTRY_PX))
        top = self.below_title(sizes)
        bottom = sizes.height - self.footer.height(sizes)
        self.page.lay_out(Box(sizes.margin, top, scale.em(_MENU_EM), bottom - top), scale)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the classification or the chart beside the menu."""
        box = self.box_beside(sizes)
        top = self.below_title(sizes)
        box = box._replace(top=top, height=box.bottom - top)
        self.read_beside = [box]
        scale = TextScale(sizes, sizes.text(_ROW_PX))
        if self._shows_chart:
            self._chart.draw(surface, box, scale, self._lines(), self._laps)
            return
        notes = "  ·  ".join(out_lines(self.race, self._result))
        high = paragraph_height(notes, box.width, scale.em(0.85)) if notes else 0
        below = self._table.draw(surface, box._replace(height=box.height - high), scale)
        if notes and below + high <= box.bottom:
            style = TextStyle(scale.em(0.85), palette.DIM)
            write_paragraph(surface, notes, box._replace(top=below, height=high), style)

    def _classify(self) -> None:
        race = self.race
        self._result = classify(race.control)
        self._table = result_table(race, self._result)
        words = [
            *self._places(),
            *self._length_words(),
            self.garage.place_text,
        ]
        if not self.is_over:
            words.append(_("others are still racing"))
        self.under_title = " · ".join(words)

    @property
    def _laps(self) -> int:
        """Return the laps of the race; by minutes those that were driven, or that are expected."""
        race, driven = self.race, self._result.laps_driven
        if not race.length.is_by_minutes:
            return race.length.laps
        return driven if race.control.timing.is_won else max(driven, race.length.laps)

    def _length_words(self) -> list[str]:
        """Return how long the race is, or was: minutes, if it goes by them, and laps."""
        length = self.race.length
        laps = ngettext("{laps} lap", "{laps} laps", self._laps).format(laps=self._laps)
        if not length.is_by_minutes:
            return [laps]
        minutes = _("{minutes} min").format(minutes=f"{length.minutes:g}")
        return [minutes, laps] if self.race.control.timing.is_won else [minutes]

    def _places(self) -> list[str]:
        """Return where the player came in, or of two players each, with their names."""
        found = {each.car: each for each in self._result.classified}
        places = []
        for car in self.race.players:
            place, entrant = found[car], self.race.entrants[car]
            where = f"P{place.place}"
            if place.retired:
                where = _("disqualified") if place.is_disqualified else _("out")
            places.append(f"{entrant.name}: {where}" if entrant.player else where)
        return places

    def _lines(self) -> list[ChartLine]:
        race = self.race
        times_s = [car.lap_times_s for car in race.control.timing.cars]
        return [
            ChartLine(
                tuple(places), each.livery.number, each.name, each.livery.signal, each.is_player
            )
            for places, each in zip(places_by_lap(times_s), race.entrants, strict=True)
        ]

    def _again(self) -> None:
        if self.race.followed.setup != self.garage.drive_setup:
            self.go_to(self._racing.anew(self))
            return
        self._racing.restart()
        self._racing.resume()
        self.go_to(self._racing)

    def _watch(self) -> None:
        race = self.race
        liveries = [each.livery for each in race.entrants]
        try:
            followed = race.followed.number
            self.go_to(self._routes.open_recording(race.recording(), self, liveries, followed))
        except InputError as error:
            self.context.notice.show(str(error))
