"""The body moves on its springs: heave, pitch and roll, and the loads that they put on the wheels.

The body's heights over its two axles and its roll angle are states; heave is the mean of the
heights, pitch their difference. Springs, bars and dampers act between body and wheels, links hand
their part of a load on at once, and wheels and uprights follow the road without a mass of their
own. Each tick is solved implicitly (backward Euler), which is stable for any stiffness. A wheel
never pulls: where springs and bars would lift it off the road it carries nothing, and its share of
the forces is missing in the body's motion, so that over time the loads are weight and downforce.
Where the body comes near the road over a wheel, a bump stop presses against it, ever more stiffly.
Where the body comes too near the road over a wheel, a bump stop presses against it, ever stiffer.

The body's accelerations move it on its springs, and nothing of that comes back to its motion over
the ground but by way of the loads. So it takes no energy from there, and none is in the ledger.
"""

import math
from dataclasses import dataclass
from typing import Final

from game.compiled import tick_function
from game.scalars import absolute, clamp, maximum, minimum
from game.trig import Direction
from game.units import G_MPS2
from game.vehicle.aero import Aero, AirForce, air_force
from game.vehicle.setup import Setup
from game.vehicle.spec import ChassisSpec, SuspensionSpec
from game.vehicle.state import AxlePair, BodyState, PerWheel, WheelPair

# A body with wheels in the air goes no farther than this, and no car rolls over.
_FARTHEST_M: Final = 0.3
_FARTHEST_RAD: Final = 0.3
_MIN_SLACK: Final = 0.5  # of 1: no wing presses itself down until nothing holds it
_MAX_WEIGHTS: Final = 5.0  # of the car, on one wheel beside one in the air
# Inertias in pitch and roll, as shares of the body's mass times length or track squared.
_MIN_INERTIA: Final = 0.02
_MAX_INERTIA: Final = 5.0


@dataclass(frozen=True, slots=True)
class SpringAxle:
    """Holds an axle's springs, bar, dampers and links made ready for the tick, of both wheels."""

    weight_n: float
    moving_kg: float  # of the body, at this axle
    rate_npm: float  # springs and tyres in series
    damping_nspm: float
    roll_n: float  # load moved from left to right for each radian of roll
    roll_damping_ns: float
    links_kg: float  # load moved for each acceleration to the left, through the links
    height_m: float  # of the body at rest, over that with which the air's forces are given
    camber_rad: float  # of the wheels as set: negative leans their tops inwards
    stop_m: float  # height of the body, below that at rest, at which its stops begin; never above 0


@dataclass(frozen=True, slots=True)
class Suspension:
    """Holds the suspension made ready for the tick."""

    front: SpringAxle
    rear: SpringAxle
    coupled_kg: float  # by which one axle's movement pushes the other one's
    roll_inertia_kgm2: float
    roll_nmprad: float
    roll_damping_nmsprad: float
    roll_kgm: float  # moment on the springs for each acceleration to the left
    pitch_kg: float  # load that the springs move from front to rear, per acceleration forwards
    pitch_links_kg: float  # the same through the links
    half_track_m: float
    rear_toe: Direction  # of the right wheel; the left one's is its mirror image
    camber_per_roll: float  # of the wheels to the road, for each of the body's roll
    envelope_m: float  # over which a tyre rolls up a kerb
    blow_off_mps: float  # at which the dampers give way to a kerb
    stop_npm: float  # of a bump stop that has just been touched
    stop_stiffening_1pm2: float  # of its force, as a share for the square of its way
    stop_damping_s: float


def height_of_gravity(chassis: ChassisSpec, spec: SuspensionSpec, setup: Setup) -> float:
    """Return the height of the centre of gravity with the ride heights as they are set."""
    front_m = setup.front_ride_height_m - spec.front_ride_height_m
    rear_m = setup.rear_ride_height_m - spec.rear_ride_height_m
    share = chassis.front_mass_share
    return max(chassis.centre_of_gravity_height_m + share * front_m + (1.0 - share) * rear_m, 0.01)


