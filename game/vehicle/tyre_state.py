"""Advance the state of a tyre: temperatures, pressure, wear, flat spots, and the grip they leave.

Two lumps, as in Kelly & Sharp, Vehicle System Dynamics 50 (2012), and Tremlett & Limebeer, Vehicle
System Dynamics 54 (2016): the tread is heated where it slides and cooled by the air and the road;
the carcass is heated as it flexes and cooled by the air; heat is conducted between them. The gas
has the carcass's temperature and the volume that it had when cold. All of that is slow, so that the
states move every sixteenth tick, by the work done since.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute
from game.vehicle.climate import Climate
from game.vehicle.spec import TyreSpec
from game.vehicle.state import AxlePair, CarState, TyreState, TyreStates, WheelInWater, WheelState
from game.vehicle.wet_grip import wetness

TICKS: Final = 16  # between two moves of the states
_ATMOSPHERE_PA: Final = 101_325.0
_LOCKED_SLIP_RATIO: Final = -0.8  # estimate; below it one place of the tread takes all the sliding


@dataclass(frozen=True, slots=True)
class TyreLife:
    """Holds the numbers by which a compound's state changes, made ready for the tick."""

    live: int  # 1: the state moves; 0: the tyre is frozen and has all its grip
    air_k: float
    road_k: float
    tread_heat_jpk: float
    carcass_heat_jpk: float
    slip_heat_share: float
    flexing_m: float  # heat in the carcass per load and wheel's angle
    conduction_wpk: float
    tread_air_wpk: float
    tread_air_wspmk: float
    carcass_air_wpk: float
    carcass_air_wspmk: float
    road_wpm2k: float
    water_wpm2k: float  # more of it where the road is wet
    front_cold_pressure_pa: float
    rear_cold_pressure_pa: float
    cold_temperature_k: float
    tread_weight: float
    window_low_k: float
    window_high_k: float
    cold_grip: float
    cold_scale_k: float
    hot_grip: float
    hot_scale_k: float
    best_pressure_pa: float
    pressure_band: float
    pressure_grip: float
    pressure_scale: float
    wear_1pj: float
    hot_wear_1pk: float
    worn_grip: float
    flat_spot_1pj: float
    flat_spot_grip: float


_FROZEN: Final = TyreLife(0, *[1.0] * 32)


def make_tyre_life(
    spec: TyreSpec, radius_m: float, live: bool, climate: Climate, pressed_pa: AxlePair[float]
) -> TyreLife:
    """Return the compound's numbers; where it has no state, or is frozen, nothing moves.

    pressed_pa: how much more cold pressure than the compound's usual one each axle's tyres have.
    """
    state = spec.state
    if state is None or not live:
        return _FROZEN
    given = {name: getattr(state, name) for name in state.__struct_fields__}
    usual_pa = given.pop("cold_pressure_pa")
    return TyreLife(
        live=1,
        front_cold_pressure_pa=usual_pa + pressed_pa.front,
        rear_cold_pressure_pa=usual_pa + pressed_pa.rear,
        air_k=climate.air_k,
        road_k=climate.road_k,
        flexing_m=given.pop("flexing") * radius_m,
        water_wpm2k=spec.water.cooling_wpm2k,
        **given,
    )


def new_cold_tyres(life: TyreLife) -> TyreStates:
    """Return four new tyres that are as warm as the air."""
    return _new_tyres(life, life.air_k)


def new_warm_tyres(life: TyreLife) -> TyreStates:
    """Return four new tyres from the warmers, in the middle of their window."""
    return _new_tyres(life, 0.5 * (life.window_low_k + life.window_high_k))


def frozen_tyre(spec: TyreSpec) -> TyreState:
    """Return a tyre that stays as it is: warm, new, with all its grip."""
    state = spec.state
    if state is None:
        return TyreState()
    temperature_k = 0.5 * (state.window_low_k + state.window_high_k)
    return TyreState(temperature_k, temperature_k, state.best_pressure_pa)


def _new_tyres(life: TyreLife, temperature_k: float) -> TyreStates:
    front_pa, rear_pa = life.front_cold_pressure_pa, life.rear_cold_pressure_pa
    tyres = TyreStates(
        _new_tyre(life, front_pa, temperature_k),
        _new_tyre(life, front_pa, temperature_k),
        _new_tyre(life, rear_pa, temperature_k),
        _new_tyre(life, rear_pa, temperature_k),
    )
    tyres.grip = mean_grip(tyres)
    return tyres


