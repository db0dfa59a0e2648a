"""The player's livery and number."""

from typing import get_args

import msgspec
import pytest

from game.app.car.livery import LIVERIES
from game.app.car.settings import CarSettings, LiveryName, chosen_livery


def test_every_livery_can_be_chosen():
    assert get_args(LiveryName) == tuple(each.name for each in LIVERIES)
    assert [chosen_livery(CarSettings(each.name)) for each in LIVERIES] == list(LIVERIES)


def test_a_number_replaces_that_of_the_livery_and_0_leaves_it():
    assert chosen_livery(CarSettings("azure")).number == "7"
    assert chosen_livery(CarSettings("azure", 44)).number == "44"


@pytest.mark.parametrize("wrong", [{"livery": "pink"}, {"number": 100}, {"number": -1}])
def test_settings_that_no_car_can_wear_are_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, CarSettings)