def make_suspension(
    chassis: ChassisSpec, spec: SuspensionSpec, setup: Setup, mass_kg: float
) -> Suspension:
    """Return the suspension under a car of `mass_kg` in all."""
    track_m = chassis.track_width_m
    moment_kgm = mass_kg * height_of_gravity(chassis, spec, setup)
    body_kg = max(mass_kg - spec.front_unsprung_kg - spec.rear_unsprung_kg, 0.1 * mass_kg)
    turned_kg = _bounded(spec.pitch_inertia_kgm2 / chassis.wheelbase_m**2, body_kg)
    share = chassis.front_mass_share
    rolls_n = _roll_rates(chassis, spec, setup)
    front = _axle(chassis, spec, setup, True, (body_kg, mass_kg, turned_kg), rolls_n[0])
    rear = _axle(chassis, spec, setup, False, (body_kg, mass_kg, turned_kg), rolls_n[1])
    anti = spec.anti_pitch_share
    return Suspension(
        front=front,
        rear=rear,
        coupled_kg=body_kg * share * (1.0 - share) - turned_kg,
        roll_inertia_kgm2=_bounded(spec.roll_inertia_kgm2 / track_m**2, body_kg) * track_m**2,
        roll_nmprad=(front.roll_n + rear.roll_n) * track_m,
        roll_damping_nmsprad=(front.roll_damping_ns + rear.roll_damping_ns) * track_m,
        roll_kgm=moment_kgm - (front.links_kg + rear.links_kg) * track_m,
        pitch_kg=(1.0 - anti) * moment_kgm / chassis.wheelbase_m,
        pitch_links_kg=anti * moment_kgm / chassis.wheelbase_m,
        half_track_m=0.5 * track_m,
        rear_toe=Direction(math.cos(setup.rear_toe_rad), math.sin(setup.rear_toe_rad)),
        camber_per_roll=1.0 - spec.camber_recovery,
        envelope_m=spec.envelope_m,
        blow_off_mps=spec.blow_off_mps,
        stop_npm=spec.stop_npm,
        stop_stiffening_1pm2=1.0 / spec.stop_stiffening_m**2,
        stop_damping_s=spec.stop_damping_s,
    )


def _bounded(turned_kg: float, body_kg: float) -> float:
    """Return a mass that stands for an inertia, neither next to nothing nor far beyond the body."""
    return min(max(turned_kg, _MIN_INERTIA * body_kg), _MAX_INERTIA * body_kg)


def _roll_rates(chassis: ChassisSpec, spec: SuspensionSpec, setup: Setup) -> tuple[float, float]:
    """Return the load that each axle moves from left to right for each radian of roll."""
    front_n = chassis.track_width_m * _in_series(
        setup.front_spring_npm + 2.0 * setup.front_bar_npm, spec.tyre_npm
    )
    rear_n = chassis.track_width_m * _in_series(
        setup.rear_spring_npm + 2.0 * setup.rear_bar_npm, spec.tyre_npm
    )
    share = chassis.front_roll_stiffness_share
    if share is not None:
        front_n, rear_n = share * (front_n + rear_n), (1.0 - share) * (front_n + rear_n)
    return 0.5 * front_n, 0.5 * rear_n


def _in_series(one_npm: float, other_npm: float) -> float:
    """Return the rate of two springs in series."""
    return one_npm * other_npm / (one_npm + other_npm)


def _axle(
    chassis: ChassisSpec,
    spec: SuspensionSpec,
    setup: Setup,
    front: bool,
    masses_kg: tuple[float, float, float],
    roll_n: float,
) -> SpringAxle:
    """Return an axle. masses_kg: of the body, of the car, and what pitching adds at each axle."""
    body_kg, mass_kg, turned_kg = masses_kg
    share = chassis.front_mass_share if front else 1.0 - chassis.front_mass_share
    spring_npm = setup.front_spring_npm if front else setup.rear_spring_npm
    ratio = spec.front_damping_ratio if front else spec.rear_damping_ratio
    unsprung_kg = spec.front_unsprung_kg if front else spec.rear_unsprung_kg
    centre_m = spec.front_roll_centre_m if front else spec.rear_roll_centre_m
    rate_npm = 2.0 * _in_series(spring_npm, spec.tyre_npm)
    damping_nspm = 2.0 * ratio * math.sqrt(rate_npm * body_kg * share)
    sprung_kg = max(mass_kg * share - unsprung_kg, 0.0)
    links_kg = (sprung_kg * centre_m + unsprung_kg * spec.wheel_centre_m) / chassis.track_width_m
    ride_m = setup.front_ride_height_m if front else setup.rear_ride_height_m
    usual_m = spec.front_ride_height_m if front else spec.rear_ride_height_m
    return SpringAxle(
        weight_n=mass_kg * G_MPS2 * share,
        moving_kg=body_kg * share * share + turned_kg,
        rate_npm=rate_npm,
        damping_nspm=damping_nspm,
        roll_n=roll_n,
        roll_damping_ns=0.25 * damping_nspm * chassis.track_width_m,
        links_kg=links_kg,
        height_m=ride_m - usual_m,
        camber_rad=setup.front_camber_rad if front else setup.rear_camber_rad,
        stop_m=min(spec.stop_height_m - ride_m, 0.0),
    )


