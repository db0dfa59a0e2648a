"""The shipped car, and a rig to drive it on chosen ground without a world."""

import math

import pytest

from game.simulation.split_table import own_shares
from game.vehicle.car import step_car
from game.vehicle.parts import initial_state, make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import BodyMotion, Ground, PerWheel

TICK_S = 1.0 / 240.0
NO_ASSISTS = {"traction_control": 0, "abs": 0, "yaw_control": 0}


class Rig:
    """One car whose motion is integrated in its own axes, each wheel on ground of our choice."""

    def __init__(self, spec, speed_mps=0.0, yaw_rate_radps=0.0, **setup):
        self.setup = Setup(**setup)
        self.car = make_car(spec, self.setup)
        self.state = initial_state(spec, self.setup, speed_mps)
        self.shares = own_shares(self.car)
        self.motion = BodyMotion(speed_mps, 0.0, yaw_rate_radps)
        self.force = None
        self.ground = PerWheel(*[Ground(1.0, 0.015)] * 4)
        self.distance_m = 0.0

    def on(self, *grips):
        """Stand the wheels on tarmac of these grips, all four or one each."""
        grips = grips * 4 if len(grips) == 1 else grips
        self.ground = PerWheel(*(Ground(grip, 0.015) for grip in grips))
        return self

    def step(self, controls, ticks=1):
        for _ in range(ticks):
            before = self.motion
            force = step_car(
                self.car, self.state, controls, self.shares, self.ground, before, TICK_S
            )
            forward_mps = before.velocity_forward_mps + TICK_S * force.forward_n / self.car.mass_kg
            left_mps = before.velocity_left_mps + TICK_S * force.left_n / self.car.mass_kg
            yaw_radps = before.yaw_rate_radps + TICK_S * force.yaw_nm / self.car.yaw_inertia_kgm2
            # The car's axes turn under its velocity.
            cos, sin = math.cos(yaw_radps * TICK_S), math.sin(yaw_radps * TICK_S)
            self.motion = BodyMotion(
                forward_mps * cos + left_mps * sin, left_mps * cos - forward_mps * sin, yaw_radps
            )
            self.force = force
            self.distance_m += TICK_S * self.motion.velocity_forward_mps
        return self

    @property
    def speed_mps(self):
        return self.motion.velocity_forward_mps

    @property
    def wheels(self):
        state = self.state
        return PerWheel(state.front_left, state.front_right, state.rear_left, state.rear_right)


@pytest.fixture(scope="session")
def spec():
    return load_car()


@pytest.fixture(scope="session")
def rig(spec):
    """Makes rigs: `rig(speed_mps=30.0, abs=0)`."""

    def make(speed_mps=0.0, yaw_rate_radps=0.0, **setup):
        return Rig(spec, speed_mps, yaw_rate_radps, **setup)

    return make


@pytest.fixture(scope="session")
def unaided(rig):
    """Makes rigs of a car without traction control, ABS and yaw control."""

    def make(speed_mps=0.0, yaw_rate_radps=0.0, **setup):
        return rig(speed_mps, yaw_rate_radps, **{**NO_ASSISTS, **setup})

    return make
