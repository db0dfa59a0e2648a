"""Run a race in the window: a person and bots on one grid, under the same race control."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from game.app.driving.compiled_drive import CompiledDrive
from game.app.driving.driven_car import CarEntry, DrivenCar
from game.app.driving.race_board import BoardRow, RaceBoard
from game.app.driving.race_field import RaceEntrant
from game.app.driving.racing_player import RacingPlayer
from game.bot.bot import Bot, RacingBot
from game.bot.racecraft import CAREFUL
from game.bot.racing_followers import RacingFollowers
from game.drivers.driver import BaseDriver
from game.racing.race_control import RaceControl
from game.racing.race_length import RaceLength
from game.racing.race_standings import race_standings
from game.racing.racing_driver import RacingDriver
from game.racing.rules import race_rules
from game.racing.yielding_driver import YieldingDriver
from game.recording.car_label import CarLabel
from game.session import Listener, Session
from game.simulation.world import TICK_HZ, Start
from game.track.track import Track
from game.vehicle.setup import Setup

_BOARD_TICKS: Final = TICK_HZ // 10  # between two looks at the board
_ROOM_M: Final = 9.0  # along the road, that a car is put back on the track with


class RaceDrive(CompiledDrive):
    """Races. A restart is another race of the same cars, whose lights go out at another time."""

    control: RaceControl  # of the race that is under way

    def __init__(
        self,
        track: Track,
        entrants: Sequence[RaceEntrant],
        entries: Sequence[CarEntry],
        length: RaceLength,
        seed: int,
        bots_setup: Setup,
    ) -> None:
        """entries: of the entrants, with their setups; those of players make their drivers.

        bots_setup: that the bots drive, and for which those that drive on for players have a plan.
        """
        self.entrants = tuple(entrants)
        self.length = length
        self._seed = seed
        self._bots_setup = bots_setup
        self._boards: dict[int, RaceBoard] = {}  # by the numbers of cars whose drivers see them
        self._boards_tick = 0  # when they were made
        super().__init__(track, entries)
        self.followed = self.cars[self.players[0]]

    @property
    def players(self) -> tuple[int, ...]:
        """Return the numbers of the players' cars: their places on the grid, from 0."""
        cars = [number for number, each in enumerate(self.entrants) if each.is_player]
        return tuple(sorted(cars, key=lambda number: self.entrants[number].player))

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the cars are called, by their numbers."""
        return tuple(each.name for each in self.entrants)

    def begin(self, *starts: Start) -> None:
        """Begin a race."""
        self._boards, self._boards_tick = {}, 0
        super().begin(*starts)

    def labels(self) -> Sequence[CarLabel]:
        """Return the names and looks of the entrants."""
        return [each.label for each in self.entrants]

    def judges(self) -> tuple[Listener, ...]:
        """Return race control."""
        self.control = RaceControl(self.world, self.length, self._race_seed)
        return (self.control,)

    def new_session(self, listeners: Sequence[Listener]) -> Session:
        """Return the session of a race."""
        followers = RacingFollowers(self.world)
        drivers = [self._driver(number, followers) for number in range(len(self.cars))]
        return Session(
            self.world,
            drivers,
            listeners,
            ticks_per_step=1,
            seed=self._race_seed,
            laps=self.length.laps,
            race_view=self.control.view,
        )

    def can_be_put_back(self, car: DrivenCar) -> bool:
        """Return whether a car may be put on the road beside it: it is racing, and alone."""
        own = car.now
        others = (each.now for each in self.cars if each is not car)
        lap_m = self.track.length_m
        is_alone = all(
            min((other.s_m - own.s_m) % lap_m, (own.s_m - other.s_m) % lap_m) > _ROOM_M
            for other in others
        )
        return is_alone and self.control.race_s >= 0.0 and not self.control.is_done(car.number)

    @property
    def race_board(self) -> RaceBoard:
        """Return the race as it is shown to the driver of the followed car."""
        return self.board_of(self.followed)

    def board_of(self, car: DrivenCar) -> RaceBoard:
        """Return the race as it is shown to the driver of a car, ten times a second."""
        tick = self.world.tick
        if tick >= self._boards_tick + _BOARD_TICKS:
            self._boards, self._boards_tick = {}, tick
        if car.number not in self._boards:
            self._boards[car.number] = self._new_board(car.number)
        return self._boards[car.number]

    @property
    def _race_seed(self) -> int:
        return self._seed + self.number

    def _new_board(self, own: int) -> RaceBoard:
        rows = []
        for standing in race_standings(self.control):
            entrant = self.entrants[standing.car]
            livery = entrant.livery
            rows.append(
                BoardRow(livery.number, entrant.name, livery.signal, standing, standing.car == own)
            )
        view = self.control.view(own)
        return RaceBoard(
            tuple(rows),
            self.length,
            view.time_left_s,
            view.is_started,
            view.gap_ahead_s,
            view.gap_behind_s,
        )

    def _driver(self, number: int, followers: RacingFollowers) -> BaseDriver:
        entry, entrant = self.cars[number].entry, self.entrants[number]
        if entrant.is_player:
            bot = RacingBot(followers, number, race_rules().end.cool_down_pace, CAREFUL)
            return RacingPlayer(entry.make_driver(), self.control, number, bot, self._bots_setup)
        on_fault = partial(self.control.retire, number)
        racing = partial(RacingBot, followers, number, entrant.pace, entrant.level)
        make = partial(YieldingDriver, racing, partial(self.control.let_by, number))
        return RacingDriver(make, on_fault, is_retired=partial(self.control.is_out, number))


def race_entries(
    entrants: Sequence[RaceEntrant], players: Sequence[CarEntry], bots_setup: Setup
) -> list[CarEntry]:
    """Return the cars of entrants. players: theirs; others are the same but for the setup."""
    first = players[0]
    return [
        players[max(each.player - 1, 0)]._replace(livery=each.livery)
        if each.is_player
        else CarEntry(first.spec, bots_setup, partial(Bot, each.pace), each.livery, first.damage)
        for each in entrants
    ]