def _new_tyre(life: TyreLife, cold_pressure_pa: float, temperature_k: float) -> TyreState:
    pressure_pa = _pressure(life, cold_pressure_pa, temperature_k)
    tyre = TyreState(temperature_k, temperature_k, pressure_pa)
    tyre.grip = grip_factor(life, tyre)
    return tyre


@tick_function
def advance_tyres(life: TyreLife, state: CarState, forward_mps: float, step_s: float) -> None:
    """Count the work of the tick before; move the tyres' states when it is their turn."""
    if life.live == 0:
        return
    tyres = state.tyres
    tyres.front_left.sliding_j += state.front_left.sliding_power_w * step_s
    tyres.front_right.sliding_j += state.front_right.sliding_power_w * step_s
    tyres.rear_left.sliding_j += state.rear_left.sliding_power_w * step_s
    tyres.rear_right.sliding_j += state.rear_right.sliding_power_w * step_s
    tyres.ticks += 1
    if tyres.ticks < TICKS:
        return
    tyres.ticks = 0
    move_tyres(life, state, forward_mps, TICKS * step_s)


@tick_function
def move_tyres(life: TyreLife, state: CarState, forward_mps: float, period_s: float) -> None:
    """Move the tyres' states by the sliding that was counted in a period."""
    tyres = state.tyres
    air_k = life.air_k + state.weather.air_change_k
    road_k = life.road_k + state.weather.road_change_k
    speed_mps = absolute(forward_mps)
    weather = state.weather
    front_left = _Around(air_k, road_k, speed_mps, _road_cooling(life, weather.front_left))
    front_right = _Around(air_k, road_k, speed_mps, _road_cooling(life, weather.front_right))
    rear_left = _Around(air_k, road_k, speed_mps, _road_cooling(life, weather.rear_left))
    rear_right = _Around(air_k, road_k, speed_mps, _road_cooling(life, weather.rear_right))
    front_pa = life.front_cold_pressure_pa
    rear_pa = life.rear_cold_pressure_pa
    _advance(life, tyres, tyres.front_left, state.front_left, front_pa, front_left, period_s)
    _advance(life, tyres, tyres.front_right, state.front_right, front_pa, front_right, period_s)
    _advance(life, tyres, tyres.rear_left, state.rear_left, rear_pa, rear_left, period_s)
    _advance(life, tyres, tyres.rear_right, state.rear_right, rear_pa, rear_right, period_s)
    tyres.grip = mean_grip(tyres)


class _Around(NamedTuple):
    """Holds what takes the tyres' heat: the air and the road, and how fast they pass."""

    air_k: float
    road_k: float
    speed_mps: float
    road_wpm2k: float


@tick_function
def _road_cooling(life: TyreLife, wheel: WheelInWater) -> float:
    """Return what the road takes through the contact patch, more where it is wet, W/(m2 K)."""
    if wheel.water_m > 0.0:
        return life.road_wpm2k + wetness(wheel.water_m) * life.water_wpm2k
    return life.road_wpm2k


@tick_function
def _advance(
    life: TyreLife,
    tyres: TyreStates,
    tyre: TyreState,
    wheel: WheelState,
    cold_pressure_pa: float,
    around: _Around,
    period_s: float,
) -> None:
    """Move one tyre's state by the work that its wheel did on it."""
    slid_j = tyre.sliding_j
    tyre.sliding_j = 0.0
    if slid_j > 0.0:
        _wear(life, tyre, wheel, slid_j)
    _warm(life, tyres, tyre, wheel, slid_j, around, period_s)
    tyre.pressure_pa = _pressure(life, cold_pressure_pa, tyre.carcass_k)
    tyre.grip = grip_factor(life, tyre)


