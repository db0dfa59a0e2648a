"""Judge lessons: each judge watches one car on its way through a corner."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from itertools import pairwise
from typing import Final

from game.goals.corner_attempt import CornerAttempt
from game.goals.lesson_demands import lesson_demands
from game.goals.targets import CornerTarget
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S, Step
from game.track.corners import Corner
from game.track.track import Track

_LOOK_M: Final = 0.5  # of way between two looks at the line


class LessonJudge(ABC):
    """Listens to one car from its flying start to the finish of a corner."""

    def __init__(self, track: Track, target: CornerTarget, mass_kg: float) -> None:
        self.share = 0.0  # of what the lesson asks for, 0..1
        self._attempt = CornerAttempt(target.course, track.length_m, TICK_S)
        self._target = target
        self._mass_kg = mass_kg
        corner = next(each for each in track.corners if each.number == target.course.corner)
        self._turn_in_m = _from_start_m(track, target, corner.turn_in_m)  # from the start
        self._apex_m = _from_start_m(track, target, corner.apex_m)
        self._exit_m = self._turn_in_m + _corner_m(track, corner)

    @property
    def done(self) -> bool:
        """Return whether everything that the lesson asks for was done."""
        return self.share >= 1.0

    @property
    def off_track(self) -> bool:
        """Return whether all wheels were off the track before it was done."""
        return not self._attempt.valid

    @property
    def over(self) -> bool:
        """Return whether the finish was reached."""
        return self._attempt.done

    def on_step(self, step: Step) -> None:
        """Watch a step, until the lesson is done."""
        if not self.done and not self.over and not self.off_track:
            self._attempt.on_step(step)
            self._watch(step.snapshots[0], self._attempt.travelled_m)

    @abstractmethod
    def _watch(self, now: Snapshot, travelled_m: float) -> None:
        """Set the share by where the car is now, so far from the start."""


class HoldsAllTheGrip(LessonJudge):
    """Asks for a corner in which the front tyres give all that they have."""

    _held_s = 0.0

    def _watch(self, now: Snapshot, travelled_m: float) -> None:  # noqa: ARG002
        asked = lesson_demands().grip
        slip = max(now.front_left_normalised_slip, now.front_right_normalised_slip)
        if slip > asked.slip and abs(now.accel_left_mps2) > asked.turning_mps2:
            self._held_s += TICK_S
        self.share = min(self._held_s / asked.held_s, 1.0)


class BrakesIntoTheCorner(LessonJudge):
    """Asks for hard braking in a straight line, release by the apex, and throttle on the exit."""

    _steps = 0

    def _watch(self, now: Snapshot, travelled_m: float) -> None:
        asked = lesson_demands().braking
        into_m = asked.into_corner * (self._apex_m - self._turn_in_m)
        before_corner = travelled_m < self._turn_in_m + into_m
        at_apex = self._turn_in_m < travelled_m < self._exit_m
        if self._steps == 0 and now.brake > asked.hard and before_corner:
            self._steps = 1
        elif self._steps == 1 and at_apex and now.brake < asked.released:
            self._steps = 2
        elif self._steps == 2 and travelled_m > self._apex_m and now.throttle > asked.throttle:
            self._steps = 3
        self.share = self._steps / 3.0


class RegainsEnergy(LessonJudge):
    """Asks for a part of the energy of motion back in the battery before the corner."""

    _wanted_j: float | None = None

    def _watch(self, now: Snapshot, travelled_m: float) -> None:
        asked = lesson_demands().energy
        if self._wanted_j is None:
            motion_j = 0.5 * self._mass_kg * now.velocity_forward_mps**2
            self._wanted_j = asked.regained * motion_j
            self._before_j = now.battery_regained_j
        if travelled_m < self._apex_m and now.velocity_forward_mps > asked.rolling_mps:
            regained_j = now.battery_regained_j - self._before_j
            self.share = min(regained_j / self._wanted_j, 1.0)


class DrivesOut(LessonJudge):
    """Asks for the throttle on the way out of the corner."""

    _driven_s = 0.0

    def _watch(self, now: Snapshot, travelled_m: float) -> None:
        asked = lesson_demands().exit
        if travelled_m > self._apex_m and now.throttle > asked.throttle:
            self._driven_s += TICK_S
        self.share = min(self._driven_s / asked.driven_s, 1.0)


class StaysOnTheLine(LessonJudge):
    """Asks for a way through the corner on the line that the bot takes."""

    _looked_m = 0.0
    _near_m = 0.0

    def _watch(self, now: Snapshot, travelled_m: float) -> None:
        driven_m = travelled_m - self._looked_m
        if driven_m < _LOOK_M:
            return
        asked = lesson_demands().line
        self._looked_m = travelled_m
        if self._away_m(now) < asked.near_m:
            self._near_m += driven_m
        self.share = min(self._near_m / (asked.driven * self._target.course.length_m), 1.0)

    def _away_m(self, now: Snapshot) -> float:
        """Return how far the car is from the bot's line, its poses joined by straight pieces."""
        poses = self._target.ghost.poses
        return min(
            _away_from_piece_m((now.x_m, now.y_m), (one.x_m, one.y_m), (two.x_m, two.y_m))
            for one, two in pairwise(poses)
        )


def _away_from_piece_m(
    place: tuple[float, float], begin: tuple[float, float], end: tuple[float, float]
) -> float:
    """Return the distance of a place from a straight piece."""
    along = (end[0] - begin[0], end[1] - begin[1])
    to_place = (place[0] - begin[0], place[1] - begin[1])
    square = along[0] ** 2 + along[1] ** 2
    share = 0.0 if square == 0.0 else (to_place[0] * along[0] + to_place[1] * along[1]) / square
    share = min(max(share, 0.0), 1.0)
    return math.hypot(to_place[0] - share * along[0], to_place[1] - share * along[1])


def _from_start_m(track: Track, target: CornerTarget, s_m: float) -> float:
    return (s_m - target.course.s_m) % track.length_m


def _corner_m(track: Track, corner: Corner) -> float:
    return (corner.exit_m - corner.turn_in_m) % track.length_m