@tick_function
def steady_air(
    aero: Aero, suspension: Suspension, speed_mps: float, forward_mps2: float
) -> AirForce:
    """Return the air's force on a car that has settled on its springs: its own downforce, too, has
    pressed it down.
    """
    air = air_force(aero, speed_mps, 0.0, speed_mps)
    pitch_n = suspension.pitch_kg * forward_mps2
    change = aero.largest_change
    return AirForce(
        air.forward_n,
        air.left_n,
        _settled_downforce(
            suspension.front, air.front_downforce_n, aero.front_height_1pm, pitch_n, change
        ),
        _settled_downforce(
            suspension.rear, air.rear_downforce_n, aero.rear_height_1pm, -pitch_n, change
        ),
    )


@tick_function
def _settled_downforce(
    axle: SpringAxle, usual_n: float, height_1pm: float, lifting_n: float, change: float
) -> float:
    """Return D = usual (1 - gain height) with height = at rest + (lifting - D) / rate, or that of
    the stops.
    """
    slack = maximum(1.0 - usual_n * height_1pm / axle.rate_npm, _MIN_SLACK)
    share = (1.0 - height_1pm * (axle.height_m + lifting_n / axle.rate_npm)) / slack
    on_stops = 1.0 - height_1pm * (axle.height_m + axle.stop_m)
    return usual_n * clamp(minimum(share, on_stops), 1.0 - change, 1.0 + change)


@tick_function
def settle(aero: Aero, suspension: Suspension, body: BodyState, speed_mps: float) -> None:
    """Put the body where it is after a while at this speed straight on."""
    air = steady_air(aero, suspension, speed_mps, 0.0)
    front = suspension.front
    rear = suspension.rear
    body.front_m = maximum(-air.front_downforce_n / front.rate_npm, front.stop_m)
    body.rear_m = maximum(-air.rear_downforce_n / rear.rate_npm, rear.stop_m)
    body.front_mps = 0.0
    body.rear_mps = 0.0
    body.roll_rad = 0.0
    body.roll_radps = 0.0


@tick_function
def steady_roll(suspension: Suspension, left_mps2: float) -> float:
    """Return the roll angle of a car that keeps an acceleration to the left, rad."""
    return suspension.roll_kgm / suspension.roll_nmprad * left_mps2


@tick_function
def move_body(
    suspension: Suspension,
    body: BodyState,
    forward_mps2: float,
    left_mps2: float,
    air: AirForce,
    step_s: float,
) -> PerWheel[float]:
    """Move the body by one tick, and return the load of each wheel, which is never below zero."""
    loads_n = spring_loads(suspension, body, forward_mps2, left_mps2, air, step_s)
    leaning_m = suspension.half_track_m * absolute(body.roll_rad)
    if (
        body.uneven > 0
        or body.front_m - leaning_m < suspension.front.stop_m
        or body.rear_m - leaning_m < suspension.rear.stop_m
    ):
        loads_n = _on_stops(suspension, body, loads_n, step_s)
    if (
        loads_n.front_left < 0.0
        or loads_n.front_right < 0.0
        or loads_n.rear_left < 0.0
        or loads_n.rear_right < 0.0
    ):
        loads_n = _without_pull(suspension, body, loads_n, step_s)
    return loads_n


@tick_function
def spring_loads(
    suspension: Suspension,
    body: BodyState,
    forward_mps2: float,
    left_mps2: float,
    air: AirForce,
    step_s: float,
) -> PerWheel[float]:
    """Move the body on its springs by one tick, and return the load of each wheel."""
    halves_n = _rise(suspension, body, forward_mps2, air, step_s)
    front = suspension.front
    rear = suspension.rear
    front_road_n = body.front_road_roll_n
    rear_road_n = body.rear_road_roll_n
    inertia = suspension.roll_inertia_kgm2
    rate = suspension.roll_nmprad
    roll_rad = body.roll_rad
    moment_nm = suspension.roll_kgm * left_mps2 - rate * roll_rad
    moment_nm += 2.0 * suspension.half_track_m * (front_road_n + rear_road_n)
    roll_radps = (inertia * body.roll_radps + step_s * moment_nm) / (
        inertia + step_s * (suspension.roll_damping_nmsprad + step_s * rate)
    )
    roll_rad += step_s * roll_radps
    body.roll_rad = roll_rad
    body.roll_radps = roll_radps
    front_n = front.roll_n * roll_rad + front.roll_damping_ns * roll_radps
    front_n += front.links_kg * left_mps2 - front_road_n
    rear_n = rear.roll_n * roll_rad + rear.roll_damping_ns * roll_radps
    rear_n += rear.links_kg * left_mps2 - rear_road_n
    return PerWheel(
        halves_n.front - front_n,
        halves_n.front + front_n,
        halves_n.rear - rear_n,
        halves_n.rear + rear_n,
    )


