"""What is kept of a driven lap agrees with the lap timer, and shows where the car was."""

import itertools

import numpy as np
import pytest
from oval import SMALL_OVAL, make_oval
from pytest import approx

from game.analysis.corner_figures import corner_figures
from game.analysis.corner_stretches import corner_stretches
from game.analysis.findings import why_invalid
from game.analysis.lap_log import LapLog
from game.analysis.reference_lap import lap_like, reference_laps
from game.bot.examples.follower import Follower
from game.bot.start import standing_start
from game.compiled import Backend
from game.recording.lap_recorder import Lap, LapExcursion
from game.session import Session
from game.simulation.events import LapDone, LapStarted
from game.simulation.world import Start, Step, World
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

TRACK = make_oval(SMALL_OVAL)


@pytest.fixture(scope="module")
def driven():
    """The log of three laps, and every snapshot of them by its tick."""
    s_m = TRACK.length_m - 10.0
    start = Start(load_car(), Setup(), TRACK.centreline.pose(s_m), s_m, speed_mps=20.0)
    world = World(TRACK, [start], Backend.COMPILED)
    log, seen = LapLog(world.step_s, TRACK.length_m), []
    session = Session(world, [Follower()], [log], ticks_per_step=1)
    while len(log.laps) < 3:
        session.step()
        seen.append(session.snapshots[0])
    return log, log.laps, seen


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_lap_takes_as_long_as_the_timer_says_and_time_never_runs_back(driven, number):
    log, laps, _ = driven
    profile = log.profile(number)
    assert profile.lap is laps[number - 1]
    assert profile.columns.time_s[0] == 0.0
    assert profile.columns.time_s[-1] == laps[number - 1].time_s
    assert (np.diff(profile.columns.time_s) > 0.0).all()


def test_a_lap_s_numbers_at_a_place_are_those_of_the_car_when_it_was_there(driven):
    log, laps, seen = driven
    columns, places_m = log.profile(2).columns, log.profile(2).marks.places_m
    second = [now for now in seen if now.lap == 2]
    for now in second[5:-5:97]:
        at = {
            name: np.interp(now.s_m, places_m, getattr(columns, name)) for name in columns._fields
        }
        assert at["time_s"] == approx(now.tick / 240.0 - now.lap_start_s, abs=0.01)
        assert at["speed_mps"] == approx(
            np.hypot(now.velocity_forward_mps, now.velocity_left_mps), abs=0.2
        )
        assert at["offset_m"] == approx(now.offset_m, abs=0.1)
    assert columns.net_j[-1] == approx(laps[1].net_j, rel=0.01)


def test_the_way_of_a_lap_is_the_mean_speed_times_its_time(driven):
    log, laps, seen = driven
    speeds_mps = [
        np.hypot(now.velocity_forward_mps, now.velocity_left_mps) for now in seen if now.lap == 2
    ]
    way_m = log.profile(2).columns.way_m[-1]
    assert way_m == approx(np.mean(speeds_mps) * laps[1].time_s, rel=2e-3)


def test_corners_share_out_the_time_and_the_energy_of_the_lap(driven):
    profile = driven[0].profile(3)
    rows = corner_figures(profile, corner_stretches(TRACK, [profile]))
    assert sum(row.time_s for row in rows) == approx(profile.lap.time_s)
    assert sum(row.net_j for row in rows) == approx(profile.columns.net_j[-1])
    for row in rows:
        assert row.min_mps <= min(row.entry_mps, row.exit_mps) + 1e-9


def test_a_lap_in_which_the_drive_went_back_is_not_kept_and_the_next_one_is(driven):
    _, laps, seen = driven
    log = LapLog(1.0 / 240.0, TRACK.length_m)
    begun = next(at for at, now in enumerate(seen) if now.lap == 1)
    half = begun + round(120.0 * laps[0].time_s)
    log_again(log, seen[:half])
    log_again(log, seen[half - 200 :])
    assert [lap.time_s for lap in log.laps] == [lap.time_s for lap in laps[1:]]
    profile = log.profile(log.laps[0].number)
    assert (np.diff(profile.columns.time_s) > 0.0).all()


def log_again(log, snapshots):
    """Show a log the steps of a drive, with its laps' ends."""
    for before, now in itertools.pairwise(snapshots):
        events = ()
        if now.lap > before.lap:
            events = (LapStarted(0, now.tick, now.lap_start_s, now.lap),)
            if before.lap > 0:
                time_s = now.lap_start_s - before.lap_start_s
                events = (LapDone(0, now.tick, time_s, True), *events)
        log.on_step(Step((now,), events))


def test_a_log_keeps_all_laps_or_the_last_ones_with_what_was_made_of_them(driven):
    _, laps, seen = driven
    every, last = (LapLog(1.0 / 240.0, TRACK.length_m, kept=kept) for kept in (None, 1))
    for log in (every, last):
        for now in itertools.pairwise(seen):
            log_again(log, now)
            if log.laps:
                log.profile(log.laps[-1].number)
    assert [lap.number for lap in every.laps] == [lap.number for lap in laps]
    assert [lap.number for lap in last.laps] == list(last._profiles) == [3]


def test_laps_finished_in_practice_do_not_count_and_say_so(driven):
    _, _, seen = driven
    log = LapLog(1.0 / 240.0, TRACK.length_m)
    second = next(at for at, now in enumerate(seen) if now.lap == 2)
    log_again(log, seen[: second + 100])
    log.begin_practice()
    log_again(log, seen[second + 99 :])
    assert [lap.valid for lap in log.laps] == [True, False, False]
    assert not log.profile(2).lap.valid
    assert why_invalid(log.laps[1], TRACK) == ["it was driven in practice"]


def test_a_lap_that_is_not_kept_is_not_there(driven):
    with pytest.raises(KeyError):
        driven[0].profile(9)


def test_the_bot_drives_from_the_same_start_as_whoever_it_is_compared_with(ricardo_tormo, spec):
    start = standing_start(spec, default_setup(spec), ricardo_tormo)
    laps = reference_laps(ricardo_tormo, start, 1)
    assert list(laps) == [1]
    assert lap_like(laps, 7) is laps[1]
    assert laps[1].columns.speed_mps[0] < 15.0
    assert 100.0 < laps[1].lap.time_s < 112.0


def test_a_lap_that_does_not_count_is_told_where_it_left_the_track_and_by_how_much():
    corner_m = TRACK.corners[0].apex_m
    off = Lap(2, 30.0, (), False, 0.0, 0.0, 40.0, (LapExcursion(corner_m, 0.42, 1.26),))
    (line,) = why_invalid(off, TRACK)
    assert f"T1 ({corner_m:.0f} m)" in line
    assert "0.42 m" in line
    assert "1.3 s" in line
    assert why_invalid(off._replace(valid=True), TRACK) == []
    assert why_invalid(off._replace(excursions=()), TRACK) != []
