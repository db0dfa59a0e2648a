"""One tick moves everything: ground under the wheels, forces, the space's step, timing, limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.records import bits, record_type
from game.scalars import minimum
from game.simulation.chassis import WorldMotion, body_motion, push_body, step_space
from game.simulation.events import CONTACT, CarTick, EventLog, report
from game.simulation.lap_timer import GateLine, LapClock, Move, time_lap
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import is_mapped, own_shares, shares_at
from game.simulation.swept_road import (
    OnRoad,
    cells_between,
    lay_rubber,
    meet_road,
    place_passed,
    sweep_place,
)
from game.simulation.track_limits import Excursion, judge_limits
from game.simulation.wakes import meet_wakes
from game.simulation.wet_road import WetRoad, places_beside, water_between
from game.track.frenet import TrackPoint
from game.track.surfaces import GRASS, GRAVEL, KERB, PAINT, TARMAC
from game.track.tables import (
    Projection,
    RoadSlope,
    SurfaceProperties,
    TrackTables,
    direction_along,
    displaced,
    edge_excess_m,
    pressing,
    project,
    slope_at,
    surface_at,
    tier_at,
)
from game.trig import Direction, direction
from game.units import G_MPS2
from game.vehicle.car import step_car
from game.vehicle.damage import Blow, apply_blow, repair
from game.vehicle.parts import Car
from game.vehicle.road_height import level_road
from game.vehicle.state import (
    BodyMotion,
    CarState,
    Controls,
    Ground,
    PerWheel,
    SlopeState,
    WeatherNow,
    WheelInWater,
    WheelState,
)
from game.vehicle.suspension import settle
from game.vehicle.torque_split import FrontShares
from game.vehicle.tyre import Tyre
from game.vehicle.wet_grip import wetness
from game.weather.tables import WeatherTables, weather_now

# A velocity that the space changed by less than this was changed by rounding, not by a contact.
_MIN_CONTACT_MPS: Final = 1e-7


@dataclass(slots=True)
class TrackPosition:
    """Holds a car's place on the track, its ground, and how it moves if it hits nothing."""

    x_m: float = 0.0
    y_m: float = 0.0
    sample_index: int = 0  # of the centreline's nearest sample, the hint for the next search
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
class PlaceOnHill:
    """Holds where a car on a hilly circuit comes to in a tick if it hits nothing.

    It follows from the body's place and motion, so that it is no state of the drive.
    """

    found: int = 0  # 1: all that follows holds
    x_m: float = 0.0
    y_m: float = 0.0
    sample_index: int = 0
    s_m: float = 0.0
    offset_m: float = 0.0
    track_heading_rad: float = 0.0
    curvature_1pm: float = 0.0
    height_m: float = 0.0  # of the road


@dataclass(slots=True)
class CarRuntime:
    """Holds the changing state of one car, except its body."""

    state: CarState
    clock: LapClock
    position: TrackPosition = field(default_factory=TrackPosition)
    excursion: Excursion = field(default_factory=Excursion)
    hill: PlaceOnHill = field(default_factory=PlaceOnHill)


def changing_bits(car: Car, runtime: Any, hilly: bool) -> bytes:
    """Return all bits of a car's runtime, plain or a record, that change in a drive.

    The weather follows from the tick, and the place on a hill from the body. Frozen tyres do not
    change, nor does a car that takes no damage, nor what slopes do to a car where there are none
    (hilly: the road is not level): without them a drive has the bits that it had before there was
    any.
    """
    fields = record_type(CarRuntime).fields
    content = bits(runtime)[: fields["hill"][1]]  # the last field
    state, start = fields["state"][:2]
    still = (
        ("slope", not hilly),
        ("weather", True),
        ("damage", car.damage.max_share == 0.0),
        ("tyres", not car.tyre_life.live),
    )
    for name, left_out in still:  # from the last to the first
        if left_out:
            part, offset = state.fields[name][:2]
            first = start + offset
            content = content[:first] + content[first + part.itemsize :]
    return content


class Push(NamedTuple):
    """Holds the force and the torque on a car's body in a tick, in the world's axes."""

    x_n: float
    y_n: float
    yaw_nm: float


