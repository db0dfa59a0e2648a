"""One tick of one car leads from controls and ground to the force on its body."""

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute, maximum
from game.vehicle.aero import AirForce, air_at_heights, air_force_in
from game.vehicle.assists import yaw_brakes
from game.vehicle.battery import battery_flow, pack_cooling
from game.vehicle.damage import bent_air, cooling_left, is_bent, is_wrecked
from game.vehicle.differential import clutch_limit
from game.vehicle.loose_ground import is_ploughing, ploughing_force
from game.vehicle.motor import inverter_loss, motor_loss, warmed
from game.vehicle.parts import Axle, Car
from game.vehicle.powertrain import (
    Pedals,
    TorqueDemand,
    brake_release,
    demand_torques,
    wheel_torque,
)
from game.vehicle.road_height import follow_road, is_uneven
from game.vehicle.spec import MotorSpec
from game.vehicle.state import (
    PEDAL_STEPS,
    STEERING_STEPS,
    AxlePair,
    AxleState,
    BodyForce,
    BodyMotion,
    CarState,
    Controls,
    EnergyLedger,
    Ground,
    PerWheel,
    SlopeState,
    WheelPair,
    WheelState,
)
from game.vehicle.steering import FrontWheels, front_wheels, steer
from game.vehicle.suspension import move_body
from game.vehicle.torque_split import FrontShares
from game.vehicle.tyre import TyreContact, tyre_contact
from game.vehicle.tyre_state import advance_tyres
from game.vehicle.wheel_spin import AxleTorques, Spin, spin_axle

_PARKED_SPEED_MPS: Final = 0.05
_PARKED_YAW_RADPS: Final = 0.05


@tick_function
def step_car(
    car: Car,
    state: CarState,
    controls: Controls,
    shares: FrontShares,
    ground: PerWheel[Ground],
    motion: BodyMotion,
    step_s: float,
) -> BodyForce:
    """Advance everything in the car by one tick; the force is to act on the body for that tick."""
    _apply_controls(car, state, controls, step_s)
    forward_mps = motion.velocity_forward_mps
    left_mps = motion.velocity_left_mps
    speed_mps = math.sqrt(forward_mps * forward_mps + left_mps * left_mps)
    advance_tyres(car.tyre_life, state, forward_mps, step_s)
    if _is_parked(controls, motion, speed_mps) and _brakes_hold(car, state):
        return _park(car, state, motion, step_s)

    body = state.body
    air = air_at_heights(
        car.aero,
        air_force_in(state.weather, car.aero, forward_mps, left_mps, speed_mps),
        car.suspension.front.height_m + body.front_m,
        car.suspension.rear.height_m + body.rear_m,
    )
    pushed_n = state.front_left.left_n + state.front_right.left_n  # in the last tick
    wheels_rad = state.steering_rad - car.steering.compliance_radpn * pushed_n
    if is_bent(state.damage):
        air = bent_air(car.damage, state.damage, air)
        wheels_rad += state.damage.steering_rad
    if is_uneven(body, ground):
        follow_road(car.suspension, body, ground, speed_mps, step_s)
    loads_n = _move_body(car, state, air, step_s)
    pedals = Pedals(state.throttle, state.brake, controls.reverse)
    demand = demand_torques(car, state, shares, pedals, forward_mps, loads_n, step_s)
    directions = front_wheels(car.steering, wheels_rad)
    brakes_nm = _brake_torques(car, state, motion, demand, step_s)
    rolling_nm = _rolling_torques(car, loads_n, ground)
    front = _spin_axle(
        car,
        car.front,
        WheelPair(state.front_left, state.front_right),
        _front_contacts(car, state, directions, motion, ground, step_s),
        AxleTorques(
            0.5 * demand.drive_nm.front,
            clutch_limit(car.front.differential, demand.drive_nm.front),
            brakes_nm.front_left,
            brakes_nm.front_right,
            rolling_nm.front_left,
            rolling_nm.front_right,
        ),
        state.ledger,
        step_s,
    )
    rear = _spin_axle(
        car,
        car.rear,
        WheelPair(state.rear_left, state.rear_right),
        _rear_contacts(car, state, motion, ground, step_s),
        AxleTorques(
            0.5 * demand.drive_nm.rear,
            clutch_limit(car.rear.differential, demand.drive_nm.rear),
            brakes_nm.rear_left,
            brakes_nm.rear_right,
            rolling_nm.rear_left,
            rolling_nm.rear_right,
        ),
        state.ledger,
        step_s,
    )
    tyres = _tyre_force(car, state, directions)
    force = BodyForce(tyres.forward_n + air.forward_n, tyres.left_n + air.left_n, tyres.yaw_nm)
    if is_ploughing(ground):
        force = _ploughed(car, state, force, loads_n, ground, motion, step_s)
    pulled = force
    if state.slope.sloping > 0:
        pulled = _with_gravity(car, state.slope, force)
    mean_motion = _mean_motion(car, motion, pulled, step_s)
    if state.slope.sloping > 0:
        _account_for_height(car, state.slope, mean_motion, step_s)
    into_tyres_w = front.into_tyres_w + rear.into_tyres_w
    _account_for_slip_and_air(state.ledger, mean_motion, tyres, air, into_tyres_w, step_s)
    motor_speeds = AxlePair(front.motor_speed_radps, rear.motor_speed_radps)
    _run_powertrain(car, state, motor_speeds, forward_mps, step_s)
    _note_accelerations(car, state, force, step_s)
    return pulled


