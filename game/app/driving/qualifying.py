"""Qualify for a race: players drive some laps, whose best have their places among those of bots."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from game.app.driving.drive import Drive
from game.app.driving.driven_car import DrivenCar
from game.app.driving.qualifying_board import QualifyingBoard, QualifyingRow, rows_by_time
from game.app.driving.race_field import RaceEntrant


class Qualifying:
    """Times the laps of players from the start of their drive; it is over when all are driven.

    Bots have the laps that they plan for the race, in its weather and on its tyres: they are within
    0.2 % of the laps that they drive alone.
    """

    def __init__(
        self,
        drive: Drive,
        players: Sequence[RaceEntrant],
        bots: Sequence[RaceEntrant],
        laps: int,
        find_laps_s: Callable[[], Sequence[float] | None],
    ) -> None:
        """players: who drive the cars of the drive, in their order.

        laps: that each may drive. find_laps_s: gives those of the bots, in their order; None until
        they are known.
        """
        self.drive = drive
        self.laps = laps
        self._players = tuple(players)
        self._bots = tuple(bots)
        self._find_laps_s = find_laps_s
        self._boards: dict[int, QualifyingBoard] = {}  # by the numbers of cars
        self._boards_of: tuple[object, ...] = ()  # what they were made of
        drive.find_qualifying = self.board_of

    @property
    def is_over(self) -> bool:
        """Return whether all have driven their laps."""
        return all(len(car.laps.laps) >= self.laps for car in self.drive.cars)

    @property
    def has_bots(self) -> bool:
        """Return whether the times of the bots are known."""
        return self._bots_laps_s() is not None

    @property
    def rows(self) -> tuple[QualifyingRow, ...]:
        """Return all by their places; those whose times are not known yet come last."""
        return self._rows(None)

    @property
    def grid(self) -> list[RaceEntrant]:
        """Return all as they stand on the grid, whoever is on pole first."""
        return [row.entrant for row in self.rows]

    def best_s(self, car: DrivenCar) -> float:
        """Return the best valid lap of a car that counts here, infinite without one."""
        laps = car.laps.laps[: self.laps]
        return min((lap.time_s for lap in laps if lap.valid), default=math.inf)

    def board_of(self, car: DrivenCar) -> QualifyingBoard | None:
        """Return the session as it is shown to the driver of a car; None until bots have times."""
        if not self.has_bots:
            return None
        made_of = (self.drive.number, *(len(each.laps.laps) for each in self.drive.cars))
        if made_of != self._boards_of:
            self._boards, self._boards_of = {}, made_of
        if car.number not in self._boards:
            own = self._players[car.number]
            lap = min(len(car.laps.laps) + 1, self.laps)
            self._boards[car.number] = QualifyingBoard(self._rows(own), lap, self.laps)
        return self._boards[car.number]

    def _bots_laps_s(self) -> Sequence[float] | None:
        return self._find_laps_s() if self._bots else ()

    def _rows(self, own: RaceEntrant | None) -> tuple[QualifyingRow, ...]:
        laps_s = self._bots_laps_s()
        if laps_s is None:
            laps_s = [math.inf] * len(self._bots)
        timed = [
            *zip(self._bots, laps_s, strict=False),  # another lap is that of the cool-down
            *zip(self._players, map(self.best_s, self.drive.cars), strict=True),
        ]
        return rows_by_time(timed, own)
