"""Follows a planned line by its speeds, beside it among others, and back when it is lost."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from game.bot.driver_noise import Imprecision
from game.bot.follower_tables import FollowerTables
from game.bot.lane import LanePath, LaneWish, gone_over, lane_at
from game.bot.lateral_control import STEERING_LEAD_S, LineError, lateral_forces, steering
from game.bot.plan import PlannedSpeed, plan_at, speed_at, usable_grip, water_grip_at
from game.bot.recovery import Recovery, is_lost, recovering
from game.bot.speed_control import (
    SPEED_LEAD_S,
    WantedSpeed,
    cool_limits_nm,
    forward_force,
    pedals,
)
from game.compiled import tick_function
from game.drivers.steering_law import MIN_SPEED_MPS
from game.scalars import clamp, maximum, minimum
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S
from game.trig import direction, wrap_angle
from game.units import G_MPS2
from game.vehicle.parts import Car
from game.vehicle.state import Controls, quantised

_BACK_M: Final = 0.05  # a decision, from beside the line back to it
_SLOWER_1PM: Final = 0.15  # share of the planned speed, per metre beside the planned line
_MIN_SHARE: Final = 0.4  # of the planned speed, however far beside
_NEAR_M: Final = 0.3  # a car in traffic that is farther from its path eases off, ...
_FAR_M: Final = 0.8  # ... and slows down from here on
_HARD_MPS2: Final = 8.0  # a car that has to brake so hard does not steer back to its path
_EASING_1PS2: Final = 4.0  # of acceleration, for each metre between
_MAX_EASING_MPS2: Final = 3.0


@dataclass(slots=True)
class FollowerMemory:
    """Holds all that one decision leaves to the next."""

    deviation_m: float = 0.0  # from the path, positive to its left
    recovery: Recovery = field(default_factory=Recovery)
    lane: LanePath = field(default_factory=LanePath)


@tick_function
def decide(
    car: Car,
    tables: FollowerTables,
    memory: FollowerMemory,
    now: Snapshot,
    noise: Imprecision,
    wish: LaneWish,
) -> Controls:
    """Return the controls for the next sixtieth of a second."""
    lane = memory.lane
    aside_m = lane.aside_m
    here = lane_at(tables, lane, aside_m, now.s_m)
    line_m = here.offset_m + noise.wander_m
    if memory.recovery.lost != 0:  # it finds its way from where it is, as far as that is on track
        aside_m = now.offset_m - line_m
        lane.across_mps = 0.0
    share = noise.speed_share
    across_rad = here.across_rad
    if len(tables.sides.stations) == 0:
        aside_m = _moved_back(tables, now.s_m, line_m, aside_m)
        share *= _share_beside(aside_m)
    else:
        aside_m = gone_over(tables, lane, now, wish, aside_m)
        here = lane_at(tables, lane, aside_m, now.s_m)
        line_m = here.offset_m + noise.wander_m
        across_rad = here.across_rad + lane.across_mps / maximum(now.velocity_forward_mps, 5.0)
    deviation_m = now.offset_m - line_m - aside_m
    if wish.max_accel_mps2 < -_HARD_MPS2:  # all grip is for the brakes: it goes on from where it is
        aside_m += deviation_m
        deviation_m = 0.0
    lane.aside_m = aside_m
    memory.deviation_m = deviation_m
    heading_error_rad = wrap_angle(now.heading_rad - now.track_heading_rad - across_rad)
    if is_lost(memory.recovery, deviation_m, heading_error_rad):
        return recovering(memory.recovery, now, deviation_m, heading_error_rad)
    soon_m = now.s_m + SPEED_LEAD_S * now.velocity_forward_mps
    soon = lane_at(tables, lane, aside_m, soon_m)
    planned = PlannedSpeed(here.speed_mps, soon.accel_mps2)
    grip = tyre_grip(now) * water_grip_at(tables.plan, now.tick * TICK_S)
    if len(tables.sides.stations) > 0:  # a car that is always alone meets no wake
        grip *= grip_in_wake(car, now)
    if grip < 1.0:
        planned = _with_less_grip(tables, lane, now.s_m, soon_m, planned, grip)
    max_mps2 = wish.max_accel_mps2
    if len(tables.sides.stations) > 0:
        max_mps2 = minimum(max_mps2, _eased_mps2(deviation_m))
    wanted = WantedSpeed(share * planned.speed_mps, share * share * planned.accel_mps2, max_mps2)
    forward_mps = maximum(now.velocity_forward_mps, MIN_SPEED_MPS)
    bend = lane_at(tables, lane, aside_m, now.s_m + STEERING_LEAD_S * forward_mps)
    line = LineError(deviation_m, across_rad, bend.curvature_1pm)
    return _following(car, tables, now, line, wanted)


@tick_function
def tyre_grip(now: Snapshot) -> float:
    """Return the share of their grip that a car's tyres have, up to 1."""
    return usable_grip(
        now.front_left_tyre_grip,
        now.front_right_tyre_grip,
        now.rear_left_tyre_grip,
        now.rear_right_tyre_grip,
    )