@tick_function
def _rise(
    suspension: Suspension, body: BodyState, forward_mps2: float, air: AirForce, step_s: float
) -> AxlePair[float]:
    """Heave and pitch the body by one tick, and return half of the load of each axle."""
    front = suspension.front
    rear = suspension.rear
    coupled_kg = suspension.coupled_kg
    pitch_n = suspension.pitch_kg * forward_mps2
    links_n = suspension.pitch_links_kg * forward_mps2
    front_rate_npm = front.rate_npm
    rear_rate_npm = rear.rate_npm
    front_nspm = front.damping_nspm
    rear_nspm = rear.damping_nspm
    front_m = body.front_m
    rear_m = body.rear_m
    front_road_n = body.front_road_n
    rear_road_n = body.rear_road_n
    front_kg = front.moving_kg + step_s * (front_nspm + step_s * front_rate_npm)
    rear_kg = rear.moving_kg + step_s * (rear_nspm + step_s * rear_rate_npm)
    front_ns = front.moving_kg * body.front_mps + coupled_kg * body.rear_mps
    front_ns += step_s * (front_road_n + pitch_n - air.front_downforce_n - front_rate_npm * front_m)
    rear_ns = rear.moving_kg * body.rear_mps + coupled_kg * body.front_mps
    rear_ns += step_s * (rear_road_n - pitch_n - air.rear_downforce_n - rear_rate_npm * rear_m)
    scale = 1.0 / (front_kg * rear_kg - coupled_kg * coupled_kg)
    front_mps = scale * (rear_kg * front_ns - coupled_kg * rear_ns)
    rear_mps = scale * (front_kg * rear_ns - coupled_kg * front_ns)
    front_m += step_s * front_mps
    rear_m += step_s * rear_mps
    body.front_m = front_m
    body.rear_m = rear_m
    body.front_mps = front_mps
    body.rear_mps = rear_mps
    front_n = front.weight_n + front_road_n - front_rate_npm * front_m - front_nspm * front_mps
    rear_n = rear.weight_n + rear_road_n - rear_rate_npm * rear_m - rear_nspm * rear_mps
    return AxlePair(0.5 * (front_n - links_n), 0.5 * (rear_n + links_n))


@tick_function
def _on_stops(
    suspension: Suspension, body: BodyState, loads_n: PerWheel[float], step_s: float
) -> PerWheel[float]:
    """Return loads with the forces of the bump stops, and push the body with these."""
    front = suspension.front
    rear = suspension.rear
    half_m = suspension.half_track_m
    across_1pkg = half_m * half_m / suspension.roll_inertia_kgm2
    coupled_kg = suspension.coupled_kg
    scale = 1.0 / (front.moving_kg * rear.moving_kg - coupled_kg * coupled_kg)
    front_1pkg = across_1pkg + scale * rear.moving_kg
    rear_1pkg = across_1pkg + scale * front.moving_kg
    front_m = front.stop_m - body.front_m
    rear_m = rear.stop_m - body.rear_m
    road_m = WheelPair(body.front_left_road_m, body.front_right_road_m)
    on_front_n = _axle_stops(suspension, body, front_m, body.front_mps, road_m, front_1pkg, step_s)
    road_m = WheelPair(body.rear_left_road_m, body.rear_right_road_m)
    on_rear_n = _axle_stops(suspension, body, rear_m, body.rear_mps, road_m, rear_1pkg, step_s)
    pushes_n = PerWheel(on_front_n.left, on_front_n.right, on_rear_n.left, on_rear_n.right)
    _push_body(suspension, body, pushes_n, step_s)
    return PerWheel(
        loads_n.front_left + pushes_n.front_left,
        loads_n.front_right + pushes_n.front_right,
        loads_n.rear_left + pushes_n.rear_left,
        loads_n.rear_right + pushes_n.rear_right,
    )


