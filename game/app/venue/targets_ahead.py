"""Find the targets of a car on a circuit; the bot drives beside the game where none are kept."""

from __future__ import annotations

from collections.abc import Callable

from game.app.venue.background_work import BackgroundWork
from game.goals.target_files import find_targets, make_targets
from game.goals.targets import Targets
from game.track.track import Track
from game.translation import N_
from game.vehicle.spec import CarSpec
from game.workers.budget import LOW_PRIORITY
from game.workers.messages import WorkerSpec
from game.workers.parcel import parcel_of
from game.workers.worker_loop import ParentLink


class TargetsAhead(BackgroundWork):
    """Finds the targets of each tyre when they are first asked for."""

    def __init__(self, track: Track, spec: CarSpec) -> None:
        super().__init__(
            WorkerSpec(_target_driver, (parcel_of(track), spec), niceness=LOW_PRIORITY),
            N_("the medal times could not be driven: {reason}"),
        )
        self._track = track
        self._spec = spec
        self._found: dict[str, Targets | None] = {}

    def of(self, tyre: str) -> Targets | None:
        """Return the targets on a tyre; None as long as there are none."""
        if tyre not in self._found:
            self._found[tyre] = find_targets(self._track, self._spec, tyre)
        return self._found[tyre]

    def put(self, tyre: str, targets: Targets) -> None:
        """Use these targets on a tyre."""
        self._found[tyre] = targets

    def begin(self, tyre: str) -> None:
        """Let the bot drive on a tyre unless its targets are there or somebody drives already."""
        if not self._is_closed and not self.error and self.of(tyre) is None:
            self._send(tyre)

    def poll(self) -> None:
        """Collect what has been driven; once a frame."""
        for answer in self._answers():
            self._found[answer.task] = answer.value


def _target_driver(link: ParentLink, track: Track, spec: CarSpec) -> Callable[[str], Targets]:
    """Return a function that drives the targets of a tyre, and keeps them in the cache."""

    return lambda tyre: make_targets(track, spec, tyre, link.report)
