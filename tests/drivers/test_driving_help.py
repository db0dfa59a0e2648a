"""One choice of help: easy, normal, expert, and the seven numbers behind it."""

import msgspec
import pytest

from game.drivers.driving_help import ASSISTS, STEERING, help_of, with_help
from game.drivers.human_driver import HumanSettings
from game.vehicle.setup import default_setup

CHOICES = ("easy", "normal", "expert")


@pytest.fixture
def setup(spec):
    return default_setup(spec)


def test_a_new_player_has_normal_help(spec, setup):
    assert help_of(spec, setup, HumanSettings()) == "normal"


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_read_back_from_the_numbers(spec, setup, name):
    assert help_of(spec, *with_help(spec, setup, HumanSettings(), name)) == name


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_leaves_all_other_numbers_as_they_are(spec, setup, name):
    other = msgspec.structs.replace(setup, wing=0.3)
    steering = HumanSettings(slow_rise_s=0.5)
    changed, steered = with_help(spec, other, steering, name)
    assert changed.wing == 0.3
    assert steered.slow_rise_s == 0.5


@pytest.mark.parametrize("name", [*ASSISTS, *STEERING])
def test_one_number_of_ones_own_makes_the_help_ones_own(spec, setup, name):
    steering = HumanSettings()
    if name in ASSISTS:
        setup = msgspec.structs.replace(setup, **{name: 2})
    else:
        own = {"raw": True, "grip": 0.8, "steadying_1ps": 1.5, "brake_grip": 0.5}
        steering = msgspec.structs.replace(steering, **{name: own[name]})
    assert help_of(spec, setup, steering) == "custom"


def test_ones_own_numbers_stay_where_custom_is_chosen(spec, setup):
    steering = HumanSettings(grip=0.8)
    assert with_help(spec, setup, steering, "custom") == (setup, steering)


def test_the_easier_the_more_the_car_helps(spec, setup):
    numbers = [with_help(spec, setup, HumanSettings(), name) for name in CHOICES]
    for assist in ASSISTS:
        levels = [getattr(changed, assist) for changed, _ in numbers]
        assert levels == sorted(levels, reverse=True)
        assert levels[0] > levels[2]
    grips = [steered.grip for _, steered in numbers]
    assert grips == sorted(grips)
    steadying = [steered.steadying_1ps for _, steered in numbers]
    assert steadying == sorted(steadying, reverse=True)


def test_assists_stay_within_what_the_car_has(spec, setup):
    steps = msgspec.structs.replace(spec.setup.yaw_control, maximum=2)
    bounds = msgspec.structs.replace(spec.setup, yaw_control=steps)
    weaker = msgspec.structs.replace(spec, setup=bounds)
    changed, steered = with_help(weaker, setup, HumanSettings(), "easy")
    assert changed.yaw_control == 2
    assert help_of(weaker, changed, steered) == "easy"
