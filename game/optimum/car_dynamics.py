"""Put together a car's equations of motion along a circuit from the functions of the tick.

The body's motion and yaw, the wheels' spins, the lag of damped accelerations and the steering angle
are states. The body sits on its springs as those accelerations ask for, where the tick moves it
there with springs and dampers within a tenth of a second.
The tyres' slips follow the wheels' motion at once, where the tick lets them follow within 0.2 to
0.4 m, and so do the motors' torques, which a perfect driver asks for 30 ms earlier. The assists do
nothing: slips are bounded to what they let pass. Motors and pack are as cool and as full as at the
start of a drive, the road as wet, and the tyres warm and new.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from game.drivers.steering_law import turning_n
from game.optimum.casadi_library import ca
from game.optimum.smooth import tick_on_symbols
from game.quasi_steady.motor_limits import full_drive_voltage
from game.simulation.tick import update_slope
from game.simulation.wet_road import WaterAcross, water_beside
from game.track.tables import RoadSample, slope_beside
from game.trig import Direction
from game.vehicle import car as tick
from game.vehicle.aero import AirForce, air_force
from game.vehicle.differential import clutch_limit
from game.vehicle.parts import Axle, Car
from game.vehicle.powertrain import Pedals, demand_torques, electrical_power, motor_speed
from game.vehicle.state import (
    AxleState,
    BatteryState,
    BodyForce,
    BodyMotion,
    CarState,
    Ground,
    PerWheel,
    SlopeState,
    WheelPair,
    WheelState,
)
from game.vehicle.steering import FrontWheels, front_wheels
from game.vehicle.suspension import steady_air, steady_roll
from game.vehicle.torque_split import FrontShares
from game.vehicle.tyre import TyreContact
from game.vehicle.wet_grip import green_grip, wet_grip
from game.vehicle.wheel_loads import wheel_loads

_AT_ONCE_S: Final = 1e9  # a tick so long that what follows with a lag has arrived
# Throttle and brake pass into each other over so much of the one pedal; 0.05 of both at its rest.
PEDAL_WIDTH: Final = 0.1
CLUTCH_WIDTH_RADPS: Final = 0.3  # between two wheels' spins, where the tick's clutch sticks
KERB_WIDTH_M: Final = 0.05  # over which a wheel rolls from the tarmac onto a kerb

Run = Callable[..., Any]  # calls a function of the tick on symbols


class Subject(NamedTuple):
    """Holds the car that drives, and the two grounds that it drives on."""

    car: Car
    charge: float
    tarmac: Ground
    kerb: Ground
    hilly: bool = False  # the circuit is not level
    wet: bool = False  # there is, or will be, water on the road


class Motion(NamedTuple):
    """Holds the states of a car on a circuit."""

    offset_m: Any  # of the centre of gravity from the centreline, positive to the left
    across_rad: Any  # heading relative to the centreline's
    forward_mps: Any
    left_mps: Any
    yaw_radps: Any
    accel_forward_mps2: Any  # as the springs follow it
    accel_left_mps2: Any
    steering_rad: Any
    front_left_slip: Any  # how much faster a wheel turns than the car's speed forwards asks for
    front_right_slip: Any
    rear_left_slip: Any
    rear_right_slip: Any

    @property
    def slips(self) -> Sequence[Any]:
        """Return the four wheels' slips."""
        return self[-4:]


class Commands(NamedTuple):
    """Holds the commands of a perfect driver, who has one foot."""

    pedal: Any  # 1 full throttle, -1 full brake
    steering_radps: Any


class PlaceOnLap(NamedTuple):
    """Describes the circuit at a place, with the shares that the setup has there."""

    curvature_1pm: Any
    left_kerb_m: Any  # distance from the centreline at which a kerb begins on that side
    right_kerb_m: Any
    torque_share: Any
    regen_share: Any
    grade: Any = 0.0  # of the road, as `RoadSample` has it
    bend_1pm: Any = 0.0
    crossfall: Any = 0.0
    twist_1pm: Any = 0.0
    wind_along_mps: Any = 0.0  # the way that it blows: along the centreline ...
    wind_left_mps: Any = 0.0  # ... and across it
    line_m: Any = 0.0  # offset of the line that is driven most
    line_water_m: Any = 0.0  # depth of the water on it ...
    beside_water_m: Any = 0.0  # ... and beside it


class Dynamics(NamedTuple):
    """Describes how a car in motion moves on."""

    quantities: Sequence[Any]  # the motion, with the wheels' spins in place of their slips
    rates: Sequence[Any]  # of the quantities, per second
    progress_mps: Any  # along the centreline
    normalised_slips: Sequence[Any]
    power_w: Any  # from the battery