class _AxleWork(NamedTuple):
    """Holds an axle's work over the tick, at the mean of its speeds before and after."""

    into_tyres_w: float
    motor_speed_radps: float


@tick_function
def _apply_controls(car: Car, state: CarState, controls: Controls, step_s: float) -> None:
    state.throttle = 0.0 if is_wrecked(state.damage) else controls.throttle / PEDAL_STEPS
    state.brake = controls.brake / PEDAL_STEPS
    state.steering_rad = steer(
        car.steering, state.steering_rad, controls.steering / STEERING_STEPS, step_s
    )


@tick_function
def _is_parked(controls: Controls, motion: BodyMotion, speed_mps: float) -> bool:
    """Return whether the driver brakes a car that has all but stopped."""
    return (
        controls.brake > 0
        and controls.throttle == 0
        and speed_mps < _PARKED_SPEED_MPS
        and -_PARKED_YAW_RADPS < motion.yaw_rate_radps < _PARKED_YAW_RADPS
    )


@tick_function
def _brakes_hold(car: Car, state: CarState) -> bool:
    """Return whether the brakes keep a car at rest where it stands, as they do on level ground."""
    if state.slope.sloping == 0:
        return True
    return absolute(state.slope.forward_mps2) * car.mass_kg <= (
        state.brake * car.brakes.full_pedal_force_n
    )


@tick_function
def _move_body(car: Car, state: CarState, air: AirForce, step_s: float) -> PerWheel[float]:
    """Move the body on its springs; write and return the load of each wheel."""
    suspension = car.suspension
    if state.slope.sloping > 0:
        air = pressed_on(car, state.slope.pressing_mps2, air)
    loads_n = move_body(
        suspension,
        state.body,
        state.raw_accel_forward_mps2,
        state.raw_accel_left_mps2,
        air,
        step_s,
    )
    _write_wheels(car, state, loads_n, state.body.roll_rad)
    return loads_n


@tick_function
def pressed_on(car: Car, pressing_mps2: float, air: AirForce) -> AirForce:
    """Return the air's force with what a slope, a dip or a crest adds to the weight."""
    wheelbase_m = car.front_axle_m + car.rear_axle_m
    per_length = car.mass_kg * pressing_mps2 / wheelbase_m
    return AirForce(
        air.forward_n,
        air.left_n,
        air.front_downforce_n + per_length * car.rear_axle_m,
        air.rear_downforce_n + per_length * car.front_axle_m,
    )


@tick_function
def _write_wheels(car: Car, state: CarState, loads_n: PerWheel[float], roll_rad: float) -> None:
    """Write the wheels' loads, and how far they lean."""
    rolled_rad = car.suspension.camber_per_roll * roll_rad
    front_rad = car.suspension.front.camber_rad
    rear_rad = car.suspension.rear.camber_rad
    wheel = state.front_left
    wheel.load_n = loads_n.front_left
    wheel.inclination_rad = front_rad - rolled_rad
    wheel = state.front_right
    wheel.load_n = loads_n.front_right
    wheel.inclination_rad = -front_rad - rolled_rad
    wheel = state.rear_left
    wheel.load_n = loads_n.rear_left
    wheel.inclination_rad = rear_rad - rolled_rad
    wheel = state.rear_right
    wheel.load_n = loads_n.rear_right
    wheel.inclination_rad = -rear_rad - rolled_rad


