"""Find the maximum torque of cool motors, with the voltage that the pack has then."""

from typing import Final

from game.compiled import tick_function
from game.scalars import maximum
from game.vehicle.battery import battery_flow, open_circuit_voltage
from game.vehicle.motor import MIN_SPEED_RADPS, speed_limiter, torque_limit
from game.vehicle.parts import Car
from game.vehicle.powertrain import electrical_power
from game.vehicle.spec import MotorSpec
from game.vehicle.state import AxlePair
from game.vehicle.torque_split import full_drive

_MIN_TORQUE_NM: Final = 1e-3  # guards the division where the speed limiter leaves none


@tick_function
def cool_torque_limits(car: Car, speed_mps: float, voltage_v: float) -> AxlePair[float]:
    """Return the torques that the motors can give cool at a road speed and a voltage, Nm."""
    return AxlePair(
        cool_torque_limit(car, car.front.motor, speed_mps, voltage_v),
        cool_torque_limit(car, car.rear.motor, speed_mps, voltage_v),
    )


@tick_function
def cool_torque_limit(car: Car, motor: MotorSpec, speed_mps: float, voltage_v: float) -> float:
    """Return the torque that a motor can give cool at a road speed and a voltage, Nm."""
    radps = motor_radps(car, speed_mps)
    cool_k = motor.coolant_temperature_k
    limit_nm = torque_limit(motor, radps, voltage_v, car.power_share, cool_k, cool_k)
    return limit_nm * speed_limiter(motor, radps)


@tick_function
def motor_radps(car: Car, speed_mps: float) -> float:
    """Return the speed of the motors at a road speed."""
    return speed_mps / car.wheel.radius_m * car.gear_ratio


@tick_function
def full_drive_voltage(car: Car, torque_share: float, charge: float, speed_mps: float) -> float:
    """Return the voltage at the terminals at full throttle, V, where power and sag agree.

    In closed form: with constant power it is the pack's own. With the fields weakened each motor's
    power is a V + b V**2 / speed, so that the current is linear in the voltage, and so is the
    sag. The less that is drawn, the less the voltage sags: the higher of both holds.
    """
    open_v = open_circuit_voltage(car.battery, charge)
    front = car.front.motor
    rear = car.rear.motor
    radps = maximum(motor_radps(car, speed_mps), MIN_SPEED_RADPS)
    limits_nm = cool_torque_limits(car, speed_mps, open_v)
    both_nm = maximum(limits_nm.front + limits_nm.rear, _MIN_TORQUE_NM)
    used = full_drive(car.split_law, torque_share, limits_nm) / both_nm
    electrical_w = electrical_power(front, used * limits_nm.front, radps) + electrical_power(
        rear, used * limits_nm.rear, radps
    )
    flat_v = battery_flow(car.battery, charge, electrical_w).voltage_v
    # With k a motor's flux torques, I = (k + k2 V / speed) / efficiency, and V = open - R I.
    sag_ohm = car.battery.resistance_ohm * electrical_w / (both_nm * radps)
    flux_nmpvs = front.flux_torque_nmpvs + rear.flux_torque_nmpvs
    flux2_nmpv2s2 = front.flux2_torque_nmpv2s2 + rear.flux2_torque_nmpv2s2
    weakened_v = (open_v - sag_ohm * flux_nmpvs) / (1.0 + sag_ohm * flux2_nmpv2s2 / radps)
    return maximum(flat_v, weakened_v)
