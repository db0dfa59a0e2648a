"""A stint is foreseen with the pack that warms up and runs down."""

from pathlib import Path

import msgspec
import pytest
from lone_laps import lone_laps
from pytest import approx

from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.bot.stint_plan import planned_stint
from game.compiled import Backend
from game.simulation.world import World
from game.track.track import build_track, read_track
from game.track.track_file import RoadProfileEntry
from game.vehicle.setup import default_setup

pytestmark = pytest.mark.slow


# Heights of a road that climbs 23 m a lap, by grades up to 3 %.
HEIGHTS_M = [
    *((0, 150.0), (250, 147.0), (500, 145.0), (750, 144.0), (1000, 144.0), (1200, 145.0)),
    *((1400, 148.0), (1600, 153.5), (1750, 157.0), (1900, 158.5), (2100, 158.0), (2300, 156.5)),
    *((2500, 154.0), (2700, 151.0), (2900, 149.5), (3070, 153.0), (3200, 156.5), (3310, 158.0)),
    *((3450, 157.5), (3610, 155.5), (3800, 153.0)),
]


@pytest.fixture(scope="module")
def stint(ricardo_tormo):
    """(driven laps, snapshot at the end, foreseen laps) of a car."""

    def drive(spec, laps, plan_laps=1, track=ricardo_tormo, **values):
        setup = msgspec.structs.replace(default_setup(spec), **values)
        plan = make_plan(track, spec, setup, laps=plan_laps)
        start = flying_start(spec, setup, plan)
        world = World(track, [start], Backend.COMPILED)
        driven = lone_laps(world, plan, laps)
        (now,) = world.snapshots()
        return driven, now, planned_stint(track, plan, start, laps)

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
    file = read_track("ricardo_tormo").file
    hilly = msgspec.structs.replace(file, profile=RoadProfileEntry(HEIGHTS_M))
    track = build_track("hilly", hilly, Path("hilly"))
    driven, _, foreseen = stint(spec, 1, track=track, tyre_state="frozen")
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
