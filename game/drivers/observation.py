"""A driver receives an observation before each of its decisions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from game.drivers.car_rays import car_rays_m
from game.drivers.other_car import OtherCar, relative_to
from game.drivers.race_view import RaceView
from game.drivers.timing import LapResult, Timing, read_timing
from game.simulation.snapshot import Snapshot
from game.track.levels import meet
from game.track.track import Track
from game.track.track_sensor import RAY_ANGLES_DEG, RAY_RANGE_M, TrackAhead, TrackSensor
from game.trig import wrap_angle
from game.vehicle.spec import CarSpec, load_car

_WAY_PER_M: Final = 1.5  # along the lap to a car on the same road, at most, per metre straight on


class Observation:
    """Shows one driver the world. What costs work is done when it is first read."""

    def __init__(
        self,
        car: Snapshot,
        others: tuple[Snapshot, ...] = (),
        track: Track | None = None,
        sensor: Callable[[], TrackSensor] | None = None,
        laps: Sequence[LapResult] = (),
        spec: CarSpec | None = None,
        race: Callable[[], RaceView] | None = None,
    ) -> None:
        """car: the driver's own, as it is now; others: the other cars, in the world's order.

        sensor: gives the sensor for the rays and the road ahead when one of them is first read;
        laps: those that the driver's car has finished; spec: of the cars, else the default car;
        race: gives the race that the car is in, when it is first read.
        """
        self.car = car
        self.track = track
        self._others = others
        self._sensor = sensor or (lambda: TrackSensor(track))
        self._laps = laps
        self._given_spec = spec
        self._race = race

    @cached_property
    def spec(self) -> CarSpec:
        """Return the car file of the driver's car: masses, sizes, motors, tyres."""
        return self._given_spec or load_car()

    @property
    def steering_lock_rad(self) -> float:
        """Return the front wheels' mean angle at full lock, to which steering of 1 turns them."""
        return self.spec.steering.lock_rad

    @property
    def wheelbase_m(self) -> float:
        """Return the distance between the axles."""
        return self.spec.chassis.wheelbase_m

    @property
    def heading_error_rad(self) -> float:
        """Return the car's heading less the centreline's there, -pi..pi, left positive."""
        return wrap_angle(self.car.heading_rad - self.car.track_heading_rad)

    @cached_property
    def beside(self) -> TrackAhead:
        """Return curvature, edges and surface of the track beside the car, as `ahead` has them."""
        return self._sensor().beside(self.car.s_m, self.car.offset_m)

    @cached_property
    def ahead(self) -> TrackAhead:
        """Return curvature, edges and surface of the track at 12 distances ahead, 5 to 200 m."""
        return self._sensor().ahead(self.car.s_m, self.car.offset_m)

    @cached_property
    def rays_m(self) -> tuple[float, ...]:
        """Return the distances from the car to the track's edge along 19 rays, 200 m at most.

        The rays' angles from the heading are `RAY_ANGLES_DEG`: from 90 degrees, to the left, by
        way of 0, straight ahead, to -90.
        """
        car = self.car
        return self._sensor().rays_m(car.x_m, car.y_m, car.heading_rad, car.s_m)

    @cached_property
    def car_rays_m(self) -> tuple[float, ...]:
        """Return the distances to the nearest other car along the rays of `rays_m`, 200 m at most.

        Cars on a road that runs above or below are not met.
        """
        met = [other for other in self.others if self._is_on_own_road(other)]
        return car_rays_m(met, self.spec.chassis, RAY_ANGLES_DEG, RAY_RANGE_M)

    @property
    def others(self) -> tuple[OtherCar, ...]:
        """Return the other cars relative to the driver's own, in the world's order."""
        return self._relative_others if self._others else ()

    @cached_property
    def _relative_others(self) -> tuple[OtherCar, ...]:
        lap_m = self.track.length_m if self.track else math.inf
        return tuple(relative_to(self.car, other, lap_m) for other in self._others)

    def _is_on_own_road(self, other: OtherCar) -> bool:
        """Return whether another car is on the same level or, up or down a ramp, not far along."""
        if self.track is None or not self.track.tables.bridged:
            return True
        tiers = (self.track.frames.tier_at(s_m) for s_m in (self.car.s_m, other.car.s_m))
        straight_m = math.hypot(other.forward_m, other.left_m)
        return meet(*tiers) or abs(other.gap_m) < _WAY_PER_M * straight_m

    @cached_property
    def timing(self) -> Timing:
        """Return the times of the lap under way, and of the car's last and best lap."""
        return read_timing(self.car, self._laps)

    @cached_property
    def race(self) -> RaceView | None:
        """Return the race that the car is in: lights, position, gaps, flags; None without one."""
        return None if self._race is None else self._race()

    def prepare_sensor(self) -> None:
        """Make the sensor for the rays and the road ahead, which may take seconds once."""
        self._sensor()
