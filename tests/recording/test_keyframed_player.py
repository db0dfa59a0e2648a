"""A replay is played on from any moment as a straight drive plays it, to the last bit."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oval import make_oval

from game.compiled import Backend, numba_is_installed
from game.recording.keyframed_player import KeyframedPlayer
from game.recording.lap_recorder import LapRecorder
from game.recording.lap_trace import LapTrace
from game.recording.replay import load_replay
from game.simulation.events import Contact

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[1] / "recorded"
FORM = Backend.COMPILED if numba_is_installed() else Backend.PLAIN


class Events:
    """Lists what was reported of a drive."""

    def __init__(self):
        self.seen = []

    def on_step(self, step):
        self.seen += step.events


def state_of(player):
    """Return all that a viewer shows of a moment: every bit, the laps, the delta, the events."""
    recorder, trace, events = player.listeners
    lap = (tuple(recorder.laps), tuple(recorder.sectors_s), trace.delta_s, trace.lap_share)
    return player.world.state_bits(), lap, tuple(events.seen)


class Straight:
    """A replay with a player of it, and how a straight drive goes through it."""

    def __init__(self, name, track, spec):
        self.replay = load_replay(FOLDER / f"{name}.replay")
        self.new = lambda form=FORM: KeyframedPlayer(
            self.replay, track, spec, form, [LapRecorder(1 / 240), LapTrace(1 / 240, 4e3), Events()]
        )
        self.player = self.new()
        self.states = {}
        while not self.player.at_end:
            self.player.step()
            self.states[self.player.tick] = state_of(self.player)

    def after(self, tick):
        """Return the end of the step that a tick is in."""
        per_step = self.replay.ticks_per_step
        return -(-tick // per_step) * per_step


@pytest.fixture(scope="module", params=["walls", "spin", "two_cars", "four_cars"])
def straight(request, flat_ricardo_tormo, spec):
    track = make_oval() if request.param == "four_cars" else flat_ricardo_tormo
    return Straight(request.param, track, spec)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_moment_in_any_order_is_that_of_a_straight_drive(straight, data):
    ticks = data.draw(st.lists(st.integers(1, straight.replay.ticks), min_size=1, max_size=3))
    player = straight.new() if data.draw(st.booleans()) else straight.player
    for tick in ticks:
        player.seek(tick)
        assert player.tick == straight.after(tick)
        assert state_of(player) == straight.states[player.tick]
    for _ in range(300):
        if not player.at_end:
            player.step()
    assert state_of(player) == straight.states[player.tick]
    assert not player.diverged


def test_keyframes_made_elsewhere_are_as_good_as_ones_own(straight):
    plain = straight.new(Backend.PLAIN)
    plain.add(straight.player.keyframes)
    plain.add(straight.player.keyframes[:2])
    kept = [keyframe.tick for keyframe in plain.keyframes]
    assert kept == sorted(set(kept))
    if kept:
        plain.seek(kept[-1] + 9)
        assert state_of(plain) == straight.states[plain.tick]


def test_cars_on_the_move_are_kept_about_once_a_second(straight):
    kept = [keyframe.tick for keyframe in straight.player.keyframes]
    gaps = [after - before for before, after in pairwise(kept)]
    assert min(gaps) >= 240
    assert sorted(gaps)[len(gaps) // 2] < 300


def test_cars_that_touched_before_are_watched_from_keyframes_after_that(straight):
    hits = [event.tick for event in straight.player.listeners[2].seen if isinstance(event, Contact)]
    assert hits
    assert any(min(hits) < keyframe.tick for keyframe in straight.player.keyframes)


def test_it_comes_closer_by_as_many_ticks_as_are_asked_for(straight):
    player = straight.new()
    target = straight.after(1000)
    calls = 0
    while not player.approach(1000, 100):
        calls += 1
        assert player.tick == calls * 100
    assert player.tick == target
    with pytest.raises(ValueError, match="is not in the replay's"):
        player.approach(straight.replay.ticks + 1, 10)
