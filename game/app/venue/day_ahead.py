"""Find the bot's laps in the conditions of days, in a process beside the game."""

from __future__ import annotations

from collections.abc import Callable

from game.app.venue.background_work import BackgroundWork
from game.goals.daily import DailyConditions
from game.goals.day_target import DayTarget, make_day_target
from game.translation import N_
from game.vehicle.spec import CarSpec
from game.workers.budget import HIGH_PRIORITY
from game.workers.messages import WorkerSpec
from game.workers.worker_loop import ParentLink


class DayAhead(BackgroundWork):
    """Lets the bot drive each day that is asked for, once."""

    def __init__(self, spec: CarSpec) -> None:
        super().__init__(
            WorkerSpec(_day_driver, (spec.id,), niceness=HIGH_PRIORITY),
            N_("the bot could not drive the day: {reason}"),
        )
        self._found: dict[DailyConditions, DayTarget] = {}
        self._driven: DailyConditions | None = None  # what the bot was asked for last

    def of(self, conditions: DailyConditions) -> DayTarget | None:
        """Return the bot's lap of a day; None as long as there is none."""
        return self._found.get(conditions)

    def begin(self, conditions: DailyConditions) -> None:
        """Let the bot drive a day, unless it did or drives already; what else it drives ends."""
        if self.error or conditions in self._found or conditions == self._driven:
            return
        self._end()
        self._driven, self.progress = conditions, 0.0
        self._send(conditions)

    def poll(self) -> None:
        """Collect what has been driven; once a frame."""
        for answer in self._answers():
            self._found[answer.task] = answer.value


def _day_driver(link: ParentLink, car: str) -> Callable[[DailyConditions], DayTarget]:
    """Return a function that finds the bot's lap of a day."""
    return lambda conditions: make_day_target(conditions, car, link.report)
