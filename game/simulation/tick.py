"""One tick of everything: ground under the wheels, forces, the space's step, timing, limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.scalars import minimum
from game.simulation.chassis import Motion, body_motion, push_body, step_space
from game.simulation.events import CONTACT, EventLog, report
from game.simulation.lap_timer import GateLine, LapClock, time_lap
from game.simulation.split_table import is_mapped, own_shares, shares_at
from game.simulation.track_limits import Excursion, judge_limits
from game.track.tables import (
    TrackPoint,
    TrackTables,
    displaced,
    edge_excess_m,
    project,
    surface_at,
)
from game.trig import direction
from game.vehicle.car import step_car
from game.vehicle.parts import Car
from game.vehicle.state import (
    BodyMotion,
    CarState,
    Controls,
    Ground,
    PerWheel,
    WheelState,
)
from game.vehicle.torque_split import FrontShares

# A velocity that the space changed by less than this was changed by rounding, not by a contact.
_LEAST_CONTACT_MPS: Final = 1e-7


@dataclass(slots=True)
class Standing:
    """Where a car stands on the track, what is under it and what its body should do unhit."""

    x_m: float = 0.0
    y_m: float = 0.0
    index: int = 0  # of the centre line's sample, the hint for the next search
    s_m: float = 0.0
    offset_m: float = 0.0
    track_heading_rad: float = 0.0
    curvature_1pm: float = 0.0
    front_left_surface: int = 0
    front_right_surface: int = 0
    rear_left_surface: int = 0
    rear_right_surface: int = 0
    beyond_limit_m: float = -1.0
    free_x_mps: float = 0.0
    free_y_mps: float = 0.0
    free_yaw_radps: float = 0.0
    impulse_ns: float = 0.0
    contact_j: float = 0.0  # energy lost in contacts since the start


@dataclass(slots=True)
class Entry:
    """All that changes of one car in the world, but its body."""

    state: CarState
    clock: LapClock
    standing: Standing = field(default_factory=Standing)
    excursion: Excursion = field(default_factory=Excursion)


class Push(NamedTuple):
    """What acts on a car's body in a tick, in the world's axes."""

    x_n: float
    y_n: float
    yaw_nm: float


@tick_function
def advance(
    tables: TrackTables,
    gates: Sequence[GateLine],
    splits: Sequence[float],
    cars: Sequence[Car],
    entries: Sequence[Entry],
    controls: Sequence[Controls],
    bodies: Any,
    space: Any,
    log: EventLog,
    first_tick: int,
    ticks: int,
    step_s: float,
) -> int:
    """Run `ticks` ticks with the same controls; ends early after a tick in which a contact began.

    Gives the number of the next tick. Only between ticks can the world ask who touched whom.
    """
    for tick in range(first_tick, first_tick + ticks):
        contacts = 0
        for index in range(len(cars)):
            car = cars[index]
            entry = entries[index]
            motion = body_motion(bodies, index)
            shares = own_shares(car)
            if is_mapped(car):  # no other car shall wait while the table is handed on
                shares = shares_at(tables, splits, car, entry.standing.s_m)
            push = drive(tables, shares, car, entry, controls[index], motion, step_s)
            push_body(bodies, index, push.x_n, push.y_n, push.yaw_nm)
            _expect(car, entry.standing, motion, push, step_s)
        step_space(space, step_s)
        for index in range(len(cars)):
            car = cars[index]
            entry = entries[index]
            motion = body_motion(bodies, index)
            contacts += _notice_contact(car, entry.standing, motion, index, log, tick)
            follow(tables, gates, car, entry, motion, index, log, tick, step_s)
        if contacts > 0:
            return tick + 1
    return first_tick + ticks


@tick_function
def locate(tables: TrackTables, car: Car, entry: Entry, motion: Motion) -> None:
    """Find where the car and its wheels are on the track."""
    standing = entry.standing
    standing.x_m = motion.x_m
    standing.y_m = motion.y_m
    projection = project(tables, motion.x_m, motion.y_m, standing.index)
    standing.index = projection.index
    standing.s_m = projection.s_m
    standing.offset_m = projection.offset_m
    standing.track_heading_rad = projection.heading_rad
    standing.curvature_1pm = projection.curvature_1pm
    way = direction(motion.heading_rad - projection.heading_rad)
    ahead_cos = car.front_axle_m * way.cos
    ahead_sin = car.front_axle_m * way.sin
    behind_cos = car.rear_axle_m * way.cos
    behind_sin = car.rear_axle_m * way.sin
    aside_cos = car.half_track_m * way.cos
    aside_sin = car.half_track_m * way.sin
    front_left = displaced(projection, ahead_cos - aside_sin, ahead_sin + aside_cos)
    front_right = displaced(projection, ahead_cos + aside_sin, ahead_sin - aside_cos)
    rear_left = displaced(projection, -behind_cos - aside_sin, -behind_sin + aside_cos)
    rear_right = displaced(projection, -behind_cos + aside_sin, -behind_sin - aside_cos)
    standing.front_left_surface = surface_at(tables, front_left.s_m, front_left.offset_m)
    standing.front_right_surface = surface_at(tables, front_right.s_m, front_right.offset_m)
    standing.rear_left_surface = surface_at(tables, rear_left.s_m, rear_left.offset_m)
    standing.rear_right_surface = surface_at(tables, rear_right.s_m, rear_right.offset_m)
    if (
        tables.surfaces[standing.front_left_surface].counts_as_track
        + tables.surfaces[standing.front_right_surface].counts_as_track
        + tables.surfaces[standing.rear_left_surface].counts_as_track
        + tables.surfaces[standing.rear_right_surface].counts_as_track
        > 0
    ):
        standing.beyond_limit_m = -1.0
        return
    nearest = _excess(tables, front_left)
    nearest = minimum(nearest, _excess(tables, front_right))
    nearest = minimum(nearest, _excess(tables, rear_left))
    standing.beyond_limit_m = minimum(nearest, _excess(tables, rear_right))


@tick_function
def put_down(
    cars: Sequence[Car], entries: Sequence[Entry], index: int, speed_mps: float, sample: int
) -> None:
    """Let a car that was moved stand, or roll without slip, near a sample of the centre line."""
    entry = entries[index]
    state = entry.state
    spin_radps = speed_mps / cars[index].wheel.radius_m
    _roll(state.front_left, spin_radps)
    _roll(state.front_right, spin_radps)
    _roll(state.rear_left, spin_radps)
    _roll(state.rear_right, spin_radps)
    state.front.torque_nm = 0.0
    state.rear.torque_nm = 0.0
    state.steering_rad = 0.0
    state.accel_forward_mps2 = 0.0
    state.accel_left_mps2 = 0.0
    entry.standing.index = sample
    entry.standing.impulse_ns = 0.0


@tick_function
def _roll(wheel: WheelState, spin_radps: float) -> None:
    wheel.spin_radps = spin_radps
    wheel.slip_ratio = 0.0
    wheel.slip_tangent = 0.0


@tick_function
def drive(
    tables: TrackTables,
    shares: FrontShares,
    car: Car,
    entry: Entry,
    controls: Controls,
    motion: Motion,
    step_s: float,
) -> Push:
    """Advance everything in a car by one tick; what comes of it is to act on its body."""
    standing = entry.standing
    way = direction(motion.heading_rad)
    forward_mps = motion.velocity_x_mps * way.cos + motion.velocity_y_mps * way.sin
    left_mps = motion.velocity_y_mps * way.cos - motion.velocity_x_mps * way.sin
    speed_mps = math.sqrt(forward_mps * forward_mps + left_mps * left_mps)
    force = step_car(
        car,
        entry.state,
        controls,
        shares,
        PerWheel(
            _ground(tables, standing.front_left_surface, speed_mps),
            _ground(tables, standing.front_right_surface, speed_mps),
            _ground(tables, standing.rear_left_surface, speed_mps),
            _ground(tables, standing.rear_right_surface, speed_mps),
        ),
        BodyMotion(forward_mps, left_mps, motion.yaw_rate_radps),
        step_s,
    )
    return Push(
        force.forward_n * way.cos - force.left_n * way.sin,
        force.forward_n * way.sin + force.left_n * way.cos,
        force.yaw_nm,
    )


@tick_function
def follow(
    tables: TrackTables,
    gates: Sequence[GateLine],
    car: Car,
    entry: Entry,
    motion: Motion,
    index: int,
    log: EventLog,
    tick: int,
    step_s: float,
) -> None:
    """See where a car's body went: its place on the track, the stopwatch, track limits."""
    standing = entry.standing
    from_x_m = standing.x_m
    from_y_m = standing.y_m
    locate(tables, car, entry, motion)
    time_lap(
        entry.clock,
        gates,
        log,
        index,
        tick,
        step_s,
        from_x_m,
        from_y_m,
        standing.x_m,
        standing.y_m,
    )
    judge_limits(
        entry.excursion, entry.clock, log, index, tick, standing.s_m, standing.beyond_limit_m
    )


