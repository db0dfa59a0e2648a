"""Cars under test, on frozen tyres and compiled where numba is there."""

import msgspec
import pytest

from game.compiled import Backend
from game.lab.courses import MeasuredCar
from game.validation.car_under_test import CarsUnderTest
from game.vehicle.setup import default_setup, on_frozen_tyres


@pytest.fixture(scope="session")
def setup(spec):
    return on_frozen_tyres(default_setup(spec))


@pytest.fixture(scope="session")
def cars(spec, setup):
    return CarsUnderTest(spec, setup)


@pytest.fixture(scope="session")
def car(cars):
    """Makes the measured car with other values of the setup: `car(abs=0)`."""
    return lambda **values: cars.car({"yaw_control": 0, **values}, {}).car


@pytest.fixture(scope="session")
def plain_car(spec, setup):
    """A car without downforce and differential clutches: only its tyres steer it."""
    aero = msgspec.structs.replace(spec.aero, downforce_area_m2=0.0)
    differential = msgspec.structs.replace(spec.differential, drive_lock=0.0, coast_lock=0.0)
    bare = msgspec.structs.replace(spec, aero=aero, differential=differential)
    values = {"yaw_control": 0, "front_preload_nm": 0.0, "rear_preload_nm": 0.0}
    return MeasuredCar(bare, msgspec.structs.replace(setup, **values), Backend.COMPILED)