class CircuitTables(NamedTuple):
    """Holds what the tick reads of a circuit: lists when plain, arrays when compiled."""

    track: TrackTables
    gates: Sequence[GateLine]
    splits: Sequence[float]  # the rows of `SplitMaps`
    weather: WeatherTables
    wet_road: WetRoad


class CarTables(NamedTuple):
    """Holds the cars of a world, each at its index, and the space that their bodies move in."""

    parameters: Sequence[Car]
    runtimes: Sequence[CarRuntime]
    bodies: Any
    space: Any
    cells: Any  # of the road: what they have swept off it and laid on it


@tick_function
def advance(
    circuit: CircuitTables,
    cars: CarTables,
    controls: Sequence[Controls],
    log: EventLog,
    first_tick: int,
    ticks: int,
    step_s: float,
) -> int:
    """Run up to `ticks` ticks with the same controls, and return the number of the next tick.

    Returns early after a tick in which a contact began or a car came to another tier: only between
    two ticks can the world look up in the space who touched whom, and set who may.
    """
    tables = circuit.track
    weather = circuit.weather
    wet_road = circuit.wet_road
    parameters = cars.parameters
    runtimes = cars.runtimes
    bodies = cars.bodies
    cells = cars.cells
    count = len(parameters)
    for tick in range(first_tick, first_tick + ticks):
        changes = 0
        for index in range(count):
            car = parameters[index]
            runtime = runtimes[index]
            motion = body_motion(bodies, index)
            shares = own_shares(car)
            if is_mapped(car):  # cars without a map are spared the look-up
                shares = shares_at(tables, circuit.splits, car, runtime.position.s_m)
            if weather.moves != 0:
                update_weather(weather, runtime, motion.heading_rad, tick * step_s)
            if count > 1:
                meet_wakes(parameters, bodies, index, runtime.state.weather, weather.moves)
            if wet_road.varies != 0:
                update_water(wet_road, cells, 0, car, runtime, motion, tick * step_s)
                runtime.state.weather.next_tick = tick + 1
            push = advance_car(tables, shares, car, runtime, controls[index], motion, step_s)
            push_body(bodies, index, push.x_n, push.y_n, push.yaw_nm)
            _predict_free_motion(car, runtime.position, motion, push, step_s)
        step_space(cars.space, step_s)
        for index in range(count):
            car = parameters[index]
            runtime = runtimes[index]
            motion = body_motion(bodies, index)
            now = CarTick(index, tick, step_s)
            changes += _detect_contact(car, runtime, motion, log, now)
            from_m = runtime.position.s_m
            changes += update_position(tables, circuit.gates, car, runtime, motion, log, now)
            if wet_road.lined != 0:
                sweep_water(wet_road, cells, 0, car, runtime, motion, from_m)
        if changes > 0:
            return tick + 1
    return first_tick + ticks


@tick_function
def locate(tables: TrackTables, car: Car, runtime: CarRuntime, motion: WorldMotion) -> None:
    """Find where the car and its wheels are on the track."""
    position = runtime.position
    position.x_m = motion.x_m
    position.y_m = motion.y_m
    if tables.hilly:
        projection = _place_on_hill(tables, runtime, motion)
    else:
        projection = project(tables, motion.x_m, motion.y_m, position.sample_index)
    position.sample_index = projection.index
    position.s_m = projection.s_m
    position.offset_m = projection.offset_m
    position.track_heading_rad = projection.heading_rad
    position.curvature_1pm = projection.curvature_1pm
    if _is_well_on_tarmac(tables, car, projection.offset_m):  # spared the work of four wheels
        position.front_left_surface = TARMAC
        position.front_right_surface = TARMAC
        position.rear_left_surface = TARMAC
        position.rear_right_surface = TARMAC
        position.beyond_limit_m = -1.0
    else:
        _locate_wheels(tables, car, position, projection, motion.heading_rad)


