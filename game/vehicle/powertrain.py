"""The powertrain turns pedals into torques: motors share drive and regeneration, brakes help."""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute, clamp, maximum
from game.vehicle.assists import slip_cut
from game.vehicle.battery import BatteryLimits, battery_limits
from game.vehicle.brakes import regeneration_fade
from game.vehicle.motor import (
    MIN_SPEED_RADPS,
    inverter_loss,
    motor_loss,
    speed_limiter,
    torque_limit,
)
from game.vehicle.parts import Car
from game.vehicle.spec import MotorSpec
from game.vehicle.state import AxlePair, AxleState, CarState, PerWheel, WheelState
from game.vehicle.throttle_pedal import drive_demand, lift_off_force
from game.vehicle.torque_split import (
    FIXED,
    LIMIT,
    FrontShares,
    front_share,
    full_drive,
    split_torque,
)

_REVERSE_GATE_MPS: Final = 1.0  # faster than this forwards, reverse gives no drive
_MIN_LOAD_N: Final = 1.0  # guards the share of the load for a car in the air


class Pedals(NamedTuple):
    """Holds the pedals as the driver's feet hold them."""

    throttle: float  # 0..1
    brake: float  # 0..1
    reverse: int  # 1: the motors drive backwards


class TorqueDemand(NamedTuple):
    """Holds the torques demanded of the wheels in this tick."""

    drive_nm: AxlePair[float]  # motor torque on both wheels of the axle together
    friction_nm: AxlePair[float]  # friction-brake torque on each wheel of the axle


class _MotorLimits(NamedTuple):
    """Holds the motors' speeds, and the torques they can give at the beginning of the tick."""

    speeds_radps: AxlePair[float]
    limits_nm: AxlePair[float]
    abs_speed_radps: float  # mean of both
    rolling: float  # 1 where the car rolls forwards or stands, -1 backwards


@tick_function
def demand_torques(
    car: Car,
    state: CarState,
    shares: FrontShares,
    pedals: Pedals,
    forward_mps: float,
    loads_n: PerWheel[float],
    step_s: float,
) -> TorqueDemand:
    """Move the motors' torques towards what the pedals ask and brake with friction what is left.

    Writes the two axles' states and the share of drive that was applied.
    """
    motors = _motors(car, state)
    pack = battery_limits(
        car.battery, state.battery.charge, state.battery.temperature_k, car.regen_limit
    )
    applied = _applied_shares(car, state, shares, loads_n)
    state.front_torque_share = applied.torque
    driving = _drive_direction(pedals.reverse, forward_mps)
    pedal_n = pedals.brake * car.brakes.full_pedal_force_n
    lift_n = lift_off_force(car.throttle_pedal, pedals.throttle)

    drive_nm = _drive_torques(car, state, motors, pedals.throttle, applied.torque, driving, step_s)
    regen_nm = _regeneration_torques(
        car, state, motors, pedal_n + lift_n, applied.regen, forward_mps, pack.charge_w
    )
    wanted_nm = AxlePair(drive_nm.front - regen_nm.front, drive_nm.rear - regen_nm.rear)
    lagged_nm = _lagged_torques(car, state, motors, wanted_nm, step_s)
    power_w = _electrical_power(car, motors, lagged_nm)
    given_nm = _within_pack_limits(lagged_nm, power_w, pack)
    state.front.torque_nm = given_nm.front
    state.rear.torque_nm = given_nm.rear

    wheels_nm = _wheel_torques(car, motors, given_nm)
    regained_n = -motors.rolling * (wheels_nm.front + wheels_nm.rear) / car.wheel.radius_m - lift_n
    friction_n = maximum(0.0, pedal_n - maximum(regained_n, 0.0))
    # Drive against the motion that the pack cannot take back is the friction brakes' to give.
    if power_w < -pack.charge_w and driving * motors.rolling < 0.0 and pedals.throttle > 0.0:
        refused_nm = (wanted_nm.front + wanted_nm.rear - given_nm.front - given_nm.rear) * driving
        friction_n += maximum(refused_nm, 0.0) / motor_torque_per_force(car)
    return TorqueDemand(wheels_nm, _friction_torques(car, friction_n))


@tick_function
def motor_speed(motor: MotorSpec, left: WheelState, right: WheelState) -> float:
    """Return the speed of the motor that turns these two wheels, rad/s."""
    return motor.gear_ratio * 0.5 * (left.spin_radps + right.spin_radps)


@tick_function
def wheel_torque(motor: MotorSpec, motor_nm: float, speed_radps: float) -> float:
    """Return the torque on both wheels for a torque at the motor: the gear loses both ways."""
    if motor_nm * speed_radps >= 0.0:
        return motor_nm * motor.gear_ratio * motor.gear_efficiency
    return motor_nm * motor.gear_ratio / motor.gear_efficiency


