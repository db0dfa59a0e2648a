"""What everyone but the world gets to see of a car: one immutable picture a step."""

from __future__ import annotations

from typing import NamedTuple

from game.vehicle.state import PerWheel


class Snapshot(NamedTuple):
    """A car as it is after a step. Axes as in `vehicle.state`; s and offset on the centre line."""

    tick: int
    x_m: float
    y_m: float
    heading_rad: float
    velocity_forward_mps: float
    velocity_left_mps: float
    yaw_rate_radps: float
    accel_forward_mps2: float
    accel_left_mps2: float
    steering_rad: float
    throttle: float
    brake: float
    s_m: float
    offset_m: float
    track_heading_rad: float
    curvature_1pm: float
    surface: PerWheel[int]
    load_n: PerWheel[float]
    slip_ratio: PerWheel[float]
    slip_tangent: PerWheel[float]
    usage: PerWheel[float]
    spin_radps: PerWheel[float]
    sliding_power_w: PerWheel[float]
    front_torque_nm: float  # at the motor shaft
    rear_torque_nm: float
    front_power_w: float
    rear_power_w: float
    front_winding_k: float
    rear_winding_k: float
    battery_power_w: float
    battery_drawn_j: float
    battery_regained_j: float
    battery_temperature_k: float
    charge: float
    front_torque_share: float
    beyond_limit_m: float  # of the nearest wheel; negative: on the track
    impulse_ns: float  # of contacts in the last tick
    lap: int
    lap_start_s: float
    sector_start_s: float
    lap_valid: int
