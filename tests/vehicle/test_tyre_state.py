"""A tyre warms up, cools, wears and gets flat spots, and has its grip by them."""

import dataclasses

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.errors import InputError
from game.vehicle.climate import CLEAR_NOON_CLIMATE
from game.vehicle.parts import initial_state, make_car
from game.vehicle.setup import Setup, check_setup, default_setup
from game.vehicle.spec import load_car
from game.vehicle.state import TyreState
from game.vehicle.tyre_state import TICKS, advance_tyres, grip_factor, move_tyres

pytestmark = pytest.mark.slow

SPEC = load_car()
TICK_S = 1.0 / 240.0
CELSIUS_K = 273.15
LIVE = Setup(tyre_state="live")
LIVES = {tyre: make_car(SPEC, Setup(tyre=tyre, tyre_state="live")).tyre_life for tyre in SPEC.tyres}
compounds = pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)

lives = st.sampled_from(list(LIVES.values()))
temperatures = st.floats(250.0, 450.0)
shares = st.floats(0.0, 1.0)
work = st.tuples(  # sliding power, load, spin and speed, held for some moves
    st.floats(0.0, 2e5), st.floats(0.0, 12_000.0), st.floats(-250.0, 250.0), st.floats(-70.0, 70.0)
)


def four(tyres):
    return (tyres.front_left, tyres.front_right, tyres.rear_left, tyres.rear_right)


def car_at(temperature_k, wear=0.0):
    """A car whose tyres all have a temperature and a wear."""
    state = initial_state(SPEC, LIVE)
    for tyre in four(state.tyres):
        tyre.tread_k = tyre.carcass_k = temperature_k
        tyre.wear = wear
    return state


def worked(life, state, held, moves=1):
    """Let all wheels do the same work for so many moves of the tyres' states."""
    power_w, load_n, spin_radps, speed_mps = held
    for wheel in (state.front_left, state.front_right, state.rear_left, state.rear_right):
        wheel.sliding_power_w, wheel.load_n, wheel.spin_radps = power_w, load_n, spin_radps
    for _ in range(moves * TICKS):
        advance_tyres(life, state, speed_mps, TICK_S)
    return state.tyres.front_left


@given(lives, temperatures, st.lists(work, min_size=1, max_size=8), st.integers(1, 40))
def test_temperatures_stay_above_the_coldest_around_and_grip_within_its_bounds(
    life, begin_k, drive, moves
):
    state = car_at(begin_k)
    coldest_k = min(begin_k, CLEAR_NOON_CLIMATE.air_k, CLEAR_NOON_CLIMATE.road_k)
    for held in drive:
        tyre = worked(life, state, held, moves)
        assert coldest_k - 1e-6 <= min(tyre.tread_k, tyre.carcass_k)
        assert tyre.pressure_pa > 0.0
        assert 0.0 < tyre.grip <= 1.0


@given(lives, temperatures, st.floats(0.0, 70.0))
def test_without_work_tyres_go_evenly_to_what_is_around_them(life, begin_k, speed_mps):
    state = car_at(begin_k)
    tyre = state.tyres.front_left
    around_k = sorted((CLEAR_NOON_CLIMATE.air_k, CLEAR_NOON_CLIMATE.road_k))
    low_k, high_k = min(begin_k, around_k[0]), max(begin_k, around_k[1])
    for _ in range(30):
        move_tyres(life, state, speed_mps, 5.0)
        for now_k in (tyre.tread_k, tyre.carcass_k):
            assert low_k - 1e-6 <= now_k <= high_k + 1e-6
        low_k = min(tyre.tread_k, tyre.carcass_k, around_k[0])
        high_k = max(tyre.tread_k, tyre.carcass_k, around_k[1])
    for _ in range(3):
        move_tyres(life, state, speed_mps, 1e6)
    assert around_k[0] - 1e-3 <= tyre.carcass_k <= tyre.tread_k + 1e-6 <= around_k[1] + 1e-3


@given(lives, st.lists(work, min_size=1, max_size=8))
def test_wear_and_flat_spots_never_fall_and_have_an_end(life, drive):
    state = car_at(CLEAR_NOON_CLIMATE.air_k)
    before = dataclasses.replace(state.tyres.front_left)
    for held in drive:
        state.front_left.slip_ratio = -1.0
        tyre = worked(life, state, held, 20)
        assert before.wear <= tyre.wear <= 1.0
        assert before.flat_spot <= tyre.flat_spot <= 1.0
        before = dataclasses.replace(tyre)


@given(lives, temperatures, temperatures, shares, shares, st.floats(2e4, 1e6))
def test_grip_is_above_none_and_at_most_all_whatever_the_state(
    life, tread_k, carcass_k, wear, flat_spot, pressure_pa
):
    tyre = TyreState(tread_k, carcass_k, pressure_pa, wear, flat_spot)
    assert 0.0 < grip_factor(life, tyre) <= 1.0


@given(lives, temperatures, st.lists(work, min_size=1, max_size=8))
def test_the_heat_that_went_in_is_in_the_tyre_or_went_out(life, begin_k, drive):
    state = car_at(begin_k)
    for held in drive:
        worked(life, state, held, 10)
    tyres = state.tyres
    stored_j = sum(
        life.tread_heat_jpk * (tyre.tread_k - begin_k)
        + life.carcass_heat_jpk * (tyre.carcass_k - begin_k)
        for tyre in four(tyres)
    )
    scale_j = tyres.heated_j + abs(tyres.cooled_j) + 1e6
    assert stored_j == approx(tyres.heated_j - tyres.cooled_j, abs=1e-9 * scale_j)


