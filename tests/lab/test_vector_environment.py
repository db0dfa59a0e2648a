"""The environment of many cars is that of one car many times over."""

import gymnasium
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode

from game.compiled import numba_is_installed
from game.errors import InputError
from game.lab.environment import ID
from game.lab.episode import EndLimits
from game.lab.vector_environment import CircuitVectorEnvironment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not numba_is_installed(), reason="the batch needs the extra `fast`"),
]
CARS = 5
STEPS = 240


def in_turn(**choices):
    """Gymnasium's own vector of environments of one car, which begin again in the same step."""
    return gymnasium.make_vec(
        ID,
        num_envs=CARS,
        vectorization_mode="sync",
        vector_kwargs={"autoreset_mode": AutoresetMode.SAME_STEP},
        **choices,
    )


def as_values(infos):
    """Return the same infos without arrays, to compare."""
    if isinstance(infos, dict):
        return {key: as_values(value) for key, value in infos.items()}
    return [as_values(one) for one in infos] if isinstance(infos, np.ndarray) else infos


@pytest.mark.parametrize(
    "choices",
    [
        {"max_episode_steps": 100},
        {"front_share": True},
        {"observation": "pixels"},
        {"random_start": False, "max_episode_steps": 200},
    ],
    ids=str,
)
def test_away_from_walls_it_gives_the_same_bits_as_environments_of_one_car_in_turn(choices):
    choices = {**choices, "limits": EndLimits(off_track_m=0.2)}
    together, alone = gymnasium.make_vec(ID, num_envs=CARS, **choices), in_turn(**choices)
    assert together.observation_space == alone.observation_space
    assert together.action_space == alone.action_space
    dice = np.random.default_rng(11)
    ends = 0
    one, other = together.reset(seed=40), alone.reset(seed=40)
    for step in range(STEPS):
        assert (one[0] == other[0]).all()
        assert all((mine == its).all() for mine, its in zip(one[1:-1], other[1:-1], strict=True))
        assert as_values(one[-1]) == as_values(other[-1])
        if step % 20 == 0:
            actions = dice.uniform(-0.1, 0.1, together.action_space.shape).astype(np.float32)
            actions[:, 1] = dice.uniform(0.2, 1.0, CARS)
        one, other = together.step(actions), alone.step(actions)
        ends += int((one[2] | one[3]).sum())
    assert ends > 0


def test_a_seed_and_its_options_repeat_a_drive_to_the_bit():
    environment = CircuitVectorEnvironment(CARS)
    actions = np.random.default_rng(2).uniform(-1.0, 1.0, (50, CARS, 2)).astype(np.float32)

    def run(seed):
        first = environment.reset(seed=seed, options={"speed_mps": 30.0})[0]
        return [first.tobytes(), *(environment.step(action)[0].tobytes() for action in actions)]

    assert run(3) == run(3)
    assert run(3) != run(4)


def test_it_says_in_which_way_it_begins_again():
    environment = gymnasium.make_vec(ID, num_envs=2, vectorization_mode="vector_entry_point")
    assert isinstance(environment.unwrapped, CircuitVectorEnvironment)
    assert environment.metadata["autoreset_mode"] is AutoresetMode.SAME_STEP
    assert environment.unwrapped.clone_state().steps.tolist() == [0, 0]


def test_seeds_are_one_for_each_car():
    with pytest.raises(ValueError, match="3 seeds for 5 cars"):
        CircuitVectorEnvironment(CARS).reset(seed=[1, 2, 3])


def test_a_kind_of_observation_that_there_is_not_is_refused():
    with pytest.raises(InputError, match="'vector' or 'pixels'"):
        CircuitVectorEnvironment(observation="smell")
