"""A race for several learners: what they see and earn, and when it is over for each of them."""

import os
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from oval import make_oval

pytest.importorskip("game.lab.parallel_env")  # before PettingZoo itself, which chooses a driver

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its tests load a game of its own in a way that it warns of
    from pettingzoo.test import parallel_api_test, parallel_seed_test

from game.compiled import Backend
from game.drivers.other_car import relative_to
from game.errors import InputError
from game.lab.episode import EndLimits
from game.lab.learner_view import LOWEST, make_sensor_tables, view
from game.lab.race_environment import RaceEnvironment, RaceReward
from game.racing.race_length import RaceLength

pytestmark = pytest.mark.slow

VIEW = len(LOWEST)
OTHERS = slice(VIEW, VIEW + 28)
FAST, SLOW = np.array([0.0, 1.0]), np.array([0.0, -1.0])


@pytest.fixture(scope="module", autouse=True)
def oval():
    """Every race is on an oval, which is quick to make."""
    track = make_oval()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.lab.race_environment.load_track", lambda _name: track)
        yield track


def drive(race, steps, **actions):
    """Some steps with one action for each car, the same all the time; gives the last results."""
    for _ in range(steps):
        results = race.step({agent: actions.get(agent, SLOW) for agent in race.agents})
    return results


def test_it_is_a_pettingzoo_environment_and_equal_seeds_are_equal_races():
    parallel_api_test(RaceEnvironment(cars=3), num_cycles=400)
    parallel_seed_test(lambda: RaceEnvironment(cars=3, episode_s=2.0), num_cycles=1)


def test_the_sound_driver_is_not_the_one_that_pettingzoo_chooses():
    assert os.environ.get("SDL_AUDIODRIVER") != "dsp"


def test_it_is_the_same_plainly_and_compiled():
    races = [RaceEnvironment(cars=2, backend=backend) for backend in Backend]
    seen = [race.reset(seed=5)[0] for race in races]
    for step in range(40):
        action = np.array([0.2 * np.sin(step), 0.8])
        results = [race.step(dict.fromkeys(race.agents, action)) for race in races]
        for agent in races[0].agents:
            for ours, theirs in zip(results[0][:2], results[1][:2], strict=True):
                assert np.array_equal(ours[agent], theirs[agent])
        assert results[0][4] == results[1][4]
    assert {tuple(each) for each in seen} == {("car_0", "car_1")}


def test_a_car_sees_the_road_and_the_four_nearest_cars_as_bots_do(spec, oval):
    race = RaceEnvironment(cars=6)
    race.reset(seed=1)
    seen, *_ = drive(race, 60, car_1=FAST, car_3=np.array([0.3, 0.5]), car_5=FAST)
    snapshots = race.world.snapshots()
    sensor = make_sensor_tables(oval, spec.steering.lock_rad, Backend.PLAIN)
    for agent, numbers in seen.items():
        own = snapshots[int(agent[-1])]
        road = np.zeros(VIEW)
        view(sensor, own._replace(tick=0), road)
        assert numbers[:VIEW] == pytest.approx(road, abs=1e-6)
        cars = [relative_to(own, other, oval.length_m) for other in snapshots if other is not own]
        cars.sort(key=lambda car: np.hypot(car.forward_m, car.left_m))
        expected = [
            (
                1.0,
                car.forward_m / 50.0,
                car.left_m / 50.0,
                car.velocity_forward_mps / 20.0,
                car.velocity_left_mps / 20.0,
                np.sin(car.heading_rad),
                np.cos(car.heading_rad),
            )
            for car in cars[:4]
        ]
        assert numbers[OTHERS] == pytest.approx(np.clip(expected, -1.0, 1.0).ravel(), abs=1e-5)
        assert race.observation_space(agent).contains(numbers)


def test_where_there_are_fewer_cars_nothing_is_seen_in_their_places():
    seen, _ = RaceEnvironment(cars=2).reset(seed=1)
    for numbers in seen.values():
        assert numbers[VIEW] == 1.0
        assert not numbers[OTHERS][7:].any()


def test_a_car_sees_the_race_as_race_control_has_it_and_gains_by_a_place():
    race = RaceEnvironment(cars=3, race_reward=RaceReward(place_gained=20.0))
    race.reset(seed=1)
    places, paid = {}, dict.fromkeys(race.agents, 0.0)
    for _ in range(200):
        seen, _, _, _, infos = race.step({"car_0": SLOW, "car_1": FAST, "car_2": SLOW})
        for agent, info in infos.items():
            paid[agent] += info["place"]
            places[agent] = seen[agent][VIEW + 29]
    assert places == {"car_0": 0.5, "car_1": 0.0, "car_2": 1.0}
    assert paid == {"car_0": -20.0, "car_1": 20.0, "car_2": 0.0}
    assert [race.control.view(car).position for car in range(3)] == [2, 1, 3]


