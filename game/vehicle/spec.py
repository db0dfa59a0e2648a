"""A car file holds what the factory built: its keys, their units and the range each may have."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from game.errors import InputError
from game.toml_files import Share, TomlFolder, TomlTable, read_toml
from game.weather.weather import CLEAR_NOON, Weather, weather_digest

_MIN_HEAT_JPK: Final = 1.0
_MAX_COOLING_1PS: Final = 100.0  # at 240 ticks a second a third of what begins to ring
_MIN_PRESSURE_PA: Final = 2e4  # above the atmosphere's
_COOLED_MPS: Final = 100.0  # the speed at which cooling by speed is checked
DEFAULT_CAR: Final = "leaf_nismo_rc"
_FILES: Final = TomlFolder("cars", beside=".look")

# Far beyond any car, and near enough that sums, squares and quotients stay numbers.
Positive = Annotated[float, Meta(ge=1e-6, le=1e9)]
NotNegative = Annotated[float, Meta(ge=0.0, le=1e9)]
Signed = Annotated[float, Meta(ge=-1e9, le=1e9)]
FrictionCoefficient = Annotated[float, Meta(ge=0.01, le=10.0)]
AirArea = Annotated[float, Meta(ge=0.0, le=100.0)]
GripShare = Annotated[float, Meta(ge=0.01, le=1.0)]
Height = Annotated[float, Meta(ge=0.0, le=1.0)]
SpringRate = Annotated[float, Meta(ge=1e4, le=1e7)]
DampingRatio = Annotated[float, Meta(ge=0.05, le=5.0)]
HeatCapacity = Annotated[float, Meta(ge=1.0, le=1e9)]
Temperature = Annotated[float, Meta(ge=200.0, le=600.0)]
TyrePressure = Annotated[float, Meta(ge=_MIN_PRESSURE_PA, le=1e6)]
SplitMode = Literal["fixed", "load-following", "slip-balancing"]
TyreStateMode = Literal["frozen", "live"]
SplitLaw = Literal["limit", "fill"]
FourShares = tuple[Share, Share, Share, Share]
# One value for every tenth of the charge, from empty to full.
Tenths = tuple[
    Positive, Positive, Positive, Positive, Positive, Positive,
    Positive, Positive, Positive, Positive, Positive,
]  # fmt: skip
# One value for every 0.4 mm of water on the road, from none to 4 mm.
GripsInWater = tuple[
    GripShare, GripShare, GripShare, GripShare, GripShare, GripShare,
    GripShare, GripShare, GripShare, GripShare, GripShare,
]  # fmt: skip
SharesInWater = tuple[
    Share, Share, Share, Share, Share, Share,
    Share, Share, Share, Share, Share,
]  # fmt: skip


class ChassisSpec(TomlTable, frozen=True):
    """Describes the body."""

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
    corner_cut_m: Positive  # of the outline that hits walls: rounded as far as this chamfer
    contact_friction: NotNegative  # multiplied by the other's
    contact_restitution: Share  # of a light touch, multiplied by the other's
    # How it gives way in a hit; estimates where a file says nothing (`simulation.crush`).
    restitution_fade_mps: Positive = 12.5  # closing speed at which the restitution has halved
    crush_force_n: Positive = 320000.0
    crush_depth_m: Positive = 0.9  # at nose and tail
    side_crush_depth_m: Positive = 0.4
    load_transfer_time_s: Positive = 0.06  # with which damped accelerations follow
    front_roll_stiffness_share: Share | None = None  # in place of what springs and bars give

    @property
    def front_axle_m(self) -> float:
        """Return how far ahead of the centre of gravity the front axle is."""
        return self.wheelbase_m * (1.0 - self.front_mass_share)

    @property
    def nose_m(self) -> float:
        """Return how far ahead of the centre of gravity the car begins."""
        return self.front_axle_m + self.front_overhang_m

    @property
    def tail_m(self) -> float:
        """Return how far ahead of the centre of gravity the car ends, below zero."""
        return self.nose_m - self.length_m


class SteeringSpec(TomlTable, frozen=True):
    """Describes Ackermann steering of the front wheels."""

    lock_rad: Annotated[float, Meta(gt=0.0, le=1.2)]  # mean angle of the two wheels
    rate_radps: Positive
    # By which the front wheels give way to their lateral force; rack, bushes and uprights together.
    compliance_radpn: Annotated[float, Meta(ge=0.0, le=5e-6)] = 0.0


class SuspensionSpec(TomlTable, frozen=True):
    """Describes the parts around the springs; springs, bars and angles are in the setup.

    The defaults are estimates, for car files that do not say these.
    """

    front_unsprung_kg: Annotated[float, Meta(ge=0.0, le=1e4)] = 70.0
    rear_unsprung_kg: Annotated[float, Meta(ge=0.0, le=1e4)] = 70.0
    wheel_centre_m: Height = 0.318  # height of the unsprung parts' centre of gravity
    roll_inertia_kgm2: Positive = 350.0
    pitch_inertia_kgm2: Positive = 1150.0
    front_roll_centre_m: Height = 0.02
    rear_roll_centre_m: Height = 0.05
    anti_pitch_share: Share = 0.2  # of the load moved forwards and back, through the links
    tyre_npm: SpringRate = 250000.0
    front_damping_ratio: DampingRatio = 0.7  # in heave
    rear_damping_ratio: DampingRatio = 0.7
    front_ride_height_m: Height = 0.06  # with which the centre of gravity and the air are given
    rear_ride_height_m: Height = 0.07
    camber_recovery: Share = 0.4  # share of the roll that does not lean the wheels
    envelope_m: Annotated[float, Meta(ge=0.05, le=10.0)] = 1.0  # over which it rolls up a kerb
    blow_off_mps: Annotated[float, Meta(ge=0.0, le=10.0)] = 0.2  # dampers' limit against kerbs
    # Bump stops begin where the body's floor has come so near the road; then a wheel's force rises.
    stop_height_m: Height = 0.02
    stop_npm: SpringRate = 150000.0  # at first
    stop_stiffening_m: Annotated[float, Meta(ge=1e-3, le=1.0)] = 0.015  # over which it doubles
    stop_damping_s: Annotated[float, Meta(ge=0.0, le=0.1)] = 0.005  # times their stiffness


class AeroSpec(TomlTable, frozen=True):
    """Holds drag and downforce as coefficient times area; the wing adds its share per setting."""

    air_density_kgpm3: Annotated[float, Meta(ge=1e-6, le=10.0)]
    drag_area_m2: AirArea
    downforce_area_m2: AirArea
    front_downforce_share: Share
    wing_drag_area_m2: AirArea  # more at wing setting 1, less at -1
    wing_downforce_area_m2: AirArea
    front_height_1pm: Annotated[float, Meta(ge=0.0, le=50.0)] = 0.0  # lost for each metre higher
    rear_height_1pm: Annotated[float, Meta(ge=0.0, le=50.0)] = 0.0
    largest_height_change: Annotated[float, Meta(ge=0.0, le=0.9)] = 0.25  # of either axle's
    wake_half_width_m: Annotated[float, Meta(ge=0.0, le=20.0)] = 0.0  # at the car; 0: no wake
    wake_spread: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.08  # wider for each metre behind


class WheelSpec(TomlTable, frozen=True):
    """Describes a wheel with its tyre and brake disc."""

    radius_m: Positive
    inertia_kgm2: Positive
    low_speed_damping_nspm: NotNegative
    low_speed_damping_end_mps: Positive


class TyreStateSpec(TomlTable, frozen=True):
    """Describes how a compound warms up, wears, and loses grip."""

    tread_heat_jpk: HeatCapacity
    carcass_heat_jpk: HeatCapacity
    slip_heat_share: Share  # of the sliding power that warms the tread; the road gets the rest
    flexing: Share  # of load times way, that warms the carcass
    conduction_wpk: NotNegative  # between tread and carcass
    tread_air_wpk: NotNegative  # to still air ...
    tread_air_wspmk: NotNegative  # ... and more for each m/s
    carcass_air_wpk: NotNegative
    carcass_air_wspmk: NotNegative
    road_wpm2k: NotNegative  # through the contact patch
    cold_pressure_pa: TyrePressure  # above the atmosphere's, at the temperature that follows
    cold_temperature_k: Temperature
    tread_weight: Share  # of the tread in the temperature that makes the grip
    window_low_k: Temperature  # between these two the tyre has all its grip
    window_high_k: Temperature
    cold_grip: GripShare  # share of it that is left far below the window,
    cold_scale_k: Positive  # half of the loss so far below it
    hot_grip: GripShare  # the same above it
    hot_scale_k: Positive
    best_pressure_pa: TyrePressure
    pressure_band: Share  # of the best pressure, either way, in which the tyre has all its grip
    pressure_grip: GripShare  # far beyond it,
    pressure_scale: Positive  # half of the loss so far beyond it
    wear_1pj: NotNegative  # of the tread, by sliding
    hot_wear_1pk: NotNegative  # more of it for each degree of the tread above the window
    worn_grip: GripShare  # of a worn-out tyre
    flat_spot_1pj: NotNegative  # by sliding on a locked wheel
    flat_spot_grip: GripShare  # with the worst flat spot

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.window_low_k > self.window_high_k:
            raise ValueError(
                f"the window of best grip goes from {self.window_low_k:g} K to "
                f"{self.window_high_k:g} K: give the lower temperature first"
            )


class WaterSpec(TomlTable, frozen=True):
    """Says what water on the road leaves of a compound's grip.

    The defaults are those of a road tyre with all its tread, for car files that do not say these:
    the friction by speed and depth of water in Bosch's Automotive Handbook (wet, heavy rain,
    puddles), whose depths are counted here from the bottom of a texture of 0.8 mm.
    """

    grip: GripsInWater = (1.0, 0.88, 0.8, 0.76, 0.75, 0.74, 0.73, 0.72, 0.71, 0.7, 0.7)
    # Share of the tyre that water carries at the speed at which it can carry all of it.
    afloat: SharesInWater = (0.0, 0.0, 0.0, 0.14, 0.41, 0.64, 0.82, 1.0, 1.0, 1.0, 1.0)
    painted_grip: GripShare = 0.7  # of that on wet tarmac, on wet kerbs and paint
    rubbered_grip: GripShare = 0.93  # of that on wet tarmac, where rubber lies
    loose_grip: GripShare = 0.75  # of that when dry, on wet grass and gravel
    cooling_wpm2k: NotNegative = 2500.0  # of the tread, through a wet contact patch


class TyreSpec(TomlTable, frozen=True):
    """Describes a compound: Magic Formula over the combined slip, with load sensitivity."""

    friction_forward: FrictionCoefficient
    friction_left: FrictionCoefficient
    reference_load_n: Positive
    load_sensitivity: NotNegative  # friction lost per reference load of extra load
    min_friction_share: Share  # of the friction at the reference load, however high the load
    peak_slip_ratio: Positive
    peak_slip_tangent: Positive
    shape: Annotated[float, Meta(gt=1.0, lt=2.0)]  # C
    curvature: Annotated[float, Meta(le=0.9)]  # E
    relaxation_forward_m: Positive
    relaxation_left_m: Positive
    # On grass and gravel of the usual grip (`track.surfaces`); estimates where a file says nothing.
    grass_friction: FrictionCoefficient = 0.4
    gravel_friction: FrictionCoefficient = 0.4
    green_grip: GripShare = 0.96  # of that on a rubbered road, where no rubber lies and it is dry
    camber_slip: Annotated[float, Meta(ge=0.0, le=0.5)] = 0.0  # slip for each radian of lean
    camber_gain: Annotated[float, Meta(ge=0.0, le=2.0)] = 0.0  # grip for a lean into the push
    camber_loss: Annotated[float, Meta(ge=0.0, le=20.0)] = 0.0  # grip for the square of a lean
    water: WaterSpec = WaterSpec()
    state: TyreStateSpec | None = None  # without it the compound is always as new and warm


class MotorSpec(TomlTable, frozen=True):
    """Describes the motor, inverter and single-speed gear of one axle."""

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
    loss_speed_w: Signed
    loss_speed2_w: Signed
    loss_torque2_w: Signed
    loss_torque4_w: Signed
    loss_weak_w: Signed
    loss_weak2_w: Signed
    loss_weak_torque_w: Signed
    loss_weak_torque2_w: Signed
    loss_weak2_torque_w: Signed
    loss_weak_start: Signed
    loss_torque_scale_nm: Positive
    min_loss_w: NotNegative
    winding_heat_jpk: Positive
    winding_cooling_wpk: NotNegative
    winding_limit_k: Positive
    inverter_heat_jpk: Positive
    inverter_cooling_wpk: NotNegative
    inverter_limit_k: Positive
    coolant_temperature_k: Positive
    derating_band_k: Positive
    derated_share: Share
    # Weakened field: the torque that voltage over speed leaves, and its square. Without these two
    # a motor has its power at every speed and voltage.
    flux_torque_nmpvs: NotNegative = 1e6
    flux2_torque_nmpv2s2: NotNegative = 0.0

    def __post_init__(self) -> None:
        """Refuse a part that follows its coolant faster than the tick can."""
        _check_cooling("winding", self.winding_heat_jpk, self.winding_cooling_wpk)
        _check_cooling("inverter", self.inverter_heat_jpk, self.inverter_cooling_wpk)


class BatterySpec(TomlTable, frozen=True):
    """Describes the pack."""

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
    cooling_wspmk: NotNegative = 0.0  # more cooling for each m/s

    def __post_init__(self) -> None:
        """Refuse a pack that follows the air's temperature faster than the tick can."""
        fastest_wpk = self.cooling_wpk + _COOLED_MPS * self.cooling_wspmk
        _check_cooling("battery", self.heat_capacity_jpk, fastest_wpk)


