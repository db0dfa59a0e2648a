"""An environment can be copied, pickled, saved and asked wrongly, as other environments can."""

import copy
import pickle

import gymnasium
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode
from pytest import raises

from game.compiled import Backend, numba_is_installed
from game.errors import InputError
from game.lab.environment import ID, CircuitEnvironment
from game.lab.vector_environment import CircuitVectorEnvironment
from game.simulation.batch import Batch
from game.simulation.chassis import Chassis
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not numba_is_installed(), reason="the batch needs the extra `fast`"),
]
DICE = np.random.default_rng(5)
ACTIONS = DICE.uniform([-0.1, 0.2], [0.1, 1.0], (60, 2)).astype(np.float32)


@pytest.fixture(scope="module")
def alone():
    return CircuitEnvironment()


def steps_of(environment, actions):
    """All that an environment gives for these actions, as bytes and plain values."""
    made = []
    for action in actions:
        observation, *others = environment.step(action)
        made.append((observation.tobytes(), *(str(other) for other in others)))
    return made


def by_pickle(environment):
    return pickle.loads(pickle.dumps(environment))


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, by_pickle])
@pytest.mark.parametrize("backend", list(Backend))
def test_a_copy_goes_on_by_itself_to_the_same_bits(copied, backend):
    environment = CircuitEnvironment(front_share=True, backend=backend)
    environment.reset(seed=3)
    shares = np.full((60, 1), 0.4, np.float32)
    actions = np.hstack([ACTIONS, shares])
    steps_of(environment, actions[:20])
    other = copied(environment)
    assert steps_of(other, actions[20:40]) == steps_of(environment, actions[20:40])
    here = environment.world.state_bits()
    expected = steps_of(copied(environment), actions[40:])
    assert environment.world.state_bits() == here
    del environment
    assert steps_of(other, actions[40:]) == expected


def test_a_copy_draws_the_same_next_start(alone):
    alone.reset(seed=8)
    other = copy.deepcopy(alone)
    assert other.reset()[0].tobytes() == alone.reset()[0].tobytes()


def test_a_wrapped_environment_is_copied_with_its_wrappers():
    made = gymnasium.make(ID, max_episode_steps=30)
    made.reset(seed=1)
    for action in ACTIONS[:29]:
        assert not made.step(action)[3]
    other = copy.deepcopy(made)
    assert other.step(ACTIONS[29])[3]
    assert made.step(ACTIONS[29])[3]


def test_a_state_is_restored_any_number_of_times(alone):
    alone.reset(seed=2)
    steps_of(alone, ACTIONS[:10])
    state = pickle.loads(pickle.dumps(alone.clone_state()))
    first = steps_of(alone, ACTIONS[10:40])
    assert alone.restore_state(state).shape == alone.observation_space.shape
    assert steps_of(alone, ACTIONS[10:40]) == first
    alone.restore_state(state)
    assert steps_of(alone, ACTIONS[10:40]) == first
    with raises(ValueError, match="other options"):
        CircuitEnvironment(ticks_per_step=8).restore_state(state)


@pytest.mark.parametrize("copied", [copy.deepcopy, by_pickle])
def test_many_cars_are_copied_as_one_is(copied):
    together = CircuitVectorEnvironment(3, max_episode_steps=25)
    together.reset(seed=4, options={"speed_mps": [0.0, 10.0, 20.0]})
    actions = np.repeat(ACTIONS[:, None], 3, axis=1)
    steps_of(together, actions[:20])
    other = copied(together)
    assert steps_of(other, actions[20:]) == steps_of(together, actions[20:])
    state = together.clone_state()
    expected = steps_of(together, actions[:30])
    together.restore_state(state)
    assert steps_of(together, actions[:30]) == expected


@pytest.mark.parametrize("take", [copy.copy, copy.deepcopy, pickle.dumps])
def test_what_lies_in_the_engines_memory_refuses_to_be_copied(take, spec):
    start = Start(spec, Setup(), Pose(0.0, 0.0, 0.0))
    compiled = World(None, [start], Backend.COMPILED)
    backends = (World(None, [start])._backend, compiled._backend)
    for thing in (World(None, [start]), compiled, Chassis([]), Batch(None, [start]), *backends):
        with raises(TypeError, match="cannot be copied or pickled"):
            take(thing)


def test_only_a_lone_car_is_saved(spec):
    starts = [Start(spec, Setup(), Pose(0.0, y_m, 0.0)) for y_m in (0.0, 5.0)]
    world = World(None, starts)
    with raises(ValueError, match="a world of 2 cars"):
        world.saved()


