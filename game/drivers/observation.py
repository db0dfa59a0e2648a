"""A driver gets an observation before each of its decisions."""

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
    """The world as one driver observes it. What costs work is done when it is first read."""

    def __init__(
        self,
        car: Snapshot,
        others: tuple[Snapshot, ...] = (),
        track: Track | None = None,
        sensor: Callable[[], TrackSensor] | None = None,
        laps: Sequence[LapResult] = (),
    ) -> None:
        """car: the driver's own, as it is now; others: the other cars, in the world's order.

        sensor: gives the sensor for the rays and the road ahead when one of them is first read;
        laps: those that the driver's car has finished.
        """
        self.car = car
        self.track = track
        self._others = others
        self._sensor = sensor or (lambda: TrackSensor(track))
        self._laps = laps

    @cached_property
    def ahead(self) -> TrackAhead:
        """Curvature, edges and surface of the track at 12 distances ahead, 5 to 200 m."""
        return self._sensor().ahead(self.car.s_m, self.car.offset_m)

    @cached_property
    def rays_m(self) -> tuple[float, ...]:
        """Distances from the car to the track's edge along 19 rays, 200 m at most.

        The rays' angles from the heading are `RAY_ANGLES_DEG`: from 90 degrees, to the left, by
        way of 0, straight ahead, to -90.
        """
        car = self.car
        return self._sensor().rays_m(car.x_m, car.y_m, car.heading_rad)

    @cached_property
    def others(self) -> tuple[OtherCar, ...]:
        """The other cars relative to the driver's own, in the world's order."""
        lap_m = self.track.length_m if self.track else math.inf
        return tuple(relative_to(self.car, other, lap_m) for other in self._others)

    @cached_property
    def timing(self) -> Timing:
        """The times of the lap under way, and of the last and the best lap of the driver's car."""
        return read_timing(self.car, self._laps)

    def prepare_sensor(self) -> None:
        """Make the sensor for the rays and the road ahead, which may take seconds once."""
        self._sensor()
