"""Controls are made of any numbers, also of those that networks give."""

import numpy as np
import pytest

from game.vehicle.state import controls


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
