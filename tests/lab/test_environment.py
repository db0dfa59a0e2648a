"""The environment keeps Gymnasium's rules and its own word about observations and rewards."""

import importlib.metadata

import gymnasium
import msgspec
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.errors import InputError
from game.lab.environment import ID, CircuitEnvironment
from game.lab.episode import EndLimits, RewardWeights
from game.lab.learner_view import LOWEST, UNITS
from game.lab.pixels import PIXELS, make_canvas
from game.simulation.chassis import Chassis
from game.track.elements import Pose
from game.track.surfaces import MAX_GRIP, Surface
from game.track.track_sensor import AHEAD_M, TrackSensor
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

ROLL = np.array([0.0, 0.3], np.float32)
FULL_LEFT = np.array([1.0, 0.5], np.float32)
BRAKE = np.array([0.0, -1.0], np.float32)
TERMS = ("progress", "off_track", "energy", "steering", "ending")
SLOWLY = pytest.mark.parametrize("backend", list(Backend), ids=["plain", "compiled"])


@pytest.fixture(scope="module")
def environment():
    return CircuitEnvironment()


def drive(environment, action, steps, **start):
    """Holds an action from a start until the episode ends; all that the steps gave."""
    environment.reset(seed=1, options=start)
    made = []
    for _ in range(steps):
        made.append(environment.step(action))
        if made[-1][2]:
            break
    return made


@pytest.mark.parametrize("observation", ["vector", "pixels"])
@pytest.mark.parametrize("front_share", [False, True])
def test_gymnasiums_own_check_finds_nothing_to_warn_of(observation, front_share):
    made = gymnasium.make(ID, observation=observation, front_share=front_share)
    check_env(made.unwrapped)


def test_the_environment_is_announced_under_its_name():
    (found,) = importlib.metadata.entry_points(group="gymnasium.envs", name="leaf_rc")
    found.load()()
    assert gymnasium.spec(ID).max_episode_steps is None  # it ends by itself, after 200 s
    made = gymnasium.make(f"game.lab.environment:{ID}", backend=Backend.PLAIN)
    assert isinstance(made.unwrapped, CircuitEnvironment)


def test_the_same_seed_gives_the_same_bits_and_another_one_another_start():
    dice = np.random.default_rng(5)
    actions = dice.uniform(-1.0, 1.0, (200, 2)).astype(np.float32)

    def run(environment, seed):
        observations = [environment.reset(seed=seed)[0]]
        observations += [environment.step(action)[0] for action in actions]
        return np.array(observations).tobytes()

    one, other = CircuitEnvironment(), CircuitEnvironment()
    first = run(one, 7)
    assert run(other, 7) == first
    assert run(one, 8) != first
    assert run(one, 7) == first


@pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
@pytest.mark.parametrize("observation", ["vector", "pixels"])
def test_the_plain_environment_gives_the_same_bits_as_the_compiled(observation):
    plain = CircuitEnvironment(observation=observation, backend=Backend.PLAIN)
    machine = CircuitEnvironment(observation=observation)
    start = {"s_m": 930.0, "speed_mps": 15.0}
    one, other = drive(plain, FULL_LEFT, 30, **start), drive(machine, FULL_LEFT, 30, **start)
    assert len(one) == len(other)
    for (seen, *rest), (other_seen, *other_rest) in zip(one, other, strict=True):
        assert rest == other_rest
        assert (seen == other_seen).all()


def test_rewards_for_progress_add_up_to_the_way_along_the_centre_line(environment):
    made = drive(environment, ROLL, 300, s_m=100.0, speed_mps=5.0)
    way_m = environment.world.snapshots()[0].s_m - 100.0
    assert sum(reward for _, reward, *_ in made) == approx(way_m)
    assert made[-1][4]["covered_m"] == approx(way_m)


