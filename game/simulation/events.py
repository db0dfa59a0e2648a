"""Events happen to cars: flat rows while the tick runs, one type for each kind of event outside it.

The tick writes rows of integers and floats into a log of fixed size, which both of its forms can
do. `read_out` turns them into the types below; nobody outside the simulation sees a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.records import from_record, zeros
from game.track.track_file import Material

# Kinds of rows, and what `value` and `detail` hold.
LAP_STARTED: Final = 1  # time of the crossing, s; number of the lap
SECTOR_DONE: Final = 2  # sector time, s; number of the sector
LAP_DONE: Final = 3  # lap time, s; 1 if valid
LAP_VOID: Final = 4  # time since the lap's start, s; number of the gate that was next
LEFT_TRACK: Final = 5  # distance along the lap, m; number of the lap
BACK_ON_TRACK: Final = 6  # farthest of the nearest wheel beyond the limit, m; ticks off the track
CONTACT: Final = 7  # impulse, Ns; nothing

CAPACITY: Final = 256  # of one step; a step of a second with thirty cars in contact stays below


@dataclass(frozen=True, slots=True)
class LapStarted:
    """A car crossed the line and its clock runs for a new lap."""

    car: int
    tick: int
    start_s: float  # simulated time of the crossing
    lap: int  # its number


@dataclass(frozen=True, slots=True)
class SectorDone:
    """A car finished a sector."""

    car: int
    tick: int
    time_s: float  # of the sector
    sector: int  # its number, from 1


@dataclass(frozen=True, slots=True)
class LapDone:
    """A car finished a lap through all gates."""

    car: int
    tick: int
    time_s: float  # of the lap
    valid: bool


@dataclass(frozen=True, slots=True)
class LapVoid:
    """A car crossed the line with gates missed: no lap."""

    car: int
    tick: int
    time_s: float  # since the lap began
    missed_gate: int  # the gate that was next


@dataclass(frozen=True, slots=True)
class LeftTrack:
    """All four wheels of a car are off the track."""

    car: int
    tick: int
    s_m: float
    lap: int  # its number


@dataclass(frozen=True, slots=True)
class BackOnTrack:
    """A wheel of a car is on the track again."""

    car: int
    tick: int
    farthest_m: float  # the nearest wheel was beyond the limit
    ticks_off: int


class HitCar(NamedTuple):
    """Names the other car in a contact."""

    car: int


class HitWall(NamedTuple):
    """Describes the wall in a contact."""

    wall: int  # its place in the track's walls
    kind: Material


class HitOn(NamedTuple):
    """Says what a car has hit, and the impulse with which the hit will end."""

    partner: HitCar | HitWall
    impulse_ns: float


@dataclass(frozen=True, slots=True)
class Contact:
    """A car that touched nothing touches something.

    What it touches while it is in contact already is no further event. Two cars that meet have an
    event each.
    """

    car: int
    tick: int
    impulse_ns: float  # on the car until the hit has stopped it, which may take several ticks
    partner: HitCar | HitWall  # what it touches, with the greatest impulse if several


Event = LapStarted | SectorDone | LapDone | LapVoid | LeftTrack | BackOnTrack | Contact


@dataclass(slots=True)
class EventRow:
    """Has room for an event in the log."""

    kind: int = 0
    car: int = 0
    tick: int = 0
    value: float = 0.0
    detail: int = 0


class EventLog(NamedTuple):
    """Holds the events of one step; `used[0]` rows are filled."""

    used: list[int]
    rows: list[EventRow]


def empty_log(capacity: int = CAPACITY) -> EventLog:
    """Return a log with room for one step's events."""
    return EventLog([0], [EventRow() for _ in range(capacity)])


def empty_machine_log(capacity: int = CAPACITY) -> EventLog:
    """Return such a log for compiled code."""
    return EventLog(zeros(int, 1), zeros(EventRow, capacity))


class CarTick(NamedTuple):
    """Names the tick and the car that a row is about.

    The log stands beside it in every call: in it, compiled code would count references to the
    log's arrays in every tick, which took 5 % of it.
    """

    car: int
    tick: int
    step_s: float


@tick_function
def report(log: EventLog, now: CarTick, kind: int, value: float, detail: int) -> None:
    """Write an event; one beyond the log's capacity is dropped."""
    write_row(log, kind, now.car, now.tick, value, detail)


@tick_function
def write_row(log: EventLog, kind: int, car: int, tick: int, value: float, detail: int) -> None:
    """Fill the log's next row, if it has one left."""
    used = log.used[0]
    if used < len(log.rows):
        row = log.rows[used]
        row.kind = kind
        row.car = car
        row.tick = tick
        row.value = value
        row.detail = detail
        log.used[0] = used + 1


def read_out(log: EventLog, hit_on: Callable[[int], HitOn] | None = None) -> tuple[Event, ...]:
    """Return the events in the log in the order they happened; empties it.

    `hit_on` returns what the car of this index touches; a log without contacts needs none.
    """
    used = int(log.used[0])
    if used == 0:
        return ()
    log.used[0] = 0
    return tuple(_typed(log.rows[index], hit_on) for index in range(used))


def _typed(row: Any, hit_on: Callable[[int], HitOn] | None) -> Event:
    """Return the event of a row, or of a row's record."""
    if not isinstance(row, EventRow):
        row = from_record(EventRow, row)
    if row.kind == CONTACT:
        assert hit_on is not None
        hit = hit_on(row.car)
        return Contact(row.car, row.tick, max(row.value, hit.impulse_ns), hit.partner)
    return _TYPES[row.kind](row.car, row.tick, row.value, row.detail)


_TYPES: Final[dict[int, Callable[[int, int, float, int], Event]]] = {
    LAP_STARTED: LapStarted,
    SECTOR_DONE: SectorDone,
    LAP_DONE: lambda car, tick, value, detail: LapDone(car, tick, value, bool(detail)),
    LAP_VOID: LapVoid,
    LEFT_TRACK: LeftTrack,
    BACK_ON_TRACK: BackOnTrack,
}
