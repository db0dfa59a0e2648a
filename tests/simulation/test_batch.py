"""A car of a batch is the car of a world away from walls, to the last bit, whoever is beside it."""

import dataclasses
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.compiled import Backend, numba_is_installed
from game.errors import InputError
from game.simulation import batch as batch_module
from game.simulation.batch import Batch
from game.simulation.events import Contact, LapDone, LapStarted, LeftTrack
from game.simulation.snapshot import Snapshot
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track import load_track
from game.trig import wrap_angle
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch
from game.vehicle.state import controls

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing"),
]

SETUPS = (
    Setup(),
    Setup(tyre="sport", traction_control=0, abs=0, yaw_control=0),
    Setup(split_mode="load-following", front_torque_share=0.4),
    Setup(split_mode="slip-balancing", split_law="fill", front_torque_share=0.6, yaw_control=5),
    Setup(front_torque_share=0.0, front_regen_share=0.0, traction_control=5),
    Setup(front_torque_share=1.0, front_regen_share=1.0, power_map=3),
    Setup(one_pedal_mps2=2.5, regen_limit=0.5, initial_charge=0.95),
    Setup(wing=1.0, front_preload_nm=300.0, rear_preload_nm=0.0),
    Setup(wing=-1.0, front_brake_bias=0.8, abs=5, initial_charge=0.05),
    Setup(driver_aboard=False, front_brake_bias=0.4, abs=1, front_torque_share=0.4545),
    Setup(power_map=4, one_pedal_mps2=1.0, yaw_control=3, front_torque_share=0.3, split_law="fill"),
    Setup(split_map=SplitMap(braking=1.0, entry=0.1, middle=0.9, exit=0.0)),
    Setup(split_map=SplitMap(painted=(Stretch(1000.0, 4000.0, 0.3),)), split_mode="load-following"),
)
TICKS = 4


@pytest.fixture(scope="module")
def tormo():
    return load_track("ricardo_tormo")


@pytest.fixture(scope="module")
def start(tormo, spec):
    """Makes a start on the track: `start(900.0, 40.0, wing=1.0)`."""

    def make(s_m, speed_mps=0.0, setup=None, **changes):
        pose = tormo.centreline.pose(s_m)
        return Start(spec, setup or Setup(**changes), pose, s_m, speed_mps)

    return make


def numbers(batch):
    """Every number of every `Snapshot`, shape (n, fields)."""
    return np.stack([batch.column(name) for name in Snapshot._fields], axis=1)


def held_on_the_road(now, speed_mps, eagerness):
    """Steering and pedals that follow the centreline at about a speed."""
    astray_rad = wrap_angle(now.heading_rad - now.track_heading_rad)
    steering = 6.0 * now.curvature_1pm - 1.5 * astray_rad - 0.05 * now.offset_m
    pedal = eagerness * (speed_mps - now.velocity_forward_mps)
    return steering, max(0.0, pedal), max(0.0, -pedal)


def stepped(batch, held, ticks=TICKS):
    return batch.step(*np.array(held, float).T, ticks=ticks)


@pytest.fixture(scope="module")
def hard_drive(tormo, start):
    """Cars of all setups driven hard for 20 s, each in a world of its own.

    Gives the starts, the controls of each step, and each car's snapshots and events until it first
    touches something.
    """
    dice = random.Random(7)
    starts = [start(100.0 + 370.0 * place, 30.0, setup) for place, setup in enumerate(SETUPS)]
    worlds = [World(tormo, [one], backend=Backend.COMPILED) for one in starts]
    drive, seen, expected = [], [[] for _ in worlds], [[] for _ in worlds]
    touched = [False] * len(worlds)
    for step in range(20 * 60):
        held = []
        for car, world in enumerate(worlds):
            if step % 240 == 0:
                mood = [(dice.uniform(15.0, 45.0), dice.uniform(0.3, 3.0)) for _ in worlds]
            steering, throttle, brake = held_on_the_road(world.snapshots()[0], *mood[car])
            held.append((steering + dice.gauss(0.0, 0.1), throttle, brake))
            after = world.step([controls(*held[car])], TICKS)
            touched[car] |= any(isinstance(event, Contact) for event in after.events)
            if not touched[car]:
                seen[car].append(after.snapshots[0])
                expected[car] += [dataclasses.replace(event, car=car) for event in after.events]
        drive.append(held)
    return starts, drive, seen, expected


