"""Model the pack: open-circuit voltage by charge, internal resistance, what it gives and takes."""

import math
from typing import NamedTuple

from game.compiled import tick_function
from game.scalars import absolute
from game.vehicle.motor import derating
from game.vehicle.spec import BatterySpec


class BatteryLimits(NamedTuple):
    """Holds the largest power at the terminals in each direction; both are positive."""

    discharge_w: float
    charge_w: float


class BatteryFlow(NamedTuple):
    """Describes the pack under a load."""

    current_a: float  # positive discharges
    chemical_w: float
    heat_w: float
    voltage_v: float  # at the terminals


@tick_function
def open_circuit_voltage(battery: BatterySpec, charge: float) -> float:
    """Return the voltage of the pack at rest, linear between the tenths of the charge, V."""
    tenths = charge * 10.0
    if tenths <= 0.0:
        return battery.cells_in_series * battery.cell_voltage_v[0]
    if tenths >= 10.0:
        return battery.cells_in_series * battery.cell_voltage_v[10]
    index = int(tenths)
    low_v = battery.cell_voltage_v[index]
    high_v = battery.cell_voltage_v[index + 1]
    return battery.cells_in_series * (low_v + (tenths - index) * (high_v - low_v))


@tick_function
def battery_limits(
    battery: BatterySpec, charge: float, temperature_k: float, regen_limit: float
) -> BatteryLimits:
    """Return what current, heat and charge allow; `regen_limit` is the driver's share."""
    share = derating(
        temperature_k, battery.temperature_limit_k, battery.derating_band_k, battery.derated_share
    )
    voltage_v = open_circuit_voltage(battery, charge)
    current_a = battery.current_limit_a * share
    discharge_w = current_a * (voltage_v - battery.resistance_ohm * current_a)
    if charge <= 0.0:
        discharge_w = 0.0
    room = (battery.regen_charge_limit - charge) / battery.regen_charge_band
    if room <= 0.0:
        return BatteryLimits(discharge_w, 0.0)
    if room > 1.0:
        room = 1.0
    return BatteryLimits(discharge_w, battery.regen_power_limit_w * regen_limit * share * room)


@tick_function
def battery_flow(battery: BatterySpec, charge: float, power_w: float) -> BatteryFlow:
    """Return the current for a power at the terminals: P = V I - R I**2, the smaller root."""
    voltage_v = open_circuit_voltage(battery, charge)
    resistance_ohm = battery.resistance_ohm
    under_root = voltage_v * voltage_v - 4.0 * resistance_ohm * power_w
    root = math.sqrt(under_root) if under_root > 0.0 else 0.0
    current_a = 2.0 * power_w / (voltage_v + root)
    return BatteryFlow(
        current_a,
        voltage_v * current_a,
        resistance_ohm * current_a * current_a,
        0.5 * (voltage_v + root),
    )


@tick_function
def pack_cooling(battery: BatterySpec, forward_mps: float) -> float:
    """Return the heat that leaves the pack for each kelvin above the air, W/K: more with speed."""
    return battery.cooling_wpk + battery.cooling_wspmk * absolute(forward_mps)
