"""A survey says what a straight drive of a replay shows, and where."""

from itertools import pairwise
from pathlib import Path

import pytest
from pytest import approx

from game.compiled import Backend
from game.recording.keyframed_player import KeyframedPlayer
from game.recording.lap_recorder import LapRecorder
from game.recording.replay import load_replay
from game.recording.replay_player import ReplayPlayer
from game.recording.replay_survey import ReplaySurvey, compared_lap, survey_parts
from game.simulation.events import Contact, LeftTrack

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[1] / "recorded"


def surveyed(name, track, spec):
    replay = load_replay(FOLDER / f"{name}.replay")
    survey = ReplaySurvey(replay)
    for part in survey_parts(KeyframedPlayer(replay, track, spec, Backend.COMPILED)):
        survey.add(part)
    return replay, survey


@pytest.fixture(scope="module")
def walls(flat_ricardo_tormo, spec):
    return surveyed("walls", flat_ricardo_tormo, spec)


@pytest.fixture(scope="module")
def laps(flat_ricardo_tormo, spec):
    return surveyed("bot_sport", flat_ricardo_tormo, spec)


def test_every_hit_and_every_excursion_is_marked_where_it_is_first_seen(
    walls, flat_ricardo_tormo, spec
):
    replay, survey = walls
    player = ReplayPlayer(replay, flat_ricardo_tormo, spec, Backend.COMPILED)
    happened = []
    while not player.at_end:
        happened += [
            (event.tick + 1, "contact" if isinstance(event, Contact) else "off track")
            for event in player.step().events
            if isinstance(event, Contact | LeftTrack)
        ]
    marked = [(m.tick, m.kind) for m in survey.marks if m.kind in ("contact", "off track")]
    assert happened
    assert marked == sorted(happened)


def test_a_reset_is_marked(walls):
    replay, survey = walls
    resets = [mark.tick for mark in survey.marks if mark.kind == "reset"]
    assert resets == [placed.tick for placed in replay.placed]


def test_from_mark_to_mark_one_comes_through_all_of_them_and_back(walls):
    _, survey = walls
    ticks, tick = [], -1
    while (mark := survey.neighbour(0, tick, 1)) is not None:
        tick = mark.tick
        ticks.append(tick)
    shown = {mark.tick for mark in survey.marks if mark.kind != "sector"}
    assert ticks == sorted(shown)
    while (mark := survey.neighbour(0, tick, -1)) is not None:
        tick = mark.tick
        ticks.remove(tick)
    assert len(ticks) == 1


def test_laps_are_those_of_the_stopwatch(laps, flat_ricardo_tormo, spec):
    replay, survey = laps
    player = KeyframedPlayer(
        replay, flat_ricardo_tormo, spec, Backend.COMPILED, [LapRecorder(1 / 240)]
    )
    player.seek(replay.ticks)
    (recorder,) = player.listeners
    finished = [lap for lap in survey.laps[0] if lap.time_s is not None]
    assert [lap.time_s for lap in finished] == [lap.time_s for lap in recorder.laps]
    assert all(before.end == after.begin for before, after in pairwise(survey.laps[0]))
    for lap in finished:
        assert survey.lap_at(0, lap.begin) == survey.lap_at(0, lap.end - 1) == lap
        assert (lap.end - lap.begin) / 240 == approx(lap.time_s, abs=1 / 240)


def test_a_lap_to_compare_with_is_where_it_was_and_ends_at_its_time(laps, flat_ricardo_tormo):
    replay, survey = laps
    car, lap = survey.best_lap()
    points = survey.points_of(car, lap)
    other = compared_lap("best", lap, points, flat_ricardo_tormo.length_m, replay.step_s)
    assert other.traced.time_at(flat_ricardo_tormo.length_m) == lap.time_s == other.ghost.time_s
    assert all(before <= after for before, after in pairwise(other.traced.times_s))
    for point in points[1::40]:
        then_s = point.tick * replay.step_s - point.lap_start_s
        assert other.traced.time_at(point.s_m) == approx(then_s, abs=0.005)


def test_a_lap_that_is_not_finished_is_not_compared_with(laps, flat_ricardo_tormo):
    replay, survey = laps
    last = survey.laps[0][-1]._replace(time_s=None)
    points = survey.points_of(0, last)
    assert compared_lap("last", last, points, flat_ricardo_tormo.length_m, replay.step_s) is None
