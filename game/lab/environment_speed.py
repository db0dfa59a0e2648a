"""How fast the environments step, beside gymnasium's CarRacing in the same run."""

from __future__ import annotations

import statistics
import time
from typing import Any, Final

import gymnasium
import numpy as np

from game.lab.environment import ID, TICKS_PER_STEP, Array
from game.simulation.world import TICK_S

_STEP_S: Final = TICKS_PER_STEP * TICK_S
_PEER_STEP_S: Final = 1.0 / 50.0
_CARS: Final = 512
_RUNS: Final = 5


def environment_speed(quick: bool = False) -> dict[str, Any]:
    """Steps a wall second on one core, and simulated seconds a wall second; medians.

    Everything is stepped through what `gymnasium.make` or `make_vec` gives. A vector's step counts
    once for each of its cars. The peer is None without gymnasium's box2d.
    """
    runs = 1 if quick else _RUNS
    peer = _carracing_steps(runs, 50 if quick else 200)
    rays = _steps(runs, 1_000 if quick else 20_000)
    pixels = _steps(runs, 500 if quick else 5_000, observation="pixels")
    vector = _vector_steps(runs, 20 if quick else 100)
    peer_realtime = None if peer is None else peer * _PEER_STEP_S
    return {
        "environment_rays_steps_per_s": rays,
        "environment_rays_realtime": rays * _STEP_S,
        "environment_pixels_steps_per_s": pixels,
        "environment_pixels_realtime": pixels * _STEP_S,
        "environment_vector_steps_per_s": vector,
        "environment_vector_realtime": vector * _STEP_S,
        "peer_carracing_pixels_steps_per_s": peer,
        "peer_carracing_pixels_realtime": peer_realtime,
        "environment_rays_per_peer_carracing": peer_realtime and rays * _STEP_S / peer_realtime,
        "environment_pixels_per_peer_carracing": peer_realtime and pixels * _STEP_S / peer_realtime,
    }


def _steps(runs: int, steps: int, **choices: Any) -> float:
    """Steps a second of the environment of one car, which slowly weaves along the track."""
    environment = gymnasium.make(ID, **choices)
    return _median(environment, runs, _weaving(steps))


def _carracing_steps(runs: int, steps: int) -> float | None:
    try:
        environment = gymnasium.make("CarRacing-v3")
    except gymnasium.error.DependencyNotInstalled:
        return None
    actions = np.zeros((steps, 3))
    actions[:, 0] = np.where(np.arange(steps) % 100 < 50, 0.3, -0.3)
    actions[:, 1] = 0.2
    return _median(environment, runs, actions)


def _median(environment: gymnasium.Env[Array, Array], runs: int, actions: Array) -> float:
    """Median of the runs' steps a second; beginning a new episode is not timed."""
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
    """Steps a second of all cars together, with the episodes that begin on the way."""
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


def _weaving(steps: int) -> Array:
    """Actions that accelerate, slow down and steer a little to both sides, shape (n, 2)."""
    time_s = np.arange(steps) * _STEP_S
    return np.column_stack([0.02 * np.sin(2.0 * time_s), 0.3 * np.sin(0.7 * time_s)]).astype(
        np.float32
    )
