"""Describe a race as the driver of one of its cars sees it."""

from __future__ import annotations

import math
from typing import NamedTuple


class LetBy(NamedTuple):
    """Says whom a car has to let by, to give a place back that it has gained by an offence."""

    car: int  # its place on the grid, from 0
    gap_m: float  # that it is behind; negative: ahead, by less than the length of a car
    left_s: float  # until when it is to be ahead; after that a penalty follows


class RaceView(NamedTuple):
    """Shows one driver the race: the lights, the board that is held out, the flags."""

    is_started: bool  # the lights are out
    lights: int  # that are lit
    is_over: bool  # the chequered flag is out: the race ends at the line
    laps: int  # of the race; in one by minutes those that are expected
    laps_done: int
    position: int  # 1 leads
    gap_ahead_s: float  # to the car that is a place ahead, at the last mark; infinite without one
    gap_behind_s: float
    is_blue: bool  # a car that is a lap ahead wants to pass
    yellow_m: tuple[float, ...]  # places along the lap where a car stands
    energy_left_j: float = math.inf  # of the cap, for the rest of the race; infinite without one
    # Of a race by minutes; once it is 0 the leader sees the flag at the line. By laps: infinite.
    time_left_s: float = math.inf
    let_by: LetBy | None = None  # who has to be let by, if anybody
