"""Let the bot drive the laps that the player's are compared with, beside the game."""

from __future__ import annotations

from collections.abc import Callable

from game.analysis.lap_profile import LapProfile
from game.analysis.reference_lap import MOST_LAPS, reference_laps
from game.app.venue.background_work import BackgroundWork
from game.simulation.world import Start
from game.track.track import Track
from game.translation import N_
from game.workers.budget import LOW_PRIORITY
from game.workers.messages import WorkerSpec
from game.workers.parcel import parcel_of
from game.workers.worker_loop import ParentLink

BotLaps = dict[int, LapProfile]


class ReferenceAhead(BackgroundWork):
    """Drives the first laps from the start of the player's drive, once that is on its first lap."""

    def __init__(self, track: Track) -> None:
        super().__init__(
            WorkerSpec(_reference_driver, (parcel_of(track),), niceness=LOW_PRIORITY),
            N_("the bot's laps could not be driven: {reason}"),
        )
        self.find_start: Callable[[], Start | None] = _no_start  # of the laps that are wanted
        self._of: Start | None = None  # from which laps were driven
        self._laps: BotLaps = {}

    @property
    def laps(self) -> BotLaps:
        """Return the bot's laps, by their numbers, from the start that is wanted now."""
        return self._laps if self._of is not None and self._of == self.find_start() else {}

    @property
    def is_driving(self) -> bool:
        """Return whether laps are wanted that are not there yet."""
        start = self.find_start()
        return start is not None and not self.laps and start not in self._failed_tasks

    def begin(self) -> None:
        """Let the bot drive the laps that are wanted, if there are any."""
        if self.is_driving:
            self._send(self.find_start())

    def poll(self) -> None:
        """Collect what has been driven; once a frame. The process ends with its laps."""
        for answer in self._answers():
            self._of, self._laps = answer.task, answer.value
        self._end_if_idle()


def _no_start() -> None:
    """Return no start: no laps are wanted."""


def _reference_driver(link: ParentLink, track: Track) -> Callable[[Start], BotLaps]:
    """Return a function that drives the laps from a start."""

    def drive(start: Start) -> BotLaps:
        return reference_laps(
            track, start, MOST_LAPS, lambda number: link.report(number / MOST_LAPS)
        )

    return drive