@tick_function
def motor_torque_per_force(car: Car) -> float:
    """Return the motors' regeneration torque per braking force at the tyres, Nm per N."""
    return car.wheel.radius_m * car.gear_efficiency / car.gear_ratio


@tick_function
def electrical_power(motor: MotorSpec, motor_nm: float, speed_radps: float) -> float:
    """Return the power that one axle takes from the battery, W; negative gives back."""
    power_w = motor_nm * speed_radps + motor_loss(motor, motor_nm, speed_radps)
    return power_w + inverter_loss(motor, power_w)


@tick_function
def brake_release(car: Car, wheel: WheelState, step_s: float) -> float:
    """Return the share of a wheel's brake torque that ABS takes, 0..1; writes the release."""
    locking = -wheel.slip_ratio if wheel.spin_radps >= 0.0 else wheel.slip_ratio
    normalised_slip = wheel.normalised_slip if locking > car.sliding_slip_ratio else 0.0
    cut = slip_cut(car.anti_lock, normalised_slip, wheel.brake_release, step_s)
    wheel.brake_release = cut.integral
    return cut.cut


@tick_function
def _motors(car: Car, state: CarState) -> _MotorLimits:
    """Return what the motors can give with the voltage that the last tick's load left."""
    front_radps = motor_speed(car.front.motor, state.front_left, state.front_right)
    rear_radps = motor_speed(car.rear.motor, state.rear_left, state.rear_right)
    mean_radps = 0.5 * (front_radps + rear_radps)
    voltage_v = state.battery.voltage_v
    return _MotorLimits(
        AxlePair(front_radps, rear_radps),
        AxlePair(
            _torque_limit(car.front.motor, state.front, front_radps, voltage_v, car.power_share),
            _torque_limit(car.rear.motor, state.rear, rear_radps, voltage_v, car.power_share),
        ),
        absolute(mean_radps),
        1.0 if mean_radps >= 0.0 else -1.0,
    )


@tick_function
def _torque_limit(
    motor: MotorSpec, axle: AxleState, speed_radps: float, voltage_v: float, power_share: float
) -> float:
    return torque_limit(
        motor,
        speed_radps,
        voltage_v,
        power_share,
        axle.winding_temperature_k,
        axle.inverter_temperature_k,
    )


@tick_function
def _applied_shares(
    car: Car, state: CarState, shares: FrontShares, loads_n: PerWheel[float]
) -> FrontShares:
    """Return the driver's shares as the split mode changes them in this tick."""
    mode = car.split_mode
    if mode == FIXED:
        return shares
    front_load_n = loads_n.front_left + loads_n.front_right
    all_load_n = front_load_n + loads_n.rear_left + loads_n.rear_right
    front_load_share = front_load_n / maximum(all_load_n, _MIN_LOAD_N)
    slip = AxlePair(
        maximum(state.front_left.normalised_slip, state.front_right.normalised_slip),
        maximum(state.rear_left.normalised_slip, state.rear_right.normalised_slip),
    )
    law = car.split_law
    gain = car.slip_balance_gain
    return FrontShares(
        front_share(mode, law, shares.torque, front_load_share, slip, gain),
        front_share(mode, law, shares.regen, front_load_share, slip, gain),
    )


@tick_function
def _drive_direction(reverse: int, forward_mps: float) -> float:
    """Return 1 forwards, -1 backwards, 0 if reverse is asked for while the car rolls forwards."""
    if reverse == 0:
        return 1.0
    return -1.0 if forward_mps < _REVERSE_GATE_MPS else 0.0


@tick_function
def _drive_torques(
    car: Car,
    state: CarState,
    motors: _MotorLimits,
    throttle: float,
    share: float,
    driving: float,
    step_s: float,
) -> AxlePair[float]:
    """Return what the throttle asks of each motor, less traction control's cut; backwards negative.

    Traction control cuts the axle that slips, under either law of the split.
    """
    limits_nm = _drive_limits(car, motors)
    demand_nm = drive_demand(car.throttle_pedal, throttle) * full_drive(
        car.split_law, share, limits_nm
    )
    drive_nm = split_torque(car.split_law, demand_nm, share, limits_nm)
    return AxlePair(
        driving
        * drive_nm.front
        * _traction_share(car, state.front, state.front_left, state.front_right, driving, step_s),
        driving
        * drive_nm.rear
        * _traction_share(car, state.rear, state.rear_left, state.rear_right, driving, step_s),
    )


@tick_function
def _drive_limits(car: Car, motors: _MotorLimits) -> AxlePair[float]:
    """Return the torques that the split may count on for drive.

    Under *limit* the speed limiter takes back both axles, so that they keep their shares.
    """
    limits_nm = motors.limits_nm
    if car.split_law != LIMIT:
        return limits_nm
    speeds = motors.speeds_radps
    return AxlePair(
        limits_nm.front * speed_limiter(car.front.motor, speeds.front),
        limits_nm.rear * speed_limiter(car.rear.motor, speeds.rear),
    )