def _check_cooling(part: str, heat_jpk: float, cooling_wpk: float) -> None:
    """Raise ValueError for a time constant below a hundredth of a second, or next to no mass."""
    if heat_jpk < _MIN_HEAT_JPK or cooling_wpk > _MAX_COOLING_1PS * heat_jpk:
        raise ValueError(
            f"the {part} stores {heat_jpk:g} J/K and is cooled by {cooling_wpk:.3g} W/K: it has to "
            f"store {_MIN_HEAT_JPK:g} or more, cooled by at most {_MAX_COOLING_1PS:g} times that"
        )


class ThrottleSpec(TomlTable, frozen=True):
    """Describes the throttle pedal."""

    one_pedal_travel: Annotated[float, Meta(gt=0.0, lt=1.0)]  # share that brakes, if it is set to


class BrakeSpec(TomlTable, frozen=True):
    """Describes friction brakes and how regeneration gives way to them."""

    full_pedal_force_n: Positive  # at the tyres, all four together
    regen_fade_start_mps: Positive
    regen_fade_end_mps: NotNegative


class DifferentialSpec(TomlTable, frozen=True):
    """Describes a limited-slip differential, the same on each axle."""

    drive_lock: NotNegative  # clutch torque per torque through it
    coast_lock: NotNegative


