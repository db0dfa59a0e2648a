"""Measure the speed of other driving environments, where they are installed, beside ours."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import time
import warnings
from collections.abc import Callable
from typing import Any, Final, NamedTuple

_SECONDS: Final = 3.0  # of wall time that a peer is stepped for
_CARRACING_STEP_S: Final = 1.0 / 50.0
_CARRACING_SECONDS: Final = 10.0


class Peer(NamedTuple):
    """Describes an environment of another project."""

    package: str
    environment: str  # its id for Gymnasium, with the module to import
    step_s: Callable[[Any], float]  # simulated seconds a step


PEERS: Final = {
    "carracing_pixels": Peer("Box2D", "CarRacing-v3", lambda _: _CARRACING_STEP_S),
    "f1tenth_gym": Peer("f1tenth_gym", "f1tenth_gym:f1tenth-v0", lambda made: made.timestep),
    "highway_env": Peer(
        "highway_env",
        "highway_env:racetrack-v0",
        lambda made: 1.0 / made.config["policy_frequency"],
    ),
}


def peer_speed(name: str) -> float | None:
    """Return simulated seconds a wall second of a peer's `env.step` with random actions.

    None where it is not installed, or cannot run, as when its maps are not there.
    """
    peer = PEERS[name]
    if not _installed("gymnasium", peer.package):
        return None
    import gymnasium

    with warnings.catch_warnings(), _nothing_shown():
        warnings.simplefilter("ignore")
        try:
            environment: Any = gymnasium.make(peer.environment)
            return _speed(environment, peer.step_s(environment.unwrapped))
        except Exception:  # whatever another project raises
            return None


def carracing_physics_speed() -> float | None:
    """Return the realtime factor of the physics step of Gymnasium's CarRacing car, not drawn."""
    if not _installed("gymnasium", "Box2D"):
        return None
    from gymnasium.envs.box2d.car_racing import CarRacing

    environment: Any = CarRacing(continuous=True)
    environment.reset(seed=1)
    car, space = environment.car, environment.world
    steps = round(_CARRACING_SECONDS / _CARRACING_STEP_S)
    began_s = time.perf_counter()
    for step in range(steps):
        car.steer(0.3 if step % 100 < 50 else -0.3)
        car.gas(0.5)
        car.step(_CARRACING_STEP_S)
        space.Step(_CARRACING_STEP_S, 6 * 30, 2 * 30)
    wall_s = time.perf_counter() - began_s
    environment.close()
    return _CARRACING_SECONDS / wall_s


def _speed(environment: Any, step_s: float) -> float:
    environment.reset(seed=1)
    environment.action_space.seed(1)
    stepping_s, steps = 0.0, 0
    while stepping_s < _SECONDS:
        action = environment.action_space.sample()
        began_s = time.perf_counter()
        *_, terminated, truncated, _ = environment.step(action)
        stepping_s += time.perf_counter() - began_s
        steps += 1
        if terminated or truncated:
            environment.reset()
    environment.close()
    return steps * step_s / stepping_s


def _installed(*packages: str) -> bool:
    return all(importlib.util.find_spec(package) for package in packages)


@contextlib.contextmanager
def _nothing_shown() -> Any:
    """Keep windows closed and standard output silent while a peer runs."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):  # noqa: PTH123
        yield
