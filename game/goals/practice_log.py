"""Keep the player's best time through each corner: a line of JSON for every new best."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from game.digests import DriveDigests, drive_digests
from game.goals.corner_attempt import CornerCourse
from game.recording.json_lines import append_lines, read_lines
from game.track.track import Track
from game.vehicle.spec import CarSpec
from game.version import __version__

FORMAT: Final = 1

_FILE: Final = "corners.jsonl"
_Key = tuple[str, int, int]


class CornerTime(msgspec.Struct, frozen=True):
    """Holds a line of the log. Names that a later version adds are ignored."""

    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    date: datetime.datetime
    program: str  # version that it was driven with
    car_id: str
    tyre: str
    corner: int
    time_s: Annotated[float, Meta(gt=0.0, le=1e5)]
    course_m: float  # from the start to the finish, by which the corner is the same
    digests: DriveDigests


class PracticeLog:
    """Keeps the best times of one car on one circuit; None for the folder saves nothing."""

    def __init__(self, track: Track, spec: CarSpec, folder: Path | None) -> None:
        self.message = ""  # to the player, in one line, if something cannot be read
        self._path = None if folder is None else folder / _FILE
        self._car_id = spec.id
        self._digests = drive_digests(track, spec)
        self._best_s: dict[_Key, float] = {}
        if self._path is not None:
            entries, self.message = read_lines(self._path, CornerTime)
            for entry in entries:
                if entry.digests == self._digests:
                    self._enter(_key(entry.tyre, entry.corner, entry.course_m), entry.time_s)

    def best_s(self, tyre: str, course: CornerCourse) -> float:
        """Return the best time through a corner on a tyre, infinite without one."""
        return self._best_s.get(_key(tyre, course.corner, course.length_m), math.inf)

    def add(self, tyre: str, course: CornerCourse, time_s: float) -> bool:
        """Return whether a time is a new best, which is then written.

        Raises InputError if it cannot be written; it is known all the same.
        """
        if not self._enter(_key(tyre, course.corner, course.length_m), time_s):
            return False
        if self._path is not None:
            now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
            entry = CornerTime(
                format=FORMAT,
                date=now,
                program=__version__,
                car_id=self._car_id,
                tyre=tyre,
                corner=course.corner,
                time_s=time_s,
                course_m=course.length_m,
                digests=self._digests,
            )
            append_lines(self._path, [entry])
        return True

    def _enter(self, key: _Key, time_s: float) -> bool:
        is_best = time_s < self._best_s.get(key, math.inf)
        if is_best:
            self._best_s[key] = time_s
        return is_best


def _key(tyre: str, corner: int, course_m: float) -> _Key:
    """Return what names a corner: where it is driven from, too, or its times do not compare."""
    return tyre, corner, round(course_m)
