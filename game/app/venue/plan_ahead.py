"""Make the bot's plan in a process of its own, unless it is in the cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from game.app.venue.background_work import BackgroundWork
from game.bot.plan import Plan
from game.bot.plan_progress import plan_progress
from game.bot.planning import make_plan, plan_if_ready
from game.goals.planned_ghost import planned_ghost
from game.recording.ghost import GhostLap
from game.track.track import Track
from game.translation import N_
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers.budget import NORMAL_PRIORITY
from game.workers.messages import WorkerSpec
from game.workers.parcel import parcel_of
from game.workers.worker_loop import ParentLink

PlanTask = tuple[Track, CarSpec, Setup]


class PlanAhead(BackgroundWork):
    """Makes a plan beside the game, which is there some time after `begin`."""

    def __init__(self, track: Track, spec: CarSpec, setup: Setup) -> None:
        super().__init__(
            WorkerSpec(_planner, niceness=NORMAL_PRIORITY),
            N_("the bot's plan could not be made: {reason}"),
        )
        self._task = (parcel_of(track), spec, setup)  # which a worker gets as a `PlanTask`
        self.plan: Plan | None = plan_if_ready(track, spec, setup)

    def begin(self) -> None:
        """Start making the plan, unless there is one."""
        if self.plan is None and self._worker is None:
            self._send(self._task)

    @property
    def ghost(self) -> GhostLap | None:
        """Return the lap that the bot plans as a ghost; None as long as there is no plan."""
        return None if self.plan is None else self._ghost

    @cached_property
    def _ghost(self) -> GhostLap:
        assert self.plan is not None
        return planned_ghost(self.plan, self._task[1].chassis.wheelbase_m)

    def poll(self) -> bool:
        """Return whether the plan has just come; asked once a frame."""
        for answer in self._answers():
            self.plan = answer.value
            self._end()
            return True
        return False


def _planner(link: ParentLink) -> Callable[[PlanTask], Plan]:
    """Return a function that makes plans."""

    def plan(task: PlanTask) -> Plan:
        with plan_progress(link.report) as on_round:
            return make_plan(*task, on_round)

    return plan
