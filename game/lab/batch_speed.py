"""A batch's speed is measured on a recorded lap: each car drives it at another place of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

import numpy as np

from game.arrays import Array, Indices
from game.simulation.batch import Batch
from game.simulation.world import TICK_S, Start
from game.track.track import Track
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls

_TICKS: Final = 4  # that each of the recorded controls holds


def batch_speed(
    track: Track, start: Start, drive: Sequence[Controls], cars: int = 512, seconds: float = 5.0
) -> float:
    """Return the realtime factor of a batch on one core: seconds driven by all cars a wall second.

    drive: recorded from that start, 60 a second. The cars are put where the recorded one was at
    evenly spread times and go on from there, each with the recorded controls of its own time.
    """
    held = np.array(drive, float)[:, :3] / (STEERING_STEPS, PEDAL_STEPS, PEDAL_STEPS)
    steps = round(seconds / (_TICKS * TICK_S))
    begins = np.linspace(0, len(held) - steps - 1, cars).astype(int)
    batch = Batch(track, [start] * cars)
    batch.restart(np.arange(cars), _places(track, start, held, begins))
    began_s = time.perf_counter()
    for step in range(steps):
        steering, throttle, brake = held[begins + step].T
        batch.step(steering, throttle, brake, ticks=_TICKS)
    return cars * steps * _TICKS * TICK_S / (time.perf_counter() - began_s)


def _places(track: Track, start: Start, held: Array, begins: Indices) -> Array:
    """Return the state of the recorded car before each of these steps, to restart cars from."""
    alone = Batch(track, [start])
    kept = []
    for step in range(begins[-1] + 1):
        kept += [alone.saved([0])[0]] * int(np.sum(begins == step))
        steering, throttle, brake = held[step]
        alone.step(steering, throttle, brake, ticks=_TICKS)
    return np.array(kept)
