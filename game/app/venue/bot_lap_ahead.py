"""Let the bot drive a lap at any pace beside the game, to be driven against."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from game.app.venue.background_work import BackgroundWork
from game.goals.targets import drive_paced_lap
from game.recording.ghost import GhostLap
from game.track.track import Track
from game.translation import N_
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.workers.budget import LOW_PRIORITY
from game.workers.messages import WorkerSpec
from game.workers.parcel import parcel_of
from game.workers.worker_loop import ParentLink


class PacedLapWanted(NamedTuple):
    """Says which lap of the bot is wanted."""

    setup: Setup
    pace: float  # share of its speed, 0..1


class BotLapAhead(BackgroundWork):
    """Has each lap driven when it is first wanted; a lap that was driven is kept."""

    def __init__(self, track: Track, spec: CarSpec) -> None:
        super().__init__(
            WorkerSpec(_lap_driver, (parcel_of(track), spec), niceness=LOW_PRIORITY),
            N_("the bot's lap could not be driven: {reason}"),
        )
        self._driven: dict[PacedLapWanted, GhostLap | None] = {}

    def of(self, wanted: PacedLapWanted) -> GhostLap | None:
        """Return a lap; None until it is driven, and if it was not valid."""
        return self._driven.get(wanted)

    def begin(self, wanted: PacedLapWanted) -> None:
        """Let the bot drive a lap unless it has, has failed to, or drives another one now."""
        if wanted not in self._driven and wanted not in self._failed_tasks:
            self._send(wanted)

    def poll(self) -> None:
        """Collect what has been driven; once a frame. The process ends with its lap."""
        for answer in self._answers():
            self._driven[answer.task] = answer.value
        self._end_if_idle()


def _lap_driver(
    _link: ParentLink, track: Track, spec: CarSpec
) -> Callable[[PacedLapWanted], GhostLap | None]:
    """Return a function that has a lap driven."""

    def drive(wanted: PacedLapWanted) -> GhostLap | None:
        lap = drive_paced_lap(track, spec, wanted.setup, wanted.pace)
        return None if lap is None else lap.ghost

    return drive