@tick_function
def _front_contacts(
    car: Car,
    state: CarState,
    directions: FrontWheels,
    motion: BodyMotion,
    ground: PerWheel[Ground],
    step_s: float,
) -> WheelPair[TyreContact]:
    turning_mps = motion.yaw_rate_radps * car.half_track_m
    left_mps = motion.velocity_left_mps + motion.yaw_rate_radps * car.front_axle_m
    left_forward_mps = motion.velocity_forward_mps - turning_mps
    right_forward_mps = motion.velocity_forward_mps + turning_mps
    left = directions.left
    right = directions.right
    tyres = state.tyres
    return WheelPair(
        tyre_contact(
            car.tyre,
            car.wheel,
            state.front_left,
            left_forward_mps * left.cos + left_mps * left.sin,
            left_mps * left.cos - left_forward_mps * left.sin,
            ground.front_left.grip * tyres.front_left.grip,
            step_s,
        ),
        tyre_contact(
            car.tyre,
            car.wheel,
            state.front_right,
            right_forward_mps * right.cos + left_mps * right.sin,
            left_mps * right.cos - right_forward_mps * right.sin,
            ground.front_right.grip * tyres.front_right.grip,
            step_s,
        ),
    )


@tick_function
def _rear_contacts(
    car: Car, state: CarState, motion: BodyMotion, ground: PerWheel[Ground], step_s: float
) -> WheelPair[TyreContact]:
    turning_mps = motion.yaw_rate_radps * car.half_track_m
    left_mps = motion.velocity_left_mps - motion.yaw_rate_radps * car.rear_axle_m
    left_forward_mps = motion.velocity_forward_mps - turning_mps
    right_forward_mps = motion.velocity_forward_mps + turning_mps
    toe = car.suspension.rear_toe
    tyres = state.tyres
    return WheelPair(
        tyre_contact(
            car.tyre,
            car.wheel,
            state.rear_left,
            left_forward_mps * toe.cos - left_mps * toe.sin,
            left_mps * toe.cos + left_forward_mps * toe.sin,
            ground.rear_left.grip * tyres.rear_left.grip,
            step_s,
        ),
        tyre_contact(
            car.tyre,
            car.wheel,
            state.rear_right,
            right_forward_mps * toe.cos + left_mps * toe.sin,
            left_mps * toe.cos - right_forward_mps * toe.sin,
            ground.rear_right.grip * tyres.rear_right.grip,
            step_s,
        ),
    )


@tick_function
def _brake_torques(
    car: Car, state: CarState, motion: BodyMotion, demand: TorqueDemand, step_s: float
) -> PerWheel[float]:
    """Return the friction brakes' torque on each wheel, with yaw control's and less ABS's."""
    pedal_nm = demand.friction_nm
    yaw_nm = yaw_brakes(
        car.yaw_control,
        state.steering_rad,
        motion.velocity_forward_mps,
        motion.yaw_rate_radps,
        car.tyre.friction_left * state.tyres.grip * state.weather.grip,
        car.wheel.radius_m,
        2.0 * car.half_track_m,
    )
    return PerWheel(
        _released(car, state.front_left, pedal_nm.front + yaw_nm.front_left, step_s),
        _released(car, state.front_right, pedal_nm.front + yaw_nm.front_right, step_s),
        _released(car, state.rear_left, pedal_nm.rear + yaw_nm.rear_left, step_s),
        _released(car, state.rear_right, pedal_nm.rear + yaw_nm.rear_right, step_s),
    )


@tick_function
def _released(car: Car, wheel: WheelState, brake_nm: float, step_s: float) -> float:
    if wheel.brake_release == 0.0 and wheel.normalised_slip < car.anti_lock.slip_target:
        return brake_nm  # as nearly always: spared the work
    return brake_nm * (1.0 - brake_release(car, wheel, step_s))


@tick_function
def _rolling_torques(
    car: Car, loads_n: PerWheel[float], ground: PerWheel[Ground]
) -> PerWheel[float]:
    """Return the rolling resistance of each wheel as a torque."""
    radius_m = car.wheel.radius_m
    return PerWheel(
        loads_n.front_left * ground.front_left.rolling_resistance * radius_m,
        loads_n.front_right * ground.front_right.rolling_resistance * radius_m,
        loads_n.rear_left * ground.rear_left.rolling_resistance * radius_m,
        loads_n.rear_right * ground.rear_right.rolling_resistance * radius_m,
    )


