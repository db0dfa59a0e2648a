"""Survey a replay in a process of its own, while it is watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.app.driving.recent import Recent
from game.compiled import Backend
from game.recording.keyframed_player import Keyframe, KeyframedPlayer, StepListener
from game.recording.lap_recorder import LapRecorder
from game.recording.lap_trace import LapTrace
from game.recording.replay import Replay
from game.recording.replay_survey import ReplaySurvey, SurveyPart, survey_parts
from game.track.track import Track
from game.translation import _
from game.vehicle.spec import CarSpec
from game.workers.budget import NORMAL_PRIORITY
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.worker import Worker
from game.workers.worker_loop import ParentLink


def player_of(replay: Replay, track: Track, spec: CarSpec, backend: Backend) -> KeyframedPlayer:
    """Return a player with what the instruments read of every car.

    Raises InputError if the replay was driven on another circuit or with another car.
    """
    listeners: list[StepListener] = []
    for car in range(len(replay.starts)):
        listeners.append(LapRecorder(replay.step_s, car))
        listeners.append(LapTrace(replay.step_s, track.length_m, car, track.sectors_m))
        listeners.append(Recent(replay.step_s, car))
    return KeyframedPlayer(replay, track, spec, backend, listeners)


class SurveyAhead:
    """Surveys a replay beside the game, and hands the keyframes on as they come."""

    def __init__(self, replay: Replay, track: Track, spec: CarSpec) -> None:
        self.survey = ReplaySurvey(replay)
        self.error = ""  # why there is no more to come, for the player
        self._worker: Worker | None = Worker(
            WorkerSpec(_surveyor, (replay, track, spec), niceness=NORMAL_PRIORITY)
        )
        self._worker.send(None)

    @property
    def is_done(self) -> bool:
        """Return whether there is no more to come."""
        return self._worker is None

    def poll(self) -> Sequence[Keyframe]:
        """Return the keyframes that have come; once a frame."""
        keyframes: list[Keyframe] = []
        for message in () if self._worker is None else self._worker.poll():
            if isinstance(message, Progress):
                part: SurveyPart = message.value
                self.survey.add(part)
                keyframes += part.keyframes
            elif isinstance(message, Answer):
                self.close()
            elif isinstance(message, Failure | WorkerLost):
                reason = message.error if isinstance(message, Failure) else message.reason
                text = _("the timeline could not be made: {reason}")
                self.error = text.format(reason=reason)
                self.close()
        return keyframes

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None


def _surveyor(
    link: ParentLink, replay: Replay, track: Track, spec: CarSpec
) -> Callable[[None], None]:
    """Return the function that surveys the replay and reports each part of it."""

    def survey(_: None) -> None:
        for part in survey_parts(player_of(replay, track, spec, Backend.COMPILED)):
            link.report(part)

    return survey