def pedals_of(pedal: Any) -> Pedals:
    """Return throttle and brake for the one pedal: at its ends exactly one of them, fully."""
    width = PEDAL_WIDTH
    length = (pedal * pedal + width * width) ** 0.5 + 1.0 - (1.0 + width * width) ** 0.5
    return Pedals(0.5 * (length + pedal), 0.5 * (length - pedal), 0)


def dynamics(subject: Subject, motion: Motion, commands: Commands, place: PlaceOnLap) -> Dynamics:
    """Return how a car in motion moves on under a driver's commands."""
    run = tick_on_symbols()
    car = subject.car
    spins = [motion.forward_mps / car.wheel.radius_m * (1.0 + slip) for slip in motion.slips]
    voltage_v = run(full_drive_voltage, car, place.torque_share, subject.charge, motion.forward_mps)
    state = _state(subject, motion, spins, voltage_v)
    air = _air(run, car, motion, _met_air(car, motion, place))
    slope = _slope(run, motion, place) if subject.hilly else SlopeState()
    pressing = run(tick.pressed_on, car, slope.pressing_mps2, air) if subject.hilly else air
    loads_n = run(
        wheel_loads,
        car.load_transfer,
        motion.accel_forward_mps2,
        motion.accel_left_mps2,
        pressing.front_downforce_n,
        pressing.rear_downforce_n,
    )
    roll_rad = run(steady_roll, car.suspension, motion.accel_left_mps2)
    run(tick._write_wheels, car, state, loads_n, roll_rad)
    ground = _ground(run, subject, motion, place)
    contacts = _contacts(run, car, state, motion, ground)
    tyres = run(tick._tyre_force, car, state, _directions(run, car, motion))
    shares = FrontShares(place.torque_share, place.regen_share)
    front, rear = _turning(run, car, state, shares, commands, loads_n)
    rolling_nm = run(tick._rolling_torques, car, loads_n, ground)
    body = BodyForce(tyres.forward_n + air.forward_n, tyres.left_n + air.left_n, tyres.yaw_nm)
    progress_mps = _progress(motion, place)
    return Dynamics(
        [*motion[:-4], *spins],
        [
            *_body_rates(car, motion, body, slope, place.curvature_1pm * progress_mps),
            commands.steering_radps,
            *_spin_rates(run, car, front, spins[:2], contacts[:2], rolling_nm[:2]),
            *_spin_rates(run, car, rear, spins[2:], contacts[2:], rolling_nm[2:]),
        ],
        progress_mps,
        [contact.normalised_slip for contact in contacts],
        _power(run, car, state),
    )


class _Turning(NamedTuple):
    """Holds the torques that turn the wheels of an axle."""

    axle: Axle
    drive_nm: Any  # on both wheels together
    brake_nm: Any  # on each


def _turning(
    run: Run,
    car: Car,
    state: CarState,
    shares: FrontShares,
    commands: Commands,
    loads_n: PerWheel[Any],
) -> tuple[_Turning, _Turning]:
    """Return the torques on both axles' wheels; writes those of the motors into the state.

    Drive and brakes are asked for one after the other, and added: with both pedals pressed, as
    they are a little where they pass into each other, the tick takes other ways.
    """
    throttle, brake, _ = pedals_of(commands.pedal)
    forward_mps = state.front_left.spin_radps * car.wheel.radius_m  # only whether the car is slow
    resting = car.throttle_pedal.one_pedal_travel  # neither drive nor regeneration
    demands = []
    front_nm = rear_nm = 0.0
    for pedals in (Pedals(throttle, 0.0, 0), Pedals(resting, brake, 0)):
        demands.append(
            run(demand_torques, car, state, shares, pedals, forward_mps, loads_n, _AT_ONCE_S)
        )
        front_nm += state.front.torque_nm
        rear_nm += state.rear.torque_nm
    state.front.torque_nm, state.rear.torque_nm = front_nm, rear_nm
    driven, braked = demands
    return (
        _Turning(
            car.front, driven.drive_nm.front + braked.drive_nm.front, braked.friction_nm.front
        ),
        _Turning(car.rear, driven.drive_nm.rear + braked.drive_nm.rear, braked.friction_nm.rear),
    )