@compounds
def test_a_tyre_from_the_warmers_has_all_its_grip_and_a_cold_one_most(life):
    tyre = next(name for name in LIVES if LIVES[name] is life)
    setup = Setup(tyre=tyre, tyre_state="live")
    warm = initial_state(SPEC, setup, warm_tyres=True).tyres.front_left
    cold = initial_state(SPEC, setup).tyres.front_left
    assert warm.grip == 1.0
    assert cold.tread_k == cold.carcass_k == CLEAR_NOON_CLIMATE.air_k
    if life.window_low_k < CLEAR_NOON_CLIMATE.air_k:  # as that of a wet tyre
        assert cold.grip > 0.95
    else:
        assert 0.75 < cold.grip < 0.95


def test_a_slick_loses_no_more_between_70_and_50_degrees_than_is_published():
    life = LIVES["slick"]
    at = {
        celsius: grip_factor(
            life, TyreState(CELSIUS_K + celsius, CELSIUS_K + celsius, life.best_pressure_pa)
        )
        for celsius in (50, 70)
    }
    assert 0.85 <= at[50] / at[70] < 0.95


@compounds
def test_overheated_tyres_have_less_grip_and_wear_faster(life):
    hot_k = life.window_high_k + 30.0
    assert grip_factor(life, TyreState(hot_k, hot_k, life.best_pressure_pa)) < 0.95
    held = (20_000.0, 3000.0, 100.0, 30.0)
    worn = [worked(life, car_at(at_k), held).wear for at_k in (life.window_high_k, hot_k)]
    assert worn[1] > 2.0 * worn[0] > 0.0


def test_pressure_rises_with_the_gas_in_an_unchanged_volume():
    life = LIVES["slick"]
    cold = initial_state(SPEC, LIVE).tyres.front_left
    warm = initial_state(SPEC, LIVE, warm_tyres=True).tyres.front_left
    air_pa = 101_325.0
    assert cold.pressure_pa == approx(life.front_cold_pressure_pa)
    assert (warm.pressure_pa + air_pa) / (cold.pressure_pa + air_pa) == approx(
        warm.carcass_k / cold.carcass_k
    )


def test_only_a_locked_wheel_gets_a_flat_spot_and_it_costs_grip():
    state = initial_state(SPEC, LIVE, warm_tyres=True)
    state.front_left.slip_ratio = -1.0
    worked(LIVES["slick"], state, (40_000.0, 4000.0, 0.0, 25.0), 20)
    locked, rolling, *others = four(state.tyres)
    assert locked.flat_spot > 0.2
    assert [tyre.flat_spot for tyre in (rolling, *others)] == [0.0] * 3
    assert locked.grip < rolling.grip


@given(st.lists(work, min_size=1, max_size=4))
def test_frozen_tyres_stay_as_they_are(drive):
    setup = Setup()
    state = initial_state(SPEC, setup)
    before = [dataclasses.replace(tyre) for tyre in four(state.tyres)]
    life = make_car(SPEC, setup).tyre_life
    for held in drive:
        worked(life, state, held)
    assert list(four(state.tyres)) == before
    assert [tyre.grip for tyre in before] == [1.0] * 4


def test_older_setups_have_frozen_tyres_and_new_ones_live_ones():
    assert Setup().tyre_state == "frozen"
    assert default_setup(SPEC).tyre_state == "live"


def test_a_compound_without_a_state_can_only_be_frozen():
    slick = msgspec.structs.replace(SPEC.tyres["slick"], state=None)
    spec = msgspec.structs.replace(SPEC, tyres={"slick": slick})
    check_setup(spec, Setup())
    with pytest.raises(InputError, match=r"tyre_state: is 'live', can be frozen.*slick.state"):
        check_setup(spec, LIVE)
    assert initial_state(spec, Setup()).tyres.front_left.grip == 1.0


def test_a_window_that_ends_before_it_begins_is_refused():
    state = msgspec.to_builtins(SPEC.tyres["slick"].state)
    state |= {"window_low_k": 380.0, "window_high_k": 340.0}
    with pytest.raises(msgspec.ValidationError, match="give the lower temperature first"):
        msgspec.convert(state, type(SPEC.tyres["slick"].state))


def test_each_axle_has_its_own_cold_pressure_and_heat_adds_to_it():
    usual, changed = (
        initial_state(SPEC, msgspec.structs.replace(LIVE, front_pressure_change_pa=change_pa)).tyres
        for change_pa in (0.0, 20_000.0)
    )
    assert changed.front_left.pressure_pa - usual.front_left.pressure_pa == approx(20e3, rel=0.01)
    assert changed.front_right.pressure_pa == changed.front_left.pressure_pa
    assert changed.rear_left.pressure_pa == usual.rear_left.pressure_pa


def test_too_much_pressure_costs_a_warm_tyre_grip_and_frozen_ones_nothing():
    def grip(setup):
        return initial_state(SPEC, setup, warm_tyres=True).tyres.rear_left.grip

    hard = msgspec.structs.replace(LIVE, rear_pressure_change_pa=30_000.0)
    assert grip(hard) < grip(LIVE) - 0.005
    assert grip(msgspec.structs.replace(hard, tyre_state="frozen")) == 1.0
