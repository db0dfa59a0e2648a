"""A bot in a race moves wheel and pedals by steps: never far off, seldom, and no slower."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.bot.bot import RacingBot
from game.bot.control_steps import in_steps
from game.bot.planning import make_plan
from game.bot.racing_followers import RacingFollowers
from game.bot.start import start_on_line
from game.compiled import Backend
from game.recording.held_controls import packed_controls, rows_of
from game.recording.replay_recorder import ReplayRecorder
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls

FULL = (STEERING_STEPS, PEDAL_STEPS, PEDAL_STEPS)
STEPS = (96, 15, 5)
PEDAL = st.integers(0, PEDAL_STEPS)
CONTROLS = st.builds(
    Controls, st.integers(-STEERING_STEPS, STEERING_STEPS), PEDAL, PEDAL, st.integers(0, 1)
)


@given(CONTROLS, CONTROLS)
def test_each_control_is_within_a_step_of_the_wanted_one_and_possible(held, wanted):
    taken = in_steps(held, wanted)
    assert taken.reverse == wanted.reverse
    for have, want, step, full in zip(taken[:3], wanted[:3], STEPS, FULL, strict=True):
        assert abs(have - want) <= step
        assert abs(have) <= full
        assert have >= 0 or want < step  # no pedal is pulled


@given(CONTROLS, CONTROLS)
def test_what_is_near_stays_and_what_moves_goes_to_a_whole_step(held, wanted):
    taken = in_steps(held, wanted)
    for was, have, want, step in zip(held[:3], taken[:3], wanted[:3], STEPS, strict=True):
        assert have % step == 0 or have == was
        assert have == was or abs(want - was) > step or want in (0, PEDAL_STEPS)
    for have, want in zip(taken[1:3], wanted[1:3], strict=True):
        assert have == want or want not in (0, PEDAL_STEPS)


@given(CONTROLS, CONTROLS)
def test_taken_twice_is_taken_once(held, wanted):
    taken = in_steps(held, wanted)
    assert in_steps(taken, wanted) == taken


def exactly(_held, wanted):
    return wanted


def lap_time_s(track, spec):
    """The time of a flying lap of a bot that is prepared for others, alone."""
    start = start_on_line(spec, Setup(), make_plan(track, spec, Setup()), -100.0, -94.0)
    world = World(track, [start], Backend.COMPILED)
    session = Session(world, [RacingBot(RacingFollowers(world), 0)])
    while not session.lap_recorders[0].laps:
        session.step()
    return session.lap_recorders[0].laps[0].time_s


@pytest.mark.slow
def test_steps_cost_a_lap_less_than_a_thousandth(ricardo_tormo, spec, monkeypatch):
    in_steps_s = lap_time_s(ricardo_tormo, spec)
    monkeypatch.setattr("game.bot.racing_followers.in_steps", exactly)
    exact_s = lap_time_s(ricardo_tormo, spec)
    assert in_steps_s != exact_s
    assert in_steps_s < 1.001 * exact_s


def bytes_for_a_second(track, spec):
    """The room that a replay has for each car of a race, in the first half minute."""
    starts = [Start(spec, Setup(), Pose(*box[:3]), box.s_m) for box in track.grid[:4]]
    world = World(track, starts, Backend.COMPILED)
    followers = RacingFollowers(world)
    drivers = [RacingBot(followers, car, 0.9 + 0.03 * car) for car in range(4)]
    session = Session(world, drivers)
    recorder = ReplayRecorder(world, lambda: session.controls)
    while world.time_s < 30.0:
        recorder.on_step(session.step())
    return len(packed_controls([rows_of(rows) for rows in recorder.recording().rows])) / 4 / 30


@pytest.mark.slow
def test_what_a_race_decides_takes_less_than_half_of_the_room(sandeby, spec, monkeypatch):
    in_steps_bytes = bytes_for_a_second(sandeby, spec)
    monkeypatch.setattr("game.bot.racing_followers.in_steps", exactly)
    assert 2.0 * in_steps_bytes < bytes_for_a_second(sandeby, spec)
