"""Prepare a race beside the game: the bots' plans, and the machine code of tick and bots."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from game.app.venue.background_work import BackgroundWork
from game.bot.plan_progress import plan_progress
from game.bot.planning import make_plan
from game.racing.race_code import make_race_code
from game.track.track import Track
from game.translation import N_
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers.budget import HIGH_PRIORITY
from game.workers.messages import WorkerSpec
from game.workers.worker_loop import ParentLink

_SLEEP_S: Final = 0.005  # while there is nothing to do but wait
_PLANS: Final = 0.4  # of all the work, the first time


class FieldWanted(NamedTuple):
    """Says who is to be prepared."""

    setup: Setup
    paces: tuple[float, ...]  # none: only persons drive, and nothing is planned
    laps: int


class FieldAhead(BackgroundWork):
    """Prepares one field."""

    def __init__(self, track: Track, spec: CarSpec, wanted: FieldWanted) -> None:
        super().__init__(
            WorkerSpec(_preparer, (track, spec), niceness=HIGH_PRIORITY),
            N_("the field could not be prepared: {reason}"),
        )
        self.laps_s: tuple[float, ...] | None = None  # that the bots plan, once they have
        self._send(wanted)

    def wait(self) -> Iterator[float]:
        """Yield how far it is, 0..1, until it is ready or has failed; then the process ends."""
        try:
            while self.laps_s is None and not self.error:
                for answer in self._answers():
                    self.laps_s = answer.value
                yield min(0.99, self.progress)
                time.sleep(_SLEEP_S)
        finally:  # the player may not wait for it
            self.close()


def _preparer(
    link: ParentLink, track: Track, spec: CarSpec
) -> Callable[[FieldWanted], tuple[float, ...]]:
    """Return a function that prepares a field and returns the laps that it plans."""

    def prepare(wanted: FieldWanted) -> tuple[float, ...]:
        laps_s = []
        with plan_progress(lambda share: link.report(_PLANS * share)) as on_round:
            for pace in wanted.paces:
                plan = make_plan(track, spec, wanted.setup, on_round, pace, wanted.laps)
                on_round("", plan.lap_time_s)
                laps_s.append(plan.lap_time_s)
        if not wanted.paces:
            make_race_code(track, spec, wanted.setup, None, link.report)
            return ()
        plan = make_plan(track, spec, wanted.setup, laps=wanted.laps)
        make_race_code(
            track,
            spec,
            wanted.setup,
            plan,
            lambda share: link.report(_PLANS + (1.0 - _PLANS) * share),
        )
        return tuple(laps_s)

    return prepare
