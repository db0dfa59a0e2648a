"""A session is one drive: drivers decide, the world steps, listeners are called.

The session knows each car's laps and how far it has come; code that needs them reads them here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple, Protocol

from game.drivers.driver import Course, Driver, complete_driver
from game.drivers.observation import Observation
from game.drivers.race_view import RaceView
from game.drivers.timing import LapResult
from game.recording.lap_recorder import LapRecorder
from game.simulation.snapshot import Snapshot
from game.simulation.world import SavedWorld, Step, World
from game.track.elements import Pose
from game.track.track_sensor import TrackSensor
from game.vehicle.state import Controls


class Listener(Protocol):
    """Is called after every step."""

    def on_step(self, step: Step) -> None:
        """Handle a step that was made."""
        ...


class SavedSession(NamedTuple):
    """Holds what a session knows besides the world: decisions, laps, and how far the cars are."""

    snapshots: tuple[Snapshot, ...]
    controls: tuple[Controls, ...]
    progress_m: tuple[float, ...]
    results: tuple[tuple[LapResult, ...], ...]
    lap_recorders: tuple[LapRecorder, ...]


class Session:
    """Lets a driver for each of a world's cars decide, and calls listeners after every step."""

    def __init__(
        self,
        world: World,
        drivers: Sequence[Driver],
        listeners: Sequence[Listener] = (),
        ticks_per_step: int | None = None,
        seed: int = 0,
        laps: int = 1,
        race_view: Callable[[int], RaceView] | None = None,
    ) -> None:
        """Steps go from one driver's turn to the next, or by `ticks_per_step` if that is finer.

        Drivers that can be reset are given their course, with the seed and the laps to be driven.
        race_view: gives the race that a car is in, as its driver sees it.
        Raises ValueError unless there is one driver for each car.
        """
        if len(drivers) != len(world.starts):
            raise ValueError(f"{len(drivers)} drivers for {len(world.starts)} cars")
        self.world = world
        self.drivers = tuple(drivers)
        self.listeners = tuple(listeners)
        self.snapshots = world.snapshots()
        self._race_view = race_view
        self._controls = [Controls()] * len(drivers)
        self._sensor = cache(lambda: TrackSensor(world.track, world.backend))
        self.lap_recorders = tuple(LapRecorder(world.step_s, car) for car in range(len(drivers)))
        self._results: list[list[LapResult]] = [[] for _ in drivers]
        self._length_m = math.inf if world.track is None else world.track.length_m
        self._progress_m = [
            math.remainder(snapshot.s_m, self._length_m) for snapshot in self.snapshots
        ]
        self._complete_drivers = tuple(map(complete_driver, drivers))
        self._turns = [driver.ticks_per_decision for driver in self._complete_drivers]
        self.ticks_per_step = math.gcd(*self._turns, *([ticks_per_step] if ticks_per_step else []))
        for driver, start in zip(self._complete_drivers, world.starts, strict=True):
            if world.track is not None:
                driver.reset(Course(world.track, start.spec, start.setup, seed, laps))

    def step(self) -> Step:
        """Let the drivers whose turn it is decide, and run the world to the next driver's turn."""
        for car, driver in enumerate(self._complete_drivers):
            if self.world.tick % self._turns[car] == 0:
                self._controls[car] = driver.decide(self._observation(car))
        step = self.world.step(self._controls, self.ticks_per_step)
        self._update_progress(step.snapshots)
        for recorder in self.lap_recorders:
            recorder.on_step(step)
        for listener in self.listeners:
            listener.on_step(step)
        if step.events:
            self._report_laps()
        return step

    def _observation(self, car: int) -> Observation:
        cars = self.snapshots
        others = cars[:car] + cars[car + 1 :]
        spec = self.world.starts[car].spec
        race = None if self._race_view is None else partial(self._race_view, car)
        return Observation(
            cars[car], others, self.world.track, self._sensor, self._results[car], spec, race
        )

    def _report_laps(self) -> None:
        """Notify the drivers of the laps that they have just finished."""
        for driver, recorder, results in zip(
            self._complete_drivers, self.lap_recorders, self._results, strict=True
        ):
            for lap in recorder.laps[len(results) :]:
                results.append(LapResult(lap.number, lap.time_s, lap.sectors_s, lap.valid))
                driver.lap_done(results[-1])

    def _update_progress(self, snapshots: tuple[Snapshot, ...]) -> None:
        self.snapshots = snapshots
        for car, snapshot in enumerate(snapshots):
            before_m = self._progress_m[car]
            moved_m = math.remainder(snapshot.s_m - before_m, self._length_m)
            self._progress_m[car] = before_m + moved_m

    def place(self, car: int, pose: Pose, s_m: float) -> None:
        """Put a car down at rest somewhere else; its clock goes on."""
        self.world.place(car, pose, s_m)
        self._update_progress(self.world.snapshots())

    def saved(self) -> SavedSession:
        """Return what the session knows now, for `resume`; the world is saved on its own."""
        return SavedSession(
            self.snapshots,
            self.controls,
            self.progress_m,
            tuple(map(tuple, self._results)),
            tuple(recorder.copied() for recorder in self.lap_recorders),
        )

    def resume(self, world: World, saved: SavedSession) -> None:
        """Continue from what was saved, with a world that is as it was then."""
        self.world = world
        self.snapshots = saved.snapshots
        self._controls = list(saved.controls)
        self._progress_m = list(saved.progress_m)
        self._results = [list(results) for results in saved.results]
        self.lap_recorders = tuple(each.copied() for each in saved.lap_recorders)

    def restore(self, saved: SavedWorld) -> None:
        """Continue from a saved state of the world, with a lone car; listeners are not told."""
        self.world.restore(saved)
        self._update_progress(self.world.snapshots())

    @property
    def progress_m(self) -> tuple[float, ...]:
        """Return how far each car has come along the laps since the start line, negative before it.

        A car that turns back loses what it goes back. Gates that were missed do not count here:
        the laps that were timed are in `lap_recorders`.
        """
        return tuple(self._progress_m)

    @property
    def controls(self) -> tuple[Controls, ...]:
        """Return the last decision of each driver."""
        return tuple(self._controls)