class AssistSpec(TomlTable, frozen=True):
    """Describes the assists at their strongest level; levels 1 to 5 lead there in steps."""

    gentlest_slip_target: Positive  # of the peak slip, at level 1
    strictest_slip_target: Positive  # at level 5
    proportional: NotNegative
    integral_hz: NotNegative
    sliding_share: Share  # of the peak slip: below it no wheel counts as spinning up or locking
    largest_cut: Share
    yaw_moment_nmsprad: NotNegative  # at level 5, per yaw-rate error
    yaw_moment_limit_nm: NotNegative
    yaw_deadband_radps: NotNegative
    yaw_min_speed_mps: Positive
    understeer_gradient_s2pm: NotNegative
    yaw_grip_share: Share
    slip_balance_gain: NotNegative  # front share per difference of tyre normalised_slip


class DamageSpec(TomlTable, frozen=True):
    """Says what hits do to a car. Defaults are estimates, for car files that do not say these."""

    light_hit_j: NotNegative = 600.0  # in a tick: less bends nothing
    full_hit_j: Positive = 150000.0  # destroys the part that it meets: 55 km/h, square
    drag_gain: NotNegative = 0.3  # of the drag, with nose and tail destroyed
    front_downforce_loss: Share = 0.6  # of the front's, with the nose destroyed
    rear_downforce_loss: Share = 0.8  # of the rear's, with the tail and the wing destroyed
    cooling_loss: Share = 0.8  # with the nose destroyed
    steering_rad: Annotated[float, Meta(ge=0.0, le=0.2)] = 0.03  # of the front wheels, at most