@tick_function
def _traction_share(
    car: Car, axle: AxleState, left: WheelState, right: WheelState, driving: float, step_s: float
) -> float:
    """Return the share of an axle's drive that traction control leaves, 0..1; writes its cut."""
    target = car.traction_control.slip_target
    if axle.torque_cut == 0.0 and left.normalised_slip < target and right.normalised_slip < target:
        return 1.0  # as nearly always: spared the work
    normalised_slip = 0.0
    if driving * left.slip_ratio > car.sliding_slip_ratio:
        normalised_slip = left.normalised_slip
    if driving * right.slip_ratio > car.sliding_slip_ratio:
        normalised_slip = maximum(normalised_slip, right.normalised_slip)
    cut = slip_cut(car.traction_control, normalised_slip, axle.torque_cut, step_s)
    axle.torque_cut = cut.integral
    return 1.0 - cut.cut


@tick_function
def _regeneration_torques(
    car: Car,
    state: CarState,
    motors: _MotorLimits,
    braking_n: float,
    share: float,
    forward_mps: float,
    charge_w: float,
) -> AxlePair[float]:
    """Return each motor's part of a braking force, less ABS's release; positive rolling forwards.

    It fades out at low speed and stays within the power that the pack can be charged with.
    """
    if braking_n == 0.0:
        return AxlePair(0.0, 0.0)
    demand_nm = (
        braking_n
        * motor_torque_per_force(car)
        * regeneration_fade(car.brakes, absolute(forward_mps))
    )
    if demand_nm * motors.abs_speed_radps > charge_w:
        demand_nm = charge_w / maximum(motors.abs_speed_radps, MIN_SPEED_RADPS)
    regen_nm = split_torque(car.split_law, demand_nm, share, motors.limits_nm)
    front_release = maximum(state.front_left.brake_release, state.front_right.brake_release)
    rear_release = maximum(state.rear_left.brake_release, state.rear_right.brake_release)
    return AxlePair(
        motors.rolling * regen_nm.front * (1.0 - front_release),
        motors.rolling * regen_nm.rear * (1.0 - rear_release),
    )


@tick_function
def _lagged_torques(
    car: Car, state: CarState, motors: _MotorLimits, wanted_nm: AxlePair[float], step_s: float
) -> AxlePair[float]:
    """Return the motors' torques after a tick, each within its limit now and its highest speed."""
    speeds = motors.speeds_radps
    limits = motors.limits_nm
    return AxlePair(
        _lagged(car.front.motor, state.front, wanted_nm.front, speeds.front, limits.front, step_s),
        _lagged(car.rear.motor, state.rear, wanted_nm.rear, speeds.rear, limits.rear, step_s),
    )


@tick_function
def _lagged(
    motor: MotorSpec,
    axle: AxleState,
    wanted_nm: float,
    speed_radps: float,
    limit_nm: float,
    step_s: float,
) -> float:
    torque_nm = axle.torque_nm + (wanted_nm - axle.torque_nm) * step_s / (
        motor.torque_lag_s + step_s
    )
    if torque_nm * speed_radps > 0.0:
        limit_nm *= speed_limiter(motor, speed_radps)
        if speed_radps < -motor.reverse_speed_radps:
            limit_nm = 0.0
    return clamp(torque_nm, -limit_nm, limit_nm)


@tick_function
def _electrical_power(car: Car, motors: _MotorLimits, torques_nm: AxlePair[float]) -> float:
    """Return the power that both motors take from the battery, W; negative gives back."""
    return electrical_power(
        car.front.motor, torques_nm.front, motors.speeds_radps.front
    ) + electrical_power(car.rear.motor, torques_nm.rear, motors.speeds_radps.rear)


@tick_function
def _within_pack_limits(
    torques_nm: AxlePair[float], power_w: float, pack: BatteryLimits
) -> AxlePair[float]:
    """Return the torques that take `power_w` in all, both scaled down if the pack cannot."""
    share = 1.0
    if power_w > pack.discharge_w:
        share = pack.discharge_w / power_w
    elif power_w < -pack.charge_w:
        share = -pack.charge_w / power_w
    return AxlePair(torques_nm.front * share, torques_nm.rear * share)


@tick_function
def _wheel_torques(car: Car, motors: _MotorLimits, torques_nm: AxlePair[float]) -> AxlePair[float]:
    return AxlePair(
        wheel_torque(car.front.motor, torques_nm.front, motors.speeds_radps.front),
        wheel_torque(car.rear.motor, torques_nm.rear, motors.speeds_radps.rear),
    )


@tick_function
def _friction_torques(car: Car, friction_n: float) -> AxlePair[float]:
    """Return the friction brakes' torque on each wheel of the axles, shared by the brake bias."""
    friction_nm = 0.5 * friction_n * car.wheel.radius_m
    return AxlePair(
        friction_nm * car.brakes.front_bias, friction_nm * (1.0 - car.brakes.front_bias)
    )