@pytest.mark.parametrize(
    "action",
    [[0.0], [0.0, 0.1, 0.2], [[0.0, 0.1]], 0.5, [np.nan, 0.0], [0.0, np.nan]],
)
def test_an_action_of_another_shape_or_without_a_number_is_refused(alone, action):
    alone.reset(seed=1)
    before = alone.world.state_bits()
    with raises(ValueError, match=r"shape|not a number"):
        alone.step(action)
    assert alone.world.state_bits() == before
    together = CircuitVectorEnvironment(2)
    together.reset(seed=1)
    with raises(ValueError, match=r"shape|not a number"):
        together.step([action, action])


def test_a_list_is_an_action_too(alone):
    alone.reset(seed=1)
    first = alone.step(np.array([0.5, 0.25], np.float32))[0]
    alone.reset(seed=1)
    assert (alone.step([0.5, 0.25])[0] == first).all()


def test_a_share_that_is_none_never_reaches_the_physics(spec):
    environment = CircuitEnvironment(front_share=True)
    environment.reset(seed=1)
    with raises(ValueError, match="not a number"):
        environment.step([0.0, 0.1, np.nan])
    environment.step([0.0, 0.1, 7.0])
    assert environment.world.snapshots()[0].front_torque_share == 1.0
    for share in (np.nan, -0.1, 1.1):
        with raises(ValueError, match=r"0\.\.1"):
            environment.world.set_front_torque_share(0, share)
        with raises(ValueError, match=r"0\.\.1"):
            Batch(None, [Start(spec, Setup(), Pose(0.0, 0.0, 0.0))]).set_front_torque_share(share)


@pytest.mark.parametrize("kind", [CircuitEnvironment, CircuitVectorEnvironment])
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"render_mode": "ansi"}, "render_mode 'ansi': choose one of human, rgb_array"),
        ({"ticks_per_step": 0}, "ticks_per_step is 0"),
        ({"ticks_per_step": 2.5}, "ticks_per_step is 2.5"),
        ({"episode_s": 0.0}, "episode_s is 0.0"),
        ({"episode_s": float("nan")}, "episode_s is nan"),
    ],
)
def test_an_option_without_meaning_is_refused_in_a_line(kind, options, words):
    with raises(InputError, match=words):
        kind(**options)