def test_every_number_is_the_worlds_to_the_last_bit_until_a_wall_is_touched(tormo, hard_drive):
    starts, drive, seen, expected = hard_drive
    batch = Batch(tormo, starts)
    events = [[] for _ in starts]
    for step, held in enumerate(drive):
        for event in stepped(batch, held):
            if step < len(seen[event.car]):
                events[event.car].append(event)
        now = numbers(batch)
        for car, shown in enumerate(seen):
            if step < len(shown):
                assert now[car].tobytes() == np.array(shown[step], float).tobytes()
    assert events == expected
    assert sum(map(len, seen)) > 0.5 * len(starts) * len(drive)
    assert {LapStarted, LeftTrack} <= {type(event) for car in expected for event in car}


def test_on_endless_tarmac_too(spec, varied_drive):
    starts = [Start(spec, setup, Pose(0.0, 0.0, 0.1), speed_mps=10.0) for setup in SETUPS]
    batch = Batch(None, starts)
    worlds = [World(None, [start], backend=Backend.COMPILED) for start in starts]
    for seconds, held in varied_drive:
        for _ in range(round(seconds * 10)):
            shown = [world.step([held], 24).snapshots[0] for world in worlds]
            steering, throttle, brake, reverse = held
            batch.step(steering / 32767, throttle / 255, brake / 255, reverse, ticks=24)
        assert numbers(batch).tobytes() == np.array(shown, float).tobytes()


def test_a_lap_takes_the_same_time(tormo, start):
    world = World(tormo, [start(3990.0, 14.0)], backend=Backend.COMPILED)
    batch = Batch(tormo, [start(3990.0, 14.0)])
    laps = []
    while not any(isinstance(event, LapDone) for event in laps):
        held = held_on_the_road(world.snapshots()[0], 14.0, 1.0)
        step = world.step([controls(*held)], 12)
        assert stepped(batch, [held], 12) == step.events
        laps += step.events
        assert world.time_s < 400.0
    (lap,) = (event for event in laps if isinstance(event, LapDone))
    assert 200.0 < lap.time_s < 350.0


def test_neither_the_order_nor_the_number_of_cars_matters(tormo, hard_drive):
    starts, drive, _, _ = hard_drive
    order = [7, 2, 9]
    all_of_them, few = Batch(tormo, starts), Batch(tormo, [starts[car] for car in order])
    for held in drive[:200]:
        stepped(all_of_them, held)
        stepped(few, [held[car] for car in order])
    assert numbers(few).tobytes() == numbers(all_of_them)[order].tobytes()


def test_what_one_car_does_is_nothing_to_the_others(tormo, hard_drive):
    starts, drive, _, _ = hard_drive
    one, other = Batch(tormo, starts), Batch(tormo, starts)
    for held in drive[:120]:
        stepped(one, held)
        stepped(other, [(1.0, 1.0, 0.0), *held[1:]])
    before, after = numbers(one), numbers(other)
    assert before[1:].tobytes() == after[1:].tobytes()
    assert before[0].tobytes() != after[0].tobytes()


def test_one_step_of_many_ticks_is_many_steps_of_one(tormo, start):
    many, single = (Batch(tormo, [start(100.0, 30.0)] * 3) for _ in range(2))
    expected = many.step([0.1, 0.5, -1.0], 1.0, 0.0, ticks=240)
    expected_singly = [single.step([0.1, 0.5, -1.0], 1.0, 0.0) for _ in range(240)]
    assert Counter(event for events in expected_singly for event in events) == Counter(expected)
    assert numbers(single).tobytes() == numbers(many).tobytes()


