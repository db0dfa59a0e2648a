"""Show the grid that a qualifying comes to, from which the race starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.driving.settings import RaceSettings
from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import QualifyingDriving, Routes
from game.app.scenes.qualifying_table import qualifying_table
from game.app.setup.model.garage import Garage
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, TextScale
from game.app.ui.theme import Metrics
from game.translation import N_, _, ngettext
from game.units import lap_time_text

_TABLE_PX: Final = 17
_ANOTHER: Final = BACK._replace(words=N_("Another race"))


class StartingGridScene(MenuScene):
    """Shows who starts where, and by which lap; the qualifying behind it stands still."""

    title = N_("Starting grid")
    entry_px = 20
    column_em = 12.0

    def __init__(self, garage: Garage, routes: Routes, driving: QualifyingDriving) -> None:
        self.garage = garage
        self._routes = routes
        self._driving = driving
        qualifying = driving.qualifying
        more = () if qualifying.is_over else (Action(N_("Drive on"), self._drive_on),)
        rows = (
            Action(N_("Start the race"), self._race),
            *more,
            Action(N_("Qualify again"), self._again),
            Action(N_("Setup"), lambda: self.go_to(routes.setup(self))),
            Action(N_("Quit to title"), lambda: self.go_to(routes.title())),
        )
        super().__init__(garage.context, Page(rows), driving.world)
        garage.context.sound.silence()
        self._grid = qualifying.grid
        self._table = qualifying_table(qualifying.rows)
        length = _length_words(garage.context.settings.race)
        self.under_title = " · ".join([*self._places(), length, garage.place_text])

    def hints(self) -> Sequence[Hint]:
        """Return the hints; laps that are left can be driven."""
        back = _ANOTHER
        if not self._driving.qualifying.is_over:
            back = BACK._replace(words=N_("Drive on"))
        return (SELECT, back, CHOOSE)

    def leave(self) -> None:
        """Drive the laps that are left, or choose another race."""
        if self._driving.qualifying.is_over:
            self.go_to(self._driving.choose_another(self))
        else:
            self._drive_on()

    def on_command(self, command: Command) -> None:
        """Scroll the grid, besides what every menu does."""
        if command in (Command.LEFT, Command.RIGHT):
            self._table.scroll(-1 if command is Command.LEFT else 1)
        super().on_command(command)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the grid beside the menu."""
        box, top = self.box_beside(sizes), self.below_title(sizes)
        box = box._replace(top=top, height=box.bottom - top)
        self.read_beside = [box]
        self._table.draw(surface, box, TextScale(sizes, sizes.text(_TABLE_PX)))

    def _places(self) -> list[str]:
        """Return where the player starts, or of two players each, with their names."""
        words = []
        for place, row in enumerate(self._driving.qualifying.rows, start=1):
            if row.entrant.is_player:
                time = lap_time_text(row.time_s) if row.has_time else _("no valid lap")
                where = f"P{place} · {time}"
                words.append(f"{row.entrant.name}: {where}" if row.entrant.player else where)
        return words

    def _race(self) -> None:
        self.go_to(self._routes.race_from(self._grid, self))

    def _drive_on(self) -> None:
        self._driving.resume()
        self.go_to(self._driving)

    def _again(self) -> None:
        if self._driving.drive.followed.setup != self.garage.drive_setup:
            self.go_to(self._driving.anew(self))
            return
        self._driving.restart()
        self._drive_on()


def _length_words(race: RaceSettings) -> str:
    if race.length == "minutes":
        return _("{minutes} min").format(minutes=race.minutes)
    return ngettext("{laps} lap", "{laps} laps", race.laps).format(laps=race.laps)
