"""Show a qualifying session as it stands: who has which time, and how far the others are off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from game.app.driving.race_field import RaceEntrant


class QualifyingRow(NamedTuple):
    """A row has an entrant and the best valid lap of theirs."""

    entrant: RaceEntrant
    time_s: float  # infinite without one
    gap_s: float  # to the best of all; infinite without a lap
    is_own: bool = False

    @property
    def has_time(self) -> bool:
        """Return whether there is a valid lap."""
        return math.isfinite(self.time_s)


class QualifyingBoard(NamedTuple):
    """Holds all rows, and which lap a driver is in."""

    rows: tuple[QualifyingRow, ...]  # by their places
    lap: int  # of the driver, from 1
    laps: int  # that each may drive

    @property
    def place(self) -> int:
        """Return the driver's place, from 1."""
        return 1 + next(place for place, row in enumerate(self.rows) if row.is_own)

    @property
    def own(self) -> QualifyingRow:
        """Return the driver's row."""
        return self.rows[self.place - 1]

    @property
    def ahead(self) -> QualifyingRow | None:
        """Return the one a place ahead."""
        return self.rows[self.place - 2] if self.place > 1 else None

    @property
    def behind(self) -> QualifyingRow | None:
        """Return the one a place behind."""
        return self.rows[self.place] if self.place < len(self.rows) else None


def between_s(before: QualifyingRow, after: QualifyingRow) -> float:
    """Return how much slower one of two rows is; infinite while one of them has no time."""
    if before.has_time and after.has_time:
        return after.time_s - before.time_s
    return math.inf


def rows_by_time(
    timed: Sequence[tuple[RaceEntrant, float]], own: RaceEntrant | None = None
) -> tuple[QualifyingRow, ...]:
    """Return entrants with their times by their places; those without a time keep their order."""
    order = sorted(timed, key=lambda each: each[1])
    best_s = order[0][1]
    return tuple(
        QualifyingRow(
            entrant,
            time_s,
            time_s - best_s if math.isfinite(time_s) else math.inf,
            entrant == own,
        )
        for entrant, time_s in order
    )
