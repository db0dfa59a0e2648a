"""From the pedals to torques: drive and regeneration shared between the motors, brakes the rest."""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.vehicle.assists import slip_cut
from game.vehicle.battery import battery_limits
from game.vehicle.brakes import drive_pedal, lift_off_force, regeneration_fade
from game.vehicle.motor import inverter_loss, motor_loss, speed_limiter, torque_limit
from game.vehicle.parts import Car
from game.vehicle.state import AxleState, CarState, PerWheel, WheelState
from game.vehicle.torque_split import SetShares, front_share, split_torque

_SLIDING_SHARE: Final = 0.2  # of the peak slip: below it a wheel neither spins up nor locks
_REVERSE_GATE_MPS: Final = 1.0  # faster than this forwards, reverse gives no drive
_LEAST_MOTOR_SPEED_RADPS: Final = 1.0  # guards power / speed at rest


class AxleDemand(NamedTuple):
    """What the wheels are asked to do in this tick."""

    front_nm: float  # drive torque on both wheels of the axle together
    rear_nm: float
    front_friction_nm: float  # friction-brake torque on each wheel of the axle
    rear_friction_nm: float


@tick_function
def axle_motor_speed(car: Car, left: WheelState, right: WheelState) -> float:
    """Speed of the motor that turns these two wheels, rad/s."""
    return car.motor.gear_ratio * 0.5 * (left.spin_radps + right.spin_radps)


@tick_function
def wheel_torque(car: Car, motor_nm: float, motor_speed_radps: float) -> float:
    """Torque on both wheels for a torque at the motor: the gear loses both ways."""
    if motor_nm * motor_speed_radps >= 0.0:
        return motor_nm * car.motor.gear_ratio * car.motor.gear_efficiency
    return motor_nm * car.motor.gear_ratio / car.motor.gear_efficiency


@tick_function
def electrical_power(car: Car, motor_nm: float, motor_speed_radps: float) -> float:
    """Power that one axle takes from the battery, W; negative gives back."""
    power_w = motor_nm * motor_speed_radps + motor_loss(car.motor, motor_nm, motor_speed_radps)
    return power_w + inverter_loss(car.motor, power_w)


@tick_function
def demand_torques(
    car: Car,
    state: CarState,
    shares: SetShares,
    throttle: float,
    brake: float,
    reverse: int,
    forward_mps: float,
    loads_n: PerWheel[float],
    step_s: float,
) -> AxleDemand:
    """Move the motors' torques towards what the pedals ask and brake with friction what is left.

    Writes the two axles' states and the share of drive that was applied.
    """
    front_speed = axle_motor_speed(car, state.front_left, state.front_right)
    rear_speed = axle_motor_speed(car, state.rear_left, state.rear_right)
    front_limit = _limit(car, state.front, front_speed)
    rear_limit = _limit(car, state.rear, rear_speed)
    load_share = (loads_n.front_left + loads_n.front_right) / (
        loads_n.front_left + loads_n.front_right + loads_n.rear_left + loads_n.rear_right
    )
    front_normalised_slip = _greater(
        state.front_left.normalised_slip, state.front_right.normalised_slip
    )
    rear_normalised_slip = _greater(
        state.rear_left.normalised_slip, state.rear_right.normalised_slip
    )

    share = front_share(
        car.split_mode,
        shares.torque,
        load_share,
        front_normalised_slip,
        rear_normalised_slip,
        car.slip_balance_gain,
    )
    state.front_torque_share = share
    available = (front_limit if share > 0.0 else 0.0) + (rear_limit if share < 1.0 else 0.0)
    direction = 1.0
    if reverse != 0:
        direction = -1.0 if forward_mps < _REVERSE_GATE_MPS else 0.0
    drive = split_torque(
        drive_pedal(car.brakes, throttle) * available, share, front_limit, rear_limit
    )
    front_nm = (
        direction
        * drive.front_nm
        * _traction(car, state.front, state.front_left, state.front_right, direction, step_s)
    )
    rear_nm = (
        direction
        * drive.rear_nm
        * _traction(car, state.rear, state.rear_left, state.rear_right, direction, step_s)
    )

    limits = battery_limits(
        car.battery, state.battery.charge, state.battery.temperature_k, car.regen_limit
    )
    pedal_n = brake * car.brakes.full_pedal_force_n
    lift_n = lift_off_force(car.brakes, throttle)
    pace = 0.5 * (front_speed + rear_speed)
    sense = 1.0 if pace >= 0.0 else -1.0
    pace = pace * sense
    speed_mps = forward_mps if forward_mps >= 0.0 else -forward_mps
    wheel_to_motor = car.wheel.radius_m * car.motor.gear_efficiency / car.motor.gear_ratio
    regen_nm = (pedal_n + lift_n) * wheel_to_motor * regeneration_fade(car.brakes, speed_mps)
    if regen_nm * pace > limits.charge_w:
        regen_nm = limits.charge_w / (
            pace if pace > _LEAST_MOTOR_SPEED_RADPS else _LEAST_MOTOR_SPEED_RADPS
        )
    regen_share = front_share(
        car.split_mode,
        shares.regen,
        load_share,
        front_normalised_slip,
        rear_normalised_slip,
        car.slip_balance_gain,
    )
    regen = split_torque(regen_nm, regen_share, front_limit, rear_limit)
    front_nm -= sense * regen.front_nm * (1.0 - _release(state.front_left, state.front_right))
    rear_nm -= sense * regen.rear_nm * (1.0 - _release(state.rear_left, state.rear_right))

    asked_nm = front_nm + rear_nm
    front_nm = _lagged(car, state.front, front_nm, front_speed, front_limit, step_s)
    rear_nm = _lagged(car, state.rear, rear_nm, rear_speed, rear_limit, step_s)
    power_w = electrical_power(car, front_nm, front_speed) + electrical_power(
        car, rear_nm, rear_speed
    )
    refused_nm = 0.0
    if power_w > limits.discharge_w:
        front_nm *= limits.discharge_w / power_w
        rear_nm *= limits.discharge_w / power_w
    elif power_w < -limits.charge_w:
        front_nm *= -limits.charge_w / power_w
        rear_nm *= -limits.charge_w / power_w
        # Drive against the motion that the pack cannot take back is the friction brakes' to give.
        if direction * sense < 0.0 and throttle > 0.0:
            refused_nm = (asked_nm - front_nm - rear_nm) * direction
    state.front.torque_nm = front_nm
    state.rear.torque_nm = rear_nm
    front_wheels_nm = wheel_torque(car, front_nm, front_speed)
    rear_wheels_nm = wheel_torque(car, rear_nm, rear_speed)

    regained_n = -sense * (front_wheels_nm + rear_wheels_nm) / car.wheel.radius_m - lift_n
    friction_n = pedal_n - (regained_n if regained_n > 0.0 else 0.0)
    if friction_n < 0.0:
        friction_n = 0.0
    if refused_nm > 0.0:
        friction_n += refused_nm / wheel_to_motor
    friction_nm = 0.5 * friction_n * car.wheel.radius_m
    return AxleDemand(
        front_wheels_nm,
        rear_wheels_nm,
        friction_nm * car.brakes.front_bias,
        friction_nm * (1.0 - car.brakes.front_bias),
    )