@tick_function
def _locate_wheels(
    tables: TrackTables,
    car: Car,
    position: TrackPosition,
    projection: Projection,
    heading_rad: float,
) -> None:
    """Find the surface under each wheel, and how far the nearest is beyond the track's limits."""
    heading = direction(heading_rad - projection.heading_rad)
    ahead_cos = car.front_axle_m * heading.cos
    ahead_sin = car.front_axle_m * heading.sin
    behind_cos = car.rear_axle_m * heading.cos
    behind_sin = car.rear_axle_m * heading.sin
    aside_cos = car.half_track_m * heading.cos
    aside_sin = car.half_track_m * heading.sin
    front_left = displaced(projection, ahead_cos - aside_sin, ahead_sin + aside_cos)
    front_right = displaced(projection, ahead_cos + aside_sin, ahead_sin - aside_cos)
    rear_left = displaced(projection, -behind_cos - aside_sin, -behind_sin + aside_cos)
    rear_right = displaced(projection, -behind_cos + aside_sin, -behind_sin - aside_cos)
    position.front_left_surface = surface_at(tables, front_left.s_m, front_left.offset_m)
    position.front_right_surface = surface_at(tables, front_right.s_m, front_right.offset_m)
    position.rear_left_surface = surface_at(tables, rear_left.s_m, rear_left.offset_m)
    position.rear_right_surface = surface_at(tables, rear_right.s_m, rear_right.offset_m)
    if (
        tables.surfaces[position.front_left_surface].counts_as_track
        + tables.surfaces[position.front_right_surface].counts_as_track
        + tables.surfaces[position.rear_left_surface].counts_as_track
        + tables.surfaces[position.rear_right_surface].counts_as_track
        > 0
    ):
        position.beyond_limit_m = -1.0
        return
    nearest = _excess(tables, front_left)
    nearest = minimum(nearest, _excess(tables, front_right))
    nearest = minimum(nearest, _excess(tables, rear_left))
    position.beyond_limit_m = minimum(nearest, _excess(tables, rear_right))


@tick_function
def _is_well_on_tarmac(tables: TrackTables, car: Car, offset_m: float) -> bool:
    """Return whether all wheels are on tarmac, however the car is turned."""
    reach_m = car.wheel_reach_m
    return (
        reach_m - tables.min_right_m <= offset_m <= tables.min_left_m - reach_m
        and tables.surfaces[TARMAC].counts_as_track > 0
    )


@tick_function
def place_rolling(
    cars: Sequence[Car], runtimes: Sequence[CarRuntime], index: int, speed_mps: float, sample: int
) -> None:
    """Set a car that was moved at rest, or rolling without slip, near a centre-line sample."""
    runtime = runtimes[index]
    state = runtime.state
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
    state.raw_accel_forward_mps2 = 0.0
    state.raw_accel_left_mps2 = 0.0
    runtime.hill.found = 0
    level_road(state.body)
    settle(cars[index].aero, cars[index].suspension, state.body, speed_mps)
    if not cars[index].damage.outlasts_reset:
        repair(state.damage)
    runtime.position.sample_index = sample
    runtime.position.impulse_ns = 0.0


@tick_function
def _roll(wheel: WheelState, spin_radps: float) -> None:
    wheel.spin_radps = spin_radps
    wheel.slip_ratio = 0.0
    wheel.slip_tangent = 0.0
    wheel.left_n = 0.0  # the front wheels do not give way to what they pushed with elsewhere


@tick_function
def update_weather(
    weather: WeatherTables, runtime: CarRuntime, heading_rad: float, time_s: float
) -> None:
    """Update the weather at a car: wind in its own axes, and the air and road of this moment."""
    now = weather_now(weather, time_s)
    heading = direction(heading_rad)
    local = runtime.state.weather
    local.moves = 1
    local.wind_forward_mps = now.wind_x_mps * heading.cos + now.wind_y_mps * heading.sin
    local.wind_left_mps = now.wind_y_mps * heading.cos - now.wind_x_mps * heading.sin
    local.density_ratio = now.density_ratio
    local.air_change_k = now.air_change_k
    local.road_change_k = now.road_change_k


