"""A motor with its inverter has limits, losses and a temperature."""

from typing import Final

from game.compiled import tick_function
from game.scalars import absolute, maximum
from game.vehicle.spec import MotorSpec

MIN_SPEED_RADPS: Final = 1.0  # guards power / speed at rest, far below the base speed


@tick_function
def derating(temperature_k: float, limit_k: float, band_k: float, derated_share: float) -> float:
    """Return the share of torque left: 1 below limit - band, `derated_share` at the limit."""
    over_k = temperature_k - (limit_k - band_k)
    if over_k <= 0.0:
        return 1.0
    over = over_k / band_k
    if over >= 1.0:
        return derated_share
    return 1.0 - over * (1.0 - derated_share)


@tick_function
def torque_limit(
    motor: MotorSpec,
    speed_radps: float,
    voltage_v: float,
    power_share: float,
    winding_temperature_k: float,
    inverter_temperature_k: float,
) -> float:
    """Return the largest torque at this speed, either way.

    It is constant, then the power is, then the field is weakened: voltage over speed bounds the
    flux, and the torque falls with it. `voltage_v` is that at the inverter's terminals,
    `power_share` the power map's share of the peak power.
    """
    abs_speed = absolute(speed_radps)
    limit = motor.peak_torque_nm
    if abs_speed > MIN_SPEED_RADPS:
        power_w = motor.peak_power_w * power_share
        if limit * abs_speed > power_w:
            limit = power_w / abs_speed
        weakened_nm = weakened_torque(motor, voltage_v / abs_speed)
        if limit > weakened_nm:
            limit = weakened_nm
    return (
        limit
        * derating(
            winding_temperature_k,
            motor.winding_limit_k,
            motor.derating_band_k,
            motor.derated_share,
        )
        * derating(
            inverter_temperature_k,
            motor.inverter_limit_k,
            motor.derating_band_k,
            motor.derated_share,
        )
    )


@tick_function
def weakened_torque(motor: MotorSpec, flux_vs: float) -> float:
    """Return the largest torque with this flux, voltage over speed: a magnet's and a saliency's.

    It is the power-angle equation of a synchronous machine with salient poles (Blondel's two
    reactions) at its pull-out angle: 3 E V / X of the magnets goes with voltage over speed, the
    reluctance torque, 3 V**2 / 2 of the reactances' difference, with its square.
    """
    return flux_vs * (motor.flux_torque_nmpvs + motor.flux2_torque_nmpv2s2 * flux_vs)


@tick_function
def speed_limiter(motor: MotorSpec, speed_radps: float) -> float:
    """Return the share of drive torque left near the motor's highest speed, 1 to 0."""
    abs_speed = absolute(speed_radps)
    if abs_speed <= motor.speed_limit_radps:
        return 1.0
    if abs_speed >= motor.speed_cut_radps:
        return 0.0
    return (motor.speed_cut_radps - abs_speed) / (motor.speed_cut_radps - motor.speed_limit_radps)


@tick_function
def motor_loss(motor: MotorSpec, torque_nm: float, speed_radps: float) -> float:
    """Return the heat made in windings and iron, W: a polynomial fit of a loss map.

    n in 1,000 rad/s, t as a share of the scale torque, f the speed beyond field weakening.
    """
    n = absolute(speed_radps) / 1000.0
    t = absolute(torque_nm) / motor.loss_torque_scale_nm
    t2 = t * t
    loss = (
        motor.loss_speed_w * n
        + motor.loss_speed2_w * n * n
        + motor.loss_torque2_w * t2
        + motor.loss_torque4_w * t2 * t2
    )
    f = n - motor.loss_weak_start
    if f > 0.0:
        loss += f * (
            motor.loss_weak_w
            + motor.loss_weak2_w * f
            + motor.loss_weak_torque_w * t
            + motor.loss_weak_torque2_w * t2
            + motor.loss_weak2_torque_w * f * t
        )
    return maximum(loss, motor.min_loss_w)


@tick_function
def inverter_loss(motor: MotorSpec, motor_power_w: float) -> float:
    """Return the heat made in the inverter for this electrical power, W, either way."""
    return (1.0 - motor.inverter_efficiency) * absolute(motor_power_w)


@tick_function
def warmed(
    temperature_k: float,
    heat_w: float,
    heat_capacity_jpk: float,
    cooling_wpk: float,
    ambient_k: float,
    step_s: float,
) -> float:
    """Return a lump's temperature after a tick of heating and of cooling to its surroundings."""
    flow_w = heat_w - cooling_wpk * (temperature_k - ambient_k)
    return temperature_k + step_s * flow_w / heat_capacity_jpk
