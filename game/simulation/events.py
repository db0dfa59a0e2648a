"""What a step has to tell: a fixed-size log that the tick writes and the world reads out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from game.compiled import from_record, tick_function

LAP_STARTED: Final = 1  # value: time of the crossing, s
SECTOR_DONE: Final = 2  # value: sector time, s; detail: number of the sector, from 1
LAP_DONE: Final = 3  # value: lap time, s; detail: 1 if valid
LAP_VOID: Final = 4  # the line was crossed with gates missed; detail: the gate that was next
LEFT_TRACK: Final = 5  # all four wheels off; value: distance along the lap, m
BACK_ON_TRACK: Final = 6  # value: the farthest of the nearest wheel beyond the limit, m;
#                           detail: ticks spent off
CONTACT: Final = 7  # a wall or a car was hit; value: impulse, Ns

CAPACITY: Final = 256  # of one step; a step of a second with thirty cars in contact stays below


class Event(NamedTuple):
    """Something that happened to a car in a tick."""

    kind: int
    car: int
    tick: int
    value: float
    detail: int


@dataclass(slots=True)
class EventRow:
    """Room for an event."""

    kind: int = 0
    car: int = 0
    tick: int = 0
    value: float = 0.0
    detail: int = 0


class EventLog(NamedTuple):
    """The events of one step; `used[0]` rows are filled."""

    used: list[int]
    rows: list[EventRow]


def empty_log(capacity: int = CAPACITY) -> EventLog:
    """A log with room for one step's events."""
    return EventLog([0], [EventRow() for _ in range(capacity)])


@tick_function
def report(log: EventLog, kind: int, car: int, tick: int, value: float, detail: int) -> None:
    """Write an event; one beyond the log's capacity is dropped."""
    used = log.used[0]
    if used < len(log.rows):
        row = log.rows[used]
        row.kind = kind
        row.car = car
        row.tick = tick
        row.value = value
        row.detail = detail
        log.used[0] = used + 1


def read_out(log: EventLog) -> tuple[Event, ...]:
    """The events of the step in the order they happened; empties the log."""
    used = int(log.used[0])
    if used == 0:
        return ()
    log.used[0] = 0
    return tuple(_event(log.rows[index]) for index in range(used))


def _event(row: Any) -> Event:
    """From a row, or from its record."""
    if not isinstance(row, EventRow):
        row = from_record(EventRow, row)
    return Event(row.kind, row.car, row.tick, row.value, row.detail)
