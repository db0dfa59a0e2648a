"""An episode says what a learner's drive is worth, step by step, and what ends it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.simulation.channels import write_numbers
from game.simulation.snapshot import Snapshot

NOT_ENDED: Final = 0
OFF_TRACK: Final = 1
STUCK: Final = 2
BACKWARDS: Final = 3
HIT_A_WALL: Final = 4
ENDS: Final = ("", "off track", "stuck", "backwards", "hit a wall")  # by number


class RewardWeights(NamedTuple):
    """Weighs the quantities whose sum is the reward of a step."""

    progress_per_m: float = 1.0  # way forward along the centreline
    off_track_per_s: float = -30.0  # time with all four wheels off the track
    energy_per_kj: float = 0.0  # what the battery gave, less what it got back
    steering_per_rad: float = 0.0  # turning of the front wheels, either way
    ending: float = 0.0  # once, when the episode is terminated


class EndLimits(NamedTuple):
    """Holds the limits at which an episode is over."""

    off_track_s: float = 1.0  # with all four wheels off the track for so long
    off_track_m: float = 3.0  # or with the nearest wheel so far off it
    stuck_s: float = 5.0  # slower than `slow_mps` for so long
    slow_mps: float = 1.0
    backwards_m: float = 20.0  # so far back from the farthest place reached


@dataclass(slots=True)
class Episode:
    """Holds the facts of a drive's past that an episode has to know."""

    s_m: float = 0.0  # as of the last step, as are the next two
    steering_rad: float = 0.0
    energy_j: float = 0.0
    covered_m: float = 0.0  # forward since the start
    farthest_m: float = 0.0
    off_s: float = 0.0
    slow_s: float = 0.0


class StepOutcome(NamedTuple):
    """Holds the reward of a step, whether the episode ended, the way so far, and the terms."""

    reward: float
    end: float  # number of an end, or NOT_ENDED
    covered_m: float
    progress: float
    off_track: float
    energy: float
    steering: float
    ending: float


@tick_function
def begin(car: Snapshot, episode: Episode) -> None:
    """Set an episode to that of a car that is about to go."""
    episode.s_m = car.s_m
    episode.steering_rad = car.steering_rad
    episode.energy_j = car.battery_drawn_j - car.battery_regained_j
    episode.covered_m = 0.0
    episode.farthest_m = 0.0
    episode.off_s = 0.0
    episode.slow_s = 0.0


class Rules(NamedTuple):
    """Judges the steps of an episode."""

    weights: RewardWeights
    limits: EndLimits
    lap_m: float
    step_s: float


@tick_function
def judge_step(
    rules: Rules, car: Snapshot, hit_a_wall: bool, episode: Episode, outcome: Any
) -> None:
    """Judge one step: `outcome`, an array, gets the numbers of a `StepOutcome`."""
    weights = rules.weights
    moved_m = car.s_m - episode.s_m
    if moved_m > 0.5 * rules.lap_m:
        moved_m -= rules.lap_m
    elif moved_m < -0.5 * rules.lap_m:
        moved_m += rules.lap_m
    used_j = car.battery_drawn_j - car.battery_regained_j - episode.energy_j
    turned_rad = math.fabs(car.steering_rad - episode.steering_rad)
    off = car.beyond_limit_m > 0.0
    episode.s_m = car.s_m
    episode.steering_rad = car.steering_rad
    episode.energy_j += used_j
    episode.covered_m += moved_m
    if episode.covered_m > episode.farthest_m:
        episode.farthest_m = episode.covered_m
    episode.off_s = episode.off_s + rules.step_s if off else 0.0
    episode.slow_s = episode.slow_s + rules.step_s if _is_slow(rules.limits, car) else 0.0
    end = HIT_A_WALL if hit_a_wall else _end(rules.limits, car, episode)
    progress = weights.progress_per_m * moved_m
    off_track = weights.off_track_per_s * rules.step_s if off else 0.0
    energy = weights.energy_per_kj * used_j / 1000.0
    steering = weights.steering_per_rad * turned_rad
    ending = weights.ending if end != NOT_ENDED else 0.0
    judged = StepOutcome(
        reward=progress + off_track + energy + steering + ending,
        end=float(end),
        covered_m=episode.covered_m,
        progress=progress,
        off_track=off_track,
        energy=energy,
        steering=steering,
        ending=ending,
    )
    write_numbers(outcome, judged)


@tick_function
def _is_slow(limits: EndLimits, car: Snapshot) -> bool:
    forward_mps = car.velocity_forward_mps
    left_mps = car.velocity_left_mps
    return forward_mps * forward_mps + left_mps * left_mps < limits.slow_mps * limits.slow_mps


@tick_function
def _end(limits: EndLimits, car: Snapshot, episode: Episode) -> int:
    if episode.off_s >= limits.off_track_s or car.beyond_limit_m > limits.off_track_m:
        return OFF_TRACK
    if episode.slow_s >= limits.stuck_s:
        return STUCK
    if episode.covered_m < episode.farthest_m - limits.backwards_m:
        return BACKWARDS
    return NOT_ENDED