class Range(TomlTable, frozen=True):
    """Bounds a number of the setup. Raises ValueError unless min <= default <= max."""

    minimum: float
    maximum: float
    default: float

    def __post_init__(self) -> None:
        """Refuse a default outside its bounds."""
        _check_order(self.minimum, self.default, self.maximum)


class Steps(TomlTable, frozen=True):
    """Bounds a whole number of the setup. Raises ValueError unless min <= default <= max."""

    minimum: int
    maximum: int
    default: int

    def __post_init__(self) -> None:
        """Refuse a default outside its bounds."""
        _check_order(self.minimum, self.default, self.maximum)


def _check_order(minimum: float, default: float, maximum: float) -> None:
    if not minimum <= default <= maximum:
        raise ValueError(f"default {default:g} is not within {minimum:g} to {maximum:g}")


_NO_CHANGE: Final = Range(0.0, 0.0, 0.0)  # of cars whose files name no bounds


class SetupSpec(TomlTable, frozen=True):
    """Holds bounds and defaults of what a driver may set on the car; fields as in `Setup`."""

    split_mode: SplitMode
    driver_aboard: bool
    front_torque_share: Range
    front_regen_share: Range
    one_pedal_mps2: Range
    regen_limit: Range
    front_brake_bias: Range
    power_map: Steps
    traction_control: Steps
    abs: Steps
    yaw_control: Steps
    front_preload_nm: Range
    rear_preload_nm: Range
    wing: Range
    initial_charge: Range
    tyre_state: TyreStateMode = "frozen"
    split_law: SplitLaw = "fill"  # of cars from when there was no other
    # Estimates where a car's file says nothing.
    front_spring_npm: Range = Range(20000.0, 250000.0, 110000.0)
    rear_spring_npm: Range = Range(20000.0, 250000.0, 130000.0)
    front_bar_npm: Range = Range(0.0, 100000.0, 5000.0)
    rear_bar_npm: Range = Range(0.0, 100000.0, 15000.0)
    front_ride_height_m: Range = Range(0.03, 0.15, 0.06)
    rear_ride_height_m: Range = Range(0.03, 0.15, 0.07)
    front_camber_rad: Range = Range(-0.0873, 0.0349, -0.0436)
    rear_camber_rad: Range = Range(-0.0873, 0.0349, -0.0305)
    front_toe_rad: Range = Range(-0.0175, 0.0175, 0.0)
    rear_toe_rad: Range = Range(-0.0175, 0.0175, 0.0017)
    front_pressure_change_pa: Range = _NO_CHANGE  # of the tyres' cold pressure
    rear_pressure_change_pa: Range = _NO_CHANGE


