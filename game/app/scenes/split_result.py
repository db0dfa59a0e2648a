"""Show the laps of two players beside each other after a free drive."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.driving.driven_car import DrivenCar
from game.app.driving.race_field import PLAYERS, player_name
from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes, SplitDriving
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, TextScale
from game.app.ui.table import Column, Table
from game.app.ui.text_layout import TextStyle, write_paragraph
from game.app.ui.theme import Metrics
from game.boards.lap_writer import DRIVES_OF_TWO
from game.errors import InputError
from game.recording.lap_recorder import Lap
from game.translation import N_, _
from game.units import lap_time_text

_LAP_PX: Final = 19
_NONE: Final = "\N{EN DASH}"
_LEAVE: Final = BACK._replace(words=N_("To the title"))  # not back: the drive is over


class SplitResultScene(MenuScene):
    """Shows how a free drive of two players ended."""

    title = N_("Two players")
    column_em = 11.0

    def __init__(self, garage: Garage, routes: Routes, driving: SplitDriving) -> None:
        self._routes = routes
        self._driving = driving
        rows = (
            Action(N_("Drive again"), self._again),
            Action(N_("Replay"), self._watch),
            Action(N_("Two players"), lambda: self.go_to(routes.two_players(self))),
            Action(N_("Quit to title"), self.leave),
        )
        super().__init__(garage.context, Page(rows), driving.world)
        cars = driving.drive.cars
        self.under_title = f"{_faster(cars)} · {garage.place_text}"
        self._table = laps_beside(cars) if any(car.laps.laps for car in cars) else None
        if self._table is not None and garage.lap_writer is not None:
            garage.lap_writer.save_race(driving.drive.recording(), DRIVES_OF_TWO)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of a menu that leads back to the title."""
        return (SELECT, _LEAVE, CHOOSE)

    def leave(self) -> None:
        """Return to the title."""
        self.go_to(self._routes.title())

    def on_command(self, command: Command) -> None:
        """Scroll the laps, or drive again, besides what every menu does."""
        if command is Command.RESTART:
            self._again()
        elif self._table is not None and command in (Command.LEFT, Command.RIGHT):
            self._table.scroll(-1 if command is Command.LEFT else 1)
        super().on_command(command)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the laps beside the menu."""
        box, top = self.box_beside(sizes), self.below_title(sizes)
        box = box._replace(top=top, height=box.bottom - top)
        self.read_beside = [box]
        scale = TextScale(sizes, sizes.text(_LAP_PX))
        if self._table is not None:
            self._table.draw(surface, box, scale)
            return
        text = _("No lap finished yet. Laps beside another person count on no board.")
        write_paragraph(surface, text, box, TextStyle(scale.px, palette.TEXT))

    def _again(self) -> None:
        self._driving.restart()
        self._driving.resume()
        self.go_to(self._driving)

    def _watch(self) -> None:
        drive = self._driving.drive
        liveries = [car.entry.livery for car in drive.cars]
        try:
            self.go_to(self._routes.open_recording(drive.recording(), self, liveries))
        except InputError as error:
            self.context.notice.show(str(error))


def laps_beside(cars: Sequence[DrivenCar]) -> Table:
    """Return the laps of two players by their numbers: the best of each stands out, those that
    are not valid are pale.
    """
    count = max(len(car.laps.laps) for car in cars)
    columns = [Column(N_("LAP"), [str(number) for number in range(1, count + 1)])]
    for name, car in zip(PLAYERS, cars, strict=True):
        laps = car.laps.laps
        best = _best(laps)
        at = [place for place, lap in enumerate(laps) if lap is best]
        pale = {place: palette.DIM for place, lap in enumerate(laps) if not lap.valid}
        texts = [lap_time_text(lap.time_s) for lap in laps]
        texts += [_NONE] * (count - len(laps))
        shades = {**pale, **dict.fromkeys(at, palette.PURPLE)}
        columns.append(Column(name, texts, shades=shades, bold=frozenset(at)))
    return Table(columns)


def _best(laps: Sequence[Lap]) -> Lap | None:
    return min((lap for lap in laps if lap.valid), key=lambda lap: lap.time_s, default=None)


def _faster(cars: Sequence[DrivenCar]) -> str:
    """Return who has the faster best lap, and by how much."""
    bests = [_best(car.laps.laps) for car in cars]
    times_s = [math.inf if best is None else best.time_s for best in bests]
    if math.inf in times_s or times_s[0] == times_s[1]:
        return _("best laps: {times}").format(
            times=" / ".join(_NONE if math.isinf(each) else lap_time_text(each) for each in times_s)
        )
    faster = min(range(2), key=lambda number: times_s[number])
    text = _("{player} is faster by {time} s")
    gap_s = abs(times_s[0] - times_s[1])
    return text.format(player=player_name(faster + 1), time=f"{gap_s:.3f}")