@pytest.mark.parametrize("ticks_per_step", [4, np.int64(8), 3])
def test_an_episode_is_truncated_by_driven_time_whatever_a_step_is(ticks_per_step):
    choices = {"ticks_per_step": ticks_per_step, "episode_s": 0.5}
    alone, together = CircuitEnvironment(**choices), CircuitVectorEnvironment(2, **choices)
    alone.reset(seed=1)
    together.reset(seed=1)
    for step in range(1, 120 // ticks_per_step + 1):
        ends = step == 120 // ticks_per_step
        assert alone.step([0.0, 0.2])[3] == ends
        assert together.step([[0.0, 0.2]] * 2)[3].tolist() == [ends, ends]


def test_an_episode_lasts_200_s_unless_told_otherwise():
    environment = CircuitEnvironment()
    assert environment.clone_state().options.max_steps == pytest.approx(12_000)
    assert CircuitEnvironment(ticks_per_step=8).clone_state().options.max_steps == pytest.approx(
        6_000
    )


@pytest.mark.parametrize("no_limit", [-1, None])
def test_many_cars_can_be_without_a_limit(no_limit):
    together = gymnasium.make_vec(ID, num_envs=2, max_episode_steps=no_limit, episode_s=0.1)
    together.reset(seed=1)
    assert not any(together.step([[0.0, 0.2]] * 2)[3].any() for _ in range(12))


@pytest.mark.parametrize("limit", [0, -2])
def test_another_limit_below_one_is_refused(limit):
    with raises(InputError, match=f"max_episode_steps is {limit}"):
        CircuitVectorEnvironment(2, max_episode_steps=limit)


@pytest.mark.parametrize("seed", [np.int64(3), np.uint8(3)])
def test_a_seed_is_any_whole_number(alone, seed):
    together = CircuitVectorEnvironment(2)
    assert (alone.reset(seed=seed)[0] == alone.reset(seed=3)[0]).all()
    assert (together.reset(seed=seed)[0] == together.reset(seed=3)[0]).all()
    assert (together.reset(seed=[seed, None])[0][0] == alone.reset(seed=3)[0]).all()


def test_a_start_that_was_asked_for_is_kept_when_an_episode_begins_by_itself():
    together = CircuitVectorEnvironment(2, max_episode_steps=3)
    first, _ = together.reset(seed=1, options={"s_m": 930.0, "speed_mps": 10.0})
    for _ in range(3):
        again, *_ = together.step([[0.0, 0.0]] * 2)
    assert (again == first).all()


def test_each_car_can_have_a_start_of_its_own():
    together = CircuitVectorEnvironment(3, max_episode_steps=4)
    together.reset(seed=1, options={"s_m": [100.0, 930.0, 2000.0], "speed_mps": 15.0})
    for _ in range(2):
        for _ in range(4):
            together.step([[0.0, 0.0]] * 3)
        assert together.batch.column("s_m").tolist() == pytest.approx([100.0, 930.0, 2000.0])
    with raises(ValueError, match="option 's_m': 2 values for 3 cars"):
        together.reset(options={"s_m": [1.0, 2.0]})
    with raises(InputError, match="option 's_m' is -1"):
        together.reset(options={"s_m": [1.0, 2.0, -1.0]})


def as_values(infos):
    if isinstance(infos, dict):
        return {key: as_values(value) for key, value in infos.items()}
    return [as_values(one) for one in infos] if isinstance(infos, np.ndarray) else infos


def test_in_the_next_step_it_begins_again_as_gymnasiums_own_vectors_do():
    choices = {"max_episode_steps": 20, "random_start": True}
    together = gymnasium.make_vec(ID, num_envs=3, autoreset_mode=AutoresetMode.NEXT_STEP, **choices)
    in_turn = gymnasium.make_vec(
        ID,
        num_envs=3,
        vectorization_mode="sync",
        vector_kwargs={"autoreset_mode": AutoresetMode.NEXT_STEP},
        **choices,
    )
    one, other = together.reset(seed=40), in_turn.reset(seed=40)
    for action in np.repeat(ACTIONS[:, None], 3, axis=1):
        assert (one[0] == other[0]).all()
        assert all((mine == its).all() for mine, its in zip(one[1:-1], other[1:-1], strict=True))
        assert as_values(one[-1]) == as_values(other[-1])
        one, other = together.step(action), in_turn.step(action)


def test_gymnasiums_wrappers_take_it_in_the_mode_they_want():
    made = gymnasium.make_vec(ID, num_envs=2, autoreset_mode="NextStep")
    gymnasium.wrappers.vector.NormalizeObservation(made).reset(seed=1)


def test_disabled_it_waits_for_a_reset_of_the_cars_that_are_over():
    together = CircuitVectorEnvironment(3, max_episode_steps=5, autoreset_mode="Disabled")
    together.reset(seed=1)
    still = [[0.0, -1.0]] * 3
    for _ in range(3):
        together.step(still)
    mask = np.array([False, True, False])
    _seen, infos = together.reset(options={"reset_mask": mask, "s_m": 500.0})
    assert infos["_covered_m"].tolist() == mask.tolist()
    together.step(still)
    assert together.step(still)[3].tolist() == [True, False, True]
    with raises(ValueError, match="the episode of car 0 is over"):
        together.step(still)
    together.reset(options={"reset_mask": ~mask})
    assert together.step(still)[3].tolist() == [False, False, False]
    assert together.batch.column("s_m")[1] == pytest.approx(500.0)
    with raises(ValueError, match="reset_mask"):
        together.reset(options={"reset_mask": [True]})


def test_many_cars_are_drawn_as_one_is():
    together = gymnasium.make_vec(ID, num_envs=2, render_mode="rgb_array")
    one = CircuitEnvironment(render_mode="rgb_array")
    together.reset(options={"s_m": [100.0, 700.0]})
    pictures = together.render()
    for picture, s_m in zip(pictures, (100.0, 700.0), strict=True):
        one.reset(options={"s_m": s_m})
        assert (picture == one.render()).all()
    assert CircuitVectorEnvironment(2).render() is None


@pytest.mark.parametrize("mode", list(AutoresetMode))
def test_what_was_given_is_not_changed_later(mode):
    together = CircuitVectorEnvironment(2, observation="pixels", autoreset_mode=mode)
    given = [together.reset(seed=1)[0]]
    kept = [given[0].copy()]
    for action in ACTIONS[:5]:
        given.append(together.step([action, action])[0])
        kept.append(given[-1].copy())
    given.append(together.reset(options={"reset_mask": np.array([True, False])})[0])
    kept.append(given[-1].copy())
    together.step([[0.0, 1.0]] * 2)
    assert all((one == other).all() for one, other in zip(given, kept, strict=True))
    assert (kept[-1][1] == kept[-2][1]).all()