@tick_function
def update_water(
    road: WetRoad,
    cells: Sequence[float],
    first_cell: int,
    car: Car,
    runtime: CarRuntime,
    motion: WorldMotion,
    time_s: float,
) -> None:
    """Update water and rubber under a car's wheels, and the grip that they leave.

    first_cell: where the cells of its world begin.
    """
    between = places_beside(road, runtime.position.s_m)
    across = water_between(road, between, time_s)
    beside = cells_between(road, between, time_s, first_cell)
    place = _on_road(runtime.position, motion)
    meet_road(road, cells, across, beside, car, runtime.state, place)


@tick_function
def sweep_water(
    road: WetRoad,
    cells: Any,
    first_cell: int,
    car: Car,
    runtime: CarRuntime,
    motion: WorldMotion,
    from_m: float,
) -> None:
    """Let a car sweep water off the road and lay rubber if it has passed a place in a tick.

    from_m: where on the lap it was before.
    """
    position = runtime.position
    passed = place_passed(road, from_m, position.s_m)
    if passed >= 0:
        cell = first_cell + passed * road.columns
        place = _on_road(position, motion)
        if road.wet != 0:
            sweep_place(road, cells, cell, car, runtime.state.weather.unfilled, place)
        if road.rubbering != 0:
            lay_rubber(road, cells, cell + road.water_cells, car, runtime.state, place)


@tick_function
def _on_road(position: TrackPosition, motion: WorldMotion) -> OnRoad:
    """Return how a car is on the road."""
    x_mps = motion.velocity_x_mps
    y_mps = motion.velocity_y_mps
    heading = direction(motion.heading_rad - position.track_heading_rad)
    return OnRoad(position.offset_m, heading, x_mps * x_mps + y_mps * y_mps)


@tick_function
def advance_car(
    tables: TrackTables,
    shares: FrontShares,
    car: Car,
    runtime: CarRuntime,
    controls: Controls,
    motion: WorldMotion,
    step_s: float,
) -> Push:
    """Advance everything in a car by one tick, and return the push that its body is to get."""
    position = runtime.position
    heading = direction(motion.heading_rad)
    forward_mps = motion.velocity_x_mps * heading.cos + motion.velocity_y_mps * heading.sin
    left_mps = motion.velocity_y_mps * heading.cos - motion.velocity_x_mps * heading.sin
    speed_mps = math.sqrt(forward_mps * forward_mps + left_mps * left_mps)
    if tables.hilly:  # flat circuits are spared the look-up
        x_m = motion.x_m + motion.velocity_x_mps * step_s
        y_m = motion.y_m + motion.velocity_y_mps * step_s
        stand_on_slope(tables, runtime, motion, heading, x_m, y_m)
    ground = _ground_under_wheels(tables, car.tyre, position, speed_mps)
    if runtime.state.weather.road_varies != 0:
        ground = _in_water(ground, car.tyre, position, runtime.state.weather)
    force = step_car(
        car,
        runtime.state,
        controls,
        shares,
        ground,
        BodyMotion(forward_mps, left_mps, motion.yaw_rate_radps),
        step_s,
    )
    return Push(
        force.forward_n * heading.cos - force.left_n * heading.sin,
        force.forward_n * heading.sin + force.left_n * heading.cos,
        force.yaw_nm,
    )


@tick_function
def stand_on_slope(
    tables: TrackTables,
    runtime: CarRuntime,
    motion: WorldMotion,
    heading: Direction,
    x_m: float,
    y_m: float,
) -> None:
    """Find what the slope of the road at a place does to a car, whichever way it points and moves.

    A road at an angle carries less of the weight; a dip carries the more, the faster a car goes
    through it, and so does a banked bend. The slope of a tick is that of the place where the car
    comes to within it: the space moves bodies before it changes their speed, and with the slope of
    the place before, a car that goes round a banked bend would gain energy.
    """
    place = project(tables, x_m, y_m, runtime.position.sample_index)
    road = slope_at(tables, place.s_m, place.offset_m, place.curvature_1pm)
    hill = runtime.hill
    hill.found = 1
    hill.x_m = x_m
    hill.y_m = y_m
    hill.sample_index = place.index
    hill.s_m = place.s_m
    hill.offset_m = place.offset_m
    hill.track_heading_rad = place.heading_rad
    hill.curvature_1pm = place.curvature_1pm
    hill.height_m = road.height_m
    along = direction_along(tables, place)
    relative = Direction(
        heading.cos * along.cos + heading.sin * along.sin,
        heading.sin * along.cos - heading.cos * along.sin,
    )
    along_mps = motion.velocity_x_mps * along.cos + motion.velocity_y_mps * along.sin
    update_slope(runtime.state.slope, road, relative, along_mps)


