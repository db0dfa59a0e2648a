"""Run a race in the window: a person and bots on one grid, under the same race control."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.race_board import BoardRow, RaceBoard
from game.app.driving.race_field import RaceEntrant
from game.app.driving.racing_player import RacingPlayer
from game.bot.bot import Bot, RacingBot
from game.bot.racing_followers import RacingFollowers
from game.compiled import Backend
from game.drivers.driver import BaseDriver
from game.racing.race_control import RaceControl
from game.racing.race_standings import race_standings
from game.racing.racing_driver import RacingDriver
from game.racing.rules import race_rules
from game.session import Listener, Session
from game.simulation.world import TICK_HZ, Start, World
from game.track.track import Track
from game.vehicle.setup import Setup

_BOARD_TICKS: Final = TICK_HZ // 10  # between two looks at the board
_ROOM_M: Final = 9.0  # along the road, that a car is put back on the track with


class RaceDrive(Drive):
    """Races. A restart is another race of the same cars, whose lights go out at another time."""

    control: RaceControl  # of the race that is under way

    def __init__(
        self,
        track: Track,
        entrants: Sequence[RaceEntrant],
        entries: Sequence[CarEntry],
        laps: int,
        seed: int,
    ) -> None:
        """entries: of the entrants, with their setups; that of the player makes its driver."""
        self.entrants = tuple(entrants)
        self.laps = laps
        self._seed = seed
        self._bots_setup = next(
            entry.setup for entry, each in zip(entries, entrants, strict=True) if not each.is_player
        )
        self._board: RaceBoard | None = None
        self._board_tick = 0
        super().__init__(track, entries)
        self.followed = self.cars[self.player]

    @property
    def player(self) -> int:
        """Return the number of the player's car: its place on the grid, from 0."""
        return next(number for number, each in enumerate(self.entrants) if each.is_player)

    def begin(self, *starts: Start) -> None:
        """Begin a race."""
        self._board = None
        super().begin(*starts)

    def new_world(self, starts: Sequence[Start]) -> World:
        """Return a world whose ticks are compiled, if they can be: there are many cars."""
        return World(self.track, starts, Backend.COMPILED)

    def judges(self) -> tuple[Listener, ...]:
        """Return race control."""
        self.control = RaceControl(self.world, self.laps, self._race_seed)
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
            laps=self.laps,
            race_view=self.control.view,
        )

    @property
    def can_be_put_back(self) -> bool:
        """Return whether the player's car may be put on the road beside it: racing, and alone."""
        own = self.followed.now
        others = (car.now for car in self.cars if car is not self.followed)
        lap_m = self.track.length_m
        is_alone = all(
            min((other.s_m - own.s_m) % lap_m, (own.s_m - other.s_m) % lap_m) > _ROOM_M
            for other in others
        )
        return is_alone and self.control.race_s >= 0.0 and not self.control.is_done(self.player)

    @property
    def race_board(self) -> RaceBoard:
        """Return the race as it is shown, ten times a second."""
        tick = self.world.tick
        if self._board is None or tick >= self._board_tick + _BOARD_TICKS:
            self._board, self._board_tick = self._new_board(), tick
        return self._board

    @property
    def _race_seed(self) -> int:
        return self._seed + self.number

    def _new_board(self) -> RaceBoard:
        rows = []
        for standing in race_standings(self.control):
            entrant = self.entrants[standing.car]
            livery = entrant.livery
            rows.append(
                BoardRow(livery.number, entrant.name, livery.signal, standing, entrant.is_player)
            )
        view = self.control.view(self.player)
        return RaceBoard(
            tuple(rows), self.laps, view.is_started, view.gap_ahead_s, view.gap_behind_s
        )

    def _driver(self, number: int, followers: RacingFollowers) -> BaseDriver:
        entry, entrant = self.cars[number].entry, self.entrants[number]
        if entrant.is_player:
            bot = RacingBot(followers, number, race_rules().end.cool_down_pace)
            return RacingPlayer(entry.make_driver(), self.control, number, bot, self._bots_setup)
        on_fault = partial(self.control.retire, number)
        make = partial(RacingBot, followers, number, entrant.pace)
        return RacingDriver(make, on_fault, is_retired=partial(self.control.is_out, number))


def race_entries(
    entrants: Sequence[RaceEntrant], player: CarEntry, bots_setup: Setup
) -> list[CarEntry]:
    """Return the cars of entrants. player: the player's; others are the same but for the setup."""
    return [
        player._replace(livery=each.livery)
        if each.is_player
        else CarEntry(player.spec, bots_setup, partial(Bot, each.pace), each.livery, player.damage)
        for each in entrants
    ]
