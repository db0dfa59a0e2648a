"""What a bot knows before it drives: the line and the speeds, made once and kept on disk."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from game.compiled import bits
from game.drivers.grip_limits import grip_limits
from game.drivers.quickest_line import quickest_line
from game.drivers.racing_line import corridor
from game.drivers.speed_profile import SpeedPlanner
from game.drivers.steady_car import Ambience
from game.files import InputError, cache_folder, write_bytes
from game.track.surfaces import TARMAC
from game.track.track import Track
from game.vehicle.battery import battery_limits
from game.vehicle.parts import Car, make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

Array = npt.NDArray[np.float64]

_PLANNED_GRIP = 1.0  # of the car


# Of the braking that the steady car could do: turning in on the brakes takes the rest.
_PLANNED_BRAKING = 0.94


@dataclass(frozen=True)
class Plan:
    """A line over stations evenly spaced along the centre line; arrays have shape (n,)."""

    station_m: float  # from one station to the next along the centre line
    offset_m: Array
    x_m: Array
    y_m: Array
    heading_rad: Array  # of the line
    curvature_1pm: Array
    speed_mps: Array
    accel_mps2: Array  # to the next station
    limit_s: float  # the quasi-steady lap time of line and speeds, at all the car's grip


def make_plan(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    on_round: Callable[[int, float], None] | None = None,
) -> Plan:
    """The plan for a car with its setup on a circuit: from the cache, or worked out in seconds.

    `on_round` is told of each round of the work and the best lap time so far.
    """
    car = make_car(spec, setup)
    path = cache_folder() / "plans" / f"{track.name}-{_key(track, spec, car, setup)}.npz"
    return _read(path) or _work_out(track, spec, setup, car, path, on_round)


def _work_out(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    car: Car,
    path: Path,
    on_round: Callable[[int, float], None] | None,
) -> Plan:
    limits = battery_limits(
        car.battery, setup.initial_charge, car.battery.ambient_temperature_k, car.regen_limit
    )
    tarmac = track.tables.footings[TARMAC]
    able = grip_limits(car, Ambience(tarmac.grip, tarmac.rolling_resistance, limits.charge_w))
    planner = SpeedPlanner(able)
    way = corridor(track, spec.chassis.width_m)
    line = quickest_line(way, planner, on_round)
    braking = [_PLANNED_BRAKING * brake_mps2 for brake_mps2 in able.brake_mps2]
    profile = SpeedPlanner(able._replace(brake_mps2=braking)).profile(line)
    plan = Plan(
        station_m=track.length_m / len(line.s_m),
        offset_m=line.offset_m,
        x_m=line.x_m,
        y_m=line.y_m,
        heading_rad=line.heading_rad,
        curvature_1pm=line.curvature_1pm,
        speed_mps=profile.speed_mps,
        accel_mps2=profile.accel_mps2,
        limit_s=planner.profile(line).lap_time_s,
    )
    _keep(plan, path)
    return plan


def _key(track: Track, spec: CarSpec, car: Car, setup: Setup) -> str:
    """A name that changes with everything the plan depends on, the program's code included."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for source in sorted(package.glob("[!a]*/*.py")):  # the window's package plans nothing
        digest.update(source.read_bytes())
    for side in ("left", "right"):
        digest.update(track.band_edges(side).tobytes())
    digest.update(track.outline("left", -1).tobytes())
    digest.update(bits(car))
    digest.update(repr(track.tables.footings).encode())
    digest.update(repr((spec.chassis.width_m, setup.initial_charge)).encode())
    return digest.hexdigest()[:16]


def _keep(plan: Plan, path: Path) -> None:
    stream = io.BytesIO()
    np.savez(stream, **vars(plan))
    try:
        write_bytes(path, stream.getvalue())
    except InputError:
        return  # a plan that cannot be kept is worked out again next time


def _read(path: Path) -> Plan | None:
    try:
        with np.load(path) as stored:
            values: dict[str, Any] = {
                name: value if value.ndim else float(value) for name, value in stored.items()
            }
        return Plan(**values)
    except (OSError, EOFError, ValueError, TypeError, zipfile.BadZipFile):
        return None
