"""Judge track limits: a lap counts while at least one wheel is on what counts as track."""

from __future__ import annotations

from dataclasses import dataclass

from game.compiled import tick_function
from game.simulation.events import BACK_ON_TRACK, LEFT_TRACK, CarTick, EventLog, report
from game.simulation.lap_timer import LapClock


@dataclass(slots=True)
class Excursion:
    """Holds the time of one car off the track."""

    off: int = 0  # 1 while all four wheels are off
    since_tick: int = 0
    farthest_m: float = 0.0  # of the nearest wheel beyond the limit, in this excursion


@tick_function
def judge_limits(
    excursion: Excursion,
    clock: LapClock,
    log: EventLog,
    now: CarTick,
    s_m: float,
    nearest_wheel_m: float,
) -> None:
    """Judge one tick by how far the nearest wheel is beyond the limit (negative: inside)."""
    if nearest_wheel_m > 0.0:
        clock.valid = 0
        if excursion.off == 0:
            excursion.off = 1
            excursion.since_tick = now.tick
            excursion.farthest_m = nearest_wheel_m
            report(log, now, LEFT_TRACK, s_m, clock.lap)
        elif nearest_wheel_m > excursion.farthest_m:
            excursion.farthest_m = nearest_wheel_m
    elif excursion.off == 1:
        excursion.off = 0
        report(log, now, BACK_ON_TRACK, excursion.farthest_m, now.tick - excursion.since_tick)