@tick_function
def _wear(life: TyreLife, tyre: TyreState, wheel: WheelState, slid_j: float) -> None:
    """Take from the tread what sliding rubs off, more of it where it is overheated."""
    worn = life.wear_1pj * slid_j
    if tyre.tread_k > life.window_high_k:
        worn *= 1.0 + life.hot_wear_1pk * (tyre.tread_k - life.window_high_k)
    tyre.wear += worn
    if tyre.wear > 1.0:
        tyre.wear = 1.0
    if wheel.slip_ratio < _LOCKED_SLIP_RATIO:
        tyre.flat_spot += life.flat_spot_1pj * slid_j
        if tyre.flat_spot > 1.0:
            tyre.flat_spot = 1.0


@tick_function
def _warm(
    life: TyreLife,
    tyres: TyreStates,
    tyre: TyreState,
    wheel: WheelState,
    slid_j: float,
    around: _Around,
    period_s: float,
) -> None:
    """Move both temperatures, solved implicitly: whatever the numbers, none overshoots."""
    friction_j = life.slip_heat_share * slid_j
    flexing_j = life.flexing_m * wheel.load_n * absolute(wheel.spin_radps) * period_s
    air_jpk = (life.tread_air_wpk + life.tread_air_wspmk * around.speed_mps) * period_s
    carcass_air_jpk = (life.carcass_air_wpk + life.carcass_air_wspmk * around.speed_mps) * period_s
    road_jpk = around.road_wpm2k * (wheel.load_n / tyre.pressure_pa) * period_s  # load over patch
    between_jpk = life.conduction_wpk * period_s
    tread_jpk = life.tread_heat_jpk + air_jpk + road_jpk + between_jpk
    carcass_jpk = life.carcass_heat_jpk + carcass_air_jpk + between_jpk
    to_tread_j = (
        life.tread_heat_jpk * tyre.tread_k
        + friction_j
        + air_jpk * around.air_k
        + road_jpk * around.road_k
    )
    to_carcass_j = (
        life.carcass_heat_jpk * tyre.carcass_k + flexing_j + carcass_air_jpk * around.air_k
    )
    both = tread_jpk * carcass_jpk - between_jpk * between_jpk
    tyre.tread_k = (to_tread_j * carcass_jpk + between_jpk * to_carcass_j) / both
    tyre.carcass_k = (to_carcass_j * tread_jpk + between_jpk * to_tread_j) / both
    tyres.heated_j += friction_j + flexing_j
    tyres.cooled_j += (
        air_jpk * (tyre.tread_k - around.air_k) + road_jpk * (tyre.tread_k - around.road_k)
    ) + carcass_air_jpk * (tyre.carcass_k - around.air_k)


@tick_function
def _pressure(life: TyreLife, cold_pressure_pa: float, gas_k: float) -> float:
    """Return the pressure above the atmosphere's of gas in an unchanged volume."""
    cold_pa = cold_pressure_pa + _ATMOSPHERE_PA
    return cold_pa * gas_k / life.cold_temperature_k - _ATMOSPHERE_PA


@tick_function
def grip_factor(life: TyreLife, tyre: TyreState) -> float:
    """Return the share of its best grip that a tyre has, above 0 and up to 1."""
    effective_k = tyre.carcass_k + life.tread_weight * (tyre.tread_k - tyre.carcass_k)
    factor = (1.0 - (1.0 - life.worn_grip) * tyre.wear) * (
        1.0 - (1.0 - life.flat_spot_grip) * tyre.flat_spot
    )
    if effective_k < life.window_low_k:
        factor *= _left(life.cold_grip, (life.window_low_k - effective_k) / life.cold_scale_k)
    elif effective_k > life.window_high_k:
        factor *= _left(life.hot_grip, (effective_k - life.window_high_k) / life.hot_scale_k)
    off = absolute(tyre.pressure_pa / life.best_pressure_pa - 1.0) - life.pressure_band
    if off > 0.0:
        factor *= _left(life.pressure_grip, off / life.pressure_scale)
    return factor


@tick_function
def mean_grip(tyres: TyreStates) -> float:
    """Return the mean of the four tyres' grip."""
    front = tyres.front_left.grip + tyres.front_right.grip
    return 0.25 * (front + tyres.rear_left.grip + tyres.rear_right.grip)


@tick_function
def _left(floor: float, away: float) -> float:
    """Return the share that is left so far away from the best: 1 there, towards `floor`."""
    return floor + (1.0 - floor) / (1.0 + away * away)
