"""Prepare a race beside the game: the bots' plans, and the machine code of tick and bots."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from game.app.venue.background_work import BackgroundWork
from game.bot.plan_progress import plan_progress
from game.bot.planning import make_plan
from game.racing.race_code import make_race_code
from game.racing.race_length import RaceLength, planned_length
from game.track.track import Track
from game.translation import N_
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers.budget import HIGH_PRIORITY
from game.workers.messages import WorkerSpec
from game.workers.parcel import parcel_of
from game.workers.worker_loop import ParentLink

_SLEEP_S: Final = 0.005  # while there is nothing to do but wait
_PLANS: Final = 0.4  # of all the work, the first time


class FieldWanted(NamedTuple):
    """Says who is to be prepared."""

    setup: Setup
    paces: tuple[float, ...]  # none: only players drive, and nothing is planned
    laps: int  # of the race ...
    minutes: int = 0  # ... or, unless they are 0, its time


class FieldAhead(BackgroundWork):
    """Prepares each field when it is first wanted; what was prepared is kept."""

    def __init__(self, track: Track, spec: CarSpec) -> None:
        super().__init__(
            WorkerSpec(_preparer, (parcel_of(track), spec), niceness=HIGH_PRIORITY),
            N_("the field could not be prepared: {reason}"),
        )
        self._laps_s: dict[FieldWanted, tuple[float, ...]] = {}

    def laps_s(self, wanted: FieldWanted) -> tuple[float, ...] | None:
        """Return the laps that a field's bots plan; None until it is prepared."""
        return self._laps_s.get(wanted)

    def begin(self, wanted: FieldWanted) -> None:
        """Prepare a field unless it is, could not be, or another one is being prepared."""
        if wanted not in self._laps_s and wanted not in self._failed_tasks:
            self._send(wanted)

    def poll(self) -> None:
        """Collect what has been prepared; once a frame. The process ends with its field."""
        for answer in self._answers():
            self._laps_s[answer.task] = answer.value
        self._end_if_idle()

    def wait(self, wanted: FieldWanted) -> Iterator[float]:
        """Yield how far a field is, 0..1, until it is ready or has failed, also once more."""
        self._failed_tasks = [each for each in self._failed_tasks if each != wanted]
        while wanted not in self._laps_s and wanted not in self._failed_tasks:
            self.begin(wanted)
            yield min(0.99, self.progress)
            time.sleep(_SLEEP_S)
            self.poll()


def race_length(track: Track, spec: CarSpec, wanted: FieldWanted) -> RaceLength:
    """Return the length of a field's race; by minutes, with the laps of its fastest bot."""
    if not wanted.minutes:
        return RaceLength(wanted.laps)
    cars = [(wanted.setup, max(wanted.paces))]
    return planned_length(wanted.minutes, track, spec, cars)


def _preparer(
    link: ParentLink, track: Track, spec: CarSpec
) -> Callable[[FieldWanted], tuple[float, ...]]:
    """Return a function that prepares a field and returns the laps that it plans."""

    def prepare(wanted: FieldWanted) -> tuple[float, ...]:
        if not wanted.paces:
            make_race_code(track, spec, wanted.setup, None, link.report)
            return ()
        laps, laps_s = race_length(track, spec, wanted).laps, []
        with plan_progress(lambda share: link.report(_PLANS * share)) as on_round:
            for pace in wanted.paces:
                plan = make_plan(track, spec, wanted.setup, on_round, pace, laps)
                on_round("", plan.lap_time_s)
                laps_s.append(plan.lap_time_s)
        plan = make_plan(track, spec, wanted.setup, laps=laps)
        make_race_code(
            track,
            spec,
            wanted.setup,
            plan,
            lambda share: link.report(_PLANS + (1.0 - _PLANS) * share),
        )
        return tuple(laps_s)

    return prepare
