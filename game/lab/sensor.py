"""A learner's sensor observes its car, as numbers or a picture, made and read in the same way."""

from __future__ import annotations

import numpy as np
from gymnasium.spaces import Box

from game.compiled import Backend, dispatch_by_type
from game.errors import InputError
from game.lab.learner_view import LOWEST, SensorTables, make_sensor_tables, view
from game.lab.pixels import PIXELS, Canvas, make_canvas, paint
from game.track.track import Track
from game.vehicle.spec import CarSpec

Sensor = SensorTables | Canvas

observe = dispatch_by_type({SensorTables: view, Canvas: paint})
"""observe(sensor, snapshot, out) fills `out`, an array of the observation space's shape."""


def make_sensor(observation: str, track: Track, spec: CarSpec, backend: Backend) -> Sensor:
    """Return the sensor for observations of this kind. Raises InputError for an unknown kind."""
    check_observation(observation)
    if observation == "pixels":
        return make_canvas(track, spec, PIXELS, backend)
    return make_sensor_tables(track, spec.steering.lock_rad, backend)


def observation_space(observation: str) -> Box:
    """Return the space of `vector` or `pixels`. Raises InputError for anything else."""
    check_observation(observation)
    if observation == "pixels":
        return Box(0, 255, (PIXELS, PIXELS, 3), np.uint8)
    return Box(LOWEST.astype(np.float32), np.ones(len(LOWEST), np.float32))


def check_observation(observation: str) -> None:
    """Raise InputError unless there are observations of this kind."""
    if observation not in ("vector", "pixels"):
        raise InputError(f"observation '{observation}': choose 'vector' or 'pixels'")
