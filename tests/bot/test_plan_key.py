"""A plan is named by all that it depends on, and by nothing else."""

import msgspec
import pytest

from game.bot.plan_cache import plan_key
from game.drivers.driving_help import with_help
from game.drivers.human_driver import HumanSettings
from game.vehicle.setup import default_setup
from game.vehicle.spec import in_weather
from game.weather.weather import Weather


@pytest.fixture
def key(ricardo_tormo, spec):
    return lambda setup: plan_key("program", ricardo_tormo, spec, setup)


def test_each_help_has_a_plan_of_its_own_because_the_bot_drives_with_its_assists(key, spec):
    """The shipped plan laps in 102.1 s; those of easy and expert in 103.1 s and 102.8 s."""
    setups = [
        with_help(spec, default_setup(spec), HumanSettings(), name)[0]
        for name in ("normal", "easy", "expert")
    ]
    assert len({key(setup) for setup in setups}) == len(setups)


@pytest.mark.parametrize("name", ["traction_control", "abs", "yaw_control"])
def test_every_assist_counts(key, spec, name):
    setup = default_setup(spec)
    assert key(msgspec.structs.replace(setup, **{name: 5})) != key(setup)


def test_the_weather_at_the_start_counts_and_neither_gusts_nor_its_name(ricardo_tormo, spec):
    def key(**weather):
        there = in_weather(spec, Weather(**weather))
        return plan_key("program", ricardo_tormo, there, default_setup(spec))

    assert key() == plan_key("program", ricardo_tormo, spec, default_setup(spec))
    assert key(name="a", title="b") == key()
    assert key(wind_mps=5.0, gust_mps=1.0, gust_seed=3) == key(wind_mps=5.0)
    others = {
        key(),
        key(wind_mps=5.0),
        key(wind_mps=5.0, wind_from_deg=90.0),
        key(humidity=0.5),
        key(air_temperature_k=288.15),
    }
    assert len(others) == 5


def test_the_help_with_steering_is_the_players_and_needs_no_other_plan(key, spec):
    setup = default_setup(spec)
    same, steering = with_help(spec, setup, HumanSettings(raw=True, grip=0.5), "normal")
    assert steering == HumanSettings()
    assert key(same) == key(setup)