@tick_function
def _place_on_hill(tables: TrackTables, runtime: CarRuntime, motion: WorldMotion) -> Projection:
    """Return where a car on a hilly circuit is.

    Mostly it has come to where the tick found that it would, and is spared another search.
    """
    hill = runtime.hill
    if hill.found == 0 or hill.x_m != motion.x_m or hill.y_m != motion.y_m:
        heading = direction(motion.heading_rad)
        stand_on_slope(tables, runtime, motion, heading, motion.x_m, motion.y_m)
    return Projection(
        hill.sample_index, hill.s_m, hill.offset_m, hill.track_heading_rad, hill.curvature_1pm
    )


class Pull(NamedTuple):
    """Holds the pull of gravity along a road for each kilogram of a car, in its axes."""

    forward_mps2: float
    left_mps2: float


@tick_function
def downhill_pull(road: RoadSlope, heading: Direction) -> Pull:
    """Return the pull of gravity on a car that points so relative to the road."""
    downhill_mps2 = G_MPS2 * road.grade
    aside_mps2 = G_MPS2 * road.crossfall
    return Pull(
        aside_mps2 * heading.sin - downhill_mps2 * heading.cos,
        aside_mps2 * heading.cos + downhill_mps2 * heading.sin,
    )


@tick_function
def update_slope(slope: SlopeState, road: RoadSlope, heading: Direction, along_mps: float) -> None:
    """Write what a road does to a car that points so relative to it, at a speed along the lap."""
    pull = downhill_pull(road, heading)
    slope.sloping = 1
    slope.forward_mps2 = pull.forward_mps2
    slope.left_mps2 = pull.left_mps2
    slope.pressing_mps2 = pressing(road, along_mps)


@tick_function
def update_position(
    tables: TrackTables,
    gates: Sequence[GateLine],
    car: Car,
    runtime: CarRuntime,
    motion: WorldMotion,
    log: EventLog,
    now: CarTick,
) -> int:
    """Update what depends on where the body went: position, stopwatch, track limits.

    Returns 1 if the car came to another tier, else 0.
    """
    position = runtime.position
    from_x_m = position.x_m
    from_y_m = position.y_m
    from_index = position.sample_index
    locate(tables, car, runtime, motion)
    tier = tier_at(tables, position.sample_index)
    move = Move(from_x_m, from_y_m, position.x_m, position.y_m, tier)
    time_lap(runtime.clock, gates, log, now, move)
    judge_limits(runtime.excursion, runtime.clock, log, now, position.s_m, position.beyond_limit_m)
    if tables.bridged and tier_at(tables, from_index) != tier:
        return 1
    return 0


@tick_function
def _predict_free_motion(
    car: Car, position: TrackPosition, motion: WorldMotion, push: Push, step_s: float
) -> None:
    """Note how the body will move in this tick if it hits nothing."""
    position.free_x_mps = motion.velocity_x_mps + push.x_n / car.mass_kg * step_s
    position.free_y_mps = motion.velocity_y_mps + push.y_n / car.mass_kg * step_s
    position.free_yaw_radps = motion.yaw_rate_radps + push.yaw_nm / car.yaw_inertia_kgm2 * step_s


