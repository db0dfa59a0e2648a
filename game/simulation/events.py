"""What a step has to tell: a fixed-size log that the tick writes and the world reads out."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.compiled import tick_function

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


class EventLog(NamedTuple):
    """Columns of the events of one step; `used[0]` rows are filled."""

    used: list[int]
    kind: list[int]
    car: list[int]
    tick: list[int]
    value: list[float]
    detail: list[int]


def empty_log() -> EventLog:
    """A log with room for one step's events."""
    return EventLog(
        [0],
        [0] * CAPACITY,
        [0] * CAPACITY,
        [0] * CAPACITY,
        [0.0] * CAPACITY,
        [0] * CAPACITY,
    )


@tick_function
def report(log: EventLog, kind: int, car: int, tick: int, value: float, detail: int) -> None:
    """Write an event; one beyond the log's capacity is dropped."""
    row = log.used[0]
    if row < CAPACITY:
        log.kind[row] = kind
        log.car[row] = car
        log.tick[row] = tick
        log.value[row] = value
        log.detail[row] = detail
        log.used[0] = row + 1


def read_out(log: EventLog) -> tuple[Event, ...]:
    """The events of the step in the order they happened; empties the log."""
    rows = int(log.used[0])
    log.used[0] = 0
    return tuple(
        Event(
            int(log.kind[row]),
            int(log.car[row]),
            int(log.tick[row]),
            float(log.value[row]),
            int(log.detail[row]),
        )
        for row in range(rows)
    )