@tick_function
def _spin_axle(
    car: Car,
    axle: Axle,
    wheels: WheelPair[WheelState],
    contacts: WheelPair[TyreContact],
    torques: AxleTorques,
    ledger: EnergyLedger,
    step_s: float,
) -> _AxleWork:
    """Spin both wheels of an axle; write their states and what became heat on the way."""
    radius_m = car.wheel.radius_m
    after = spin_axle(wheels, contacts, torques, axle.wheel_inertia_kgm2, radius_m, step_s)
    left = wheels.left
    right = wheels.right
    left_brake_nm = torques.left_brake_nm
    right_brake_nm = torques.right_brake_nm
    left_mean = 0.5 * (left.spin_radps + after.left.spin_radps)
    right_mean = 0.5 * (right.spin_radps + after.right.spin_radps)
    left_friction_w = after.left.friction_nm * left_mean
    right_friction_w = after.right.friction_nm * right_mean
    _split_friction_heat(ledger, left_friction_w, left_brake_nm, torques.left_rolling_nm, step_s)
    _split_friction_heat(ledger, right_friction_w, right_brake_nm, torques.right_rolling_nm, step_s)
    ledger.gear_heat_j += after.clutch_nm * (left_mean - right_mean) * step_s
    _write_wheel_state(left, contacts.left, after.left, left_brake_nm, radius_m)
    _write_wheel_state(right, contacts.right, after.right, right_brake_nm, radius_m)
    return _AxleWork(
        radius_m * (after.left.forward_n * left_mean + after.right.forward_n * right_mean),
        axle.motor.gear_ratio * 0.5 * (left_mean + right_mean),
    )


@tick_function
def _split_friction_heat(
    ledger: EnergyLedger, power_w: float, brake_nm: float, rolling_nm: float, step_s: float
) -> None:
    """Share the heat of a wheel's Coulomb torque (power not positive) between its two causes."""
    both_nm = brake_nm + rolling_nm
    if both_nm > 0.0:
        brake_share = brake_nm / both_nm
        ledger.brake_heat_j -= power_w * brake_share * step_s
        ledger.rolling_j -= power_w * (1.0 - brake_share) * step_s


@tick_function
def _write_wheel_state(
    wheel: WheelState, contact: TyreContact, spin: Spin, brake_nm: float, radius_m: float
) -> None:
    wheel.spin_radps = spin.spin_radps
    wheel.slip_ratio = spin.slip_ratio
    wheel.slip_tangent = contact.slip_tangent
    wheel.forward_n = spin.forward_n
    wheel.left_n = contact.left_n
    wheel.normalised_slip = contact.normalised_slip
    wheel.brake_nm = brake_nm
    slip_w = spin.forward_n * (spin.spin_radps * radius_m - contact.forward_mps)
    skid_w = -contact.left_n * contact.left_mps
    wheel.sliding_power_w = maximum(slip_w + skid_w, 0.0)


@tick_function
def _tyre_force(car: Car, state: CarState, directions: FrontWheels) -> BodyForce:
    """Return the four tyres' forces on the body."""
    left_heading = directions.left
    right_heading = directions.right
    front_left = state.front_left
    front_right = state.front_right
    rear_left = state.rear_left
    rear_right = state.rear_right
    left_forward = front_left.forward_n * left_heading.cos - front_left.left_n * left_heading.sin
    left_left = front_left.forward_n * left_heading.sin + front_left.left_n * left_heading.cos
    right_forward = (
        front_right.forward_n * right_heading.cos - front_right.left_n * right_heading.sin
    )
    right_left = front_right.forward_n * right_heading.sin + front_right.left_n * right_heading.cos
    toe = car.suspension.rear_toe
    rear_left_forward = rear_left.forward_n * toe.cos + rear_left.left_n * toe.sin
    rear_right_forward = rear_right.forward_n * toe.cos - rear_right.left_n * toe.sin
    front_n = left_left + right_left
    rear_n = (rear_left.left_n + rear_right.left_n) * toe.cos + (
        rear_right.forward_n - rear_left.forward_n
    ) * toe.sin
    return BodyForce(
        left_forward + right_forward + rear_left_forward + rear_right_forward,
        front_n + rear_n,
        car.front_axle_m * front_n
        - car.rear_axle_m * rear_n
        + car.half_track_m
        * (right_forward - left_forward + rear_right_forward - rear_left_forward),
    )


