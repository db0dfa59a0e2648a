"""A stint is foreseen with the pack that warms up and runs down."""

import msgspec
import pytest
from lone_laps import lone_laps
from pytest import approx

from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.bot.stint_plan import planned_stint
from game.compiled import Backend
from game.simulation.world import World
from game.vehicle.setup import default_setup

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stint(ricardo_tormo):
    """(driven laps, snapshot at the end, foreseen laps) of a car."""

    def drive(spec, laps, plan_laps=1, **values):
        setup = msgspec.structs.replace(default_setup(spec), **values)
        plan = make_plan(ricardo_tormo, spec, setup, laps=plan_laps)
        start = flying_start(spec, setup, plan)
        world = World(ricardo_tormo, [start], Backend.COMPILED)
        driven = lone_laps(world, plan, laps)
        (now,) = world.snapshots()
        return driven, now, planned_stint(ricardo_tormo, plan, start, laps)

    return drive


@pytest.fixture(scope="module")
def ten_laps(spec, stint):
    return stint(spec, 10)


def check(driven, now, foreseen, share):
    assert len(driven) == len(foreseen)
    for lap, planned in zip(driven, foreseen, strict=True):
        assert planned.time_s == approx(lap.time_s, rel=share)
    assert foreseen[-1].charge == approx(now.charge, abs=0.01)
    assert foreseen[-1].battery_k == approx(now.battery_temperature_k, abs=0.5)


def test_ten_laps_on_one_charge_are_foreseen_within_half_a_percent_each(ten_laps):
    driven, now, foreseen = ten_laps
    check(driven, now, foreseen, 0.005)
    assert [lap.valid for lap in driven] == [True] * 10


def test_a_lap_up_and_down_hills_is_foreseen_within_a_twentieth_of_a_percent(spec, stint):
    driven, _, foreseen = stint(spec, 1, tyre_state="frozen")
    assert foreseen[0].time_s == approx(driven[0].time_s, rel=5e-4)


def test_20_laps_that_save_charge_are_foreseen_within_half_a_percent_each(spec, stint):
    driven, now, foreseen = stint(spec, 20, plan_laps=20)
    check(driven, now, foreseen, 0.005)
    times_s = [lap.time_s for lap in foreseen]
    assert max(times_s) - min(times_s) > 1.0  # and they are not all alike


def test_the_shipped_pack_lasts_a_charge_before_it_derates_by_heat(spec, ten_laps):
    _, now, _ = ten_laps
    battery = spec.battery
    begins_k = battery.temperature_limit_k - battery.derating_band_k
    assert now.battery_temperature_k < begins_k + 1.0
    assert now.charge < 0.16


def test_a_pack_that_derates_by_heat_is_foreseen_to(spec, stint):
    passive = msgspec.structs.replace(spec.battery, cooling_wpk=25.0, cooling_wspmk=0.0)
    driven, now, foreseen = stint(msgspec.structs.replace(spec, battery=passive), 8)
    check(driven, now, foreseen, 0.01)
    assert driven[-1].time_s > 1.05 * driven[1].time_s