def test_progress_goes_on_over_the_start_line(environment):
    lap_m = environment.track.length_m
    made = drive(environment, ROLL, 120, s_m=lap_m - 5.0, speed_mps=20.0)
    assert environment.world.snapshots()[0].s_m < 0.1 * lap_m
    assert made[-1][4]["covered_m"] > 30.0
    assert all(reward > 0.0 for _, reward, *_ in made)


def test_a_reward_is_the_sum_of_its_terms_each_by_its_weight():
    weights = RewardWeights(
        progress_per_m=0.5,
        off_track_per_s=-7.0,
        energy_per_kj=-0.01,
        steering_per_rad=-2.0,
        ending=-50.0,
    )
    environment = CircuitEnvironment(reward=weights)
    environment.reset(options={"s_m": 0.0, "speed_mps": 20.0})
    before = environment.world.snapshots()[0]
    ended = False
    seen_off = False
    while not ended:
        _, reward, ended, _, info = environment.step(FULL_LEFT)
        now = environment.world.snapshots()[0]
        off = now.beyond_limit_m > 0.0
        seen_off |= off
        used_j = (now.battery_drawn_j - before.battery_drawn_j) - (
            now.battery_regained_j - before.battery_regained_j
        )
        assert reward == approx(sum(info[term] for term in TERMS))
        assert info["progress"] == approx(0.5 * (now.s_m - before.s_m), abs=1e-9)
        assert info["off_track"] == approx(-7.0 / 60.0 if off else 0.0)
        assert info["energy"] == approx(-0.01 * used_j / 1000.0, abs=1e-9)
        assert info["steering"] == approx(-2.0 * abs(now.steering_rad - before.steering_rad))
        assert info["ending"] == (-50.0 if ended else 0.0)
        before = now
    assert seen_off


@pytest.mark.parametrize(
    ("action", "start", "end"),
    [
        (FULL_LEFT, {"s_m": 0.0, "speed_mps": 30.0}, {"off track", "hit a wall"}),
        (BRAKE, {"s_m": 0.0, "speed_mps": 3.0}, {"stuck"}),
    ],
)
def test_what_cannot_go_on_is_terminated_with_its_reason_and_not_truncated(
    environment, action, start, end
):
    made = drive(environment, action, 1000, **start)
    _, _, terminated, truncated, info = made[-1]
    assert (terminated, truncated) == (True, False)
    assert info["end"] in end
    assert all("end" not in step[4] for step in made[:-1])


def test_a_wall_ends_an_episode_at_once():
    environment = CircuitEnvironment(limits=EndLimits(off_track_s=1e9, off_track_m=1e9))
    made = drive(environment, FULL_LEFT, 1000, s_m=0.0, speed_mps=40.0)
    assert made[-1][4]["end"] == "hit a wall"
    assert environment.world.runtime(0).position.contact_j > 0.0


def test_the_time_limit_truncates_and_does_not_terminate():
    environment = gymnasium.make(ID, max_episode_steps=5)
    environment.reset(seed=1, options={"s_m": 0.0, "speed_mps": 10.0})
    flags = [environment.step(ROLL)[2:4] for _ in range(5)]
    assert flags == [(False, False)] * 4 + [(False, True)]


def test_the_vector_is_the_snapshot_over_its_units_with_rays_and_the_road(environment):
    drive(environment, np.array([0.3, 0.6], np.float32), 60, s_m=2000.0, speed_mps=10.0)
    seen, *_ = environment.step(FULL_LEFT)
    now = environment.world.snapshots()[0]
    quantities = seen * UNITS
    sensor = TrackSensor(environment.track)
    ahead = sensor.ahead(now.s_m, now.offset_m)
    grips = [surface.grip for surface in environment.track.tables.surfaces]
    assert quantities[:5].tolist() == approx(list(now[4:9]), rel=1e-6, abs=1e-6)
    assert quantities[6:9].tolist() == approx([now.throttle, now.brake, now.front_torque_share])
    assert quantities[9] == approx(now.offset_m, rel=1e-6)
    assert np.arctan2(quantities[10], quantities[11]) == approx(
        now.heading_rad - now.track_heading_rad, abs=1e-6
    )
    assert quantities[13:17].tolist() == approx(
        np.clip(now.normalised_slip, 0.0, 4.0).tolist(), rel=1e-6
    )
    assert quantities[17:21].tolist() == approx([grips[kind] for kind in now.surface])
    assert quantities[21:40].tolist() == approx(
        list(sensor.rays_m(now.x_m, now.y_m, now.heading_rad)), rel=1e-6
    )
    road = quantities[40:].reshape(len(AHEAD_M), 4)
    assert road[:, 0].tolist() == approx(list(ahead.curvature_1pm), abs=1e-7)
    assert road[:, 1].tolist() == approx(list(ahead.left_m), rel=1e-6)
    assert road[:, 2].tolist() == approx(list(ahead.right_m), rel=1e-6)
    assert road[:, 3].tolist() == approx([grips[kind] for kind in ahead.surface])


