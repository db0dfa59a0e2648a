"""One drive: drivers decide, the world steps, listeners are called. With a window and without."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from game.drivers.driver import TICKS_PER_DECISION, Course, Driver
from game.drivers.observation import Observation
from game.drivers.timing import LapResult
from game.recording.laps import LapRecorder
from game.simulation.world import Step, World
from game.track.elements import Pose
from game.track.track_sensor import TrackSensor
from game.vehicle.state import Controls


class Listener(Protocol):
    """Is called after every step."""

    def on_step(self, step: Step) -> None:
        """Take note of a step that was made."""
        ...


class Session:
    """A world with a driver for each of its cars."""

    def __init__(
        self,
        world: World,
        drivers: Sequence[Driver],
        listeners: Sequence[Listener] = (),
        ticks_per_step: int | None = None,
        seed: int = 0,
        laps: int = 1,
    ) -> None:
        """Steps go from one driver's turn to the next, or by `ticks_per_step` if that is finer.

        Drivers that can be reset are told their course, with the seed and the laps to be driven.
        Raises ValueError unless
        there is one driver for each car.
        """
        if len(drivers) != len(world.starts):
            raise ValueError(f"{len(drivers)} drivers for {len(world.starts)} cars")
        self.world = world
        self.drivers = tuple(drivers)
        self.listeners = tuple(listeners)
        self.snapshots = world.snapshots()
        self._controls = [Controls()] * len(drivers)
        self._sensor = cache(lambda: TrackSensor(world.track, world.compiled))
        self._stopwatches = [LapRecorder(world.step_s, car) for car in range(len(drivers))]
        self._laps: list[list[LapResult]] = [[] for _ in drivers]
        self._turns = [
            getattr(driver, "ticks_per_decision", TICKS_PER_DECISION) for driver in drivers
        ]
        self.ticks_per_step = math.gcd(*self._turns, *([ticks_per_step] if ticks_per_step else []))
        for driver, start in zip(drivers, world.starts, strict=True):
            if world.track is not None and hasattr(driver, "reset"):
                driver.reset(Course(world.track, start.spec, start.setup, seed, laps))

    def step(self) -> Step:
        """Ask the drivers whose turn it is and run the world to the next turn of any of them."""
        for index, driver in enumerate(self.drivers):
            if self.world.tick % self._turns[index] == 0:
                self._controls[index] = driver.decide(self._seen_by(index))
        step = self.world.step(self._controls, self.ticks_per_step)
        self.snapshots = step.snapshots
        for listener in self.listeners:
            listener.on_step(step)
        if step.events:
            self._tell_laps(step)
        return step

    def _seen_by(self, index: int) -> Observation:
        cars = self.snapshots
        others = cars[:index] + cars[index + 1 :]
        return Observation(cars[index], others, self.world.track, self._sensor, self._laps[index])

    def _tell_laps(self, step: Step) -> None:
        """Let the drivers know of the laps they have finished.

        Only steps with events come here: times hang on nothing else, unlike the top speed.
        """
        for driver, stopwatch, known in zip(
            self.drivers, self._stopwatches, self._laps, strict=True
        ):
            stopwatch.on_step(step)
            for lap in stopwatch.laps[len(known) :]:
                known.append(LapResult(lap.number, lap.time_s, lap.sectors_s, lap.valid))
                if hasattr(driver, "lap_done"):
                    driver.lap_done(known[-1])

    def place(self, index: int, pose: Pose, s_m: float) -> None:
        """Put a car down at rest somewhere else; its clock goes on."""
        self.world.place(index, pose, s_m)
        self.snapshots = self.world.snapshots()

    @property
    def controls(self) -> tuple[Controls, ...]:
        """What the drivers last decided, one a car."""
        return tuple(self._controls)
