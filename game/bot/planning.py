"""Plan the minimum-time line and its speeds, rehearsed in the simulation and kept on disk."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from game.arrays import Array
from game.bot.corridor import KERB_SHARE, corridor
from game.bot.min_time_line import min_time_line
from game.bot.plan import Plan
from game.bot.plan_cache import fastest_path, read_plan, slower_path, write_plan
from game.bot.plan_pace import charge_lasts, slower_plan
from game.bot.regained_grip import Rehearsed, is_much_eased, with_grip_regained
from game.bot.rehearsal import LAPS, rehearse
from game.bot.shipped_plan import shipped_plan
from game.bot.speed_plan import (
    line_plan,
    reduced_grip,
    speed_planner,
)
from game.bot.start import run_up_laps
from game.bot.stint_plan import with_charge_factor
from game.bot.water_ahead import planned_weather, with_water_ahead
from game.file_lock import locked
from game.track.track import Track
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec, in_weather

REHEARSING: Final = "rehearsing"  # what a round of planning is called that drives the plan
_MAX_REHEARSALS: Final = 24
_FIRST_GRIP: Final = 0.995  # share that is planned with: the rest corrects what a bot drives badly

OnRound = Callable[[str, float], None]


def make_plan(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    on_round: OnRound | None = None,
    pace: float = 1.0,
    laps: int = 1,
) -> Plan:
    """Return the plan for a car with its setup on a circuit: shipped, kept, or made in seconds.

    Of several processes that lack the same plan one makes it, and the others wait.

    pace: 1 for the fastest plan; at less the planned lap takes 1 / pace times as long, and uses
    less of tyres, brakes and motors everywhere.
    laps: how far the charge has to last, after the run-up; if it does not at this pace, the plan is
    slower still.
    `on_round` is called with what is being done and the best lap time so far.
    """
    path = fastest_path(track, spec, setup)
    fastest = _known_plan(track, spec, setup)
    if fastest is None:
        with locked(path.with_suffix(".lock")):  # who waited for another process reads its plan
            fastest = _known_plan(track, spec, setup)
            if fastest is None:
                fastest = work_out_plan(track, spec, setup, on_round)
                write_plan(fastest, path)
    range_laps = laps + run_up_laps(fastest)
    if pace == 1.0 and charge_lasts(fastest, setup, range_laps):
        return fastest
    path = slower_path(path, pace, laps)
    plan = read_plan(path)
    if plan is None:
        plan = slower_plan(track, spec, setup, fastest, pace, laps)
        write_plan(plan, path)
    return plan


def plan_if_ready(track: Track, spec: CarSpec, setup: Setup) -> Plan | None:
    """Return the plan for one lap after another at full pace if it is there; None otherwise."""
    plan = _known_plan(track, spec, setup)
    if plan is None or charge_lasts(plan, setup, 1 + run_up_laps(plan)):
        return plan
    return read_plan(slower_path(fastest_path(track, spec, setup), 1.0, 1))


def _known_plan(track: Track, spec: CarSpec, setup: Setup) -> Plan | None:
    """Return the fastest plan that ships or is in the cache; None if it has to be worked out."""
    shipped = shipped_plan(track, spec, setup)
    return shipped if shipped is not None else read_plan(fastest_path(track, spec, setup))


def work_out_plan(
    track: Track, spec: CarSpec, setup: Setup, on_round: OnRound | None = None
) -> Plan:
    """Return the fastest plan that is driven without trouble, or the last and most careful one.

    It is worked out whether there is one already or not. It is rehearsed on frozen tyres, and has
    the speeds for tyres with less grip beside. Of the weather it foresees what it is at the start,
    and how the road gets wet or dries; gusts nobody foresees.
    """
    setup = on_frozen_tyres(setup)
    driven, spec = spec, in_weather(spec, planned_weather(spec.weather))
    planner = speed_planner(track, spec, setup)
    line = min_time_line(
        corridor(track, spec.chassis.width_m, 0.0 if driven.weather.is_wet else KERB_SHARE),
        planner,
        on_round and partial(on_round, "planning the line"),
    )
    quasi_steady_s = planner.profile(line).lap_time_s

    def rehearsed(grip: Array) -> Rehearsed:
        plan = line_plan(planner, line, grip, quasi_steady_s)
        if on_round is not None:
            on_round(REHEARSING, plan.lap_time_s)
        laps = LAPS + is_much_eased(grip, _FIRST_GRIP)  # still warmer: what just held may slide
        return Rehearsed(plan, rehearse(track, spec, setup, plan, laps))

    found = rehearsed(np.full(len(line.s_m), _FIRST_GRIP))
    for _ in range(_MAX_REHEARSALS):
        if found.rehearsal.is_clean:
            found = with_grip_regained(found, _FIRST_GRIP, rehearsed)
            break
        departures = found.rehearsal.departures
        found = rehearsed(reduced_grip(found.plan, line.s_m, track.length_m, departures))
    plan = dataclasses.replace(found.plan, charge_per_lap=found.rehearsal.charge_per_lap)
    plan = with_water_ahead(plan, line, track, driven, setup)
    return with_charge_factor(plan, track, driven, setup)