class CarSpec(
    TomlTable,
    frozen=True,
    rename={"front_motor_name": "front_motor", "rear_motor_name": "rear_motor"},
):
    """Holds a car file, and the weather that its car stands in.

    Whatever is worked out for a car is worked out for it in this weather, so that nothing can be
    kept for one weather and used in another.
    """

    name: str
    source: str
    chassis: ChassisSpec
    steering: SteeringSpec
    aero: AeroSpec
    wheel: WheelSpec
    tyres: Annotated[dict[str, TyreSpec], Meta(min_length=1)]  # by name; the first is the default
    motors: dict[str, MotorSpec]  # by name
    power_map_shares: FourShares
    battery: BatterySpec
    throttle: ThrottleSpec
    brakes: BrakeSpec
    differential: DifferentialSpec
    assists: AssistSpec
    setup: SetupSpec
    damage: DamageSpec = DamageSpec()
    suspension: SuspensionSpec = SuspensionSpec()
    front_motor_name: str | None = None  # of `motors`; None: the axle is not driven
    rear_motor_name: str | None = None
    id: str = ""  # the stem of the file's name
    folder: str = ""  # where the file is; the file of the car's look is beside it
    weather: Weather = CLEAR_NOON  # never of the file

    def __post_init__(self) -> None:
        """Refuse motors that are not there or do not fit each other."""
        driven = [self.motor_named(name) for name in self._motor_names() if name is not None]
        if not driven:
            raise ValueError("a car needs a front_motor or a rear_motor")
        if self.setup.power_map.maximum > len(self.power_map_shares):
            raise ValueError(f"setup.power_map: there are {len(self.power_map_shares)} power maps")
        self._check_shares()
        self._check_pressures()
        gears = {(motor.gear_ratio, motor.gear_efficiency) for motor in driven}
        if len(gears) > 1:
            raise ValueError(
                "front_motor and rear_motor have different gears: torque is shared at the motors"
            )

    @property
    def front_motor(self) -> MotorSpec:
        """Return the front axle's motor; without power where the axle is not driven."""
        return self._motor(self.front_motor_name)

    @property
    def rear_motor(self) -> MotorSpec:
        """Return the rear axle's motor; without power where the axle is not driven."""
        return self._motor(self.rear_motor_name)

    def motor_named(self, name: str) -> MotorSpec:
        """Return the motor of this name. Raises ValueError if there is none."""
        if name not in self.motors:
            raise ValueError(f"there is no [motors.{name}]: there are {', '.join(self.motors)}")
        return self.motors[name]

    def _check_shares(self) -> None:
        if None not in self._motor_names():
            return
        only = 0.0 if self.front_motor_name is None else 1.0
        for name in ("front_torque_share", "front_regen_share"):
            bounds: Range = getattr(self.setup, name)
            if bounds.minimum != only or bounds.maximum != only:
                raise ValueError(f"setup.{name}: with one axle driven there is only {only:g}")

    def _check_pressures(self) -> None:
        setup = self.setup
        for name in ("front_pressure_change_pa", "rear_pressure_change_pa"):
            bounds: Range = getattr(setup, name)
            for tyre, spec in self.tyres.items():
                if spec.state and spec.state.cold_pressure_pa + bounds.minimum < _MIN_PRESSURE_PA:
                    raise ValueError(
                        f"setup.{name}: {bounds.minimum:g} Pa leave the {tyre} tyre less "
                        f"than {_MIN_PRESSURE_PA:g} Pa: raise the minimum"
                    )

    def _motor_names(self) -> tuple[str | None, str | None]:
        return self.front_motor_name, self.rear_motor_name

    def _motor(self, name: str | None) -> MotorSpec:
        if name is not None:
            return self.motor_named(name)
        (driven,) = (other for other in self._motor_names() if other is not None)
        return without_power(self.motor_named(driven))


