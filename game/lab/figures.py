"""Measure the car's published figures, each as a short drive in the world.

Cars are accelerated and stopped on the straight of the proving ground, and driven round its skid
pads and through its slalom, on tyres from the warmers. Cornering at a speed takes more room than
that: it is measured on endless tarmac.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from game.compiled import Backend
from game.lab.courses import (
    MeasuredCar,
    SpeedHold,
    drive_course,
    lateral_mps2,
    main_straight,
    proving_ground,
    skid_pad_mps2,
    slalom_mps,
    speed_of,
    world_at,
)
from game.simulation.snapshot import Snapshot
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.units import G_MPS2, kmh, mps
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, controls

_MAX_SECONDS = 60.0
_ENDS_M = 5.0  # of the straight, that are left before and behind a drive
_RAMP_S = 30.0  # of the steering, slow enough for the car to be in balance all the way
_MEAN_S = 0.5  # over which a lateral acceleration has to be held
_SPEED_TOLERANCE_MPS = 1.0
_RAMP_TOP_MPS2 = 25.0  # the ramp ends at a steering for more than any tyre gives
_STANDING_MPS = 0.01


@dataclass(frozen=True)
class CarFigures:
    """Holds what a tester would measure; distances are from the first touch of a pedal."""

    mass_kg: float
    zero_to_50_kmh_s: float
    zero_to_100_kmh_s: float
    zero_to_200_kmh_s: float
    zero_to_100_kmh_m: float
    top_speed_kmh: float
    peak_acceleration_g: float
    braking_100_0_m: float
    braking_200_0_m: float
    lateral_100_kmh_g: float
    lateral_200_kmh_g: float
    skid_pad_50_m_g: float
    skid_pad_100_m_g: float
    slalom_30_m_kmh: float


def measure_figures(
    spec: CarSpec,
    setup: Setup,
    backend: Backend = Backend.COMPILED,
    on_drive: Callable[[str], None] | None = None,
) -> CarFigures:
    """Drive all figures with this setup; yaw control is off, as on a test track.

    `on_drive` gets the name of each kind of drive as it begins.
    """
    car = MeasuredCar(spec, msgspec.structs.replace(setup, yaw_control=0), backend)
    begin = on_drive or (lambda _name: None)
    begin("acceleration")
    launch = drive_launch(car)
    begin("braking")
    braking = {speed: stopping_distance_m(car, mps(speed)) for speed in (100.0, 200.0)}
    begin("cornering")
    lateral = {speed: cornering_mps2(car, mps(speed)) for speed in (100.0, 200.0)}
    begin("skid pads")
    pads = {radius: skid_pad_mps2(car, radius) for radius in (50, 100)}
    begin("slalom")
    driver_kg = spec.chassis.driver_mass_kg if setup.driver_aboard else 0.0
    return CarFigures(
        mass_kg=spec.chassis.mass_kg + driver_kg,
        zero_to_50_kmh_s=launch.time_to(50.0),
        zero_to_100_kmh_s=launch.time_to(100.0),
        zero_to_200_kmh_s=launch.time_to(200.0),
        zero_to_100_kmh_m=launch.distance_to(100.0),
        top_speed_kmh=kmh(launch.top_mps),
        peak_acceleration_g=launch.peak_mps2 / G_MPS2,
        braking_100_0_m=braking[100.0],
        braking_200_0_m=braking[200.0],
        lateral_100_kmh_g=lateral[100.0] / G_MPS2,
        lateral_200_kmh_g=lateral[200.0] / G_MPS2,
        skid_pad_50_m_g=pads[50] / G_MPS2,
        skid_pad_100_m_g=pads[100] / G_MPS2,
        slalom_30_m_kmh=kmh(slalom_mps(car)),
    )


@dataclass(frozen=True)
class Launch:
    """Holds a full-throttle run from standstill, tick by tick."""

    step_s: float
    speeds_mps: list[float]
    places_m: list[float]
    peak_mps2: float
    top_mps: float

    def _crossing(self, speed_kmh: float) -> tuple[int, float]:
        wanted = mps(speed_kmh)
        after = next(index for index, speed in enumerate(self.speeds_mps) if speed >= wanted)
        before = self.speeds_mps[after - 1]
        return after - 1, (wanted - before) / (self.speeds_mps[after] - before)

    def time_to(self, speed_kmh: float) -> float:
        """Return the time from standstill, within the tick; NaN if the speed is not reached."""
        if mps(speed_kmh) > max(self.speeds_mps):
            return math.nan
        index, share = self._crossing(speed_kmh)
        return (index + share) * self.step_s

    def time_after(self, roll_out_m: float, speed_kmh: float) -> float:
        """Return the time to a speed from where a car has rolled so far, as drag strips do."""
        after = next(index for index, place_m in enumerate(self.places_m) if place_m >= roll_out_m)
        before_m = self.places_m[after - 1]
        share = (roll_out_m - before_m) / (self.places_m[after] - before_m)
        return self.time_to(speed_kmh) - (after - 1 + share) * self.step_s

    def distance_to(self, speed_kmh: float) -> float:
        """Return the distance from standstill; NaN if the speed is not reached."""
        if mps(speed_kmh) > max(self.speeds_mps):
            return math.nan
        index, share = self._crossing(speed_kmh)
        return self.places_m[index] + share * (self.places_m[index + 1] - self.places_m[index])


def drive_launch(car: MeasuredCar) -> Launch:
    """Return a full-throttle run along the whole straight."""
    track = proving_ground()
    straight = main_straight(track)
    world = world_at(car, track, straight.from_m + _ENDS_M, 0.0)
    place_m = _distance_from(world)
    speeds, places, peak = [0.0], [0.0], 0.0
    for now in drive_course(world, lambda _: controls(throttle=1.0), _MAX_SECONDS, ticks=1):
        speeds.append(now.velocity_forward_mps)
        places.append(place_m(now))
        peak = max(peak, now.accel_forward_mps2)
        if places[-1] > straight.length_m - 2.0 * _ENDS_M:
            break
    return Launch(world.step_s, speeds, places, peak, speeds[-1])


def stopping_distance_m(car: MeasuredCar, speed_mps: float) -> float:
    """Return the distance of a full stop, pedal to the floor, ABS as it is set."""
    track = proving_ground()
    world = world_at(car, track, main_straight(track).from_m + _ENDS_M, speed_mps)
    place_m = _distance_from(world)
    for now in drive_course(world, lambda _: controls(brake=1.0), _MAX_SECONDS, ticks=1):
        if now.velocity_forward_mps < _STANDING_MPS:
            return place_m(now)
    return math.nan


def _distance_from(world: World) -> Callable[[Snapshot], float]:
    """Return a function that gives how far a car is from where it stands now."""
    begin = world.snapshots()[0]
    return lambda now: math.hypot(now.x_m - begin.x_m, now.y_m - begin.y_m)


def cornering_mps2(car: MeasuredCar, speed_mps: float) -> float:
    """Return the largest lateral acceleration held half a second, steering wound on slowly.

    A driver holds the speed with the pedals.
    """
    pose = Pose(0.0, 0.0, 0.0)
    start = Start(car.spec, car.setup, pose, speed_mps=speed_mps, warm_tyres=True)
    world = World(None, [start], backend=car.backend)
    tightest = _RAMP_TOP_MPS2 / speed_mps**2 * car.spec.chassis.wheelbase_m + 0.1
    ticks = 4
    foot = SpeedHold(ticks)

    def hold_speed(now: Snapshot) -> Controls:
        wound = now.tick * world.step_s / _RAMP_S * tightest / car.spec.steering.lock_rad
        return controls(wound, throttle=foot.throttle(now, speed_mps))

    held: list[float] = []
    best = 0.0
    window = round(_MEAN_S / (ticks * world.step_s))
    for now in drive_course(world, hold_speed, _RAMP_S, ticks):
        steady = abs(speed_of(now) - speed_mps) < _SPEED_TOLERANCE_MPS
        held = [*held[1 - window :], lateral_mps2(now)] if steady else []
        if len(held) == window:
            best = max(best, sum(held) / window)
    return best
