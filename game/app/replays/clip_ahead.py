"""Film a part of a replay in a process beside the game, into the player's folder of clips."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from game.app.context.settings import Settings
from game.app.replays.clip_format import MOVIE, ClipFormat, FilmedPart
from game.errors import InputError
from game.files import named_by_the_time, player_folder
from game.recording.keyframed_player import Keyframe
from game.recording.replay import Replay
from game.track.track import Track
from game.translation import _
from game.vehicle.spec import CarSpec
from game.workers.budget import LOW_PRIORITY
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.worker import Worker
from game.workers.worker_loop import ParentLink

CLIP: Final = ClipFormat((1280, 720), 60)
_FOLDER: Final = "clips"
_END_S: Final = 1.0  # for the process to end that is given up


class ClipTask(NamedTuple):
    """Says what is filmed, as whose settings show it, and into which file."""

    replay: Replay
    place: tuple[Track, CarSpec]
    part: FilmedPart
    settings: Settings
    keyframes: tuple[Keyframe, ...]  # from which the part is found sooner
    out: Path


ClipMaker = Callable[[ParentLink], Callable[[ClipTask], None]]  # reports the share that is done


def no_clips(link: ParentLink) -> Callable[[ClipTask], None]:  # noqa: ARG001 - nothing to report
    """Refuse to make clips, for windows that nobody told how they are made."""
    raise InputError(_("no clips are made in this window"))


class ClipAhead:
    """Makes one clip at a time, whatever scene is shown meanwhile."""

    def __init__(self, make: ClipMaker, report: Callable[[str], None]) -> None:
        """make: prepares the worker. report: says in a line what has become of a clip."""
        self.progress = 0.0  # of the clip that is being made, 0..1
        self._make = make
        self._report = report
        self._worker: Worker | None = None
        self._out = Path()

    @property
    def is_busy(self) -> bool:
        """Return whether a clip is being made."""
        return self._worker is not None

    def begin(
        self,
        replay: Replay,
        place: tuple[Track, CarSpec],
        part: FilmedPart,
        settings: Settings,
        keyframes: tuple[Keyframe, ...],
    ) -> None:
        """Begin with a clip, unless one is being made."""
        if self._worker is not None:
            text = _("one clip at a time: {percent} % of the last one is filmed")
            self._report(text.format(percent=f"{100.0 * self.progress:.0f}"))
            return
        self._out, self.progress = named_by_the_time(player_folder() / _FOLDER, MOVIE), 0.0
        self._worker = Worker(WorkerSpec(self._make, niceness=LOW_PRIORITY))
        self._worker.send(ClipTask(replay, place, part, settings, keyframes, self._out))

    def poll(self) -> None:
        """Take note of how far it is; once a frame."""
        for message in () if self._worker is None else self._worker.poll():
            if isinstance(message, Progress):
                self.progress = message.value
            elif isinstance(message, Answer):
                self._finish(_("saved {path}").format(path=self._out))
            elif isinstance(message, Failure):
                self._finish(str(message.error))
            elif isinstance(message, WorkerLost):
                self._finish(f"{self._out}: {message.reason}")

    def close(self) -> None:
        """Give up what is under way, and leave nothing of it."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.end()
        worker.join(_END_S)
        with suppress(OSError):
            for unfinished in self._out.parent.glob(f".{self._out.name}.*"):
                unfinished.unlink()

    def _finish(self, words: str) -> None:
        self.close()
        self._report(words)
