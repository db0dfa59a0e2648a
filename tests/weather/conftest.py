"""The shipped car."""

import pytest

from game.vehicle.spec import load_car


@pytest.fixture(scope="session")
def spec():
    return load_car()