@tick_function
def _with_gravity(car: Car, slope: SlopeState, force: BodyForce) -> BodyForce:
    """Return a force on the body with the pull of gravity along the road."""
    return BodyForce(
        force.forward_n + car.mass_kg * slope.forward_mps2,
        force.left_n + car.mass_kg * slope.left_mps2,
        force.yaw_nm,
    )


@tick_function
def _account_for_height(car: Car, slope: SlopeState, mean: BodyMotion, step_s: float) -> None:
    """Add up the work done against gravity."""
    slope.potential_j -= (
        car.mass_kg
        * (
            slope.forward_mps2 * mean.velocity_forward_mps
            + slope.left_mps2 * mean.velocity_left_mps
        )
        * step_s
    )


@tick_function
def _ploughed(
    car: Car,
    state: CarState,
    force: BodyForce,
    loads_n: PerWheel[float],
    ground: PerWheel[Ground],
    motion: BodyMotion,
    step_s: float,
) -> BodyForce:
    """Add the force of loose ground to a force on the body, and add up its work."""
    loose = ploughing_force(car, loads_n, ground, motion)
    both = BodyForce(
        force.forward_n + loose.forward_n, force.left_n + loose.left_n, force.yaw_nm + loose.yaw_nm
    )
    moving = both
    if state.slope.sloping > 0:
        moving = _with_gravity(car, state.slope, both)
    mean = _mean_motion(car, motion, moving, step_s)
    state.ledger.rolling_j -= (
        loose.forward_n * mean.velocity_forward_mps
        + loose.left_n * mean.velocity_left_mps
        + loose.yaw_nm * mean.yaw_rate_radps
    ) * step_s
    return both


@tick_function
def _mean_motion(car: Car, motion: BodyMotion, force: BodyForce, step_s: float) -> BodyMotion:
    """Return the mean of the body's motions before and after a tick.

    A constant force over the tick does its work at this motion.
    """
    half = 0.5 * step_s / car.mass_kg
    return BodyMotion(
        motion.velocity_forward_mps + half * force.forward_n,
        motion.velocity_left_mps + half * force.left_n,
        motion.yaw_rate_radps + 0.5 * step_s / car.yaw_inertia_kgm2 * force.yaw_nm,
    )


@tick_function
def _account_for_slip_and_air(
    ledger: EnergyLedger,
    motion: BodyMotion,
    tyres: BodyForce,
    air: AirForce,
    into_tyres_w: float,
    step_s: float,
) -> None:
    """Count as heat what the wheels put into the tyres and the body did not get out."""
    forward_mps = motion.velocity_forward_mps
    left_mps = motion.velocity_left_mps
    out_of_tyres_w = (
        tyres.forward_n * forward_mps
        + tyres.left_n * left_mps
        + tyres.yaw_nm * motion.yaw_rate_radps
    )
    ledger.tyre_heat_j += (into_tyres_w - out_of_tyres_w) * step_s
    ledger.drag_j -= (air.forward_n * forward_mps + air.left_n * left_mps) * step_s


@tick_function
def _run_powertrain(
    car: Car, state: CarState, speeds_radps: AxlePair[float], forward_mps: float, step_s: float
) -> None:
    """Take both motors' power at these speeds from the battery and warm what loses it."""
    ledger = state.ledger
    cooling = cooling_left(car.damage, state.damage)
    warmer_k = state.weather.air_change_k
    electrical_w = run_motor(
        car.front.motor, state.front, ledger, speeds_radps.front, cooling, warmer_k, step_s
    )
    electrical_w += run_motor(
        car.rear.motor, state.rear, ledger, speeds_radps.rear, cooling, warmer_k, step_s
    )
    battery = state.battery
    flow = battery_flow(car.battery, battery.charge, electrical_w)
    battery.power_w = electrical_w
    battery.current_a = flow.current_a
    battery.voltage_v = flow.voltage_v
    battery.charge -= flow.current_a * step_s / car.battery.capacity_c
    if battery.charge < 0.0:
        battery.charge = 0.0  # what inverters draw from an empty pack is not worth a model
    battery.temperature_k = warmed(
        battery.temperature_k,
        flow.heat_w,
        car.battery.heat_capacity_jpk,
        pack_cooling(car.battery, forward_mps) * cooling,
        car.battery.ambient_temperature_k + warmer_k,
        step_s,
    )
    if electrical_w > 0.0:
        battery.drawn_j += electrical_w * step_s
    else:
        battery.regained_j -= electrical_w * step_s
    state.ledger.chemical_j += flow.chemical_w * step_s
    state.ledger.battery_heat_j += flow.heat_w * step_s


