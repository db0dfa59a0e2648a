"""Lay out the courses of the proving ground, and drive a measured car on them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from game.compiled import Backend
from game.simulation.snapshot import Snapshot
from game.simulation.world import Start, World
from game.track.track import Track, load_track
from game.units import mps
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, controls

PROVING_GROUND: Final = "proving_ground"
_SKID_PADS: Final = {50: "skid_pad_50", 100: "skid_pad_100"}  # by their radius in metres
_SLALOM: Final = "Slalom"  # the name of its first corner
_JOINED_M: Final = 5.0  # corners with less between them belong to one slalom

_TICKS: Final = 8  # from one decision to the next
_AIM_M: Final = 4.0  # ahead on the middle of the road, and farther with the speed
_AIM_S: Final = 0.35
_OFFSET_GAIN: Final = 0.0005  # of steering, for each metre off the middle, each 60th of a second
_INTEGRAL_GAIN: Final = 0.004  # pedal for each m/s that is missing, each sixtieth of a second
_PROPORTIONAL_GAIN: Final = 0.5  # and at once

_PAD_FROM_MPS2: Final = 7.0  # to the side, at which a skid pad is begun
_PAD_FASTER_MPS2: Final = 0.2
_PAD_MEAN_S: Final = 1.0  # over which a lateral acceleration has to be held
_PAD_NARROW_M: Final = 0.5  # from the middle, as long as the circle counts as held
_PAD_LEFT_M: Final = 1.5  # from the middle, where the car has run wide
_PAD_MAX_S: Final = 120.0

_SLALOM_KMH: Final = (30.0, 110.0)  # between which the speed of a slalom is searched
_SLALOM_EXACT_KMH: Final = 0.5
_RUN_UP_M: Final = 40.0
_SLALOM_MAX_S: Final = 60.0


class Straight(NamedTuple):
    """Describes the straight of a circuit that its start line lies on."""

    from_m: float  # along the lap
    length_m: float


class MeasuredCar(NamedTuple):
    """Holds a car with its setup, and whether its drives are compiled."""

    spec: CarSpec
    setup: Setup
    backend: Backend


def proving_ground() -> Track:
    """Return the circuit on which figures are measured."""
    return load_track(PROVING_GROUND)


def main_straight(track: Track) -> Straight:
    """Return the straight that the start line lies on."""
    from_m = track.corners[-1].exit_m
    return Straight(from_m, track.length_m - from_m + track.corners[0].turn_in_m)


def world_at(car: MeasuredCar, track: Track, s_m: float, speed_mps: float) -> World:
    """Return a world with the car on the middle of the road, its tyres warm."""
    pose = track.centreline.pose(s_m)
    start = Start(car.spec, car.setup, pose, s_m, speed_mps, warm_tyres=True)
    return World(track, [start], backend=car.backend)


def drive_course(
    world: World, driver: Callable[[Snapshot], Controls], seconds: float, ticks: int
) -> Iterator[Snapshot]:
    """Drive, and yield each step's snapshot."""
    now = world.snapshots()[0]
    while world.time_s < seconds:
        now = world.step([driver(now)], ticks).snapshots[0]
        yield now


def speed_of(now: Snapshot) -> float:
    """Return the speed over the ground, m/s."""
    return math.hypot(now.velocity_forward_mps, now.velocity_left_mps)


def lateral_mps2(now: Snapshot) -> float:
    """Return the acceleration across the way that the car goes, m/s2."""
    return (
        now.accel_left_mps2 * now.velocity_forward_mps
        - now.accel_forward_mps2 * now.velocity_left_mps
    ) / speed_of(now)


class SpeedHold:
    """Holds a speed by a proportional and integral controller on the throttle."""

    def __init__(self, ticks: int) -> None:
        """Begin with the pedal released; ticks: from one decision to the next."""
        self._more = _INTEGRAL_GAIN * ticks / 4.0
        self._held = 0.0

    def throttle(self, now: Snapshot, wanted_mps: float) -> float:
        """Return how far the pedal is pressed; below 0 it is released."""
        missing_mps = wanted_mps - speed_of(now)
        self._held = min(1.0, max(0.0, self._held + self._more * missing_mps))
        return self._held + _PROPORTIONAL_GAIN * missing_mps