@tick_function
def grip_in_wake(car: Car, now: Snapshot) -> float:
    """Return the share of its grip that a car has where air moves along with it, up to 1.

    It is that of the loads: the wake ahead takes downforce, beside what the foreseen wind leaves.
    """
    heading = direction(now.heading_rad)
    planned_mps = now.velocity_forward_mps - (
        car.wind.x_mps * heading.cos + car.wind.y_mps * heading.sin
    )
    met_mps = now.velocity_forward_mps + now.head_wind_mps
    downforce_kgpm = car.aero.front_downforce_kgpm + car.aero.rear_downforce_kgpm
    planned_n = car.mass_kg * G_MPS2 + downforce_kgpm * planned_mps * planned_mps
    met_n = car.mass_kg * G_MPS2 + downforce_kgpm * met_mps * met_mps
    return minimum(met_n / planned_n, 1.0)


@tick_function
def _moved_back(tables: FollowerTables, s_m: float, line_m: float, aside_m: float) -> float:
    """Return how far beside its line a car alone drives after a decision, from `aside_m` before it.

    line_m: offset of the line beside the car.
    """
    aside_m += clamp(0.0 - aside_m, -_BACK_M, _BACK_M)
    if aside_m != 0.0:  # the line itself may use kerbs, but no path beside it
        track = tables.track
        sample = track.samples[int(s_m / track.step_m) % track.sample_count]
        low_m = minimum(tables.half_width_m - sample.bands_right_m[0] - line_m, 0.0)
        high_m = maximum(sample.bands_left_m[0] - tables.half_width_m - line_m, 0.0)
        aside_m = clamp(aside_m, low_m, high_m)
    return aside_m


@tick_function
def _share_beside(aside_m: float) -> float:
    """Return the share of the planned speed that is driven so far beside the planned line."""
    return maximum(1.0 - _SLOWER_1PM * abs(aside_m), _MIN_SHARE)


@tick_function
def _eased_mps2(deviation_m: float) -> float:
    """Return the acceleration with which a car at most goes on that has run off its path.

    Who changes lanes in a corner can run wide. Hard braking would take the grip that brings it
    back.
    """
    beside_m = abs(deviation_m)
    if beside_m < _NEAR_M:
        return math.inf
    return maximum(_EASING_1PS2 * (_FAR_M - beside_m), -_MAX_EASING_MPS2)


@tick_function
def _with_less_grip(
    tables: FollowerTables,
    lane: LanePath,
    here_m: float,
    soon_m: float,
    best: PlannedSpeed,
    grip: float,
) -> PlannedSpeed:
    """Return the speed here and its change soon for tyres with a share of their grip.

    best: the same for tyres with all of it.
    """
    plan = tables.plan
    here = speed_at(plan, here_m, grip)
    soon = speed_at(plan, soon_m, grip)
    if lane.side == 0.0:
        return PlannedSpeed(here.speed_mps, soon.accel_mps2)
    share = here.speed_mps / plan_at(plan, here_m).speed_mps
    return PlannedSpeed(share * best.speed_mps, share * share * best.accel_mps2)


@tick_function
def _following(
    car: Car,
    tables: FollowerTables,
    now: Snapshot,
    line: LineError,
    wanted: WantedSpeed,
) -> Controls:
    """Return the controls of a car that is near its path."""
    axles = lateral_forces(car, tables, now, line)
    limits_nm = cool_limits_nm(car, now)
    force = forward_force(car, tables, now, axles, wanted, limits_nm)
    position = steering(car, tables, now, axles, force.front_share * force.force_n)
    pressed = pedals(car, tables, now, force.force_n, limits_nm)
    return quantised(position, pressed.throttle, pressed.brake, 0)
