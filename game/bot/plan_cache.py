"""Keep plans on disk, one for each circuit, car and version of the program."""

from __future__ import annotations

import dataclasses
import io
import math
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from game.bot.plan import Plan
from game.digests import digest_of, track_digest
from game.errors import InputError
from game.files import cache_folder, read_bytes, write_bytes
from game.program_digest import program_digest
from game.records import bits
from game.track.track import Track
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec
from game.weather.weather import foreseen, weather_digest

_MAX_BYTES: Final = 16_000_000  # of a plan's file and of its content; one takes some 200,000
_KEPT_PLANS: Final = 4  # a drive reads one twice
_FORMER_NAME: Final = "limit_s"  # of the quasi-steady lap time, in files of earlier versions

_OF_LEVELS: Final = ("slower_speed_mps", "slower_accel_mps2")  # which have a row for each level


def plan_key(program: str, track: Track, spec: CarSpec, setup: Setup) -> str:
    """Return a name for all that a plan by a version of the program depends on."""
    return digest_of(
        program,
        track_digest(track),
        bits(make_car(spec, on_frozen_tyres(setup))),
        repr((spec.chassis.width_m, setup.initial_charge, setup.split_map)),
        weather_digest(foreseen(spec.weather)),
    )


def fastest_path(track: Track, spec: CarSpec, setup: Setup) -> Path:
    """Return the file of the fastest plan of a car with its setup on a circuit."""
    key = plan_key(program_digest("game.bot.planning"), track, spec, setup)
    return cache_folder() / "plans" / f"{track.name}-{key}.npz"


def slower_path(fastest: Path, pace: float, laps: int) -> Path:
    """Return the file of the slower plan at a pace whose charge lasts for a number of laps."""
    return fastest.with_name(f"{fastest.stem}-{pace!r}-{laps}.npz")


def write_plan(plan: Plan, path: Path) -> None:
    """Keep a plan; one that cannot be kept is worked out again next time."""
    try:
        write_bytes(path, plan_bytes(plan))
    except InputError:
        return


def plan_bytes(plan: Plan) -> bytes:
    """Return the content of a plan's file."""
    stream = io.BytesIO()
    fields = dataclasses.fields(plan)
    np.savez(stream, **{field.name: getattr(plan, field.name) for field in fields})
    return stream.getvalue()


def read_plan(path: Path) -> Plan | None:
    """Return the plan in a file; None if there is none or the file is damaged."""
    try:
        return _plan_of(read_bytes(path, _MAX_BYTES))
    except InputError:
        return None


@lru_cache(_KEPT_PLANS)
def _plan_of(content: bytes) -> Plan | None:
    """Return the plan with this content; one that is read again brings its table along."""
    try:
        stream = io.BytesIO(content)
        with zipfile.ZipFile(stream) as members:
            if sum(member.file_size for member in members.infolist()) > _MAX_BYTES:
                return None
        with np.load(stream) as stored:
            values: dict[str, Any] = {
                name: value if value.ndim else float(value) for name, value in stored.items()
            }
        if _FORMER_NAME in values:
            values["quasi_steady_s"] = values.pop(_FORMER_NAME)
        plan = Plan(**values)
    except Exception:
        return None  # zip, numpy and its headers fail in a dozen ways; the plan is made again
    return plan if _is_sound(plan) else None


def _is_sound(plan: Plan) -> bool:
    """Return whether a plan has a number where there has to be one."""
    columns = {
        field.name: column
        for field in dataclasses.fields(plan)
        if isinstance(column := getattr(plan, field.name), np.ndarray)
    }
    levels = [columns.pop(name) for name in _OF_LEVELS if name in columns]
    water_grip = columns.pop("water_grip")
    shape = plan.offset_m.shape
    return (
        len(plan.offset_m) > 0
        and water_grip.ndim == 1
        and len(water_grip) > 0
        and bool(((water_grip > 0.0) & (water_grip <= 1.0)).all())
        and all(column.shape == shape for column in columns.values())
        and [each.shape for each in levels] == [(len(levels[0]), *shape)] * len(_OF_LEVELS)
        and all(
            column.dtype == float and bool(np.isfinite(column).all())
            for column in (*columns.values(), *levels)
        )
        and all(map(math.isfinite, (plan.station_m, plan.lap_time_s, plan.quasi_steady_s)))
        and plan.station_m > 0.0
        and 0.0 < plan.charge_factor < math.inf
        and 0.0 < plan.pace <= 1.0
    )