@tick_function
def run_motor(
    motor: MotorSpec,
    axle: AxleState,
    ledger: EnergyLedger,
    speed_radps: float,
    cooling: float,
    warmer_k: float,
    step_s: float,
) -> float:
    """Return one axle's electrical power at this mean speed, W; writes its heat.

    warmer_k: by how much the air, and with it the coolant, is warmer than at the start.
    """
    coolant_k = motor.coolant_temperature_k + warmer_k
    power_w = axle.torque_nm * speed_radps
    winding_w = motor_loss(motor, axle.torque_nm, speed_radps)
    inverter_w = inverter_loss(motor, power_w + winding_w)
    axle.power_w = power_w
    axle.winding_temperature_k = warmed(
        axle.winding_temperature_k,
        winding_w,
        motor.winding_heat_jpk,
        motor.winding_cooling_wpk * cooling,
        coolant_k,
        step_s,
    )
    axle.inverter_temperature_k = warmed(
        axle.inverter_temperature_k,
        inverter_w,
        motor.inverter_heat_jpk,
        motor.inverter_cooling_wpk * cooling,
        coolant_k,
        step_s,
    )
    ledger.motor_heat_j += (winding_w + inverter_w) * step_s
    ledger.gear_heat_j += power_w * step_s
    ledger.gear_heat_j -= (
        wheel_torque(motor, axle.torque_nm, speed_radps) * speed_radps / motor.gear_ratio * step_s
    )
    return power_w + winding_w + inverter_w


@tick_function
def _note_accelerations(car: Car, state: CarState, force: BodyForce, step_s: float) -> None:
    """Note the accelerations as they are, and damped: first order, implicitly."""
    share = step_s / (car.load_transfer.time_s + step_s)
    forward_mps2 = force.forward_n / car.mass_kg
    left_mps2 = force.left_n / car.mass_kg
    state.raw_accel_forward_mps2 = forward_mps2
    state.raw_accel_left_mps2 = left_mps2
    state.accel_forward_mps2 += share * (forward_mps2 - state.accel_forward_mps2)
    state.accel_left_mps2 += share * (left_mps2 - state.accel_left_mps2)


@tick_function
def _park(car: Car, state: CarState, motion: BodyMotion, step_s: float) -> BodyForce:
    """Hold a braked car that has all but stopped: the force that takes its last motion away."""
    # Squares of the spins, each rear wheel's weighted by its inertia over a front wheel's.
    rear_wheels = car.rear.wheel_inertia_kgm2 / car.front.wheel_inertia_kgm2
    turning = _lock_wheel(state.front_left)
    turning += _lock_wheel(state.front_right)
    turning += rear_wheels * _lock_wheel(state.rear_left)
    turning += rear_wheels * _lock_wheel(state.rear_right)
    forward_mps = motion.velocity_forward_mps
    left_mps = motion.velocity_left_mps
    state.ledger.brake_heat_j += 0.5 * (
        car.front.wheel_inertia_kgm2 * turning
        + car.mass_kg * (forward_mps * forward_mps + left_mps * left_mps)
        + car.yaw_inertia_kgm2 * motion.yaw_rate_radps * motion.yaw_rate_radps
    )
    state.front.torque_nm = 0.0
    state.rear.torque_nm = 0.0
    state.accel_forward_mps2 = 0.0
    state.accel_left_mps2 = 0.0
    state.raw_accel_forward_mps2 = 0.0
    state.raw_accel_left_mps2 = 0.0
    _move_body(car, state, AirForce(0.0, 0.0, 0.0, 0.0), step_s)
    _run_powertrain(car, state, AxlePair(0.0, 0.0), 0.0, step_s)
    return BodyForce(
        -forward_mps * car.mass_kg / step_s,
        -left_mps * car.mass_kg / step_s,
        -motion.yaw_rate_radps * car.yaw_inertia_kgm2 / step_s,
    )


@tick_function
def _lock_wheel(wheel: WheelState) -> float:
    """Stop a wheel and return the square of the spin it had."""
    square = wheel.spin_radps * wheel.spin_radps
    wheel.spin_radps = 0.0
    wheel.slip_ratio = 0.0
    wheel.slip_tangent = 0.0
    wheel.forward_n = 0.0
    wheel.left_n = 0.0
    wheel.normalised_slip = 0.0
    wheel.sliding_power_w = 0.0
    return square
