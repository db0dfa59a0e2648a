"""Keep a drive as a table: a row a tick or so many a second, a column a quantity with its unit."""

from __future__ import annotations

import difflib
import math
from array import array
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.errors import InputError
from game.recording.lap_recorder import laps_text
from game.recording.lap_way import driven_way_m
from game.simulation.channels import COUNTS, SNAPSHOT_CHANNELS, Channel, channel
from game.simulation.world import Step

# Found from the others: the time, and what has passed since the line, or since the start before it.
DERIVED: Final = tuple(map(channel, ("time_s", "lap_time_s", "lap_distance_m")))
CHANNELS: Final = (*DERIVED, *SNAPSHOT_CHANNELS)

_AT: Final = {each.name: row for row, each in enumerate(SNAPSHOT_CHANNELS)}
_HELD: Final = (*COUNTS, "lap_start_s", "sector_start_s")  # ends of the names of what only steps
_JUMPS: Final = {"s_m": 5.0, "track_heading_rad": 3.0}  # at the line, more than in any tick


class TelemetryChoice(NamedTuple):
    """Says what of a drive a table is to hold."""

    lap: int | None = None  # its number; None: all of the drive
    channels: str = "*"  # names and patterns, with commas between them
    hz: int | None = None  # rows a second; None: as they were noted


EVERYTHING: Final = TelemetryChoice()


class LapSpan(NamedTuple):
    """Says when the car crossed the line to begin a lap, and when it did so next."""

    number: int
    start_s: float
    end_s: float  # infinite if the drive ended before it
    is_whole: bool  # through all gates


class TelemetryTable(NamedTuple):
    """Holds columns of equal length, and when the laps in them began and ended."""

    channels: tuple[Channel, ...]
    columns: Array  # shape (channels, rows)
    start_s: float  # of the drive's time at the first row
    laps: tuple[LapSpan, ...]


class Telemetry:
    """Listens to one car and keeps every step's snapshot: 190 kB for a second of ticks."""

    def __init__(self, step_s: float, car: int = 0) -> None:
        self._step_s = step_s
        self._car = car
        self._numbers = array("d")

    def on_step(self, step: Step) -> None:
        """Take note of a step."""
        self._numbers.extend(step.snapshots[self._car])

    def table(self, choice: TelemetryChoice = EVERYTHING) -> TelemetryTable:
        """Return what was chosen. Raises InputError if the drive has no such lap or channel.

        With rows of their own rate numbers are linear between steps, apart from those that only
        step; the first row of a lap is where the car crosses the line.
        """
        wanted = chosen_channels(choice.channels)
        noted = np.frombuffer(self._numbers).reshape(-1, len(SNAPSHOT_CHANNELS)).T
        if noted.shape[1] == 0:
            raise InputError("there is no telemetry: the drive has no step")
        steps = _NotedSteps(noted, noted[_AT["tick"]] * self._step_s)
        laps = steps.laps()
        rows = slice(0, noted.shape[1])
        start_s, end_s = float(steps.time_s[0]), float(steps.time_s[-1])
        if choice.lap is not None:
            laps = (_lap_of(laps, choice.lap),)
            rows = steps.rows_of(laps[0])
            start_s, end_s = laps[0].start_s, min(laps[0].end_s, end_s)
        if choice.hz is None:
            time_s, numbers = steps.time_s[rows], noted[:, rows]
        else:
            count = int((end_s - start_s) * choice.hz * (1.0 + 1e-12)) + 1
            time_s = start_s + np.arange(count) / choice.hz
            numbers = steps.at(time_s, rows)
        since_s = numbers[_AT["lap_start_s"]]
        derived = (time_s, time_s - since_s, steps.way_m(time_s) - steps.way_m(since_s))
        columns = np.array([*derived, *numbers])
        places = [CHANNELS.index(each) for each in wanted]
        return TelemetryTable(wanted, columns[places], float(time_s[0]), laps)