def test_the_most_grip_of_a_track_file_is_seen_as_one():
    assert {MAX_GRIP} == {UNITS[at] for at in (*range(17, 21), *range(43, len(UNITS), 4))}
    ground = {"rolling_resistance": 0.01, "roughness_m": 0.0, "counts_as_track": True}
    assert msgspec.convert({**ground, "grip": MAX_GRIP}, Surface).grip == MAX_GRIP
    with pytest.raises(msgspec.ValidationError, match=f"<= {MAX_GRIP}"):
        msgspec.convert({**ground, "grip": MAX_GRIP + 0.01}, Surface)


def test_no_drive_however_wild_leaves_the_bounds(environment):
    dice = np.random.default_rng(3)
    lowest, highest = np.inf * np.ones(len(UNITS)), -np.inf * np.ones(len(UNITS))
    for episode in range(30):
        environment.reset(seed=episode, options={"speed_mps": 60.0})
        for _ in range(120):
            seen, _, ended, _, _ = environment.step(dice.choice([-1.0, 1.0], 2))
            lowest, highest = np.minimum(lowest, seen), np.maximum(highest, seen)
            if ended:
                break
    assert (lowest >= LOWEST).all()
    assert (highest <= 1.0).all()
    assert highest[0] > 0.8


def along_the_centre_line(seen, lock_rad):
    """An action that keeps to the centreline at a speed for its curvature, by what is seen."""
    quantities = seen.astype(float) * UNITS
    forward_mps, offset_m, sine = quantities[[0, 9, 10]]
    curvature_1pm = quantities[40::4]
    steering_rad = 2.7 * curvature_1pm[0] - 0.5 * sine - 0.03 * offset_m
    corner_2 = 8.0 / np.maximum(np.abs(curvature_1pm), 1e-3)
    limit_mps = np.sqrt(np.min(corner_2 + 2.0 * 4.0 * np.array(AHEAD_M)))
    action = [steering_rad / lock_rad, 0.3 * (limit_mps - forward_mps)]
    return np.clip(action, -1.0, 1.0).astype(np.float32)


def test_a_finished_lap_is_told_with_its_time(spec):
    environment = CircuitEnvironment(random_start=False)
    seen, info = environment.reset()
    ended = False
    while not ended and "lap_time_s" not in info:
        action = along_the_centre_line(seen, spec.steering.lock_rad)
        seen, _, ended, _, info = environment.step(action)
    assert not ended
    assert info["lap_valid"] is True
    assert info["lap_time_s"] == approx(environment.world.time_s, abs=1.0 / 60.0)
    grid_m = environment.track.length_m - environment.track.grid[0].s_m
    assert info["covered_m"] == approx(environment.track.length_m + grid_m, abs=2.0)


@pytest.mark.parametrize("share", [-1.0, 0.0, 0.5, 1.0])
def test_the_front_axles_share_can_be_an_action(share):
    environment = CircuitEnvironment(front_share=True, setup=Setup(traction_control=0))
    drive(environment, np.array([0.0, 0.3, share], np.float32), 5, s_m=0.0, speed_mps=20.0)
    assert environment.world.snapshots()[0].front_torque_share == 0.5 + 0.5 * share


