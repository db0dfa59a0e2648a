"""Drive one corner on its own: from a flying start some seconds before to a place after it."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.bot.plan import Plan
from game.bot.start import start_on_line
from game.recording.ghost import GhostLap, PoseTape
from game.simulation.world import Start, Step
from game.track.corners import Corner
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

# Seconds before the corner at the bot's speed, between which the start is put where the line is
# straightest; the second pair is for a corner that the bot does not get through from the first.
START_WINDOWS_S: Final = ((8.5, 2.5), (6.5, 4.0))

_AFTER_S: Final = 1.2  # from the corner's exit to the finish
_SPACING_S: Final = 0.1  # of the ghost's poses


class CornerCourse(NamedTuple):
    """Leads through one corner, and says how a car enters it."""

    corner: int  # its number
    pose: Pose
    s_m: float
    speed_mps: float
    length_m: float  # along the centreline, from the start to the finish

    def start(self, spec: CarSpec, setup: Setup) -> Start:
        """Return the flying start of a car, on warm tyres."""
        return Start(spec, setup, self.pose, self.s_m, self.speed_mps, warm_tyres=True)


def corner_course(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    plan: Plan,
    corner: Corner,
    window_s: tuple[float, float],
) -> CornerCourse:
    """Return the way through a corner with a start on the line of a plan, in a window before it."""
    first_m, last_m = (_place_s_from(plan, corner.turn_in_m, -time_s) for time_s in window_s)
    start = start_on_line(spec, setup, plan, first_m, last_m)
    finish_m = _place_s_from(plan, corner.exit_m, _AFTER_S)
    length_m = (finish_m - start.s_m) % track.length_m
    # A short circuit is driven round more than once.
    middle_m = 0.5 * (first_m + last_m)
    start_m = middle_m + math.remainder(start.s_m - middle_m, track.length_m)
    length_m += track.length_m * round((finish_m - start_m - length_m) / track.length_m)
    return CornerCourse(corner.number, start.pose, start.s_m, start.speed_mps, length_m)


def _place_s_from(plan: Plan, s_m: float, time_s: float) -> float:
    """Return the place that a plan reaches some seconds after a place, or before it."""
    count = len(plan.speed_mps)
    first = round(s_m / plan.station_m)
    sign = 1 if time_s > 0.0 else -1
    stations = (first + sign * np.arange(count)) % count
    gone_s = np.cumsum(plan.station_m / plan.speed_mps[stations])
    steps = int(np.searchsorted(gone_s, abs(time_s)))
    return (first + sign * steps) * plan.station_m


class CornerAttempt:
    """Listens to one car from the first tick of a session to the course's finish."""

    def __init__(self, course: CornerCourse, length_m: float, step_s: float, car: int = 0) -> None:
        """length_m: of the circuit."""
        self.travelled_m = 0.0  # of the course
        self.time_s: float | None = None  # from start to finish, once it is there
        self.valid = True  # no moment with all four wheels off the track
        self._course_m = course.length_m
        self._s_m = course.s_m
        self._length_m = length_m
        self._step_s = step_s
        self._car = car
        self._tape = PoseTape(_SPACING_S)

    @property
    def done(self) -> bool:
        """Return whether the finish was reached."""
        return self.time_s is not None

    @property
    def ghost(self) -> GhostLap | None:
        """Return the attempt as it was driven, once it is finished."""
        return None if self.time_s is None else self._tape.lap(self.time_s)

    def on_step(self, step: Step) -> None:
        """Record a step."""
        if self.done:
            return
        now = step.snapshots[self._car]
        time_s = now.tick * self._step_s
        self.valid = self.valid and now.beyond_limit_m <= 0.0
        self._tape.note(now, time_s)
        moved_m = math.remainder(now.s_m - self._s_m, self._length_m)
        self._s_m = now.s_m
        self.travelled_m += moved_m
        beyond_m = self.travelled_m - self._course_m
        if beyond_m >= 0.0:
            self.time_s = time_s - beyond_m / max(now.velocity_forward_mps, 1.0)