@tick_function
def _detect_contact(
    car: Car, runtime: CarRuntime, motion: WorldMotion, log: EventLog, now: CarTick
) -> int:
    """Note a contact's impulse on a car; return 1 if it began in this tick, else 0.

    Whatever the body's motion differs by from its free motion is a contact's doing.
    """
    position = runtime.position
    x_mps = motion.velocity_x_mps - position.free_x_mps
    y_mps = motion.velocity_y_mps - position.free_y_mps
    change_mps = math.sqrt(x_mps * x_mps + y_mps * y_mps)
    if change_mps < _MIN_CONTACT_MPS:
        position.impulse_ns = 0.0
        return 0
    began = 0
    if position.impulse_ns == 0.0:
        began = 1
        report(log, now, CONTACT, change_mps * car.mass_kg, 0)
    position.impulse_ns = change_mps * car.mass_kg
    lost_j = 0.5 * car.mass_kg * (
        position.free_x_mps * position.free_x_mps
        + position.free_y_mps * position.free_y_mps
        - motion.velocity_x_mps * motion.velocity_x_mps
        - motion.velocity_y_mps * motion.velocity_y_mps
    ) + 0.5 * car.yaw_inertia_kgm2 * (
        position.free_yaw_radps * position.free_yaw_radps
        - motion.yaw_rate_radps * motion.yaw_rate_radps
    )
    position.contact_j += lost_j
    if car.damage.max_share > 0.0:
        heading = direction(motion.heading_rad)
        left_mps = y_mps * heading.cos - x_mps * heading.sin
        turned_radps = motion.yaw_rate_radps - position.free_yaw_radps
        front_left_mps = left_mps + turned_radps * car.front_axle_m
        blow = Blow(x_mps * heading.cos + y_mps * heading.sin, left_mps, front_left_mps, lost_j)
        apply_blow(car.damage, runtime.state.damage, blow)
    return began


@tick_function
def _ground_under_wheels(
    tables: TrackTables, tyre: Tyre, position: TrackPosition, speed_mps: float
) -> PerWheel[Ground]:
    """Return the ground under each wheel; mostly all four stand on the same."""
    surface = position.front_left_surface
    front_left = _ground(tables, tyre, surface, speed_mps)
    if (
        position.front_right_surface == surface
        and position.rear_left_surface == surface
        and position.rear_right_surface == surface
    ):
        return PerWheel(front_left, front_left, front_left, front_left)
    return PerWheel(
        front_left,
        _ground(tables, tyre, position.front_right_surface, speed_mps),
        _ground(tables, tyre, position.rear_left_surface, speed_mps),
        _ground(tables, tyre, position.rear_right_surface, speed_mps),
    )


@tick_function
def _in_water(
    ground: PerWheel[Ground], tyre: Tyre, position: TrackPosition, weather: WeatherNow
) -> PerWheel[Ground]:
    """Return the ground under each wheel as water and rubber leave it."""
    return PerWheel(
        ground_in_water(ground.front_left, tyre, position.front_left_surface, weather.front_left),
        ground_in_water(
            ground.front_right, tyre, position.front_right_surface, weather.front_right
        ),
        ground_in_water(ground.rear_left, tyre, position.rear_left_surface, weather.rear_left),
        ground_in_water(ground.rear_right, tyre, position.rear_right_surface, weather.rear_right),
    )


@tick_function
def ground_in_water(ground: Ground, tyre: Tyre, surface: int, wheel: WheelInWater) -> Ground:
    """Return wet ground: paint is smoother than tarmac, and loose ground holds less together."""
    grip = ground.grip
    wet = wetness(wheel.water_m)
    if GRASS <= surface <= GRAVEL:
        grip *= 1.0 - (1.0 - tyre.wet.loose_grip) * wet
    else:
        grip *= wheel.grip
        if KERB <= surface <= PAINT:
            grip *= 1.0 - (1.0 - tyre.wet.painted_grip) * wet
    return Ground(grip, ground.rolling_resistance, ground.ploughing, ground.height_m)


@tick_function
def _ground(tables: TrackTables, tyre: Tyre, surface: int, speed_mps: float) -> Ground:
    """Return the ground under a wheel."""
    properties = tables.surfaces[surface]
    if surface == TARMAC:  # spared what follows
        return Ground(properties.grip, properties.rolling_resistance, 0.0, 0.0)
    grip = properties.grip
    if surface == GRASS:
        grip *= tyre.grass_grip
    elif surface == GRAVEL:
        grip *= tyre.gravel_grip
    slow_mps = properties.slow_speed_mps
    if slow_mps > 0.0:
        return Ground(grip, 0.0, _ploughing(properties, speed_mps), properties.height_m)
    return Ground(grip, properties.rolling_resistance, 0.0, properties.height_m)


