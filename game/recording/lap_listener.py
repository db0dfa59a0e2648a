"""Listen to the laps of one car."""

from __future__ import annotations

from abc import ABC, abstractmethod

from game.simulation.events import LapDone, LapStarted
from game.simulation.snapshot import Snapshot
from game.simulation.world import Step


class LapListener(ABC):
    """Sorts what steps report of a car by what it means for the lap under way."""

    def __init__(self, car: int) -> None:
        self._car = car

    def on_step(self, step: Step) -> None:
        """Record a step."""
        for event in step.events:
            if event.car != self._car:
                continue
            if isinstance(event, LapDone):
                self._on_lap_done(event)
            elif isinstance(event, LapStarted):
                self._on_lap_started()
        snapshot = step.snapshots[self._car]
        if snapshot.lap > 0:
            self._on_lap_driven(snapshot)

    @abstractmethod
    def _on_lap_started(self) -> None:
        """Begin a lap: the car has just crossed the line."""

    @abstractmethod
    def _on_lap_driven(self, snapshot: Snapshot) -> None:
        """Record where the car is on its lap."""

    @abstractmethod
    def _on_lap_done(self, lap: LapDone) -> None:
        """Close a lap; the next one has been started when the car is looked at again."""
