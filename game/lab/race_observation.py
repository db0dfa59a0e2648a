"""A learner's view of a race is a row of numbers within -1..1, longer than that of a car alone.

First come the numbers of `learner_view`, then these, each a quantity over its unit, cut at the
bounds. Other cars are the four nearest, the nearest first; where there is none within 100 m the
seven numbers are 0. What is of the race is as race control saw it last, ten times a second.

| count | what | over | bounds |
|---|---|---|---|
| 4 x 7 | of each other car: 1, as there is one | 1 | 0..1 |
| | its way forward and to the left, from the own centre of gravity | 50 m | -1..1 |
| | its velocity forward and to the left, less the own | 20 m/s | -1..1 |
| | sine and cosine of its heading, less the own | 1 | -1..1 |
| 1 | laps done, of those of the race | 1 | 0..1 |
| 1 | place: 0 leads, 1 is last | 1 | 0..1 |
| 2 | gap to the car a place ahead, and a place behind; 1 without one | 10 s | 0..1 |
| 1 | whether a blue flag is shown | 1 | 0..1 |
| 1 | way to the next yellow flag; 1 without one | 200 m | 0..1 |
| 1 | whether the chequered flag is out | 1 | 0..1 |
| 1 | energy left, of the cap for the whole race; 1 without one | 1 | 0..1 |
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from gymnasium.spaces import Box

from game.compiled import tick_function
from game.drivers.race_view import RaceView
from game.lab.episode import Episode, Rules, StepOutcome, begin, judge_step
from game.lab.learner_view import LOWEST, SensorTables, view
from game.scalars import clamp
from game.simulation.channels import write_numbers
from game.simulation.chassis import body_motion
from game.simulation.tick import CarRuntime, snapshot_of
from game.trig import direction
from game.vehicle.state import quantised

OTHERS: Final = 4  # cars that are seen
CONTACT_AT: Final = len(
    StepOutcome._fields
)  # in a row of outcomes: energy that hits took or gave, J
OUTCOMES: Final = CONTACT_AT + 1
_RANGE_M: Final = 100.0
_NEAR_M: Final = 50.0
_FASTER_MPS: Final = 20.0
_GAP_S: Final = 10.0
_YELLOW_M: Final = 200.0
_OF_A_CAR: Final = 7  # numbers
RACE_NUMBERS: Final = 8
_OTHERS_AT: Final = len(LOWEST)
_RACE_AT: Final = _OTHERS_AT + OTHERS * _OF_A_CAR
_LENGTH: Final = _RACE_AT + RACE_NUMBERS


class RaceJudge(NamedTuple):
    """Judges the steps of all cars of a race."""

    rules: Rules
    episodes: Sequence[Episode]
    hit_j: Any  # what hits have taken of each car so far, an array
    outcomes: Any  # of the last step: an array, a row for each car


class SeenCar(NamedTuple):
    """Holds the numbers that another car is seen by."""

    is_there: float
    forward: float
    left: float
    faster_forward: float
    faster_left: float
    heading_sin: float
    heading_cos: float


def race_space() -> Box:
    """Return the space of the observations of one car."""
    others = [0.0, *[-1.0] * (_OF_A_CAR - 1)] * OTHERS
    lowest = np.concatenate([LOWEST, others, np.zeros(RACE_NUMBERS)]).astype(np.float32)
    return Box(lowest, np.ones(_LENGTH, np.float32))


def race_numbers(seen: RaceView, cars: int, s_m: float, lap_m: float, budget_j: float) -> Any:
    """Return the numbers of the race, as the driver of a car at a place on the lap sees it."""
    yellow_m = min(((place_m - s_m) % lap_m for place_m in seen.yellow_m), default=math.inf)
    left = 1.0 if math.isinf(budget_j) else max(seen.energy_left_j, 0.0) / budget_j
    return (
        min(seen.laps_done / seen.laps, 1.0),
        (seen.position - 1) / max(cars - 1, 1),
        min(max(seen.gap_ahead_s, 0.0) / _GAP_S, 1.0),
        min(max(seen.gap_behind_s, 0.0) / _GAP_S, 1.0),
        float(seen.is_blue),
        min(yellow_m / _YELLOW_M, 1.0),
        float(seen.is_over),
        min(left, 1.0),
    )


@tick_function
def hold_actions(_runtimes: Any, _bodies: Any, actions: Any, held: Any) -> None:
    """Fill in the controls of each car, whole numbers, from its action: steering and pedals."""
    for index in range(len(held)):
        pedals = actions[index][1]
        controls = quantised(actions[index][0], pedals, -pedals, 0)
        held[index][0] = controls.steering
        held[index][1] = controls.throttle
        held[index][2] = controls.brake


@tick_function
def begin_race(runtimes: Sequence[CarRuntime], bodies: Any, judge: RaceJudge) -> None:
    """Begin an episode of each car."""
    for index in range(len(runtimes)):
        car = snapshot_of(runtimes[index], body_motion(bodies, index), 0)
        begin(car, judge.episodes[index])
        judge.hit_j[index] = runtimes[index].position.contact_j


@tick_function
def judge_race(
    runtimes: Sequence[CarRuntime],
    bodies: Any,
    sensor: SensorTables,
    race: Any,
    judge: RaceJudge,
    observations: Any,
) -> None:
    """Judge a step of each car, and observe. Walls and cars may be touched, which has its cost.

    race: the numbers of the race, an array with a row for each car.
    """
    for index in range(len(runtimes)):
        car = snapshot_of(runtimes[index], body_motion(bodies, index), 0)
        outcome = judge.outcomes[index]
        judge_step(judge.rules, car, False, judge.episodes[index], outcome)
        now_j = runtimes[index].position.contact_j
        outcome[CONTACT_AT] = math.fabs(now_j - judge.hit_j[index])
        judge.hit_j[index] = now_j
        _observe(bodies, len(runtimes), index, race[index], observations[index])
        view(sensor, car, observations[index])


@tick_function
def _observe(bodies: Any, cars: int, own: int, race: Any, numbers: Any) -> None:
    """Fill in the other cars, the nearest first, and what is of the race."""
    me = body_motion(bodies, own)
    last_m2 = -1.0
    last = -1
    for slot in range(OTHERS):
        nearest = -1
        nearest_m2 = _RANGE_M * _RANGE_M
        for other in range(cars):
            it = body_motion(bodies, other)
            away_m2 = (it.x_m - me.x_m) * (it.x_m - me.x_m) + (it.y_m - me.y_m) * (it.y_m - me.y_m)
            is_further = away_m2 > last_m2 or (away_m2 == last_m2 and other > last)
            if other != own and is_further and away_m2 < nearest_m2:
                nearest = other
                nearest_m2 = away_m2
        at = _OTHERS_AT + slot * _OF_A_CAR
        if nearest < 0:
            for place in range(at, _RACE_AT):
                numbers[place] = 0.0
            break
        last = nearest
        last_m2 = nearest_m2
        write_numbers(numbers[at:], _seen(me, body_motion(bodies, nearest)))
    for place in range(RACE_NUMBERS):
        numbers[_RACE_AT + place] = race[place]


@tick_function
def _seen(me: Any, it: Any) -> SeenCar:
    """Return another car in the axes of the own one."""
    ahead = direction(me.heading_rad)
    turned = direction(it.heading_rad - me.heading_rad)
    east_m = it.x_m - me.x_m
    north_m = it.y_m - me.y_m
    east_mps = it.velocity_x_mps - me.velocity_x_mps
    north_mps = it.velocity_y_mps - me.velocity_y_mps
    return SeenCar(
        1.0,
        _cut((east_m * ahead.cos + north_m * ahead.sin) / _NEAR_M),
        _cut((north_m * ahead.cos - east_m * ahead.sin) / _NEAR_M),
        _cut((east_mps * ahead.cos + north_mps * ahead.sin) / _FASTER_MPS),
        _cut((north_mps * ahead.cos - east_mps * ahead.sin) / _FASTER_MPS),
        turned.sin,
        turned.cos,
    )


@tick_function
def _cut(number: float) -> float:
    return clamp(number, -1.0, 1.0)
