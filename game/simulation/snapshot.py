"""Show everyone but the world the state of a car: one immutable snapshot a step."""

from __future__ import annotations

from typing import NamedTuple

from game.vehicle.state import PerWheel


class Snapshot(NamedTuple):
    """Holds a car after a step. Axes are those of `vehicle.state`, s and offset the centreline's.

    Flat, because one is made every step; `load_n`, `normalised_slip` and the like gather the four
    wheels.
    """

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
    front_torque_nm: float  # at the motor shaft
    rear_torque_nm: float
    front_power_w: float
    rear_power_w: float
    front_winding_k: float
    rear_winding_k: float
    battery_power_w: float
    battery_voltage_v: float  # at the terminals
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
    front_left_surface: int
    front_right_surface: int
    rear_left_surface: int
    rear_right_surface: int
    front_left_load_n: float
    front_right_load_n: float
    rear_left_load_n: float
    rear_right_load_n: float
    front_left_slip_ratio: float
    front_right_slip_ratio: float
    rear_left_slip_ratio: float
    rear_right_slip_ratio: float
    front_left_slip_tangent: float
    front_right_slip_tangent: float
    rear_left_slip_tangent: float
    rear_right_slip_tangent: float
    front_left_normalised_slip: float
    front_right_normalised_slip: float
    rear_left_normalised_slip: float
    rear_right_normalised_slip: float
    front_left_spin_radps: float
    front_right_spin_radps: float
    rear_left_spin_radps: float
    rear_right_spin_radps: float
    front_left_sliding_power_w: float
    front_right_sliding_power_w: float
    rear_left_sliding_power_w: float
    rear_right_sliding_power_w: float
    front_left_tread_k: float
    front_right_tread_k: float
    rear_left_tread_k: float
    rear_right_tread_k: float
    front_left_carcass_k: float
    front_right_carcass_k: float
    rear_left_carcass_k: float
    rear_right_carcass_k: float
    front_left_tyre_pressure_pa: float  # above the atmosphere's
    front_right_tyre_pressure_pa: float
    rear_left_tyre_pressure_pa: float
    rear_right_tyre_pressure_pa: float
    front_left_wear: float  # 0 new, 1 worn out
    front_right_wear: float
    rear_left_wear: float
    rear_right_wear: float
    front_left_flat_spot: float  # 0 round, 1 as flat as it gets
    front_right_flat_spot: float
    rear_left_flat_spot: float
    rear_right_flat_spot: float
    front_left_tyre_grip: float  # share of the best
    front_right_tyre_grip: float
    rear_left_tyre_grip: float
    rear_right_tyre_grip: float
    front_left_wet_grip: float  # share that water on the road, or rubber that lacks, leaves
    front_right_wet_grip: float
    rear_left_wet_grip: float
    rear_right_wet_grip: float
    nose_damage: float  # 0 whole, 1 destroyed
    tail_damage: float
    left_damage: float
    right_damage: float
    bent_steering_rad: float  # of the front wheels when the driver steers straight ahead
    raw_accel_forward_mps2: float  # in the last tick, where the others are as a driver feels them
    raw_accel_left_mps2: float
    front_lift_m: float  # of the body over the axle, from its place at rest without downforce
    rear_lift_m: float
    roll_rad: float
    height_m: float  # of the road
    gradient_ratio: float  # sine of the angle at which the road rises where the car points
    crossfall_ratio: float  # tangent of that at which it falls to the left of the car
    head_wind_mps: float  # negative from behind
    air_density_kgpm3: float
    air_temperature_k: float
    road_temperature_k: float
    water_depth_m: float  # mean of the four wheels'
    rubber_share: float  # of what the road can take; the same

    @property
    def surface(self) -> PerWheel[int]:
        """Return the number of the surface under each wheel."""
        return PerWheel(
            self.front_left_surface,
            self.front_right_surface,
            self.rear_left_surface,
            self.rear_right_surface,
        )

    @property
    def damage(self) -> float:
        """Return how far the part that is bent most is destroyed, 0..1."""
        return max(self.nose_damage, self.tail_damage, self.left_damage, self.right_damage)

    @property
    def is_wrecked(self) -> bool:
        """Return whether a part is wholly destroyed, so that the car does not drive on."""
        return self.damage >= 1.0

    @property
    def load_n(self) -> PerWheel[float]:
        """Return the load of each wheel."""
        return PerWheel(
            self.front_left_load_n,
            self.front_right_load_n,
            self.rear_left_load_n,
            self.rear_right_load_n,
        )

    @property
    def slip_ratio(self) -> PerWheel[float]:
        """Return the relaxed slip ratio of each tyre; positive drives."""
        return PerWheel(
            self.front_left_slip_ratio,
            self.front_right_slip_ratio,
            self.rear_left_slip_ratio,
            self.rear_right_slip_ratio,
        )

    @property
    def slip_tangent(self) -> PerWheel[float]:
        """Return the relaxed tangent of each tyre's slip angle; positive pushes left."""
        return PerWheel(
            self.front_left_slip_tangent,
            self.front_right_slip_tangent,
            self.rear_left_slip_tangent,
            self.rear_right_slip_tangent,
        )

    @property
    def normalised_slip(self) -> PerWheel[float]:
        """Return the slip of each tyre as a share of the slip of most grip; over 1 it slides."""
        return PerWheel(
            self.front_left_normalised_slip,
            self.front_right_normalised_slip,
            self.rear_left_normalised_slip,
            self.rear_right_normalised_slip,
        )

    @property
    def spin_radps(self) -> PerWheel[float]:
        """Return the spin of each wheel."""
        return PerWheel(
            self.front_left_spin_radps,
            self.front_right_spin_radps,
            self.rear_left_spin_radps,
            self.rear_right_spin_radps,
        )

    @property
    def sliding_power_w(self) -> PerWheel[float]:
        """Return the heat that each tyre makes by sliding."""
        return PerWheel(
            self.front_left_sliding_power_w,
            self.front_right_sliding_power_w,
            self.rear_left_sliding_power_w,
            self.rear_right_sliding_power_w,
        )

    @property
    def tread_k(self) -> PerWheel[float]:
        """Return the temperature of each tyre's tread."""
        return PerWheel(
            self.front_left_tread_k,
            self.front_right_tread_k,
            self.rear_left_tread_k,
            self.rear_right_tread_k,
        )

    @property
    def carcass_k(self) -> PerWheel[float]:
        """Return the temperature of each tyre's carcass and of the gas in it."""
        return PerWheel(
            self.front_left_carcass_k,
            self.front_right_carcass_k,
            self.rear_left_carcass_k,
            self.rear_right_carcass_k,
        )

    @property
    def tyre_pressure_pa(self) -> PerWheel[float]:
        """Return the pressure of each tyre above the atmosphere's."""
        return PerWheel(
            self.front_left_tyre_pressure_pa,
            self.front_right_tyre_pressure_pa,
            self.rear_left_tyre_pressure_pa,
            self.rear_right_tyre_pressure_pa,
        )

    @property
    def wear(self) -> PerWheel[float]:
        """Return the wear of each tyre: 0 new, 1 worn out."""
        return PerWheel(
            self.front_left_wear,
            self.front_right_wear,
            self.rear_left_wear,
            self.rear_right_wear,
        )

    @property
    def flat_spot(self) -> PerWheel[float]:
        """Return the flat spot of each tyre: 0 round, 1 as flat as it gets."""
        return PerWheel(
            self.front_left_flat_spot,
            self.front_right_flat_spot,
            self.rear_left_flat_spot,
            self.rear_right_flat_spot,
        )

    @property
    def wet_grip(self) -> PerWheel[float]:
        """Return the share of its grip that water on the road leaves each tyre."""
        return PerWheel(
            self.front_left_wet_grip,
            self.front_right_wet_grip,
            self.rear_left_wet_grip,
            self.rear_right_wet_grip,
        )

    @property
    def tyre_grip(self) -> PerWheel[float]:
        """Return the share of its best grip that each tyre has, by heat, pressure and wear."""
        return PerWheel(
            self.front_left_tyre_grip,
            self.front_right_tyre_grip,
            self.rear_left_tyre_grip,
            self.rear_right_tyre_grip,
        )