def test_a_hit_costs_both_cars_the_energy_that_it_takes_or_gives():
    never = EndLimits(off_track_s=99.0, off_track_m=99.0, stuck_s=99.0, backwards_m=99.0)
    race = RaceEnvironment(cars=2, race_reward=RaceReward(contact_per_kj=-2.0), limits=never)
    race.reset(seed=1)
    ahead = race.world.snapshots()[0]
    race.world.place(1, race.track.centreline.pose(ahead.s_m - 30.0), ahead.s_m - 30.0, 20.0)
    race.world.place(0, race.track.centreline.pose(ahead.s_m), ahead.s_m)
    costs = np.zeros(2)
    for _ in range(120):
        infos = race.step(dict.fromkeys(race.agents, np.array([0.0, 0.0])))[4]
        costs += [infos[agent]["contact"] for agent in ("car_0", "car_1")]
    given_kj, taken_kj = (race.world.runtime(car).position.contact_j / 1e3 for car in (0, 1))
    assert given_kj < -1.0 < 1.0 < taken_kj
    assert costs[0] <= 2.0 * given_kj + 1e-6
    assert costs[1] <= -2.0 * taken_kj + 1e-6
    assert costs.sum() > -1000.0


def test_who_is_done_leaves_and_the_others_race_on():
    race = RaceEnvironment(cars=3)
    race.reset(seed=1)
    drive(race, 60, car_0=FAST)
    race.control.timing.cars[0].finish_s = 1.0
    race.control.retire(1, "wrecked")
    ends = {}
    for _ in range(6):
        _, _, terminations, _, infos = drive(race, 1, car_2=FAST)
        ends |= {agent: infos[agent]["end"] for agent, done in terminations.items() if done}
    assert ends == {"car_0": "finished", "car_1": "out: wrecked"}
    assert race.agents == ["car_2"]
    results = drive(race, 120, car_2=FAST)
    assert [list(each) for each in results] == [["car_2"]] * 5
    assert race.world.snapshots()[0].velocity_forward_mps == pytest.approx(0.0, abs=0.1)


def test_a_car_that_does_not_go_is_terminated_and_time_truncates_the_others():
    race = RaceEnvironment(cars=2, episode_s=7.0)
    race.reset(seed=1)
    seen_ends = {}
    while race.agents:
        _, _, terminations, truncations, infos = race.step(
            {agent: np.array([0.0, 0.1]) if agent == "car_0" else SLOW for agent in race.agents}
        )
        for agent in terminations:
            if terminations[agent] or truncations[agent]:
                seen_ends[agent] = (infos[agent].get("end"), truncations[agent], race._steps)
    assert seen_ends["car_1"][:2] == ("stuck", False)
    assert seen_ends["car_0"] == (None, True, 420)


def test_other_seeds_have_other_moments_of_the_start_and_none_continues_a_sequence():
    race = RaceEnvironment(cars=1)
    outs = []
    for seed in (1, 2, 1, None, None):
        race.reset(seed=seed)
        outs.append(race.control.lights.out_s)
        assert 0.0 <= race.control.race_s < 1.0 / 60.0
    assert outs[0] == outs[2]
    assert len(set(outs)) == 4


@pytest.mark.parametrize(
    "actions",
    [
        {"car_0": FAST},
        {"car_0": FAST, "car_1": np.array([0.0, np.nan])},
        {"car_0": FAST, "car_1": np.array([0.0])},
    ],
)
def test_wrong_actions_are_refused(actions):
    race = RaceEnvironment(cars=2)
    race.reset(seed=1)
    with pytest.raises(ValueError, match=r"action|inhomogeneous"):
        race.step(actions)


@pytest.mark.parametrize(
    "options",
    [
        {"cars": 0},
        {"laps": 0},
        {"cars": 1000},
        {"observation": "pixels"},
        {"track": "random"},
        {"damage": "a lot"},
    ],
)
def test_wrong_options_are_refused(options):
    with pytest.raises(InputError):
        RaceEnvironment(**options)


def test_the_front_axles_share_can_be_an_action():
    race = RaceEnvironment(cars=2, front_share=True)
    race.reset(seed=1)
    drive(race, 30, car_0=np.array([0.0, 1.0, 1.0]), car_1=np.array([0.0, 1.0, -1.0]))
    front, rear = (car.front_torque_share for car in race.world.snapshots())
    assert front > 0.9
    assert rear < 0.1


def test_a_race_by_minutes_has_the_laps_that_the_reference_bot_plans():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "game.racing.race_length.make_plan", lambda *_: SimpleNamespace(lap_time_s=50.0)
        )
        race = RaceEnvironment(cars=1, minutes=4.0)
    race.reset(seed=1)
    assert race.control.length == RaceLength(5, minutes=4.0)
    with pytest.raises(InputError, match="-1 minutes"):
        RaceEnvironment(cars=1, minutes=-1.0)