class _NotedSteps:
    """Holds what was noted of steps, and looks between them."""

    def __init__(self, noted: Array, time_s: Array) -> None:
        self.time_s = time_s
        self._noted = noted
        forward_mps = noted[_AT["velocity_forward_mps"]]
        self._way_m = driven_way_m(forward_mps, noted[_AT["velocity_left_mps"]], time_s)

    def way_m(self, time_s: Array) -> Array:
        """Return how far the car had been driven by these times."""
        way_m: Array = np.interp(time_s, self.time_s, self._way_m)
        return way_m

    def laps(self) -> tuple[LapSpan, ...]:
        """Return the laps that were begun; one that went void has its number again after it."""
        number, start_s = self._noted[_AT["lap"]], self._noted[_AT["lap_start_s"]]
        changes = (np.diff(number) != 0.0) | (np.diff(start_s) != 0.0)
        firsts = np.append(0, np.flatnonzero(changes) + 1)
        begun = [(int(number[row]), float(start_s[row])) for row in firsts if number[row] >= 1.0]
        after = [*begun[1:], (0, math.inf)]
        return tuple(  # none of a drive that ends before the line
            LapSpan(lap, began_s, ended_s, following > lap)
            for (lap, began_s), (following, ended_s) in zip(begun, after, strict=False)
        )

    def rows_of(self, lap: LapSpan) -> slice:
        """Return the steps within a lap."""
        number, start_s = self._noted[_AT["lap"]], self._noted[_AT["lap_start_s"]]
        within = np.flatnonzero((number == lap.number) & (start_s == lap.start_s))
        return slice(int(within[0]), int(within[-1]) + 1)

    def at(self, time_s: Array, rows: slice) -> Array:
        """Return the channels at times of a drive; what only steps is as in one of these rows."""
        found = [np.interp(time_s, self.time_s, column) for column in self._noted]
        before = np.searchsorted(self.time_s, time_s, side="right") - 1
        held = np.clip(before, rows.start, rows.stop - 1)
        after = np.minimum(before + 1, len(self.time_s) - 1)
        for row, (name, column) in enumerate(zip(_AT, self._noted, strict=True)):
            if name.endswith(_HELD):
                found[row] = column[held]
            elif name in _JUMPS:
                jumps = np.abs(column[after] - column[np.maximum(before, 0)]) > _JUMPS[name]
                found[row][jumps] = column[held][jumps]
        return np.array(found)


def chosen_channels(text: str) -> tuple[Channel, ...]:
    """Return the channels of names and patterns, such as `s_m,*_slip_ratio`; the time is first.

    Raises InputError if there are none, or for one that no channel has: it names what is near.
    """
    names = [each.name for each in CHANNELS]
    wanted = ["time_s"]
    patterns = list(filter(None, (each.strip() for each in text.split(","))))
    if not patterns:
        raise InputError("--channels: names no channel; leave it out for all of them")
    for pattern in patterns:
        found = [name for name in names if fnmatchcase(name, pattern)]
        if not found:
            raise InputError(f"--channels {pattern}: there is no such channel{_near(pattern)}")
        wanted += [name for name in found if name not in wanted]
    return tuple(map(channel, wanted))


def _near(pattern: str) -> str:
    """Return what to say of the names that are like one that does not exist."""
    names: Sequence[str] = [each.name for each in CHANNELS]
    near = [name for name in names if pattern.strip("*_") in name][:6]
    near = near or difflib.get_close_matches(pattern, names, 6, 0.5)
    if not near:
        return f"; there are {', '.join(names[:8])}, ..."
    *first, last = near
    return f"; did you mean {', '.join(first)} or {last}?" if first else f"; did you mean {last}?"


def _lap_of(laps: Sequence[LapSpan], number: int) -> LapSpan:
    for lap in reversed(laps):
        if lap.number == number:
            return lap
    finished = {lap.number for lap in laps if lap.is_whole}
    raise InputError(f"--lap {number}: {laps_text(finished, laps[-1].number if laps else 0)}")