@tick_function
def _ploughing(properties: SurfaceProperties, speed_mps: float) -> float:
    """Return the resistance of loose ground: a slow car digs in, a faster one skips over it.

    What keeps it up grows with the square of its speed.
    """
    slow_mps = properties.slow_speed_mps
    if speed_mps < slow_mps:
        return properties.slow_rolling_resistance
    share = slow_mps / speed_mps
    return properties.rolling_resistance + share * share * (
        properties.slow_rolling_resistance - properties.rolling_resistance
    )


@tick_function
def _excess(tables: TrackTables, point: TrackPoint) -> float:
    return edge_excess_m(tables, point.s_m, point.offset_m)


@tick_function
def snapshot_numbers(
    runtimes: Sequence[CarRuntime], bodies: Any, index: int, tick: int
) -> tuple[float, ...]:
    """Return the numbers of one car's `Snapshot`, in its order.

    A plain tuple, because the compiled form hands that over five times as fast as a named one.
    """
    return snapshot_of(runtimes[index], body_motion(bodies, index), tick)[:]


@tick_function
def snapshot_of(runtime: CarRuntime, motion: WorldMotion, tick: int) -> Snapshot:
    """Return the snapshot of a car whose body moves like this.

    This is the one place that says how each channel is read: a line a channel. Whatever else
    records or judges a car takes it from here by name.
    """
    heading = direction(motion.heading_rad)
    position = runtime.position
    state = runtime.state
    clock = runtime.clock
    front_left = state.front_left
    front_right = state.front_right
    rear_left = state.rear_left
    rear_right = state.rear_right
    front_left_tyre = state.tyres.front_left
    front_right_tyre = state.tyres.front_right
    rear_left_tyre = state.tyres.rear_left
    rear_right_tyre = state.tyres.rear_right
    damage = state.damage
    body = state.body
    weather = state.weather
    return Snapshot(
        tick=tick,
        x_m=motion.x_m,
        y_m=motion.y_m,
        heading_rad=motion.heading_rad,
        velocity_forward_mps=motion.velocity_x_mps * heading.cos
        + motion.velocity_y_mps * heading.sin,
        velocity_left_mps=motion.velocity_y_mps * heading.cos - motion.velocity_x_mps * heading.sin,
        yaw_rate_radps=motion.yaw_rate_radps,
        accel_forward_mps2=state.accel_forward_mps2,
        accel_left_mps2=state.accel_left_mps2,
        steering_rad=state.steering_rad,
        throttle=state.throttle,
        brake=state.brake,
        s_m=position.s_m,
        offset_m=position.offset_m,
        track_heading_rad=position.track_heading_rad,
        curvature_1pm=position.curvature_1pm,
        front_torque_nm=state.front.torque_nm,
        rear_torque_nm=state.rear.torque_nm,
        front_power_w=state.front.power_w,
        rear_power_w=state.rear.power_w,
        front_winding_k=state.front.winding_temperature_k,
        rear_winding_k=state.rear.winding_temperature_k,
        battery_power_w=state.battery.power_w,
        battery_voltage_v=state.battery.voltage_v,
        battery_drawn_j=state.battery.drawn_j,
        battery_regained_j=state.battery.regained_j,
        battery_temperature_k=state.battery.temperature_k,
        charge=state.battery.charge,
        front_torque_share=state.front_torque_share,
        beyond_limit_m=position.beyond_limit_m,
        impulse_ns=position.impulse_ns,
        lap=clock.lap,
        lap_start_s=clock.lap_start_s,
        sector_start_s=clock.sector_start_s,
        lap_valid=clock.valid,
        front_left_surface=position.front_left_surface,
        front_right_surface=position.front_right_surface,
        rear_left_surface=position.rear_left_surface,
        rear_right_surface=position.rear_right_surface,
        front_left_load_n=front_left.load_n,
        front_right_load_n=front_right.load_n,
        rear_left_load_n=rear_left.load_n,
        rear_right_load_n=rear_right.load_n,
        front_left_slip_ratio=front_left.slip_ratio,
        front_right_slip_ratio=front_right.slip_ratio,
        rear_left_slip_ratio=rear_left.slip_ratio,
        rear_right_slip_ratio=rear_right.slip_ratio,
        front_left_slip_tangent=front_left.slip_tangent,
        front_right_slip_tangent=front_right.slip_tangent,
        rear_left_slip_tangent=rear_left.slip_tangent,
        rear_right_slip_tangent=rear_right.slip_tangent,
        front_left_normalised_slip=front_left.normalised_slip,
        front_right_normalised_slip=front_right.normalised_slip,
        rear_left_normalised_slip=rear_left.normalised_slip,
        rear_right_normalised_slip=rear_right.normalised_slip,
        front_left_spin_radps=front_left.spin_radps,
        front_right_spin_radps=front_right.spin_radps,
        rear_left_spin_radps=rear_left.spin_radps,
        rear_right_spin_radps=rear_right.spin_radps,
        front_left_sliding_power_w=front_left.sliding_power_w,
        front_right_sliding_power_w=front_right.sliding_power_w,
        rear_left_sliding_power_w=rear_left.sliding_power_w,
        rear_right_sliding_power_w=rear_right.sliding_power_w,
        front_left_tread_k=front_left_tyre.tread_k,
        front_right_tread_k=front_right_tyre.tread_k,
        rear_left_tread_k=rear_left_tyre.tread_k,
        rear_right_tread_k=rear_right_tyre.tread_k,
        front_left_carcass_k=front_left_tyre.carcass_k,
        front_right_carcass_k=front_right_tyre.carcass_k,
        rear_left_carcass_k=rear_left_tyre.carcass_k,
        rear_right_carcass_k=rear_right_tyre.carcass_k,
        front_left_tyre_pressure_pa=front_left_tyre.pressure_pa,
        front_right_tyre_pressure_pa=front_right_tyre.pressure_pa,
        rear_left_tyre_pressure_pa=rear_left_tyre.pressure_pa,
        rear_right_tyre_pressure_pa=rear_right_tyre.pressure_pa,
        front_left_wear=front_left_tyre.wear,
        front_right_wear=front_right_tyre.wear,
        rear_left_wear=rear_left_tyre.wear,
        rear_right_wear=rear_right_tyre.wear,
        front_left_flat_spot=front_left_tyre.flat_spot,
        front_right_flat_spot=front_right_tyre.flat_spot,
        rear_left_flat_spot=rear_left_tyre.flat_spot,
        rear_right_flat_spot=rear_right_tyre.flat_spot,
        front_left_tyre_grip=front_left_tyre.grip,
        front_right_tyre_grip=front_right_tyre.grip,
        rear_left_tyre_grip=rear_left_tyre.grip,
        rear_right_tyre_grip=rear_right_tyre.grip,
        front_left_wet_grip=weather.front_left.grip,
        front_right_wet_grip=weather.front_right.grip,
        rear_left_wet_grip=weather.rear_left.grip,
        rear_right_wet_grip=weather.rear_right.grip,
        nose_damage=damage.nose,
        tail_damage=damage.tail,
        left_damage=damage.left,
        right_damage=damage.right,
        bent_steering_rad=damage.steering_rad,
        raw_accel_forward_mps2=state.raw_accel_forward_mps2,
        raw_accel_left_mps2=state.raw_accel_left_mps2,
        front_lift_m=body.front_m,
        rear_lift_m=body.rear_m,
        roll_rad=body.roll_rad,
        height_m=runtime.hill.height_m,
        gradient_ratio=(0.0 - state.slope.forward_mps2) / G_MPS2,
        crossfall_ratio=state.slope.left_mps2 / G_MPS2,
        head_wind_mps=0.0 - weather.wind_forward_mps,
        air_density_kgpm3=weather.start_density_kgpm3 * weather.density_ratio,
        air_temperature_k=weather.start_air_k + weather.air_change_k,
        road_temperature_k=weather.start_road_k + weather.road_change_k,
        water_depth_m=0.25
        * (
            weather.front_left.water_m
            + weather.front_right.water_m
            + weather.rear_left.water_m
            + weather.rear_right.water_m
        ),
        rubber_share=0.25
        * (
            weather.front_left.rubber
            + weather.front_right.rubber
            + weather.rear_left.rubber
            + weather.rear_right.rubber
        ),
    )
