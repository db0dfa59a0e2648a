"""Find the maximum torque of a car's motors while they are cool."""

from game.compiled import tick_function
from game.vehicle.motor import speed_limiter, torque_limit
from game.vehicle.parts import Car
from game.vehicle.spec import MotorSpec
from game.vehicle.state import AxlePair


@tick_function
def cool_torque_limits(car: Car, speed_mps: float) -> AxlePair[float]:
    """Return the torques that the motors can give cool at a road speed, Nm."""
    return AxlePair(
        cool_torque_limit(car, car.front.motor, speed_mps),
        cool_torque_limit(car, car.rear.motor, speed_mps),
    )


@tick_function
def cool_torque_limit(car: Car, motor: MotorSpec, speed_mps: float) -> float:
    """Return the torque that a motor can give cool at a road speed, Nm."""
    radps = speed_mps / car.wheel.radius_m * motor.gear_ratio
    cool_k = motor.coolant_temperature_k
    return torque_limit(motor, radps, car.power_share, cool_k, cool_k) * speed_limiter(motor, radps)