def _state(subject: Subject, motion: Motion, spins: Sequence[Any], voltage_v: Any) -> CarState:
    """Return the tick's state of a cool car in this motion."""
    car = subject.car
    front, rear = (
        AxleState(
            winding_temperature_k=axle.motor.coolant_temperature_k,
            inverter_temperature_k=axle.motor.coolant_temperature_k,
        )
        for axle in (car.front, car.rear)
    )
    front_left, front_right, rear_left, rear_right = (WheelState(spin) for spin in spins)
    return CarState(
        steering_rad=motion.steering_rad,
        accel_forward_mps2=motion.accel_forward_mps2,
        accel_left_mps2=motion.accel_left_mps2,
        front_left=front_left,
        front_right=front_right,
        rear_left=rear_left,
        rear_right=rear_right,
        front=front,
        rear=rear,
        battery=BatteryState(subject.charge, car.battery.ambient_temperature_k, voltage_v),
    )


class _MetAir(NamedTuple):
    """Holds the motion of a car through the air, along its axes."""

    forward_mps: Any
    left_mps: Any


def _met_air(car: Car, motion: Motion, place: PlaceOnLap) -> _MetAir:
    """Return how a car moves through the air, in the wind at the start of a drive."""
    if car.wind.x_mps == 0.0 and car.wind.y_mps == 0.0:
        return _MetAir(motion.forward_mps, motion.left_mps)
    cos, sin = ca.cos(motion.across_rad), ca.sin(motion.across_rad)
    along_mps, left_mps = place.wind_along_mps, place.wind_left_mps
    return _MetAir(
        motion.forward_mps - (along_mps * cos + left_mps * sin),
        motion.left_mps - (left_mps * cos - along_mps * sin),
    )


def _air(run: Run, car: Car, motion: Motion, met: _MetAir) -> AirForce:
    forward_mps, left_mps = met
    speed_mps = ca.sqrt(forward_mps**2 + left_mps**2)
    air: AirForce = run(air_force, car.aero, forward_mps, left_mps, speed_mps)
    pressing: AirForce = run(
        steady_air, car.aero, car.suspension, forward_mps, motion.accel_forward_mps2
    )
    return air._replace(
        front_downforce_n=pressing.front_downforce_n, rear_downforce_n=pressing.rear_downforce_n
    )


def _directions(run: Run, car: Car, motion: Motion) -> FrontWheels:
    """Return where the front wheels point, which give way to their lateral force.

    That is taken from the acceleration that the springs follow: the tick has the one of the tick
    before, which does not depend on the wheels' directions.
    """
    yielding_rad = car.steering.compliance_radpn * turning_n(car, motion.accel_left_mps2)
    directions: FrontWheels = run(front_wheels, car.steering, motion.steering_rad - yielding_rad)
    return directions


def _ground(run: Run, subject: Subject, motion: Motion, place: PlaceOnLap) -> PerWheel[Ground]:
    """Return the ground under each wheel: tarmac, or a kerb beyond its beginning.

    In the wet it is tarmac with water on it, since the corridor then ends before the kerbs. Where
    rubber lacks, it lacks on both.
    """
    car = subject.car
    half_m = car.half_track_m
    cos, sin = ca.cos(motion.across_rad), ca.sin(motion.across_rad)

    def under(forward_m: float, left_m: float) -> Ground:
        aside_m = motion.offset_m + forward_m * sin + left_m * cos
        ground = subject.tarmac
        if not subject.wet:
            on_left = ca.tanh((aside_m - place.left_kerb_m) / KERB_WIDTH_M)
            on_right = ca.tanh((-aside_m - place.right_kerb_m) / KERB_WIDTH_M)
            kerb = 1.0 + 0.5 * (on_left + on_right)
            pairs = zip(subject.tarmac, subject.kerb, strict=True)
            ground = Ground(*(tarmac + kerb * (other - tarmac) for tarmac, other in pairs))
        if not (subject.wet or car.road.rubbering):
            return ground
        left = _left_of_grip(run, subject, motion, place, aside_m)
        return ground._replace(grip=ground.grip * left)

    return PerWheel(
        under(car.front_axle_m, half_m),
        under(car.front_axle_m, -half_m),
        under(-car.rear_axle_m, half_m),
        under(-car.rear_axle_m, -half_m),
    )


def _left_of_grip(
    run: Run, subject: Subject, motion: Motion, place: PlaceOnLap, aside_m: Any
) -> Any:
    """Return the share of grip that water and rubber leave at an offset from the centreline."""
    across = WaterAcross(place.line_m, place.line_water_m, place.beside_water_m, 1)
    here = run(water_beside, across, aside_m)
    car = subject.car
    tyre = car.tyre
    rubber = here.driven * car.road.rubber
    left = run(green_grip, tyre, here.water_m, rubber) if car.road.rubbering else 1.0
    if subject.wet:
        square_m2ps2 = motion.forward_mps**2 + motion.left_mps**2
        left *= run(wet_grip, tyre, here.water_m, rubber, square_m2ps2, tyre.pressure_pa)
    return left


