"""A car is data: one of other size and tyres, with one motor, drives as the shipped one does."""

import re

import msgspec
import pytest
from hatchback import make_hatchback
from oval import make_oval
from pytest import approx, raises

from game.compiled import Backend, numba_is_installed
from game.errors import InputError
from game.headless.stint import Conditions, drive_laps
from game.setups.items import items_of
from game.setups.share_code import code_of, setup_of
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.parts import initial_state, make_car
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec
from game.vehicle.split_map import SplitMap, Stretch
from game.vehicle.state import controls

DRIVE = [
    (3.0, controls(throttle=1.0)),
    (1.0, controls(throttle=0.4, steering=0.3)),
    (1.5, controls(brake=0.5, steering=-0.2)),
    (1.0, controls(brake=1.0)),
    (1.5, controls(throttle=0.6, reverse=1)),
]
LEDGER_HEAT = ("battery_heat_j", "motor_heat_j", "gear_heat_j", "brake_heat_j")
LEDGER_LOSSES = (*LEDGER_HEAT, "rolling_j", "tyre_heat_j", "drag_j")


@pytest.fixture(scope="module")
def hatchback():
    return make_hatchback()


@pytest.fixture(scope="module")
def lone(hatchback):
    """Makes a world with the second car on endless tarmac."""

    def make(backend=Backend.PLAIN, **setup):
        changed = msgspec.structs.replace(default_setup(hatchback), **setup)
        return World(None, [Start(hatchback, changed, Pose(0.0, 0.0, 0.0))], backend)

    return make


@pytest.mark.slow
def test_it_gets_round_a_circuit_on_its_own_tyre(hatchback, spec):
    oval = make_oval()
    setup = default_setup(hatchback)
    assert setup.tyre == "road"
    own = drive_laps(Conditions(oval, hatchback), setup)
    leaf = drive_laps(Conditions(oval, spec), default_setup(spec))
    assert own.laps[0].valid
    assert own.laps[0].time_s > 1.05 * leaf.laps[0].time_s


def test_only_its_front_motor_drives_regains_and_takes_power(lone):
    world = lone(initial_charge=0.8)
    driven_nm, regained_nm = 0.0, 0.0
    for seconds, held in DRIVE:
        for _ in range(round(seconds * 24)):
            now = world.step([held], 10).snapshots[0]
            assert now.rear_torque_nm == now.rear_power_w == 0.0
            driven_nm = max(driven_nm, now.front_torque_nm)
            regained_nm = min(regained_nm, now.front_torque_nm)
    assert driven_nm > 150.0
    assert regained_nm < -50.0
    state = world.runtime(0).state
    assert state.rear.winding_temperature_k == make_hatchback().front_motor.coolant_temperature_k
    assert state.front.winding_temperature_k > state.rear.winding_temperature_k


def test_its_battery_energy_becomes_motion_and_heat(lone, kinetic_j):
    world = lone()
    for seconds, held in DRIVE:
        world.step([held], round(seconds * 240))
        ledger = world.runtime(0).state.ledger
        lost_j = sum(getattr(ledger, name) for name in LEDGER_LOSSES)
        assert kinetic_j(world) + lost_j == approx(ledger.chemical_j, rel=1e-6, abs=1.0)


def test_a_parked_car_loses_its_last_motion_as_brake_heat(lone, kinetic_j):
    world = lone()
    world.step([controls(throttle=0.1)], 240)
    before_j = kinetic_j(world) + sum_of_losses(world) - world.runtime(0).state.ledger.chemical_j
    world.step([controls(brake=1.0)], 480)
    after_j = kinetic_j(world) + sum_of_losses(world) - world.runtime(0).state.ledger.chemical_j
    assert kinetic_j(world) == approx(0.0, abs=1e-9)
    assert after_j == approx(before_j, abs=1e-3)


def sum_of_losses(world):
    ledger = world.runtime(0).state.ledger
    return sum(getattr(ledger, name) for name in LEDGER_LOSSES)


