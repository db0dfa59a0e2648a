"""Planning: the quickest line, its speeds, rehearsed in the simulation; made once, kept on disk."""

from __future__ import annotations

import dataclasses
import io
import math
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from game.arrays import Array
from game.bot.min_time_line import min_time_line
from game.bot.plan import Plan
from game.bot.rehearsal import OFF_LINE_M, Excursion, rehearse
from game.compiled import bits
from game.digests import digest_of, track_digest
from game.errors import InputError
from game.files import cache_folder, write_bytes
from game.program_digest import program_digest
from game.quasi_steady.mapped_planner import mapped_planner
from game.quasi_steady.racing_line import RacingLine, corridor, line_at
from game.quasi_steady.speed_profile import SpeedPlanner
from game.quasi_steady.track_conditions import track_conditions
from game.track.track import Track
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_REHEARSALS: Final = 24
_FIRST_SHARE: Final = 0.985  # of the grip: at the peaks a driver cannot hold a car
_LESS_PER_M: Final = 0.012  # of the grip used before an excursion, for each metre of it
_LEAST_SHARE: Final = 0.94  # that one rehearsal leaves
_BEFORE_S: Final = 2.0  # an excursion is made so long before it shows
_BEHIND_M: Final = 15.0
_FADE_M: Final = 30.0  # over which the grip used goes back to what it was
RUN_UP_LAPS: Final = 0.4  # driven before flying laps begin
_EASIER: Final = 0.97  # of the pace at most, until it does
_LEAST_PACE: Final = 0.3
_PACE_HALVINGS: Final = 20

OnRound = Callable[[str, float], None]


def make_plan(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    on_round: OnRound | None = None,
    pace: float = 1.0,
    laps: int = 1,
) -> Plan:
    """The plan for a car with its setup on a circuit: from the cache, or worked out in seconds.

    pace: the planned lap takes 1 / pace times as long as the quickest; it uses that much less of
    tyres, brakes and motors everywhere. laps: how far the charge has to last; a plan that uses
    more is made slower. `on_round` is told what is being done, and the best lap time so far.
    """
    quickest_path = _quickest_path(track, spec, setup)
    quickest = _read(quickest_path)
    if quickest is None:
        planner = speed_planner(track, spec, setup)
        way = corridor(track, spec.chassis.width_m)
        line = min_time_line(way, planner, on_round and partial(on_round, "planning the line"))
        quickest = _rehearsed(planner, line, track, spec, setup, on_round)
        _keep(quickest, quickest_path)
    range_laps = laps + RUN_UP_LAPS
    if pace == 1.0 and _lasts(quickest, setup, range_laps):
        return quickest
    path = _easier_path(quickest_path, pace, laps)
    plan = _read(path)
    if plan is None:
        plan = _easier(track, spec, setup, quickest, pace, range_laps)
        _keep(plan, path)
    return plan


def plan_if_ready(track: Track, spec: CarSpec, setup: Setup) -> Plan | None:
    """The plan for one lap after another at full pace if the cache has it; None otherwise."""
    path = _quickest_path(track, spec, setup)
    plan = _read(path)
    if plan is None or _lasts(plan, setup, 1 + RUN_UP_LAPS):
        return plan
    return _read(_easier_path(path, 1.0, 1))


def speed_planner(track: Track, spec: CarSpec, setup: Setup) -> SpeedPlanner:
    """What works out the speeds along lines of a track for a car with its setup."""
    car = make_car(spec, setup)
    return mapped_planner(track, car, setup, track_conditions(track, car, setup))


def _rehearsed(
    planner: SpeedPlanner,
    line: RacingLine,
    track: Track,
    spec: CarSpec,
    setup: Setup,
    on_round: OnRound | None,
) -> Plan:
    """The plan of most grip that is driven without trouble, or the last and most careful one."""
    limit_s = planner.profile(line).lap_time_s
    plan = line_plan(planner, line, np.full(len(line.s_m), _FIRST_SHARE), limit_s)
    came = rehearse(track, spec, setup, plan)
    for _ in range(_REHEARSALS):
        if not came.troubles_m and not came.lost:
            break
        if on_round is not None:
            on_round("rehearsing", plan.lap_time_s)
        grip = eased(plan, line.s_m, track.length_m, came.excursions)
        plan = line_plan(planner, line, grip, limit_s)
        came = rehearse(track, spec, setup, plan)
    return dataclasses.replace(plan, charge_per_lap=came.charge_per_lap)


