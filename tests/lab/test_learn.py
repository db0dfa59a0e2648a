"""A learning library is given what it expects; here without the library."""

import importlib.util
import os
import subprocess
import sys

import numpy as np
import pytest

from game.compiled import numba_is_installed
from game.errors import InputError
from game.lab import learn
from game.lab.learn import Drives, Stage, Trial, try_out
from game.lab.vector_environment import CircuitVectorEnvironment

pytestmark = pytest.mark.slow

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the batch needs `fast`")
CARS = 3
AWAY = np.tile(np.array([0.5, 1.0], np.float32), (CARS, 1))


def drives(**choices):
    return Drives(CircuitVectorEnvironment(CARS, ticks_per_step=12, **choices), seed=4)


@needs_numba
def test_an_episode_that_ends_is_told_with_what_was_seen_last():
    learner, environment = drives(), CircuitVectorEnvironment(CARS, ticks_per_step=12)
    assert (learner.reset() == environment.reset(seed=4)[0]).all()
    ended = []
    for _ in range(200):
        observations, rewards, over, car_infos = learner.step(AWAY)
        its_seen, its_rewards, terminated, _, infos = environment.step(AWAY)
        assert (observations == its_seen).all()
        assert rewards.dtype == np.float32
        assert (rewards == its_rewards.astype(np.float32)).all()
        assert (over == terminated).all()
        assert [bool(one) for one in car_infos] == over.tolist()
        for car in np.flatnonzero(over):
            assert car_infos[car]["TimeLimit.truncated"] is False
            assert (car_infos[car]["terminal_observation"] == infos["final_obs"][car]).all()
            ended.append(infos["final_info"]["covered_m"][car])
    assert len(ended) >= CARS
    assert list(learner.covered_m) == ended


@needs_numba
def test_an_episode_that_is_only_cut_off_is_told_as_such():
    learner = drives(max_episode_steps=2)
    learner.reset()
    learner.step(AWAY)
    _, _, over, car_infos = learner.step(AWAY)
    assert over.all()
    assert all(one["TimeLimit.truncated"] is True for one in car_infos)


@needs_numba
def test_a_trial_tells_how_far_a_driver_gets_and_why_not_farther():
    braked = try_out(
        lambda observations: np.tile(
            np.array([0.0, -1.0], np.float32), (*observations.shape[:-1], 1)
        )
    )
    assert (braked.end, braked.lap_time_s) == ("stuck", None)
    assert braked.covered_m < 1.0


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'leaf-rc\[learn\]'"):
        learn.learn()


def test_the_script_says_what_it_takes_without_learning_anything():
    done = subprocess.run(
        [sys.executable, "-m", "game", "learn", "--help"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "--decisions" in done.stdout


@pytest.mark.parametrize(
    ("cores", "load", "threads"),
    [(2, 0.1, 2), (2, 1.1, 1), (2, 8.0, 1), (16, 3.0, 2), (1, 0.0, 1)],
)
def test_it_takes_as_many_threads_as_cores_are_free(monkeypatch, cores, load, threads):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, 9.0, 9.0), raising=False)
    assert learn.free_cores(2) == threads


def test_the_learning_curve_is_a_picture():
    trials = (Trial(0.0, None, False, "stuck", 30.0), Trial(4014.0, 114.4, True, "", 2100.0))
    stages = [Stage(step, 60.0 * step, 100.0, trial) for step, trial in enumerate(trials)]
    assert learn.learning_curve(stages).startswith(b"\xff\xd8")
