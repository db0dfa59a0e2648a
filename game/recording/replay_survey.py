"""Drive a whole replay once, and note what a viewer shows of it: keyframes, traces, laps, marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final, Literal, NamedTuple

import numpy as np

from game.recording.ghost import GhostLap, TapedPose
from game.recording.keyframed_player import Keyframe, KeyframedPlayer
from game.recording.lap_way import lap_way_m
from game.recording.replay import Replay
from game.recording.traced_lap import TracedLap, traced_lap
from game.simulation.events import (
    Contact,
    Event,
    LapDone,
    LapStarted,
    LapVoid,
    LeftTrack,
    SectorDone,
)
from game.simulation.snapshot import Snapshot

MarkKind = Literal["contact", "off track", "reset", "void", "lap", "sector"]

_SPACING_S: Final = 1.0 / 30.0  # between two points of a trace
_PART_S: Final = 2.0  # of driving, after which a part is handed over


class TracePoint(NamedTuple):
    """Holds what is drawn of a car at one time."""

    tick: int
    lap: int
    lap_start_s: float
    s_m: float
    pose: TapedPose
    speed_mps: float
    throttle: float
    brake: float
    front_share: float  # of the torque of both axles; of the setup where there is none
    power_w: float  # of both motors, negative: regained


class Mark(NamedTuple):
    """Says that something happened to a car."""

    tick: int
    car: int
    kind: MarkKind


class SurveyedLap(NamedTuple):
    """Says when a lap was driven; time and validity are known at its end."""

    number: int
    begin: int  # ticks
    end: int
    time_s: float | None = None  # None: not finished
    valid: bool = True


class SurveyPart(NamedTuple):
    """Holds what came of some seconds of a replay."""

    tick: int  # up to which it reaches
    keyframes: tuple[Keyframe, ...]
    points: tuple[tuple[TracePoint, ...], ...]  # of each car
    events: tuple[Event, ...]


def survey_parts(player: KeyframedPlayer) -> Iterator[SurveyPart]:
    """Drive a player on to the end of its replay, and yield what comes of it meanwhile."""
    replay = player.replay
    spacing, length = (max(round(s / replay.step_s), 1) for s in (_SPACING_S, _PART_S))
    points: list[list[TracePoint]] = [[] for _ in replay.starts]
    events: list[Event] = []
    kept, due, part_end = 0, player.tick, player.tick + length
    while not player.at_end:
        step = player.step()
        events += step.events
        if player.tick >= due:
            due = player.tick + spacing
            for snapshot, of_car in zip(step.snapshots, points, strict=True):
                of_car.append(_point(snapshot))
        if player.tick >= part_end or player.at_end:
            part_end += length
            keyframes = tuple(player.keyframes[kept:])
            kept += len(keyframes)
            yield SurveyPart(player.tick, keyframes, tuple(map(tuple, points)), tuple(events))
            points, events = [[] for _ in replay.starts], []


class ReplaySurvey:
    """Gathers the parts of a survey."""

    def __init__(self, replay: Replay) -> None:
        self.until = 0  # tick up to which it reaches
        self.points: tuple[list[TracePoint], ...] = tuple([] for _ in replay.starts)
        self.laps: tuple[list[SurveyedLap], ...] = tuple(
            [SurveyedLap(1, 0, 0)] if start.timed_from_standstill else [] for start in replay.starts
        )
        self.marks: list[Mark] = []  # by their ticks
        self.step_s = replay.step_s
        self._resets = [Mark(placed.tick, placed.car, "reset") for placed in replay.placed]

    def add(self, part: SurveyPart) -> None:
        """Add the next part."""
        for points, new in zip(self.points, part.points, strict=True):
            points += new
        marks = [mark for event in part.events for mark in self._marks_of(event)]
        marks += [mark for mark in self._resets if self.until <= mark.tick < part.tick]
        self.marks += sorted(marks)
        self.until = part.tick
        for laps in self.laps:
            if laps and laps[-1].time_s is None and laps[-1].valid:
                laps[-1] = laps[-1]._replace(end=part.tick)

    def lap_at(self, car: int, tick: int) -> SurveyedLap:
        """Return the lap that a car is on at a tick; before its first one, the way to the line."""
        laps = self.laps[car]
        place = bisect_right(laps, tick, key=attrgetter("begin"))
        if place:
            return laps[place - 1]
        return SurveyedLap(0, 0, laps[0].begin if laps else self.until)

    def best_lap(self) -> tuple[int, SurveyedLap] | None:
        """Return the fastest valid lap, with the number of its car; None without one."""
        done = [
            (lap.time_s, car, lap)
            for car, laps in enumerate(self.laps)
            for lap in laps
            if lap.valid and lap.time_s is not None
        ]
        return min(done)[1:] if done else None

    def points_of(self, car: int, lap: SurveyedLap) -> Sequence[TracePoint]:
        """Return the trace of a lap of a car, as far as it goes."""
        points = self.points[car]
        first = bisect_left(points, lap.begin, key=attrgetter("tick"))
        last = bisect_left(points, lap.end + (lap.time_s is None), key=attrgetter("tick"))
        return points[first:last]

    def neighbour(self, car: int, tick: int, step: int) -> Mark | None:
        """Return the next mark of a car after a tick, or with a step of -1 the one before it."""
        marks = [mark for mark in self.marks if mark.car == car and mark.kind != "sector"]
        if step > 0:
            return next((mark for mark in marks if mark.tick > tick), None)
        return next((mark for mark in reversed(marks) if mark.tick < tick), None)

    def _marks_of(self, event: Event) -> Iterator[Mark]:
        """Yield the marks of an event, at the first tick that shows it; note its lap."""
        laps, tick = self.laps[event.car], event.tick + 1
        match event:
            case Contact():
                yield Mark(tick, event.car, "contact")
            case LeftTrack():
                yield Mark(tick, event.car, "off track")
            case SectorDone():
                yield Mark(tick, event.car, "sector")
            case LapVoid():
                yield Mark(tick, event.car, "void")
                if laps:
                    laps[-1] = laps[-1]._replace(end=tick, valid=False)
            case LapDone() if laps:
                laps[-1] = laps[-1]._replace(end=tick, time_s=event.time_s, valid=event.valid)
            case LapStarted():
                yield Mark(tick, event.car, "lap")
                laps.append(SurveyedLap(event.lap, tick, tick))


class ComparedLap(NamedTuple):
    """Holds a lap to be seen beside another."""

    name: str
    ghost: GhostLap
    traced: TracedLap
    points: tuple[TracePoint, ...]


def compared_lap(
    name: str, lap: SurveyedLap, points: Sequence[TracePoint], length_m: float, step_s: float
) -> ComparedLap | None:
    """Return a finished lap as one to compare with; None for one that is not finished."""
    if lap.time_s is None or len(points) < 2:
        return None
    begin_s = points[0].lap_start_s
    times_s = [max(point.tick * step_s - begin_s, 0.0) for point in points]
    ghost = GhostLap(lap.time_s, tuple(times_s), tuple(point.pose for point in points))
    way_m = np.maximum.accumulate(lap_way_m(np.array([point.s_m for point in points]), length_m))
    traced = traced_lap(lap.time_s, way_m, np.array(times_s), length_m)
    return ComparedLap(name, ghost, traced, tuple(points))


def _point(now: Snapshot) -> TracePoint:
    torque_nm = abs(now.front_torque_nm) + abs(now.rear_torque_nm)
    share = abs(now.front_torque_nm) / torque_nm if torque_nm > 1.0 else now.front_torque_share
    return TracePoint(
        now.tick,
        now.lap,
        now.lap_start_s,
        now.s_m,
        TapedPose(now.x_m, now.y_m, now.heading_rad, now.steering_rad),
        (now.velocity_forward_mps**2 + now.velocity_left_mps**2) ** 0.5,
        now.throttle,
        now.brake,
        share,
        now.front_power_w + now.rear_power_w,
    )
