"""Show a race as it stands: what a pit wall would say, with the cars' names and colours."""

from __future__ import annotations

from typing import NamedTuple

from game.app.ui.palette import Colour
from game.racing.race_length import RaceLength
from game.racing.race_standings import RaceStanding
from game.translation import _


class BoardRow(NamedTuple):
    """A row has a car and where it lies."""

    number: str
    name: str
    colour: Colour
    standing: RaceStanding
    is_own: bool = False

    @property
    def car(self) -> int:
        """Return the car's number in the race."""
        return self.standing.car

    @property
    def out(self) -> str:
        """Return the word for a car that is out of the race; empty for one that is not."""
        if self.standing.is_disqualified:
            return _("DSQ")
        return _("OUT") if self.standing.retired else ""


class RaceBoard(NamedTuple):
    """Holds all rows, and what concerns a driver's own car."""

    rows: tuple[BoardRow, ...]  # by their places
    length: RaceLength
    time_left_s: float  # infinite in a race by laps
    is_started: bool
    gap_ahead_s: float  # infinite without one
    gap_behind_s: float

    @property
    def place(self) -> int:
        """Return the player's place, from 1."""
        return 1 + next(place for place, row in enumerate(self.rows) if row.is_own)

    @property
    def own(self) -> BoardRow:
        """Return the player's row."""
        return self.rows[self.place - 1]

    @property
    def ahead(self) -> BoardRow | None:
        """Return the car a place ahead."""
        return self.rows[self.place - 2] if self.place > 1 else None

    @property
    def behind(self) -> BoardRow | None:
        """Return the car a place behind."""
        return self.rows[self.place] if self.place < len(self.rows) else None

    @property
    def neighbours(self) -> tuple[BoardRow, ...]:
        """Return the cars a place ahead and behind, once the race is under way."""
        rows = (self.ahead, self.behind) if self.is_started else ()
        return tuple(row for row in rows if row is not None)

    @property
    def lap(self) -> int:
        """Return the lap that the player drives; the last once the race is over for them."""
        standing = self.own.standing
        if self.length.is_by_minutes:
            return standing.laps_done + (not standing.is_finished)
        return min(standing.laps_done + 1, self.length.laps)
