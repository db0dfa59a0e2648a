"""One drive: drivers decide, the world steps, listeners hear. With a window and without."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from game.drivers.driver import Driver
from game.drivers.observation import Observation
from game.simulation.world import Step, World
from game.track.elements import Pose
from game.vehicle.state import Controls


class Listener(Protocol):
    """Hears every step, after it was made."""

    def hear(self, step: Step) -> None:
        """Take note of a step."""
        ...


class Session:
    """A world with a driver for each of its cars."""

    def __init__(
        self,
        world: World,
        drivers: Sequence[Driver],
        listeners: Sequence[Listener] = (),
        ticks_per_step: int | None = None,
    ) -> None:
        """Steps go from one driver's turn to the next, or by `ticks_per_step` if that is finer.

        Raises ValueError unless there is one driver for each car.
        """
        if len(drivers) != len(world.starts):
            raise ValueError(f"{len(drivers)} drivers for {len(world.starts)} cars")
        self.world = world
        self.drivers = tuple(drivers)
        self.listeners = tuple(listeners)
        self.snapshots = world.snapshots()
        self._controls = [Controls()] * len(drivers)
        turns = [driver.ticks_per_decision for driver in drivers]
        self.ticks_per_step = math.gcd(*turns, *([ticks_per_step] if ticks_per_step else []))

    def step(self) -> Step:
        """Ask the drivers whose turn it is and run the world to the next turn of any of them."""
        for index, driver in enumerate(self.drivers):
            if self.world.tick % driver.ticks_per_decision == 0:
                self._controls[index] = driver.decide(self._seen_by(index))
        step = self.world.step(self._controls, self.ticks_per_step)
        self.snapshots = step.snapshots
        for listener in self.listeners:
            listener.hear(step)
        return step

    def _seen_by(self, index: int) -> Observation:
        cars = self.snapshots
        return Observation(cars[index], cars[:index] + cars[index + 1 :], self.world.track)

    def place(self, index: int, pose: Pose, s_m: float) -> None:
        """Put a car down at rest somewhere else; its clock goes on."""
        self.world.place(index, pose, s_m)
        self.snapshots = self.world.snapshots()

    @property
    def controls(self) -> tuple[Controls, ...]:
        """What the drivers last decided, one a car."""
        return tuple(self._controls)