@tick_function
def _axle_stops(
    suspension: Suspension,
    body: BodyState,
    pressed_m: float,
    rising_mps: float,
    road_m: WheelPair[float],
    yielding_1pkg: float,
    step_s: float,
) -> WheelPair[float]:
    """Return the forces of an axle's stops, pressed so far on average by the body alone."""
    leaning_m = suspension.half_track_m * body.roll_rad
    leaning_mps = suspension.half_track_m * body.roll_radps
    left_m = pressed_m - leaning_m + road_m.left
    right_m = pressed_m + leaning_m + road_m.right
    return WheelPair(
        _stop_force(suspension, left_m, -rising_mps - leaning_mps, yielding_1pkg, step_s),
        _stop_force(suspension, right_m, leaning_mps - rising_mps, yielding_1pkg, step_s),
    )


@tick_function
def _stop_force(
    suspension: Suspension, pressed_m: float, rate_mps: float, yielding_1pkg: float, step_s: float
) -> float:
    """Return the force of a stop that is pressed so far at a rate, at the end of a tick.

    yielding_1pkg: the body's acceleration away from it for each force. Forces and stiffness at the
    end are reckoned from those now, as if the stop alone acted (linearly implicit).
    """
    if pressed_m <= 0.0:
        return 0.0
    square = suspension.stop_stiffening_1pm2 * pressed_m * pressed_m
    force_n = suspension.stop_npm * pressed_m * (1.0 + square)
    rate_npm = suspension.stop_npm * (1.0 + 3.0 * square)
    damping_nspm = rate_npm * (step_s + suspension.stop_damping_s)
    end_n = (force_n + damping_nspm * rate_mps) / (1.0 + step_s * damping_nspm * yielding_1pkg)
    return maximum(end_n, 0.0)


@tick_function
def _push_body(
    suspension: Suspension, body: BodyState, pushes_n: PerWheel[float], step_s: float
) -> None:
    """Move the body by what forces over its wheels do to it in a tick, upwards."""
    front_kg = suspension.front.moving_kg
    rear_kg = suspension.rear.moving_kg
    coupled_kg = suspension.coupled_kg
    front_n = pushes_n.front_left + pushes_n.front_right
    rear_n = pushes_n.rear_left + pushes_n.rear_right
    scale = step_s / (front_kg * rear_kg - coupled_kg * coupled_kg)
    front_mps = scale * (rear_kg * front_n - coupled_kg * rear_n)
    rear_mps = scale * (front_kg * rear_n - coupled_kg * front_n)
    left_n = pushes_n.front_left + pushes_n.rear_left - pushes_n.front_right - pushes_n.rear_right
    roll_radps = step_s * suspension.half_track_m * left_n / suspension.roll_inertia_kgm2
    body.front_mps += front_mps
    body.rear_mps += rear_mps
    body.roll_radps += roll_radps
    body.front_m += step_s * front_mps
    body.rear_m += step_s * rear_mps
    body.roll_rad += step_s * roll_radps


@tick_function
def _without_pull(
    suspension: Suspension, body: BodyState, loads_n: PerWheel[float], step_s: float
) -> PerWheel[float]:
    """Return loads none of which is below zero, and take from the body what the road cannot hold.

    A body that has lost the road under a side goes no farther than so: it does not roll over.
    """
    max_n = _MAX_WEIGHTS * (suspension.front.weight_n + suspension.rear.weight_n)
    kept_n = PerWheel(
        clamp(loads_n.front_left, 0.0, max_n),
        clamp(loads_n.front_right, 0.0, max_n),
        clamp(loads_n.rear_left, 0.0, max_n),
        clamp(loads_n.rear_right, 0.0, max_n),
    )
    missing_n = PerWheel(
        kept_n.front_left - loads_n.front_left,
        kept_n.front_right - loads_n.front_right,
        kept_n.rear_left - loads_n.rear_left,
        kept_n.rear_right - loads_n.rear_right,
    )
    _push_body(suspension, body, missing_n, step_s)
    if absolute(body.front_m) > _FARTHEST_M:
        body.front_m = clamp(body.front_m, -_FARTHEST_M, _FARTHEST_M)
        body.front_mps = 0.0
    if absolute(body.rear_m) > _FARTHEST_M:
        body.rear_m = clamp(body.rear_m, -_FARTHEST_M, _FARTHEST_M)
        body.rear_mps = 0.0
    if absolute(body.roll_rad) > _FARTHEST_RAD:
        body.roll_rad = clamp(body.roll_rad, -_FARTHEST_RAD, _FARTHEST_RAD)
        body.roll_radps = 0.0
    return kept_n
