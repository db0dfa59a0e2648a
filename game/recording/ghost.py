"""Record laps as they were driven, to be driven against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Final, NamedTuple

from game.recording.lap_listener import LapListener
from game.simulation.events import LapDone
from game.simulation.snapshot import Snapshot
from game.trig import wrap_angle

_SPACING_S: Final = 1.0 / 30.0
_MAX_LAP_S: Final = 1e5
_MAX_PLACE_M: Final = 1e6


class TapedPose(NamedTuple):
    """Holds the pose of a recorded car."""

    x_m: float
    y_m: float
    heading_rad: float
    steering_rad: float


class GhostLap(NamedTuple):
    """Holds a lap's poses by time since the line; times are not evenly spaced."""

    time_s: float
    times_s: tuple[float, ...]
    poses: tuple[TapedPose, ...]

    def pose_at(self, time_s: float) -> TapedPose | None:
        """Return its pose so long after the line; None before the lap and after it."""
        if not 0.0 <= time_s < self.time_s:
            return None
        index = max(bisect_right(self.times_s, time_s) - 1, 0)
        if index + 1 == len(self.poses):
            return self.poses[index]
        begin, end = self.poses[index], self.poses[index + 1]
        begin_s, end_s = self.times_s[index : index + 2]
        share = max((time_s - begin_s) / (end_s - begin_s), 0.0)
        return TapedPose(
            begin.x_m + share * (end.x_m - begin.x_m),
            begin.y_m + share * (end.y_m - begin.y_m),
            begin.heading_rad + share * wrap_angle(end.heading_rad - begin.heading_rad),
            begin.steering_rad + share * (end.steering_rad - begin.steering_rad),
        )


def slowed(lap: GhostLap, factor: float) -> GhostLap:
    """Return the same way driven in so many times the time, evenly; quicker below 1."""
    times_s = tuple(factor * time_s for time_s in lap.times_s)
    return GhostLap(factor * lap.time_s, times_s, lap.poses)


def is_sound(ghost: GhostLap) -> bool:
    """Return whether the numbers of a ghost are those that a lap can have."""
    times_s, poses = ghost.times_s, ghost.poses
    return (
        0 < len(times_s) == len(poses)
        and are_times((0.0, *times_s))
        and are_times((0.0, ghost.time_s))
        # A comparison with NaN is false.
        and all(abs(number) <= _MAX_PLACE_M for pose in poses for number in pose)
    )


def are_times(times_s: Sequence[float]) -> bool:
    """Return whether times since the line, at least two, do not run back and stay finite."""
    in_order = all(before <= after for before, after in pairwise(times_s))
    return len(times_s) > 1 and in_order and times_s[0] >= 0.0 and times_s[-1] <= _MAX_LAP_S


class PoseTape:
    """Tapes where a car is, at most once in so many seconds."""

    def __init__(self, spacing_s: float) -> None:
        self._spacing_s = spacing_s
        self._times_s: list[float] = []
        self._poses: list[TapedPose] = []

    def __deepcopy__(self, _memo: dict[int, object]) -> PoseTape:
        """Return a copy that can be taped on; poses never change."""
        copied = PoseTape(self._spacing_s)
        copied._times_s, copied._poses = self._times_s.copy(), self._poses.copy()
        return copied

    def note(self, now: Snapshot, time_s: float) -> None:
        """Tape the pose of a car unless the last one is too recent."""
        if not self._times_s or time_s >= self._times_s[-1] + self._spacing_s:
            self._times_s.append(time_s)
            self._poses.append(TapedPose(now.x_m, now.y_m, now.heading_rad, now.steering_rad))

    def lap(self, time_s: float) -> GhostLap | None:
        """Return what was taped as a lap of that time; None if nothing was."""
        if not self._poses:
            return None
        return GhostLap(time_s, tuple(self._times_s), tuple(self._poses))


class GhostRecorder(LapListener):
    """Listens to one car. Its best valid lap and its last lap outlive restarts."""

    def __init__(self, step_s: float, car: int = 0) -> None:
        super().__init__(car)
        self.best: GhostLap | None = None
        self.session_best: GhostLap | None = None  # of the laps that were listened to
        self.last: GhostLap | None = None  # whether it counts or not
        self._step_s = step_s
        self.restart()

    def restart(self) -> None:
        """Forget the lap under way."""
        self._tape = PoseTape(_SPACING_S)

    def saved(self) -> PoseTape:
        """Return the tape of the lap under way, for `restore`."""
        return deepcopy(self._tape)

    def restore(self, saved: PoseTape) -> None:
        """Tape on from a lap under way."""
        self._tape = deepcopy(saved)

    def _on_lap_started(self) -> None:
        self.restart()

    def _on_lap_driven(self, now: Snapshot) -> None:
        self._tape.note(now, now.tick * self._step_s - now.lap_start_s)

    def _on_lap_done(self, lap: LapDone) -> None:
        driven = self._tape.lap(lap.time_s)
        self.last = driven or self.last
        if lap.valid:
            self.best = _quicker(driven, self.best)
            self.session_best = _quicker(driven, self.session_best)
        self.restart()


def _quicker(driven: GhostLap | None, best: GhostLap | None) -> GhostLap | None:
    if driven is None or (best is not None and driven.time_s >= best.time_s):
        return best
    return driven
