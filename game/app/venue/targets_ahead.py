"""The targets of a car on a circuit, which the bot drives beside the game where none are kept."""

from __future__ import annotations

from collections.abc import Callable

from game.goals.target_files import find_targets, make_targets
from game.goals.targets import Targets
from game.track.track import Track
from game.translation import _
from game.vehicle.spec import CarSpec
from game.workers.budget import LOW_PRIORITY
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.worker import Worker
from game.workers.worker_loop import ParentLink


class TargetsAhead:
    """Finds the targets of each tyre when they are first asked for."""

    def __init__(self, track: Track, spec: CarSpec) -> None:
        self.error = ""
        self.progress = 0.0  # of the drives that are under way, 0..1
        self._track = track
        self._spec = spec
        self._found: dict[str, Targets | None] = {}
        self._worker: Worker | None = None
        self._is_closed = False

    def of(self, tyre: str) -> Targets | None:
        """Return the targets on a tyre; None as long as there are none."""
        if tyre not in self._found:
            self._found[tyre] = find_targets(self._track, self._spec, tyre)
        return self._found[tyre]

    def put(self, tyre: str, targets: Targets) -> None:
        """Use these targets on a tyre."""
        self._found[tyre] = targets

    def begin(self, tyre: str) -> None:
        """Have the bot drive on a tyre unless its targets are there or somebody drives already."""
        if self._is_closed or self.error or self.of(tyre) is not None:
            return
        if self._worker is None:
            self._worker = Worker(
                WorkerSpec(_target_driver, (self._track, self._spec), niceness=LOW_PRIORITY)
            )
        if self._worker.busy_with is None:
            self._worker.send(tyre)

    def poll(self) -> None:
        """Collect what has been driven; once a frame."""
        if self._worker is None:
            return
        for message in self._worker.poll():
            if isinstance(message, Progress):
                self.progress = message.value
            elif isinstance(message, Answer):
                self._found[message.task] = message.value
            elif isinstance(message, Failure):
                self.error = _failed(message.error)
            elif isinstance(message, WorkerLost):
                self.error = _failed(message.reason)

    def close(self) -> None:
        """Give up at once."""
        self._is_closed = True
        if self._worker is not None:
            self._worker.end()
            self._worker = None


def _failed(why: object) -> str:
    return _("the medal times could not be driven: {reason}").format(reason=why)


def _target_driver(link: ParentLink, track: Track, spec: CarSpec) -> Callable[[str], Targets]:
    """Return a function that drives the targets of a tyre, and keeps them in the cache."""

    return lambda tyre: make_targets(track, spec, tyre, link.report)