def test_episodes_are_in_the_weather_of_the_options():
    calm, windy = (CircuitEnvironment(weather=name) for name in ("clear_noon", "windy"))
    seen = []
    for environment in (calm, windy):
        environment.reset(seed=5)
        for _ in range(60):
            observation, *_ = environment.step([0.0, 1.0])
        seen.append(observation)
    assert (seen[0] != seen[1]).any()
    with pytest.raises(InputError, match="fog: no such weather"):
        CircuitEnvironment(weather="fog")


def test_the_start_is_on_pole_position_unless_drawn():
    environment = CircuitEnvironment(random_start=False)
    places = set()
    for seed in (1, 2):
        environment.reset(seed=seed)
        now = environment.world.snapshots()[0]
        places.add((now.x_m, now.y_m, now.velocity_forward_mps))
    pole = environment.track.grid[0]
    assert places == {(pole.x_m, pole.y_m, 0.0)}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"s_m": -1.0}, "option 's_m' is -1.0"),
        ({"s_m": 1e6}, "expected 0..4005"),
        ({"speed_mps": 1e3}, "option 'speed_mps'"),
        ({"speed": 1.0}, "option 'speed'"),
    ],
)
def test_options_out_of_reach_are_refused_in_a_line(environment, options, message):
    with pytest.raises(InputError, match=message):
        environment.reset(options=options)


def test_a_kind_of_observation_that_there_is_not_is_refused():
    with pytest.raises(InputError, match="'vector' or 'pixels'"):
        CircuitEnvironment(observation="smell")


def test_a_picture_shows_tarmac_around_a_car_on_the_track_and_grass_farther_off():
    environment = CircuitEnvironment(observation="pixels", backend=Backend.PLAIN)
    picture, _ = environment.reset(options={"s_m": 200.0})
    tarmac, grass = [105, 105, 110], [80, 150, 70]
    row = round(0.75 * PIXELS)
    middle = PIXELS // 2
    assert picture[row, middle + 4].tolist() == tarmac
    assert picture[row - 20, middle].tolist() == tarmac
    assert grass in picture[row].tolist()
    assert picture[row, middle].tolist() not in (tarmac, grass)


def test_a_picture_has_the_car_where_its_body_is(spec, environment):
    canvas = make_canvas(environment.track, spec, PIXELS, backend=Backend.PLAIN)
    chassis = Chassis([])
    chassis.add_car(spec.chassis, 1000.0, Pose(0.0, 0.0, 0.0), 0.0)
    (outline,) = chassis.space.shapes
    along_m = [corner.x for corner in outline.get_vertices()]  # of its round corners, the middles
    assert max(along_m) + outline.radius == approx(canvas.nose_m)
    assert min(along_m) - outline.radius == approx(canvas.tail_m)
    assert canvas.nose_m - canvas.tail_m == approx(spec.chassis.length_m)


def test_the_picture_turns_with_the_car_and_shows_its_speed():
    environment = CircuitEnvironment(observation="pixels", backend=Backend.PLAIN)
    slow, _ = environment.reset(options={"s_m": 200.0})
    fast, _ = environment.reset(options={"s_m": 200.0, "speed_mps": 35.0})
    white = [250, 250, 250]
    assert slow[-1].tolist().count(white) == 0
    assert fast[-1].tolist().count(white) == PIXELS // 2
    assert (slow[: PIXELS // 2] == fast[: PIXELS // 2]).all()


@pytest.mark.parametrize("mode", ["rgb_array", "human"])
def test_it_renders_as_a_picture_and_in_a_window(mode):
    environment = gymnasium.make(ID, render_mode=mode, backend=Backend.PLAIN)
    environment.reset(seed=1)
    environment.step(ROLL)
    picture = environment.render()
    environment.close()
    assert environment.render_mode == mode
    assert (picture is None) == (mode == "human")
