"""Environments on circuits that are made for them: each seed its own, and the same every time."""

import copy
import pickle

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

from game.compiled import Backend, numba_is_installed
from game.errors import InputError
from game.lab.environment import ID, CircuitEnvironment
from game.lab.random_vector_environment import RandomVectorEnvironment
from game.lab.vector_environment import CircuitVectorEnvironment
from game.track.maker import make_track_file

pytestmark = pytest.mark.slow

SHORT = {"track": "random", "length_m": 1000.0}
needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
ROLL = np.array([0.0, 0.2], np.float32)


def drive(environment, steps=20):
    return [environment.step(ROLL)[0].tobytes() for _ in range(steps)]


@pytest.fixture(scope="module")
def environment():
    return CircuitEnvironment(**SHORT, backend=Backend.PLAIN)


def test_a_reset_with_a_seed_drives_the_circuit_of_that_seed(environment):
    environment.reset(seed=6)
    assert environment.track.name == "fast-1000-6"  # the character goes by the seed, too
    made = make_track_file(6, 1000.0, "fast")
    assert environment.track.title == made.title
    lap_m = environment.track.length_m
    environment.reset(seed=7)
    assert environment.track.length_m != lap_m


def test_the_same_seed_gives_the_same_drive_after_any_other(environment):
    first = environment.reset(seed=3)[0].tobytes(), drive(environment)
    environment.reset(seed=4)
    drive(environment)
    assert (environment.reset(seed=3)[0].tobytes(), drive(environment)) == first


def test_resets_without_a_seed_draw_from_a_few_circuits():
    environment = CircuitEnvironment(**SHORT, character="street", circuits=3, backend=Backend.PLAIN)
    environment.reset(seed=20)
    names = set()
    for _ in range(20):
        environment.reset()
        names.add(environment.track.name)
    assert names == {"street-1000-20", "street-1000-21", "street-1000-22"}


def test_without_end_every_reset_is_another_circuit():
    environment = CircuitEnvironment(**SHORT, circuits=None, backend=Backend.PLAIN)
    names = []
    for _ in range(4):
        environment.reset()
        names.append(environment.track.name)
    assert len(set(names)) == 4


def test_a_copy_is_on_the_same_circuit_and_goes_on_to_the_same_bits(environment):
    environment.reset(seed=9)
    drive(environment, 5)
    other = pickle.loads(pickle.dumps(environment))
    assert other.track.name == environment.track.name
    state = environment.clone_state()
    ahead = drive(environment)
    assert drive(other) == ahead
    environment.reset(seed=10)
    environment.restore_state(state)
    assert environment.track.name == other.track.name
    assert drive(environment) == ahead
    environment.reset()
    other.reset()
    assert other.track.name == environment.track.name


@needs_numba
def test_gymnasium_finds_nothing_to_complain_about():
    made = gymnasium.make(ID, **SHORT, character="twisty")
    check_env(made.unwrapped, skip_render_check=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"length_m": 999.0}, "length is 999 m, expected 1000..8000"),
        ({"character": "dull"}, "character 'dull': choose one of any, flowing, twisty"),
        ({"circuits": 0}, "circuits is 0, expected 1, 2, 3"),
    ],
)
def test_circuits_that_cannot_be_made_are_refused_in_one_line(options, message):
    with pytest.raises(InputError, match=message):
        CircuitEnvironment(**{**SHORT, **options})


@needs_numba
def test_many_cars_drive_each_as_it_would_alone():
    cars = 3
    together = gymnasium.make_vec(ID, num_envs=cars, **SHORT).unwrapped
    assert isinstance(together, RandomVectorEnvironment)
    alone = [CircuitEnvironment(**SHORT) for _ in range(cars)]
    seen = together.reset(seed=40)[0]
    assert (seen == [one.reset(seed=40 + car)[0] for car, one in enumerate(alone)]).all()
    assert [track.name for track in together.tracks] == [one.track.name for one in alone]
    for _ in range(40):
        one = together.step(np.tile(ROLL, (cars, 1)))
        other = [each.step(ROLL) for each in alone]
        assert (one[0] == [each[0] for each in other]).all()
        assert one[1].tolist() == [each[1] for each in other]
        assert one[4]["covered_m"].tolist() == [each[4]["covered_m"] for each in other]


@needs_numba
def test_cars_are_dealt_out_to_fewer_circuits_and_change_them_together():
    together = RandomVectorEnvironment(5, max_episode_steps=3, **SHORT, circuits=2)
    together.reset(seed=11)
    assert [track.name[-2:] for track in together.tracks] == ["11", "12"]
    for _ in range(3):
        infos = together.step(np.tile(ROLL, (5, 1)))[4]
    assert infos["_final_obs"].all()
    assert infos["final_info"]["covered_m"].shape == (5,)
    assert [track.name[-2:] for track in together.tracks] == ["11", "12"]
    together.reset(options={"reset_mask": np.array([True, False, False, False, True])})
    assert [track.name[-2:] for track in together.tracks] == ["11", "12"]
    state = together.clone_state()
    names = [track.name for track in together.tracks]
    ahead = drive_all(together)
    together.reset(seed=30)
    assert [track.name for track in together.tracks] != names
    together.restore_state(state)
    assert drive_all(together) == ahead
    assert drive_all(copy.deepcopy(together)) == drive_all(together)


def drive_all(environment, steps=10):
    action = np.tile(ROLL, (environment.num_envs, 1))
    return [environment.step(action)[0].tobytes() for _ in range(steps)]


@needs_numba
def test_a_named_circuit_is_driven_on_by_all_cars():
    environment = gymnasium.make_vec(ID, num_envs=2).unwrapped
    assert isinstance(environment, CircuitVectorEnvironment)
    assert environment.track.name == "ricardo_tormo"