def without_power(motor: MotorSpec) -> MotorSpec:
    """Return a stand-in for no motor: the same gear, and no torque, loss or inertia."""
    losses = {name: 0.0 for name in motor.__struct_fields__ if name.startswith("loss_")}
    return msgspec.structs.replace(
        motor,
        **{**losses, "loss_torque_scale_nm": motor.loss_torque_scale_nm},
        peak_torque_nm=0.0,
        peak_power_w=0.0,
        flux_torque_nmpvs=0.0,
        flux2_torque_nmpv2s2=0.0,
        rotor_inertia_kgm2=0.0,
        min_loss_w=0.0,
    )


def car_names() -> list[str]:
    """Return the names of all cars that ship or that the player saved."""
    return _FILES.names()


def load_car(name_or_path: str = DEFAULT_CAR) -> CarSpec:
    """Return the car of that name, or in that file. Raises InputError if it cannot be used."""
    path = _FILES.find(name_or_path)
    if path is None:
        raise InputError(f"{name_or_path}: no such car; there are {', '.join(car_names())}")
    spec = read_toml(path, CarSpec)
    if spec.weather != CLEAR_NOON:
        raise InputError(f"{path}: weather: is not a part of a car; choose one for the drive")
    return msgspec.structs.replace(spec, id=path.stem, folder=str(path.absolute().parent))


def in_weather(spec: CarSpec, weather: Weather) -> CarSpec:
    """Return a car as it stands in this weather; in a clear noon it is as it was read."""
    is_noon = not weather_digest(weather) and weather.sky == CLEAR_NOON.sky
    known = CLEAR_NOON if is_noon else weather
    return msgspec.structs.replace(spec, weather=known)