@tick_function
def _expect(car: Car, standing: Standing, motion: Motion, push: Push, step_s: float) -> None:
    """Note how the body will move if nothing is in its way."""
    standing.free_x_mps = motion.velocity_x_mps + push.x_n / car.mass_kg * step_s
    standing.free_y_mps = motion.velocity_y_mps + push.y_n / car.mass_kg * step_s
    standing.free_yaw_radps = motion.yaw_rate_radps + push.yaw_nm / car.yaw_inertia_kgm2 * step_s


@tick_function
def _notice_contact(
    car: Car, standing: Standing, motion: Motion, index: int, log: EventLog, tick: int
) -> int:
    """Ascribe to contacts what the motion differs by from the free motion; 1 if one began."""
    x_mps = motion.velocity_x_mps - standing.free_x_mps
    y_mps = motion.velocity_y_mps - standing.free_y_mps
    change_mps = math.sqrt(x_mps * x_mps + y_mps * y_mps)
    if change_mps < _LEAST_CONTACT_MPS:
        standing.impulse_ns = 0.0
        return 0
    began = 0
    if standing.impulse_ns == 0.0:
        began = 1
        report(log, CONTACT, index, tick, change_mps * car.mass_kg, 0)
    standing.impulse_ns = change_mps * car.mass_kg
    standing.contact_j += 0.5 * car.mass_kg * (
        standing.free_x_mps * standing.free_x_mps
        + standing.free_y_mps * standing.free_y_mps
        - motion.velocity_x_mps * motion.velocity_x_mps
        - motion.velocity_y_mps * motion.velocity_y_mps
    ) + 0.5 * car.yaw_inertia_kgm2 * (
        standing.free_yaw_radps * standing.free_yaw_radps
        - motion.yaw_rate_radps * motion.yaw_rate_radps
    )
    return began


