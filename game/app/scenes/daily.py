"""Show the conditions of a day, the bot's times in them, and the laps that were driven."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator, Sequence
from typing import Final

import pygame

from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.menus.tab import PageValue
from game.app.scenes.day_board import DayBoard, day_laps
from game.app.setup.model.garage import Garage
from game.app.ui.controls import Choice
from game.app.ui.footer import BACK, CHANGE, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, Remark
from game.app.ui.theme import Metrics
from game.app.venue.circuit_survey import CircuitSurvey
from game.app.venue.day_ahead import DayAhead
from game.errors import InputError
from game.goals.daily import DailyConditions, daily_conditions
from game.goals.day_target import Day, day_car
from game.translation import N_

_ROW_PX: Final = 19
_LIST_EM: Final = 19.0
_SLEEP_S: Final = 0.02  # while the bot drives, in a process of its own
_DAYS: Final = 7  # that can be chosen, today the last of them


class DailyScene(MenuScene):
    """Leads to a drive in the conditions of today, or of one of the days before."""

    title = N_("Daily challenge")
    entry_px = _ROW_PX
    column_em = _LIST_EM

    def __init__(
        self, garage: Garage, routes: Routes, survey: CircuitSurvey, back: MenuScene
    ) -> None:
        self.garage = garage
        self._routes = routes
        self._survey = survey
        self._back = back
        self._ahead = DayAhead(garage.spec)
        today = datetime.date.today()
        self._days = [daily_conditions(today - datetime.timedelta(days)) for days in range(_DAYS)]
        self._chosen = PageValue(self._days[0])
        self._board: DayBoard | None = None
        names = tuple((day, day.name) for day in self._days)
        rows = (
            Action(N_("Drive"), self._drive),
            Choice(N_("Day"), self._chosen, names, N_("Yesterday's can still be driven.")),
            Remark(N_("The same for everybody: circuit, weather, tyres, charge and energy.")),
        )
        super().__init__(garage.context, Page(rows), back.seen)
        self.share_backdrop(back)
        self._look_at(self.conditions)

    @property
    def conditions(self) -> DailyConditions:
        """Return the conditions of the day that is chosen."""
        return self._chosen.get()

    @property
    def is_reading(self) -> bool:
        """Return whether the bot's lap of the chosen day or the circuit's map is still to come."""
        board = self._board
        return board is None or not (board.fault or (board.facts and board.target))

    def leave(self) -> None:
        """Return to where the player came from."""
        self._close()
        self.go_to(self._back)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done here."""
        return (SELECT, BACK, CHANGE._replace(words=N_("Day")), CHOOSE)

    def update(self, frame_s: float) -> None:
        """Show what has been found out meanwhile."""
        super().update(frame_s)
        conditions = self.conditions
        if self._board is None or self._board.conditions != conditions:
            self._look_at(conditions)
        self._survey.poll()
        self._ahead.poll()
        self._ahead.begin(conditions)
        if self._board is not None:
            self._board.facts = self._survey.facts(conditions.track)
            self._board.target = self._ahead.of(conditions)
            self._board.fault = self._survey.fault(conditions.track) or self._ahead.error
            self._board.progress = self._ahead.progress

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the day at the right."""
        box = self.box_beside(sizes)
        if self._board is not None and box.width > 0:
            self.read_beside = [box]
            self._board.draw(surface, box, sizes)

    def _look_at(self, conditions: DailyConditions) -> None:
        """Find out about a day."""
        try:
            spec = day_car(conditions, self.garage.spec)
        except InputError as error:
            self._board = DayBoard(conditions, self.garage.spec, ())
            self._board.fault = str(error)
            return
        self._board = DayBoard(conditions, spec, day_laps(conditions, spec))
        self._survey.begin(spec, conditions.tyre)
        self._survey.request([conditions.track])

    def _drive(self) -> None:
        """Go to the day's drive; before the bot has driven, to a wait for that."""
        if self._board is not None and self._board.fault:
            self.context.notice.show(self._board.fault)
        elif self._ahead.of(self.conditions) is None:
            text = N_("The bot drives the day first")
            self.go_to(self._routes.loading(self._wait(), self._opened, text, self))
        else:
            self.go_to(self._opened())

    def _wait(self) -> Iterator[float]:
        """Yield how far the bot is, 0..1, until it has driven the day."""
        while self._ahead.of(self.conditions) is None and not self._ahead.error:
            self._ahead.poll()
            yield min(0.99, self._ahead.progress)
            time.sleep(_SLEEP_S)

    def _opened(self) -> Scene:
        """Return the way to the day's drive; this scene, with a notice, where there is none."""
        target = self._ahead.of(self.conditions)
        if target is None:
            self.context.notice.show(self._ahead.error)
            return self
        try:
            scene = self._routes.open_day(Day(self.conditions, target))
        except InputError as error:
            self.context.notice.show(str(error))
            return self
        self._close()
        return scene

    def _close(self) -> None:
        self._survey.stop()
        self._ahead.close()
