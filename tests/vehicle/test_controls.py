"""Controls are made of any numbers, also of those that networks give."""

import numpy as np
import pytest

from game.vehicle.state import Controls, controls, quantised


@pytest.mark.parametrize("form", [np.float32, np.float64, lambda x: np.array([x]), np.array])
def test_numbers_of_arrays_are_numbers(form):
    given = controls(form(-0.5), form(0.25), form(1.0), form(1))
    assert given == controls(-0.5, 0.25, 1.0, 1)
    assert all(type(part) is int for part in given)


def test_several_numbers_are_no_control():
    with pytest.raises(ValueError, match="size 1"):
        controls(np.array([0.1, 0.2]))


def test_nothing_that_is_no_number_becomes_a_bound():
    for given in (float("nan"), np.array([np.nan])):
        with pytest.raises(ValueError, match="NaN"):
            controls(given)


def test_quantised_controls_are_those_of_the_same_numbers():
    for given in ((0.3, 0.5, 0.0, 0), (-2.0, -1.0, 7.0, 1)):
        assert quantised(*given) == controls(*given)


def test_quantised_controls_take_no_number_as_nothing():
    assert quantised(float("nan"), 1.0, float("nan"), 0) == Controls(throttle=255)
