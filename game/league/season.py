"""Drive the rounds of a season that are not kept yet, in processes or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from game.league.rounds import Round, RoundResult, round_result
from game.racing.guarded_race import NumberedRace, OnRun, OnShare, drive_guarded_races
from game.racing.race import RaceRun

OnSeason = Callable[[float, int], None]  # rounds driven so far with shares, and those that are in


class RaceExecutor(Protocol):
    """Drives races somewhere; the results do not depend on where."""

    def drive(self, races: Sequence[NumberedRace], on_run: OnRun, on_share: OnShare) -> None:
        """Drive races; `on_run` is called with each as it ends."""
        ...


class LocalRaces:
    """Drives races in processes of this machine."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def drive(self, races: Sequence[NumberedRace], on_run: OnRun, on_share: OnShare) -> None:
        """Drive races; `on_run` is called with each as it ends."""
        drive_guarded_races(races, self._workers, on_run, on_share)


class Season:
    """Drives a season; each result is kept at once, so that one that is killed can be resumed."""

    def __init__(self, rounds: Sequence[Round], on_progress: OnSeason | None = None) -> None:
        self.from_cache = 0
        self.driven = 0
        self._rounds = rounds
        self._results: dict[int, RoundResult] = {}
        self._shares: dict[int, float] = {}
        self._on_progress = on_progress

    def drive(self, executor: RaceExecutor) -> list[RoundResult]:
        """Return the results of all rounds in their order; lost ones have no places.

        Raises InputError as `drive_guarded_races` does; what was driven by then is kept.
        """
        for number, kept in enumerate(each.result() for each in self._rounds):
            if kept is not None:
                self._results[number] = kept
        self.from_cache = len(self._results)
        missing = list(self._missing())
        self._report()
        if missing:
            executor.drive(missing, self._on_run, self._on_share)
        return [self._results[number] for number in range(len(self._rounds))]

    def _missing(self) -> Iterator[NumberedRace]:
        for number, each in enumerate(self._rounds):
            if number not in self._results:
                yield NumberedRace(number, each.race)

    def _on_run(self, number: int, run: RaceRun | str) -> None:
        driven = self._rounds[number]
        self._shares.pop(number, None)
        self.driven += 1
        if isinstance(run, str):
            self._results[number] = driven.lost(run)
        else:
            self._results[number] = round_result(driven.race, run)
            driven.keep(self._results[number])
        self._report()

    def _on_share(self, number: int, share: float) -> None:
        self._shares[number] = share
        self._report()

    def _report(self) -> None:
        if self._on_progress is not None:
            done = len(self._results)
            self._on_progress(done + sum(self._shares.values()), done)
