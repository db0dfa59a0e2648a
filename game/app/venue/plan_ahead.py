"""The bot's plan, made in a process of its own unless it is in the cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from game.bot.plan import Plan
from game.bot.plan_progress import plan_progress
from game.bot.planning import make_plan, plan_if_ready
from game.goals.planned_ghost import planned_ghost
from game.recording.ghost import GhostLap
from game.track.track import Track
from game.translation import _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers.budget import NORMAL_PRIORITY
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.worker import Worker
from game.workers.worker_loop import ParentLink

_Order = tuple[Track, CarSpec, Setup]


class PlanAhead:
    """A plan made beside the game; it is there some time after `begin`, if a process can be
    started.
    """

    def __init__(self, track: Track, spec: CarSpec, setup: Setup) -> None:
        self.error = ""
        self.progress = 0.0  # of the plan that is being made, 0..1
        self._order: _Order = (track, spec, setup)
        self.plan: Plan | None = plan_if_ready(track, spec, setup)
        self._worker: Worker | None = None
        self._is_closed = False

    def begin(self) -> None:
        """Start making the plan, unless there is one."""
        if self.plan is None and self._worker is None and not self._is_closed:
            self._worker = Worker(WorkerSpec(_planner, niceness=NORMAL_PRIORITY))
            self._worker.send(self._order)

    @property
    def ghost(self) -> GhostLap | None:
        """Return the lap that the bot plans as a ghost; None as long as there is no plan."""
        return None if self.plan is None else self._ghost

    @cached_property
    def _ghost(self) -> GhostLap:
        assert self.plan is not None
        return planned_ghost(self.plan, self._order[1].chassis.wheelbase_m)

    @property
    def is_working(self) -> bool:
        """Return whether a process is making the plan."""
        return self._worker is not None and self.plan is None and not self.error

    def poll(self) -> bool:
        """See whether the plan has just come; once a frame."""
        if self._worker is None or not self.is_working:
            return False
        for message in self._worker.poll():
            if isinstance(message, Answer):
                self.plan = message.value
                self._worker.end()
                return True
            if isinstance(message, Progress):
                self.progress = message.value
            elif isinstance(message, Failure):
                self.error = _failed(message.error)
            elif isinstance(message, WorkerLost):
                self.error = _failed(message.reason)
        return False

    def close(self) -> None:
        """Give up at once: a process that is being started ends as soon as it has begun."""
        self._is_closed = True
        if self._worker is not None:
            self._worker.end()
            self._worker = None


def _failed(why: object) -> str:
    return _("the bot's plan could not be made: {reason}").format(reason=why)


def _planner(link: ParentLink) -> Callable[[_Order], Plan]:
    """Makes a worker that makes plans."""

    def plan(order: _Order) -> Plan:
        with plan_progress(link.report) as on_round:
            return make_plan(*order, on_round)

    return plan
