"""Keep the last seconds of a drive: pedals, steering, accelerations, when the car was last off."""

from __future__ import annotations

import math
from collections import deque
from typing import Final, NamedTuple

from game.simulation.world import Step

SHOWN_S: Final = 4.0
_RATE_HZ: Final = 60


class InputSample(NamedTuple):
    """Notes the car's inputs and accelerations at one time."""

    time_s: float
    throttle: float
    brake: float
    steering_rad: float
    accel_forward_mps2: float
    accel_left_mps2: float


class Recent:
    """Keeps the recent samples of one car, which it listens to."""

    def __init__(self, step_s: float, car: int = 0) -> None:
        self.samples: deque[InputSample] = deque(maxlen=round(SHOWN_S * _RATE_HZ) + 1)
        self.off_s = -math.inf  # when all four wheels were last off the track
        self._step_s = step_s
        self._car = car
        self._due_s = 0.0

    def saved(self) -> tuple[InputSample, ...]:
        """Return the samples, for `restore`."""
        return tuple(self.samples)

    def restore(self, saved: tuple[InputSample, ...]) -> None:
        """Go on from samples."""
        self.samples.clear()
        self.samples.extend(saved)
        self._due_s = saved[-1].time_s if saved else 0.0
        self.off_s = -math.inf

    def on_step(self, step: Step) -> None:
        """Take note of a step; a sample is kept 60 times a second."""
        now = step.snapshots[self._car]
        time_s = now.tick * self._step_s
        if now.beyond_limit_m > 0.0:
            self.off_s = time_s
        if time_s < self._due_s:
            return
        self._due_s = time_s + (1.0 - 1e-6) / _RATE_HZ
        self.samples.append(
            InputSample(
                time_s,
                now.throttle,
                now.brake,
                now.steering_rad,
                now.accel_forward_mps2,
                now.accel_left_mps2,
            )
        )
