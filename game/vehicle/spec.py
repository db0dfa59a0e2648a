"""What the factory built: the car file's keys, with their units and the range each may have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from game.files import assets_folder
from game.toml_files import read_toml

Positive = Annotated[float, Meta(gt=0.0)]
NotNegative = Annotated[float, Meta(ge=0.0)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
FourShares = tuple[Share, Share, Share, Share]
# One value for every tenth of the charge, from empty to full.
Tenths = tuple[
    Positive, Positive, Positive, Positive, Positive, Positive,
    Positive, Positive, Positive, Positive, Positive,
]  # fmt: skip


class _Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class ChassisSpec(_Block, frozen=True):
    """The body."""

    mass_kg: Positive
    driver_mass_kg: NotNegative
    front_mass_share: Share
    wheelbase_m: Positive
    track_width_m: Positive
    centre_of_gravity_height_m: Positive
    yaw_inertia_kgm2: Positive
    length_m: Positive
    width_m: Positive
    front_overhang_m: Positive
    front_roll_stiffness_share: Share
    load_transfer_time_s: Positive

    @property
    def front_axle_m(self) -> float:
        """How far ahead of the centre of gravity the front axle is."""
        return self.wheelbase_m * (1.0 - self.front_mass_share)

    @property
    def nose_m(self) -> float:
        """How far ahead of the centre of gravity the car begins."""
        return self.front_axle_m + self.front_overhang_m

    @property
    def tail_m(self) -> float:
        """How far ahead of the centre of gravity the car ends, below zero."""
        return self.nose_m - self.length_m


class SteeringSpec(_Block, frozen=True):
    """Ackermann steering of the front wheels."""

    lock_rad: Annotated[float, Meta(gt=0.0, le=1.2)]  # mean angle of the two wheels
    rate_radps: Positive


class AeroSpec(_Block, frozen=True):
    """Drag and downforce as coefficient times area; the wing adds its share per setting."""

    air_density_kgpm3: Positive
    drag_area_m2: Positive
    downforce_area_m2: NotNegative
    front_downforce_share: Share
    wing_drag_area_m2: NotNegative  # more at wing setting 1, less at -1
    wing_downforce_area_m2: NotNegative


class WheelSpec(_Block, frozen=True):
    """A wheel with its tyre and brake disc."""

    radius_m: Positive
    inertia_kgm2: Positive
    low_speed_damping_nspm: NotNegative
    low_speed_damping_end_mps: Positive


class TyreSpec(_Block, frozen=True):
    """One compound: Magic Formula over the combined slip, with load sensitivity."""

    friction_forward: Positive
    friction_left: Positive
    reference_load_n: Positive
    load_sensitivity: NotNegative  # friction lost per reference load of extra load
    least_friction_share: Share  # of the friction at the reference load, however high the load
    peak_slip_ratio: Positive
    peak_slip_tangent: Positive
    shape: Annotated[float, Meta(gt=1.0, lt=2.0)]  # C
    curvature: Annotated[float, Meta(le=0.9)]  # E
    relaxation_forward_m: Positive
    relaxation_left_m: Positive


class MotorSpec(_Block, frozen=True):
    """One axle's motor, inverter and single-speed gear; both axles have the same."""

    peak_torque_nm: Positive
    peak_power_w: Positive
    speed_limit_radps: Positive  # full torque up to here ...
    speed_cut_radps: Positive  # ... and none from here on
    reverse_speed_radps: Positive  # no drive backwards beyond this
    rotor_inertia_kgm2: Positive
    torque_lag_s: Positive
    gear_ratio: Positive
    gear_efficiency: Annotated[float, Meta(gt=0.5, le=1.0)]
    inverter_efficiency: Annotated[float, Meta(gt=0.5, le=1.0)]
    loss_speed_w: float
    loss_speed2_w: float
    loss_torque2_w: float
    loss_torque4_w: float
    loss_weak_w: float
    loss_weak2_w: float
    loss_weak_torque_w: float
    loss_weak_torque2_w: float
    loss_weak2_torque_w: float
    loss_weak_start: float
    loss_torque_scale_nm: Positive
    least_loss_w: NotNegative
    winding_heat_jpk: Positive
    winding_cooling_wpk: NotNegative
    winding_limit_k: Positive
    inverter_heat_jpk: Positive
    inverter_cooling_wpk: NotNegative
    inverter_limit_k: Positive
    coolant_temperature_k: Positive
    derating_band_k: Positive
    derated_share: Share


class BatterySpec(_Block, frozen=True):
    """The pack."""

    cells_in_series: Positive
    capacity_c: Positive
    cell_voltage_v: Tenths
    resistance_ohm: Positive
    current_limit_a: Positive
    regen_power_limit_w: NotNegative
    regen_charge_limit: Share
    regen_charge_band: Positive
    heat_capacity_jpk: Positive
    cooling_wpk: NotNegative
    temperature_limit_k: Positive
    derating_band_k: Positive
    derated_share: Share
    ambient_temperature_k: Positive


class BrakeSpec(_Block, frozen=True):
    """Friction brakes and how regeneration hands over to them."""

    full_pedal_force_n: Positive  # at the tyres, all four together
    regen_fade_start_mps: Positive
    regen_fade_end_mps: NotNegative


class DifferentialSpec(_Block, frozen=True):
    """Limited-slip differential, the same on each axle."""

    drive_lock: NotNegative  # clutch torque per torque through it
    coast_lock: NotNegative


class AssistSpec(_Block, frozen=True):
    """What the strongest level of each assist does; level 1 to 5 goes there in steps."""

    gentlest_slip_target: Positive  # of the peak slip, at level 1
    strictest_slip_target: Positive  # at level 5
    proportional: NotNegative
    integral_hz: NotNegative
    largest_cut: Share
    yaw_moment_nmsprad: NotNegative  # at level 5, per yaw-rate error
    yaw_moment_limit_nm: NotNegative
    yaw_deadband_radps: NotNegative
    yaw_least_speed_mps: NotNegative
    understeer_gradient_s2pm: NotNegative
    yaw_grip_share: Share
    slip_balance_gain: NotNegative  # front share per difference of tyre normalised_slip


class CarSpec(_Block, frozen=True):
    """A car file."""

    name: str
    source: str
    chassis: ChassisSpec
    steering: SteeringSpec
    aero: AeroSpec
    wheel: WheelSpec
    slick: TyreSpec
    sport: TyreSpec
    motor: MotorSpec
    power_map_shares: FourShares
    battery: BatterySpec
    brakes: BrakeSpec
    differential: DifferentialSpec
    assists: AssistSpec


def load_car(name_or_path: str = "leaf_nismo_rc") -> CarSpec:
    """The car of that name, or in that file. Raises InputError if it cannot be used."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = assets_folder() / "cars" / f"{name_or_path}.toml"
    return read_toml(path, CarSpec)
