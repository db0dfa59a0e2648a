"""Find moments of a drive worth celebrating: a finished lap, a new best, the best of a sector."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from game.goals.medals import Medal
from game.recording.lap_recorder import Lap


class MomentKind(Enum):
    """Names the kinds of moments, each with a banner of its own."""

    FIRST_VALID = "first valid lap"
    NEW_BEST = "new best lap"
    SLOWER = "a valid lap that is not the best"
    NOT_VALID = "a lap that does not count"
    SECTOR_BEST = "the best time of a sector"


class GoalGap(NamedTuple):
    """Says how far off the next goal of a player is."""

    name: str  # as it is shown: "Gold"
    gap_s: float


GoalAfter = Callable[[float], GoalGap | None]  # the next goal after a best lap of so many seconds
# Takes a lap's time and the best one before it; returns the medal that the lap has won, unless an
# earlier lap had already won it.
WonBy = Callable[[float, float], Medal | None]


class Moment(NamedTuple):
    """A moment is a lap or a sector that has just ended."""

    kind: MomentKind
    number: int  # of the lap, or of the sector
    time_s: float
    gained_s: float | None = None  # on the best before it; negative: lost; None: there was none
    goal: GoalGap | None = None
    won: Medal | None = None
    reached: bool = False  # the goal that there was before


class LapMoments:
    """Compares the laps and sectors of one car with the best ones before them."""

    def __init__(self) -> None:
        self.goal_after: GoalAfter = no_goal
        self.won_by: WonBy = no_medal
        self._best_sectors_s: dict[int, float] = {}  # by their numbers, from 1

    def race(self, sectors_s: tuple[float, ...]) -> None:
        """Let the sectors of an earlier drive's best lap be those to compare with."""
        self._best_sectors_s = dict(enumerate(sectors_s, start=1))

    def sector(self, number: int, time_s: float, *, valid: bool) -> Moment | None:
        """Return the moment of a finished sector if it is the best of a lap that counts so far."""
        before_s = self._best_sectors_s.get(number)
        if not valid or (before_s is not None and time_s >= before_s):
            return None
        self._best_sectors_s[number] = time_s
        if before_s is None:
            return None
        return Moment(MomentKind.SECTOR_BEST, number, time_s, before_s - time_s)

    def lap(self, lap: Lap, best_s: float) -> Moment:
        """Return the moment of a finished lap; best_s: of the laps before it, infinite for none."""
        last = len(lap.sectors_s)
        sector = self.sector(last, lap.sectors_s[-1], valid=lap.valid) if last else None
        if not lap.valid:
            return Moment(MomentKind.NOT_VALID, lap.number, lap.time_s)
        gained_s = best_s - lap.time_s if math.isfinite(best_s) else None
        kind = MomentKind.FIRST_VALID if gained_s is None else MomentKind.NEW_BEST
        if gained_s is not None and gained_s <= 0.0:
            if sector is not None:
                return sector
            kind = MomentKind.SLOWER
        won = self.won_by(lap.time_s, best_s)
        before = self.goal_after(best_s) if gained_s is not None else None
        reached = before is not None and lap.time_s <= best_s - before.gap_s
        goal = self.goal_after(min(best_s, lap.time_s))
        return Moment(kind, lap.number, lap.time_s, gained_s, goal, won, reached)


def no_goal(_: float) -> None:
    """Name no goal: there is none."""


def no_medal(_lap_s: float, _best_s: float) -> None:
    """Name no medal: there is none to win."""
