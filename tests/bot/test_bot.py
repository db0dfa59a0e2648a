"""The reference bot: at the limit on any circuit, round with any setup, and as quick as asked."""

import pytest
from lone_laps import lone_laps
from pytest import approx
from sample_circuits import CHARACTERS, made_circuit

from game.bot.driver_noise import driver_noise
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.headless.stint import Conditions, drive_laps
from game.lab.trials import drive_setup, random_setup
from game.simulation.world import World
from game.units import G_MPS2
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.weather.weather import Weather

pytestmark = pytest.mark.slow

# Those of the fifty that lost the most on the limit, and two that have charge for one quick lap.
HARD_SETUPS = (
    (31, "slick"),
    (31, "sport"),
    (25, "sport"),
    (30, "slick"),
    (5, "slick"),
    (13, "sport"),
)
PACES = (0.7, 0.8, 0.9, 1.0)


@pytest.fixture(params=["ricardo_tormo", *CHARACTERS])
def circuit(request, ricardo_tormo):
    """The shipped circuit, and five that nobody has driven."""
    if request.param == "ricardo_tormo":
        return ricardo_tormo
    return made_circuit(request.param)


def flying_laps(track, spec, plan, count, noise=None, on_snapshot=None):
    """The laps that the bot drives alone, by its compiled decisions."""
    start = flying_start(spec, Setup(), plan)
    world = World(track, [start], backend=Backend.COMPILED)
    return lone_laps(world, plan, count, noise, on_snapshot)


def test_it_laps_any_circuit_within_one_per_cent_of_the_limit(circuit, spec):
    plan = make_plan(circuit, spec, Setup(), laps=2)
    for lap in flying_laps(circuit, spec, plan, 2):
        assert lap.valid
        assert plan.quasi_steady_s < lap.time_s < 1.01 * plan.quasi_steady_s


@pytest.mark.parametrize("from_deg", [55.0, 235.0, 325.0])
def test_it_plans_for_a_strong_wind_and_laps_within_one_per_cent_of_that_limit(
    sandeby, spec, from_deg
):
    there = in_weather(spec, Weather(wind_mps=10.0, wind_from_deg=from_deg))
    plan = make_plan(sandeby, there, Setup())
    (lap,) = flying_laps(sandeby, there, plan, 1)
    assert lap.valid
    assert plan.quasi_steady_s < lap.time_s < 1.01 * plan.quasi_steady_s


def test_gusts_that_nobody_foresees_do_not_throw_it_off(sandeby, spec):
    there = in_weather(spec, Weather(wind_mps=10.0, wind_from_deg=325.0, gust_mps=2.0))
    plan = make_plan(sandeby, there, Setup(), laps=2)
    for lap in flying_laps(sandeby, there, plan, 2):
        assert lap.valid


@pytest.mark.parametrize(("seed", "tyre"), HARD_SETUPS)
def test_it_finishes_three_valid_laps_with_any_setup(ricardo_tormo, spec, seed, tyre):
    trial = drive_setup(ricardo_tormo, spec, random_setup(spec, seed, tyre))
    assert trial.finished


@pytest.fixture(scope="module")
def paced(sandeby, spec):
    """By pace: a flying lap, and the highest lateral acceleration on the way to its end."""

    def drive(pace):
        plan = make_plan(sandeby, spec, Setup(), pace=pace)
        noise = driver_noise(pace)
        seen = []
        (lap,) = flying_laps(sandeby, spec, plan, 1, noise, seen.append)
        return lap, max(abs(now.accel_left_mps2) for now in seen)

    return {pace: drive(pace) for pace in PACES}


@pytest.mark.parametrize("pace", PACES)
def test_a_lap_takes_as_much_longer_as_the_pace_is_slower(paced, pace):
    lap, _ = paced[pace]
    assert lap.valid
    assert lap.time_s * pace == approx(paced[1.0][0].time_s, rel=0.015)


def test_the_slower_the_pace_the_slower_the_lap_and_the_less_grip_it_takes(paced):
    times_s = [paced[pace][0].time_s for pace in PACES]
    laterals_g = [paced[pace][1] / G_MPS2 for pace in PACES]
    assert times_s == sorted(times_s, reverse=True)
    assert laterals_g == sorted(laterals_g)
    assert laterals_g[0] < 0.7 * laterals_g[-1]


def test_the_same_pace_gives_the_same_lap_to_the_last_bit(oval, spec):
    once, again = (drive_laps(Conditions(oval, spec, pace=0.8), Setup()) for _ in range(2))
    assert once.laps == again.laps
    assert once.state_hash == again.state_hash