@tick_function
def brake_release(car: Car, wheel: WheelState, step_s: float) -> float:
    """What ABS takes of this wheel's brake torque, 0..1; writes the wheel's release."""
    locking = -wheel.slip_ratio if wheel.spin_radps >= 0.0 else wheel.slip_ratio
    normalised_slip = (
        wheel.normalised_slip if locking > _SLIDING_SHARE * car.tyre.peak_slip_ratio else 0.0
    )
    cut = slip_cut(car.anti_lock, normalised_slip, wheel.brake_release, step_s)
    wheel.brake_release = cut.integral
    return cut.cut


@tick_function
def _traction(
    car: Car, axle: AxleState, left: WheelState, right: WheelState, direction: float, step_s: float
) -> float:
    """What traction control leaves of an axle's drive, 0..1; writes the axle's cut."""
    normalised_slip = 0.0
    threshold = _SLIDING_SHARE * car.tyre.peak_slip_ratio
    if direction * left.slip_ratio > threshold:
        normalised_slip = left.normalised_slip
    if direction * right.slip_ratio > threshold:
        normalised_slip = _greater(normalised_slip, right.normalised_slip)
    cut = slip_cut(car.traction_control, normalised_slip, axle.torque_cut, step_s)
    axle.torque_cut = cut.integral
    return 1.0 - cut.cut


@tick_function
def _limit(car: Car, axle: AxleState, speed_radps: float) -> float:
    return torque_limit(
        car.motor,
        speed_radps,
        car.power_share,
        axle.winding_temperature_k,
        axle.inverter_temperature_k,
    )


@tick_function
def _lagged(
    car: Car, axle: AxleState, wanted_nm: float, speed_radps: float, limit_nm: float, step_s: float
) -> float:
    """The motor's torque after a tick, within its limit now and its highest speed."""
    torque_nm = axle.torque_nm + (wanted_nm - axle.torque_nm) * step_s / (
        car.motor.torque_lag_s + step_s
    )
    most = limit_nm
    if torque_nm * speed_radps > 0.0:
        most *= speed_limiter(car.motor, speed_radps)
        if speed_radps < -car.motor.reverse_speed_radps:
            most = 0.0
    if torque_nm > most:
        return most
    return -most if torque_nm < -most else torque_nm


@tick_function
def _release(left: WheelState, right: WheelState) -> float:
    return _greater(left.brake_release, right.brake_release)


@tick_function
def _greater(one: float, other: float) -> float:
    return one if one > other else other
