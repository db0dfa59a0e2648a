"""The car's published figures, each measured as a short drive in the world, on endless tarmac."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from game.compiled import Backend
from game.simulation.snapshot import Snapshot
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.units import G_MPS2, kmh, mps
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, controls

_MOST_SECONDS = 60.0
_TOP_SPEED_AFTER_S = 40.0
_RAMP_S = 30.0  # of the steering, slow enough for the car to be in balance all the way
_MEAN_S = 0.5  # over which a lateral acceleration has to be held
_SPEED_TOLERANCE_MPS = 1.0
_RAMP_TOP_MPS2 = 25.0  # the ramp ends at a steering for more than any tyre gives
_STANDING_MPS = 0.01


@dataclass(frozen=True)
class CarFigures:
    """The figures that a tester would measure; distances from the first touch of a pedal."""

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


def measure_figures(
    spec: CarSpec,
    setup: Setup,
    backend: Backend = Backend.COMPILED,
    on_drive: Callable[[str], None] | None = None,
) -> CarFigures:
    """Drive all figures with this setup; yaw control is off, as on a test track.

    `on_drive` gets the name of each kind of drive as it begins.
    """
    setup = msgspec.structs.replace(setup, yaw_control=0)

    def track_day(speed_kmh: float) -> World:
        start = Start(spec, setup, Pose(0.0, 0.0, 0.0), speed_mps=mps(speed_kmh))
        return World(None, [start], backend=backend)

    def begin(name: str) -> None:
        if on_drive is not None:
            on_drive(name)

    begin("acceleration")
    launch = _launch(track_day(0.0))
    begin("braking")
    braking = {speed: _stop(track_day(speed)) for speed in (100.0, 200.0)}
    begin("cornering")
    lateral = {speed: _corner(track_day(speed), spec, mps(speed)) for speed in (100.0, 200.0)}
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
    )


@dataclass(frozen=True)
class _Launch:
    """A full-throttle run from standstill, tick by tick."""

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
        """Time from standstill, interpolated within the tick; NaN if the speed is not reached."""
        if mps(speed_kmh) > max(self.speeds_mps):
            return math.nan
        index, share = self._crossing(speed_kmh)
        return (index + share) * self.step_s

    def distance_to(self, speed_kmh: float) -> float:
        """Distance from standstill; NaN if the speed is not reached."""
        if mps(speed_kmh) > max(self.speeds_mps):
            return math.nan
        index, share = self._crossing(speed_kmh)
        return self.places_m[index] + share * (self.places_m[index + 1] - self.places_m[index])


def _launch(world: World) -> _Launch:
    speeds, places, peak = [0.0], [0.0], 0.0
    for now in _drive(world, lambda _: controls(throttle=1.0), _TOP_SPEED_AFTER_S, ticks=1):
        speeds.append(now.velocity_forward_mps)
        places.append(now.x_m)
        peak = max(peak, now.accel_forward_mps2)
    return _Launch(world.step_s, speeds, places, peak, speeds[-1])


def _stop(world: World) -> float:
    """Distance of a full stop, pedal to the floor, ABS as it is set."""
    for now in _drive(world, lambda _: controls(brake=1.0), _MOST_SECONDS, ticks=1):
        if now.velocity_forward_mps < _STANDING_MPS:
            return now.x_m
    return math.nan


def _corner(world: World, spec: CarSpec, speed_mps: float) -> float:
    """Return the largest lateral acceleration held for half a second, steering wound on slowly,
    m/s2.

    A driver holds the speed with the pedals.
    """
    wheelbase_m = spec.chassis.wheelbase_m
    tightest = _RAMP_TOP_MPS2 / speed_mps**2 * wheelbase_m + 0.1
    held_throttle = 0.0

    def hold_speed(now: Snapshot) -> Controls:
        nonlocal held_throttle
        missing = speed_mps - math.hypot(now.velocity_forward_mps, now.velocity_left_mps)
        held_throttle = min(1.0, max(0.0, held_throttle + 0.004 * missing))
        wound = now.tick * world.step_s / _RAMP_S * tightest / spec.steering.lock_rad
        return controls(wound, throttle=held_throttle + 0.5 * missing)

    held: list[float] = []
    best = 0.0
    ticks = 4
    window = round(_MEAN_S / (ticks * world.step_s))
    for now in _drive(world, hold_speed, _RAMP_S, ticks):
        pace = math.hypot(now.velocity_forward_mps, now.velocity_left_mps)
        across = (
            now.accel_left_mps2 * now.velocity_forward_mps
            - now.accel_forward_mps2 * now.velocity_left_mps
        ) / pace
        held = [*held[1 - window :], across] if abs(pace - speed_mps) < _SPEED_TOLERANCE_MPS else []
        if len(held) == window:
            best = max(best, sum(held) / window)
    return best


def _drive(
    world: World, driver: Callable[[Snapshot], Controls], seconds: float, ticks: int
) -> Iterator[Snapshot]:
    now = world.snapshots()[0]
    while world.time_s < seconds:
        now = world.step([driver(now)], ticks).snapshots[0]
        yield now