def _contacts(
    run: Run, car: Car, state: CarState, motion: Motion, ground: PerWheel[Ground]
) -> Sequence[TyreContact]:
    """Return the tyres on the ground; writes their forces and slips into the state."""
    body = BodyMotion(motion.forward_mps, motion.left_mps, motion.yaw_radps)
    directions = _directions(run, car, motion)
    front: WheelPair[TyreContact] = run(
        tick._front_contacts, car, state, directions, body, ground, _AT_ONCE_S
    )
    rear: WheelPair[TyreContact] = run(tick._rear_contacts, car, state, body, ground, _AT_ONCE_S)
    wheels = (state.front_left, state.front_right, state.rear_left, state.rear_right)
    for wheel, contact in zip(wheels, (*front, *rear), strict=True):
        wheel.normalised_slip = contact.normalised_slip
        wheel.forward_n, wheel.left_n = contact.forward_n, contact.left_n
    return (*front, *rear)


def _progress(motion: Motion, place: PlaceOnLap) -> Any:
    """Return the speed along the centreline."""
    along_mps = motion.forward_mps * ca.cos(motion.across_rad) - motion.left_mps * ca.sin(
        motion.across_rad
    )
    return along_mps / (1.0 - motion.offset_m * place.curvature_1pm)


def _slope(run: Run, motion: Motion, place: PlaceOnLap) -> SlopeState:
    """Return what the slope of the road does to a car, as the tick writes it."""
    here = RoadSample(0.0, place.grade, place.bend_1pm, place.crossfall, place.twist_1pm)
    road = run(slope_beside, here, motion.offset_m, place.curvature_1pm)
    slope = SlopeState()
    heading = Direction(ca.cos(motion.across_rad), ca.sin(motion.across_rad))
    along_mps = motion.forward_mps * heading.cos - motion.left_mps * heading.sin
    run(update_slope, slope, road, heading, along_mps)
    return slope


def _body_rates(
    car: Car, motion: Motion, force: BodyForce, slope: SlopeState, bend_radps: Any
) -> list[Any]:
    """Return the rates of the first seven states. bend_radps: how fast the centreline turns."""
    forward_mps2, left_mps2 = force.forward_n / car.mass_kg, force.left_n / car.mass_kg
    cos, sin = ca.cos(motion.across_rad), ca.sin(motion.across_rad)
    lag_s = car.load_transfer.time_s
    return [
        motion.forward_mps * sin + motion.left_mps * cos,
        motion.yaw_radps - bend_radps,
        forward_mps2 + slope.forward_mps2 + motion.yaw_radps * motion.left_mps,
        left_mps2 + slope.left_mps2 - motion.yaw_radps * motion.forward_mps,
        force.yaw_nm / car.yaw_inertia_kgm2,
        (forward_mps2 - motion.accel_forward_mps2) / lag_s,
        (left_mps2 - motion.accel_left_mps2) / lag_s,
    ]


def _spin_rates(
    run: Run,
    car: Car,
    turning: _Turning,
    spins: Sequence[Any],
    contacts: Sequence[TyreContact],
    rolling_nm: Sequence[Any],
) -> list[Any]:
    """Return how fast the spins of an axle's wheels grow, which roll forwards."""
    limit_nm = run(clutch_limit, turning.axle.differential, turning.drive_nm)
    apart = spins[0] - spins[1]
    clutch_nm = limit_nm * apart / ca.sqrt(apart * apart + CLUTCH_WIDTH_RADPS**2)
    moved_nm = (-clutch_nm, clutch_nm)
    return [
        (
            0.5 * turning.drive_nm
            + moved
            - turning.brake_nm
            - rolling
            - car.wheel.radius_m * contact.forward_n
        )
        / turning.axle.wheel_inertia_kgm2
        for moved, contact, rolling in zip(moved_nm, contacts, rolling_nm, strict=True)
    ]


def _power(run: Run, car: Car, state: CarState) -> Any:
    """Return the power that both motors take from the battery."""
    front_radps = run(motor_speed, car.front.motor, state.front_left, state.front_right)
    rear_radps = run(motor_speed, car.rear.motor, state.rear_left, state.rear_right)
    return run(electrical_power, car.front.motor, state.front.torque_nm, front_radps) + run(
        electrical_power, car.rear.motor, state.rear.torque_nm, rear_radps
    )
