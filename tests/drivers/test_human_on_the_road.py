"""Keys held on endless tarmac: all the grip, no plough, no spin, and slides that can be caught."""

import math

import msgspec
import pytest

from game.compiled import Backend
from game.drivers.human_driver import HumanDriver, InputState
from game.drivers.observation import Observation
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

SPEEDS_MPS = (20.0, 30.0, 45.0, 60.0)
PEDALS = ("none", "hold", "up", "down")
SETTLED_S = 1.0
SPIN_RAD = math.radians(15.0)
REACTION_S = 0.2
LOOSE = Setup(front_torque_share=0.0, traction_control=0, yaw_control=0)


def slip_rad(car):
    return math.atan2(car.velocity_left_mps, car.velocity_forward_mps)


class Ride:
    """A car that rolls straight on, with a person's keys."""

    def __init__(self, spec, setup, speed_mps):
        start = Start(spec, setup, Pose(0.0, 0.0, 0.0), 0.0, speed_mps)
        self.world = World(None, [start], backend=Backend.COMPILED)
        self.keys = InputState()
        self.driver = HumanDriver(self.keys, spec, setup)
        self.car = self.world.snapshots()[0]

    def step(self):
        decided = self.driver.decide(Observation(self.car))
        self.car = self.world.step([decided]).snapshots[0]
        return self.car

    def run(self, time_s):
        return [self.step() for _ in range(round(time_s / TICK_S))]


@pytest.fixture(scope="module")
def best_corner(spec):
    """The hardest steady corner at a speed: the front wheels turned slowly, the speed held."""

    def drive(speed_mps):
        ride = Ride(spec, Setup(), speed_mps)
        lateral_mps2 = []
        for tick in range(round(10.0 / TICK_S)):
            missing_mps = speed_mps - ride.car.velocity_forward_mps
            turned = 0.4 * tick * TICK_S * min(1.0, (10.0 / speed_mps) ** 2)
            now = controls(turned, throttle=0.3 + missing_mps)
            ride.car = ride.world.step([now]).snapshots[0]
            lateral_mps2.append(ride.car.accel_left_mps2)
        window = round(0.5 / TICK_S)
        return max(
            sum(lateral_mps2[first : first + window]) / window
            for first in range(0, len(lateral_mps2) - window, window // 4)
        )

    return {speed_mps: drive(speed_mps) for speed_mps in SPEEDS_MPS}


def held_left(spec, speed_mps, pedal, setup=None):
    """Three seconds of the left key, with a pedal's key; the car at every tick."""
    ride = Ride(spec, setup or Setup(), speed_mps)
    ride.keys.left = True
    ride.keys.up, ride.keys.down = pedal == "up", pedal == "down"
    seen = []
    while ride.world.time_s < 3.0 and ride.car.velocity_forward_mps > 8.0:
        if pedal == "hold":
            ride.keys.up = ride.car.velocity_forward_mps < speed_mps
        seen.append(ride.step())
    return seen


@pytest.mark.parametrize("speed_mps", SPEEDS_MPS)
@pytest.mark.parametrize("pedal", ["none", "hold", "up"])
def test_a_held_key_corners_as_hard_as_the_car_can(spec, best_corner, speed_mps, pedal):
    settled = held_left(spec, speed_mps, pedal)[round(SETTLED_S / TICK_S) :]
    lateral_mps2 = [car.accel_left_mps2 for car in settled]
    best_mps2 = best_corner[speed_mps]
    assert sum(lateral_mps2) / len(lateral_mps2) > 0.95 * best_mps2
    assert min(lateral_mps2) > 0.9 * best_mps2


@pytest.mark.parametrize("speed_mps", SPEEDS_MPS)
@pytest.mark.parametrize("pedal", PEDALS)
@pytest.mark.parametrize("tyre", ["slick", "sport"])
def test_a_held_key_neither_ploughs_nor_spins(spec, speed_mps, pedal, tyre):
    seen = held_left(spec, speed_mps, pedal, Setup(tyre=tyre))
    assert max(abs(slip_rad(car)) for car in seen) < SPIN_RAD
    fronts = [
        0.5 * (car.normalised_slip.front_left + car.normalised_slip.front_right) for car in seen
    ]
    assert max(fronts) < 1.25


@pytest.mark.parametrize("speed_mps", SPEEDS_MPS)
def test_braking_and_turning_share_the_grip(spec, speed_mps):
    seen = held_left(spec, speed_mps, "down")[round(0.5 / TICK_S) : round(0.8 / TICK_S)]
    for car in seen:
        assert car.accel_left_mps2 > 5.0
        assert car.accel_forward_mps2 < -7.0


@pytest.mark.parametrize(("key", "share"), [("some", 0.4), ("most", 0.7)])
def test_a_hold_key_gives_its_share_of_the_hardest_corner(spec, best_corner, key, share):
    for speed_mps in SPEEDS_MPS[:3]:
        ride = Ride(spec, Setup(), speed_mps)
        ride.keys.left = True
        setattr(ride.keys, key, True)
        lateral_mps2 = [car.accel_left_mps2 for car in ride.run(1.0)[-48:]]
        assert sum(lateral_mps2) / 48 == pytest.approx(share * best_corner[speed_mps], rel=0.15)


@pytest.mark.parametrize("tyre", ["slick", "sport"])
@pytest.mark.parametrize("held", ["up", "none"])
def test_a_power_slide_is_caught_by_the_opposite_key(spec, tyre, held):
    ride = Ride(spec, msgspec.structs.replace(LOOSE, tyre=tyre), 20.0)
    ride.keys.left = ride.keys.up = True
    while abs(slip_rad(ride.car)) < math.radians(12.0):
        ride.step()
        assert ride.world.time_s < 3.0, "it never slid"
    ride.keys.up = held == "up"
    ride.run(REACTION_S)
    ride.keys.left, ride.keys.right = False, True
    while slip_rad(ride.car) < math.radians(-3.0):
        ride.step()
        assert slip_rad(ride.car) > math.radians(-35.0)
        assert ride.world.time_s < 5.0, "it was never caught"
    ride.run(REACTION_S)
    ride.keys.right = False
    swing = ride.run(3.0)
    assert max(abs(slip_rad(car)) for car in swing) < math.radians(25.0)
    assert all(abs(slip_rad(car)) < math.radians(2.0) for car in swing[-240:])