@pytest.mark.skipif(not numba_is_installed(), reason="numba is not installed")
def test_it_drives_the_same_bits_plain_and_compiled(lone):
    plain, machine = lone(), lone(Backend.COMPILED)
    for seconds, held in DRIVE:
        for world in (plain, machine):
            world.step([held], round(seconds * 240))
        assert plain.state_bits() == machine.state_bits()


def test_an_axle_without_a_motor_adds_no_rotor_to_its_wheels(hatchback):
    car = make_car(hatchback, default_setup(hatchback))
    assert car.rear.wheel_inertia_kgm2 == hatchback.wheel.inertia_kgm2
    assert car.front.wheel_inertia_kgm2 > hatchback.wheel.inertia_kgm2


def test_each_tyre_has_its_own_grip(hatchback):
    frictions = [
        make_car(
            hatchback, msgspec.structs.replace(default_setup(hatchback), tyre=name)
        ).tyre.friction_left
        for name in hatchback.tyres
    ]
    assert frictions == [1.0, 0.8]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"tyre": "slick"}, "tyre: is 'slick', can be road, rain"),
        ({"front_torque_share": 0.5}, "front_torque_share: is 0.5, can be 1 to 1"),
        ({"power_map": 5}, "power_map: is 5, can be 1 to 4"),
        ({"split_map": SplitMap(exit=0.4)}, "split_map.exit: is 0.4, can be 1 to 1"),
        ({"split_map": SplitMap(braking=0.4)}, "split_map.braking: is 0.4, can be 1 to 1"),
        (
            {"split_map": SplitMap(painted=(Stretch(0.0, 9.0, 1.0), Stretch(0.0, 9.0, 0.3)))},
            "split_map.painted[1].share: is 0.3, can be 1 to 1",
        ),
    ],
)
def test_a_setup_that_the_car_cannot_have_is_refused(hatchback, value, message):
    setup = msgspec.structs.replace(default_setup(hatchback), **value)
    with raises(InputError, match=re.escape(message)):
        make_car(hatchback, setup)
    with raises(InputError, match=re.escape(message)):
        initial_state(hatchback, setup)


def test_the_values_of_a_setup_are_those_of_the_car(hatchback, spec):
    own = {item.name: item for item in items_of(hatchback)}
    assert own["tyre"].choices == ("road", "rain")
    assert own["tyre"].default == "road"
    assert (own["front_torque_share"].low, own["front_torque_share"].default) == (1.0, 1.0)
    shipped = {item.name: item for item in items_of(spec)}
    assert shipped["tyre"].choices == ("slick", "sport", "wet")
    assert own["wing"] == shipped["wing"]


def test_a_code_keeps_a_tyre_of_any_name(hatchback):
    setup = msgspec.structs.replace(default_setup(hatchback), tyre="rain")
    assert setup_of(code_of(setup, hatchback.id)) == (hatchback.id, setup)


def test_a_setup_without_values_is_the_shipped_car_s_on_frozen_tyres(spec):
    assert default_setup(spec) == Setup(tyre_state="live")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"front_motor_name": None}, "a car needs a front_motor or a rear_motor"),
        ({"rear_motor_name": "big"}, r"there is no \[motors.big\]: there are small"),
        (
            {"front_motor_name": None, "rear_motor_name": "small"},
            "front_torque_share: with one axle driven there is only 0",
        ),
    ],
)
def test_motors_that_do_not_make_a_car_are_refused(hatchback, changes, message):
    with raises(ValueError, match=message):
        msgspec.structs.replace(hatchback, **changes)


def test_motors_of_different_gears_are_refused(hatchback):
    motors = dict(hatchback.motors)
    motors["long"] = msgspec.structs.replace(motors["small"], gear_ratio=4.0)
    with raises(ValueError, match="different gears"):
        msgspec.structs.replace(hatchback, motors=motors, rear_motor_name="long")


def test_a_car_file_without_tyres_is_refused(hatchback):
    content = msgspec.to_builtins(msgspec.structs.replace(hatchback, tyres={}))
    with raises(msgspec.ValidationError, match="length >= 1"):
        msgspec.convert(content, CarSpec)