def test_a_restarted_car_is_a_fresh_one_and_the_others_go_on(tormo, hard_drive):
    starts, drive, _, _ = hard_drive
    batch, left_alone, fresh = (Batch(tormo, starts) for _ in range(3))
    for held in drive[:90]:
        stepped(batch, held)
        stepped(left_alone, held)
    batch.restart([1, 10])
    expected, expected_fresh = [], []
    for held in drive[:240]:
        expected += stepped(batch, held)
        expected_fresh += stepped(fresh, held)
        stepped(left_alone, held)
    assert numbers(batch)[[1, 10]].tobytes() == numbers(fresh)[[1, 10]].tobytes()
    assert numbers(batch)[2:10].tobytes() == numbers(left_alone)[2:10].tobytes()
    of_them = [
        [event for event in all if event.car in (1, 10)] for all in (expected, expected_fresh)
    ]
    assert of_them[0] == of_them[1]


def test_a_car_restarts_from_a_prepared_start_with_its_setup(tormo, start):
    starts = [start(500.0, 20.0), start(2000.0, 35.0, tyre="sport", wing=1.0)]
    batch, fresh = Batch(tormo, starts[:1] * 9), Batch(tormo, starts)
    batch.step(0.0, 1.0, 0.0, ticks=48)
    batch.restart([8, 3], batch.prepared(starts))
    batch.step(0.05, 1.0, 0.0, ticks=240)
    fresh.step(0.05, 1.0, 0.0, ticks=240)
    assert numbers(batch)[[8, 3]].tobytes() == numbers(fresh).tobytes()


def test_a_kept_car_goes_on_in_any_place_as_it_did(tormo, hard_drive):
    starts, drive, _, _ = hard_drive
    batch = Batch(tormo, starts)
    for held in drive[:60]:
        stepped(batch, held)
    kept = batch.saved([4])
    batch.step(0.2, 0.0, 1.0, ticks=30)
    once = numbers(batch)[4]
    batch.restart([9], kept)
    batch.step(0.2, 0.0, 1.0, ticks=30)
    assert numbers(batch)[9].tobytes() == once.tobytes()


def test_the_split_can_be_changed_while_driving_as_in_a_world(spec):
    start = Start(spec, Setup(), Pose(0.0, 0.0, 0.0), speed_mps=10.0)
    batch, world = Batch(None, [start] * 2), World(None, [start], backend=Backend.COMPILED)
    batch.set_front_torque_share([0.5, 0.2])
    world.set_front_torque_share(0, 0.2)
    batch.step(0.1, 1.0, 0.0, ticks=120)
    (shown,) = world.step([controls(0.1, 1.0)], 120).snapshots
    assert numbers(batch)[1].tobytes() == np.array(shown, float).tobytes()
    assert batch.column("front_torque_share").tolist() == [0.5, 0.2]


def test_a_wall_does_not_stop_a_car_and_its_distance_from_the_track_tells(tormo, start):
    batch = Batch(tormo, [start(300.0, 50.0)])
    for _ in range(10):
        batch.step(1.0, 1.0, 0.0, ticks=240)
    assert batch.column("beyond_limit_m")[0] > 20.0
    assert batch.column("impulse_ns")[0] == 0.0
    assert np.isfinite(numbers(batch)).all()


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_is_asked_of_the_cars_all_numbers_stay_finite(tormo, start, data):
    count = data.draw(st.integers(1, 18))
    places = st.tuples(st.floats(0.0, 4000.0), st.floats(0.0, 60.0), st.sampled_from(SETUPS))
    batch = Batch(tormo, [start(*data.draw(places)) for _ in range(count)])
    anything = st.floats(-2.0, 2.0) | st.sampled_from([-np.inf, np.inf])
    for _ in range(6):
        held = data.draw(st.lists(st.tuples(*[anything] * 4), min_size=count, max_size=count))
        stepped(batch, held, 60)
    assert np.isfinite(numbers(batch)).all()
    s_m = batch.column("s_m")
    assert ((s_m >= 0.0) & (s_m < tormo.length_m)).all()


def test_a_control_that_is_no_number_is_refused(spec):
    batch = Batch(None, [Start(spec, Setup(), Pose(0.0, 0.0, 0.0))] * 2)
    with pytest.raises(ValueError, match="not a number"):
        batch.step([0.0, np.nan], 1.0, 0.0)


def test_without_the_compiler_one_line_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(batch_module, "numba_is_installed", lambda: False)
    with pytest.raises(InputError, match="extra 'fast'"):
        Batch(None, [])
