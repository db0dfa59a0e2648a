"""The speed of the environments is measured in steps per second."""

from __future__ import annotations

import statistics
import time
from importlib.util import find_spec
from typing import Any, Final

import gymnasium
import numpy as np

from game.arrays import AnyArray
from game.compiled import numba_is_installed
from game.lab.environment import ID
from game.lab.environment_options import TICKS_PER_STEP
from game.simulation.world import TICK_S

_STEP_S: Final = TICKS_PER_STEP * TICK_S
_CARS: Final = 512
_RACING: Final = 8  # cars of the race
_RUNS: Final = 5


def environment_speed(quick: bool = False) -> dict[str, float]:
    """Return steps a wall second on one core, and simulated seconds a wall second; medians.

    Everything is stepped through what `gymnasium.make` or `make_vec` gives. A vector's step counts
    once for each of its cars, and needs the extra `fast`; so does a step of a race.
    """
    runs = 1 if quick else _RUNS
    rates = {
        "rays": _steps(runs, 1_000 if quick else 20_000),
        "pixels": _steps(runs, 500 if quick else 5_000, observation="pixels"),
    }
    if numba_is_installed():
        rates["vector"] = _vector_steps(runs, 20 if quick else 100)
    if numba_is_installed() and find_spec("pettingzoo"):
        rates["race"] = _race_steps(runs, 100 if quick else 2_000)
    return {
        f"environment_{name}_{unit}": rate * factor
        for name, rate in rates.items()
        for unit, factor in (("steps_per_s", 1.0), ("realtime", _STEP_S))
    }


def _steps(runs: int, steps: int, **choices: Any) -> float:
    """Return steps a second of the environment of one car, which slowly weaves along the track."""
    environment = gymnasium.make(ID, **choices)
    return _median(environment, runs, _weaving(steps))


def _median(environment: gymnasium.Env[AnyArray, AnyArray], runs: int, actions: AnyArray) -> float:
    """Return the median of the runs' steps a second; beginning an episode is not timed."""
    rates = []
    for run in range(-1, runs):
        wall_s = 0.0
        environment.reset(seed=run + 1)
        began_s = time.perf_counter()
        for action in actions:
            _, _, terminated, truncated, _ = environment.step(action)
            if terminated or truncated:
                wall_s += time.perf_counter() - began_s
                environment.reset()
                began_s = time.perf_counter()
        wall_s += time.perf_counter() - began_s
        if run >= 0:  # the first only warms up
            rates.append(len(actions) / wall_s)
    environment.close()
    return statistics.median(rates)


def _vector_steps(runs: int, steps: int) -> float:
    """Return steps a second of all cars together, with the episodes that begin on the way."""
    environment = gymnasium.make_vec(ID, num_envs=_CARS)
    environment.reset(seed=0)
    rates = []
    for run in range(-1, runs):
        began_s = time.perf_counter()
        for action in _weaving(steps):
            environment.step(np.tile(action, (_CARS, 1)))
        if run >= 0:
            rates.append(_CARS * steps / (time.perf_counter() - began_s))
    environment.close()
    return statistics.median(rates)


def _race_steps(runs: int, steps: int) -> float:
    """Return steps a second of all cars of a race together; the way to the start is not timed."""
    from game.lab.race_environment import RaceEnvironment

    race = RaceEnvironment(cars=_RACING)
    rates = []
    for run in range(-1, runs):
        race.reset(seed=run + 1)
        began_s = time.perf_counter()
        driven = 0
        for action in _weaving(steps):
            driven += len(race.agents)
            race.step(dict.fromkeys(race.agents, action))
        if run >= 0:
            rates.append(driven / (time.perf_counter() - began_s))
    return statistics.median(rates)


def _weaving(steps: int) -> AnyArray:
    """Return actions that accelerate, slow down and steer a little to both sides, shape (n, 2)."""
    time_s = np.arange(steps) * _STEP_S
    return np.column_stack([0.02 * np.sin(2.0 * time_s), 0.3 * np.sin(0.7 * time_s)]).astype(
        np.float32
    )
