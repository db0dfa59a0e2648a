"""Small worlds: endless tarmac, boxes of walls, a circle; compiled where numba is there."""

from types import SimpleNamespace
from weakref import WeakKeyDictionary

import numpy as np
import pytest

from game.compiled import Backend
from game.records import arrays
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.gates import Gate
from game.track.tables import flat_tables
from game.track.walls import Wall
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import controls

OUT_OF_REACH = Gate(0.0, 1e9, 1e9, 0.0, 1.0, 0)


@pytest.fixture(scope="session")
def spec():
    return load_car()


@pytest.fixture(scope="session")
def alone(spec):
    """Makes a world with one car at the origin: `alone(speed_mps=30.0, abs=0)`."""

    def make(
        speed_mps=0.0,
        heading_rad=0.0,
        track=None,
        step_s=1.0 / 240.0,
        backend=Backend.COMPILED,
        **setup,
    ):
        start = Start(spec, Setup(**setup), Pose(0.0, 0.0, heading_rad), speed_mps=speed_mps)
        return World(track, [start], backend, step_s)

    return make


@pytest.fixture(scope="session")
def kinetic_j():
    """Return what all that moves and turns in a car of a world holds."""
    cars_of = WeakKeyDictionary()  # asked for in every tick

    def energy_j(world, index=0):
        if world not in cars_of:
            cars_of[world] = [make_car(start.spec, start.setup) for start in world.starts]
        car = cars_of[world][index]
        now = world.snapshots()[index]
        square = now.velocity_forward_mps**2 + now.velocity_left_mps**2
        front = sum(spin * spin for spin in now.spin_radps[:2])
        rear = sum(spin * spin for spin in now.spin_radps[2:])
        return 0.5 * (
            car.mass_kg * square
            + car.yaw_inertia_kgm2 * now.yaw_rate_radps**2
            + car.front.wheel_inertia_kgm2 * front
            + car.rear.wheel_inertia_kgm2 * rear
        )

    return energy_j


@pytest.fixture(scope="session")
def ground():
    """Makes a stand-in for a track: endless ground of one kind with walls and gates of our own."""

    def make(grip=1.0, rolling_resistance=0.015, walls=(), gates=(OUT_OF_REACH,)):
        (tarmac,) = flat_tables().surfaces
        surface = tarmac._replace(
            grip=grip,
            rolling_resistance=rolling_resistance,
            slow_rolling_resistance=rolling_resistance,
        )
        tables = flat_tables()._replace(surfaces=[surface])
        return SimpleNamespace(
            tables=tables, table_arrays=arrays(tables), walls=tuple(walls), gates=tuple(gates)
        )

    return make


@pytest.fixture(scope="session")
def box():
    """Makes a square of walls: armco, tyres or concrete as on Ricardo Tormo."""
    kinds = {"armco": (0.4, 0.15, 0.15), "tyres": (0.8, 0.05, 0.6), "concrete": (0.5, 0.2, 0.25)}

    def make(kind="armco", half_m=20.0, x_m=0.0, y_m=0.0):
        corners = [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)]
        points_m = np.array([(x_m + x, y_m + y) for x, y in corners])
        return Wall(kind, True, points_m, np.zeros(4), np.zeros(4), *kinds[kind])

    return make


@pytest.fixture(scope="session")
def varied_drive():
    """(seconds, controls) that accelerate, corner, regenerate, brake, spin and reverse."""
    return (
        (5.0, controls(throttle=1.0)),
        (2.0, controls(throttle=0.4, steering=0.15)),
        (1.0, controls(brake=0.15)),
        (1.0, controls(brake=0.7, steering=-0.1)),
        (2.0, controls(throttle=1.0, steering=-1.0)),
        (3.0, controls(throttle=1.0, steering=0.5)),
        (6.0, controls(brake=1.0)),
        (2.0, controls(throttle=0.3, reverse=1)),
        (2.0, controls(brake=0.4)),
    )