def _easier(
    track: Track, spec: CarSpec, setup: Setup, quickest: Plan, pace: float, range_laps: float
) -> Plan:
    """The same line at a slower pace, and slower still until the charge lasts, if it can."""
    planner = speed_planner(track, spec, setup)
    line = line_at(corridor(track, spec.chassis.width_m), quickest.offset_m)
    plan = quickest
    while True:
        if pace < 1.0:
            plan = _paced(planner, line, quickest, pace)
        if _lasts(quickest, setup, range_laps) or pace < _LEAST_PACE:
            return plan
        per_lap = rehearse(track, spec, setup, plan).charge_per_lap
        plan = dataclasses.replace(plan, charge_per_lap=per_lap)
        share = setup.initial_charge / (per_lap * range_laps)
        if share >= 1.0:
            return plan
        pace *= min(_EASIER, math.sqrt(share))  # most of it goes into drag, by the speed's square


def eased(plan: Plan, s_m: Array, lap_m: float, found: Sequence[Excursion]) -> Array:
    """The grip that a plan uses, less from before each excursion to a little behind it, shape (n,).

    The wider it was, the less; an excursion that is none takes nothing, so that a plan changes
    evenly with the car that it is for.
    """
    factor = np.ones_like(s_m)
    for from_m, widest_m in found:
        less = max(1.0 - _LESS_PER_M * (widest_m - OFF_LINE_M), _LEAST_SHARE)
        speed_mps = float(np.interp(from_m, s_m, plan.speed_mps))
        before_m = _BEFORE_S * speed_mps
        middle_m = from_m + 0.5 * (_BEHIND_M - before_m)
        away_m = np.abs((s_m - middle_m + 0.5 * lap_m) % lap_m - 0.5 * lap_m)
        beyond_m = away_m - 0.5 * (before_m + _BEHIND_M)
        factor = np.minimum(factor, less + (1.0 - less) * np.clip(beyond_m / _FADE_M, 0.0, 1.0))
    return plan.grip * factor


def _paced(planner: SpeedPlanner, line: RacingLine, quickest: Plan, pace: float) -> Plan:
    """The plan with the same line and that share of the grip at which its lap takes 1 / pace."""
    low, high = 0.0, 1.0
    for _ in range(_PACE_HALVINGS):
        share = 0.5 * (low + high)
        plan = line_plan(planner, line, share * quickest.grip, quickest.limit_s)
        if plan.lap_time_s * pace > quickest.lap_time_s:
            low = share
        else:
            high = share
    return plan


def line_plan(planner: SpeedPlanner, line: RacingLine, grip: Array, limit_s: float) -> Plan:
    """The plan to drive a line with a share of the grip, shape (n,); `limit_s` is at all of it."""
    profile = planner.profile(line, grip)
    return Plan(
        station_m=float(line.s_m[1]),
        offset_m=line.offset_m,
        x_m=line.x_m,
        y_m=line.y_m,
        heading_rad=line.heading_rad,
        curvature_1pm=line.curvature_1pm,
        grip=grip,
        speed_mps=profile.speed_mps,
        accel_mps2=profile.accel_mps2,
        lap_time_s=profile.lap_time_s,
        charge_per_lap=math.nan,
        limit_s=limit_s,
    )


def _lasts(plan: Plan, setup: Setup, laps: float) -> bool:
    """Whether the charge does, for so many laps."""
    return plan.charge_per_lap * laps <= setup.initial_charge


def _quickest_path(track: Track, spec: CarSpec, setup: Setup) -> Path:
    key = digest_of(
        program_digest(__name__),
        track_digest(track),
        bits(make_car(spec, setup)),
        repr((spec.chassis.width_m, setup.initial_charge, setup.split_map)),
    )
    return cache_folder() / "plans" / f"{track.name}-{key}.npz"


def _easier_path(quickest_path: Path, pace: float, laps: int) -> Path:
    return quickest_path.with_name(f"{quickest_path.stem}-{pace!r}-{laps}.npz")


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