@tick_function
def _ground(tables: TrackTables, surface: int, speed_mps: float) -> Ground:
    """A surface under a wheel: loose ground drags more when a slow car digs in."""
    properties = tables.surfaces[surface]
    rolling = properties.rolling_resistance
    if speed_mps < properties.slow_speed_mps:
        rolling += (properties.slow_rolling_resistance - rolling) * (
            1.0 - speed_mps / properties.slow_speed_mps
        )
    return Ground(properties.grip, rolling)


@tick_function
def _excess(tables: TrackTables, point: TrackPoint) -> float:
    return edge_excess_m(tables, point.s_m, point.offset_m)


@tick_function
def snapshot_numbers(
    entries: Sequence[Entry], bodies: Any, index: int, tick: int
) -> tuple[float, ...]:
    """The numbers of one car's `Snapshot`, in its order.

    A plain tuple, because the compiled form hands that over five times as fast as a named one.
    """
    return numbers_of(entries[index], body_motion(bodies, index), tick)


@tick_function
def numbers_of(entry: Entry, motion: Motion, tick: int) -> tuple[float, ...]:
    """The numbers of the `Snapshot` of a car whose body moves so."""
    way = direction(motion.heading_rad)
    standing = entry.standing
    state = entry.state
    clock = entry.clock
    one = state.front_left
    two = state.front_right
    three = state.rear_left
    four = state.rear_right
    return (
        tick,
        motion.x_m,
        motion.y_m,
        motion.heading_rad,
        motion.velocity_x_mps * way.cos + motion.velocity_y_mps * way.sin,
        motion.velocity_y_mps * way.cos - motion.velocity_x_mps * way.sin,
        motion.yaw_rate_radps,
        state.accel_forward_mps2,
        state.accel_left_mps2,
        state.steering_rad,
        state.throttle,
        state.brake,
        standing.s_m,
        standing.offset_m,
        standing.track_heading_rad,
        standing.curvature_1pm,
        state.front.torque_nm,
        state.rear.torque_nm,
        state.front.power_w,
        state.rear.power_w,
        state.front.winding_temperature_k,
        state.rear.winding_temperature_k,
        state.battery.power_w,
        state.battery.drawn_j,
        state.battery.regained_j,
        state.battery.temperature_k,
        state.battery.charge,
        state.front_torque_share,
        standing.beyond_limit_m,
        standing.impulse_ns,
        clock.lap,
        clock.lap_start_s,
        clock.sector_start_s,
        clock.valid,
        standing.front_left_surface,
        standing.front_right_surface,
        standing.rear_left_surface,
        standing.rear_right_surface,
        one.load_n,
        two.load_n,
        three.load_n,
        four.load_n,
        one.slip_ratio,
        two.slip_ratio,
        three.slip_ratio,
        four.slip_ratio,
        one.slip_tangent,
        two.slip_tangent,
        three.slip_tangent,
        four.slip_tangent,
        one.normalised_slip,
        two.normalised_slip,
        three.normalised_slip,
        four.normalised_slip,
        one.spin_radps,
        two.spin_radps,
        three.spin_radps,
        four.spin_radps,
        one.sliding_power_w,
        two.sliding_power_w,
        three.sliding_power_w,
        four.sliding_power_w,
    )
