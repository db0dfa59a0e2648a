"""What a driver sees when it is its turn."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property

from game.drivers.other_car import OtherCar, relative_to
from game.drivers.timing import LapResult, Timing, read_timing
from game.simulation.snapshot import Snapshot
from game.track.track import Track
from game.track.track_sensor import TrackAhead, TrackSensor


class Observation:
    """One car's view of the world. Made every turn, so what costs work waits to be looked at."""

    def __init__(
        self,
        car: Snapshot,
        others: tuple[Snapshot, ...] = (),
        track: Track | None = None,
        sensor: Callable[[], TrackSensor] | None = None,
        laps: Sequence[LapResult] = (),
    ) -> None:
        """car: the driver's own, as it is; others: the other cars, in the world's order.

        `sensor` gives what rays and the road ahead are seen with, when one of them is looked at;
        `laps` are those the car has finished.
        """
        self.car = car
        self.track = track
        self._others = others
        self._sensor = sensor or (lambda: TrackSensor(track))
        self._laps = laps

    @cached_property
    def ahead(self) -> TrackAhead:
        """Curvature, edges and surface of the track at 12 distances, 5 to 200 m, ahead."""
        return self._sensor().ahead(self.car.s_m, self.car.offset_m)

    @cached_property
    def rays_m(self) -> tuple[float, ...]:
        """Distances to the track's edge along 19 rays, from the left over ahead to the right.

        The angles are `RAY_ANGLES_DEG`, 90 to -90 degrees from the heading; 200 m at most.
        """
        car = self.car
        return self._sensor().rays_m(car.x_m, car.y_m, car.heading_rad)

    @cached_property
    def others(self) -> tuple[OtherCar, ...]:
        """The other cars relative to the own, in the world's order."""
        lap_m = self.track.length_m if self.track else math.inf
        return tuple(relative_to(self.car, other, lap_m) for other in self._others)

    @cached_property
    def timing(self) -> Timing:
        """The stopwatch."""
        return read_timing(self.car, self._laps)

    def open_eyes(self) -> None:
        """Make ready what rays and the road ahead are seen with, which may take seconds, once."""
        self._sensor()