class MiddleOfTheRoad:
    """Keeps to the middle of the road at a speed that can be changed."""

    def __init__(self, track: Track, spec: CarSpec, speed_mps: float, inwards: float) -> None:
        """Begin at a speed. inwards: how fast the steering takes back what is off the middle."""
        self.speed_mps = speed_mps
        self._track, self._spec, self._inwards = track, spec, inwards
        self._foot = SpeedHold(_TICKS)
        self._trim_rad = 0.0

    def decide(self, now: Snapshot) -> Controls:
        """Steer along the arc to a place ahead, and hold the speed."""
        ahead_m = _AIM_M + _AIM_S * speed_of(now)
        aim = self._track.centreline.pose(now.s_m + ahead_m)
        east_m, north_m = aim.x_m - now.x_m, aim.y_m - now.y_m
        left_m = north_m * math.cos(now.heading_rad) - east_m * math.sin(now.heading_rad)
        bend_1pm = 2.0 * left_m / (east_m * east_m + north_m * north_m)
        self._trim_rad -= self._inwards * now.offset_m * _TICKS / 4.0
        steering_rad = bend_1pm * self._spec.chassis.wheelbase_m + self._trim_rad
        throttle = self._foot.throttle(now, self.speed_mps)
        return controls(steering_rad / self._spec.steering.lock_rad, throttle=throttle)


def skid_pad_mps2(car: MeasuredCar, radius_m: int) -> float:
    """Return the largest lateral acceleration held around a skid pad, NaN if there is none, m/s2.

    The car goes round the middle of the road ever faster until it runs wide.
    """
    track = load_track(_SKID_PADS[radius_m])
    begin_mps = math.sqrt(_PAD_FROM_MPS2 * radius_m)
    world = world_at(car, track, 0.0, begin_mps)
    driver = MiddleOfTheRoad(track, car.spec, begin_mps, _OFFSET_GAIN)
    window = round(_PAD_MEAN_S / (_TICKS * world.step_s))
    held: list[float] = []
    best = math.nan
    for now in drive_course(world, driver.decide, _PAD_MAX_S, _TICKS):
        driver.speed_mps = begin_mps + _PAD_FASTER_MPS2 * world.time_s
        off_circle_m = abs(now.offset_m)
        held = [*held[1 - window :], lateral_mps2(now)] if off_circle_m < _PAD_NARROW_M else []
        if len(held) == window:
            best = max(sum(held) / window, 0.0 if math.isnan(best) else best)
        if off_circle_m > _PAD_LEFT_M:
            break
    return best


def slalom_mps(car: MeasuredCar) -> float:
    """Return the highest steady speed through the slalom with all wheels on the road, m/s."""
    slow_kmh, fast_kmh = _SLALOM_KMH
    while fast_kmh - slow_kmh > _SLALOM_EXACT_KMH:
        middle_kmh = 0.5 * (slow_kmh + fast_kmh)
        if _is_through(car, mps(middle_kmh)):
            slow_kmh = middle_kmh
        else:
            fast_kmh = middle_kmh
    return math.nan if slow_kmh == _SLALOM_KMH[0] else mps(slow_kmh)


def _is_through(car: MeasuredCar, speed_mps: float) -> bool:
    """Return whether the car keeps to the road through the slalom at a speed."""
    track = proving_ground()
    from_m, to_m = _slalom(track)
    world = world_at(car, track, from_m - _RUN_UP_M, speed_mps)
    driver = MiddleOfTheRoad(track, car.spec, speed_mps, 0.0)
    tarmac = world.snapshots()[0].front_left_surface
    for now in drive_course(world, driver.decide, _SLALOM_MAX_S, _TICKS):
        if now.s_m > to_m:
            return True
        if any(surface != tarmac for surface in now.surface):
            return False
    return False


def _slalom(track: Track) -> tuple[float, float]:
    """Return where the slalom begins and ends along the lap."""
    after = [corner for corner in track.corners if corner.number >= _first_of_slalom(track)]
    end_m = after[0].exit_m
    for here, there in pairwise(after):
        if there.turn_in_m - here.exit_m > _JOINED_M:
            break
        end_m = there.exit_m
    return after[0].turn_in_m, end_m


def _first_of_slalom(track: Track) -> int:
    return next(corner.number for corner in track.corners if corner.name == _SLALOM)
