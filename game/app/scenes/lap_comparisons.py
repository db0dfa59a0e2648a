"""Compare the laps of a drive with one another and with the bot's, as they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.analysis.findings import LapComparison, compare_laps
from game.analysis.lap_profile import LapProfile
from game.analysis.reference_lap import lap_like
from game.app.driving.drive import Drive
from game.app.venue.reference_ahead import ReferenceAhead
from game.recording.lap_recorder import Lap
from game.translation import N_

ROW: Final = N_("Time lost")  # that leads to the page of comparisons
BOT: Final = 0  # in place of a lap's number
BEST: Final = -1


class LapComparisons:
    """Knows the finished laps of the followed car since its start."""

    def __init__(self, drive: Drive, ahead: ReferenceAhead) -> None:
        self._drive = drive
        self._ahead = ahead
        self._made: dict[tuple[int, int], LapComparison] = {}
        self._of: object = None

    @property
    def laps(self) -> Sequence[Lap]:
        """Return the laps that can be compared, oldest first."""
        return self._drive.followed.log.laps

    def best_but(self, number: int) -> Lap | None:
        """Return the best valid lap other than one."""
        others = [lap for lap in self.laps if lap.valid and lap.number != number]
        return min(others, key=lambda lap: lap.time_s, default=None)

    def profile(self, number: int) -> LapProfile:
        """Return a lap by its number."""
        return self._drive.followed.log.profile(number)

    def reference(self, number: int, against: int) -> LapProfile | None:
        """Return what a lap is compared with: `BOT`, `BEST` or a number; None: it is not there."""
        if against == BOT:
            bot = self._ahead.laps
            return lap_like(bot, number) if bot else None
        if against == BEST:
            best = self.best_but(number)
            return None if best is None else self.profile(best.number)
        return None if against == number else self.profile(against)

    def compared(self, number: int, against: int) -> LapComparison | None:
        """Return the comparison of a lap; None as long as there is nothing to compare it with."""
        log = self._drive.followed.log
        if self._of is not log:
            self._of, self._made = log, {}
        reference = self.reference(number, against)
        if reference is None:
            return None
        made = self._made.get((number, against))
        if made is None or made.reference is not reference:
            made = compare_laps(self._drive.track, self.profile(number), reference)
            self._trim()
            self._made[number, against] = made
        return made

    def _trim(self) -> None:
        """Forget the comparisons of laps that are no longer kept."""
        there = {BOT, BEST, *(lap.number for lap in self.laps)}
        self._made = {laps: made for laps, made in self._made.items() if there.issuperset(laps)}
