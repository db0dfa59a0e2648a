"""A circuit's facts are known before it is opened; its times are its own, whatever its name."""

import datetime
import math

import msgspec
import pytest
from figure_of_eight import ABOVE_M, figure_of_eight_file

from game.app.venue import circuit_facts as facts_module
from game.app.venue.circuit_facts import circuit_facts, circuit_shape
from game.boards.lap_database import circuit_folder
from game.digests import drive_digests
from game.goals import circuit_times as times_module
from game.goals.medals import Medal
from game.goals.targets import Targets
from game.recording.best_lap import BestLap, best_path, save_best
from game.recording.ghost import GhostLap, TapedPose
from game.recording.traced_lap import TracedLap
from game.track.track import build_track
from game.vehicle.spec import load_car

NOW = datetime.datetime(2026, 5, 17, tzinfo=datetime.UTC)
SPEC = load_car()


@pytest.fixture
def circuit(oval, tmp_path, monkeypatch):
    """An oval of the player's, without a lap or a plan."""
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    monkeypatch.setattr(facts_module, "load_track", lambda _: oval)
    monkeypatch.setattr(times_module, "plan_if_ready", lambda *_: None)
    monkeypatch.setattr(times_module, "find_targets", lambda *_: None)
    return oval


def lap(time_s, digests):
    """A best lap, driven with what the digests say."""
    trace = TracedLap(time_s, 5.0, (0.0, time_s))
    ghost = GhostLap(time_s, (0.0,), (TapedPose(0.0, 0.0, 0.0, 0.0),))
    return BestLap(NOW, time_s, (time_s / 2,), trace, ghost, digests)


def test_an_oval_is_told_by_its_length_corners_and_direction(circuit):
    facts = circuit_facts("oval", SPEC, "slick")
    assert facts.title == "Oval"
    assert facts.length_m == circuit.length_m
    assert (facts.left_corners, facts.right_corners, facts.clockwise) == (2, 0, False)
    assert math.isinf(facts.best_s)
    assert math.isinf(facts.bot_s)
    assert facts.medal is None
    assert [mark.number for mark in facts.shape.corners] == [1, 2]


def test_a_line_begins_and_ends_at_the_start_and_numbers_stand_outside(circuit):
    shape = circuit_shape(circuit)
    assert shape.line_m[0] == pytest.approx(shape.line_m[-1], abs=1e-6)
    low, high = shape.line_m.min(axis=0), shape.line_m.max(axis=0)
    for mark in shape.corners:
        assert not low[0] < mark.x_m < high[0]


def test_a_best_lap_counts_only_on_the_circuit_it_was_driven_on(circuit):
    digests = drive_digests(circuit, SPEC)
    path = best_path(circuit_folder(circuit.name), "slick", SPEC.id)
    save_best(lap(40.0, digests), path)
    assert circuit_facts("oval", SPEC, "slick").best_s == 40.0
    assert math.isinf(circuit_facts("oval", SPEC, "sport").best_s)
    for name in ("track", "car", "physics"):
        other = msgspec.structs.replace(digests, **{name: "0123"})
        save_best(lap(40.0, other), path)
        assert math.isinf(circuit_facts("oval", SPEC, "slick").best_s)
    path.write_bytes(b"no lap")
    assert math.isinf(circuit_facts("oval", SPEC, "slick").best_s)


def test_the_bots_best_is_that_of_its_targets_or_else_of_its_plan(circuit, slow_plan, monkeypatch):
    monkeypatch.setattr(times_module, "plan_if_ready", lambda *_: slow_plan)
    assert circuit_facts("oval", SPEC, "slick").bot_s == slow_plan.lap_time_s
    ghost = lap(38.0, None).ghost
    laps = {Medal.BRONZE: ghost._replace(time_s=44.0), Medal.AUTHOR: ghost}
    targets = Targets(laps, ())
    monkeypatch.setattr(times_module, "find_targets", lambda *_: targets)
    path = best_path(circuit_folder(circuit.name), "slick", SPEC.id)
    save_best(lap(40.0, drive_digests(circuit, SPEC)), path)
    facts = circuit_facts("oval", SPEC, "slick")
    assert (facts.bot_s, facts.medal) == (38.0, Medal.BRONZE)


def test_a_bridge_is_a_part_of_the_line_that_is_drawn(circuit):
    assert circuit_shape(circuit).above == ()
    eight = build_track("eight", figure_of_eight_file(), "eight")
    ((first, last),) = circuit_shape(eight).above
    middle_m = 0.5 * (first + last) / 899 * eight.length_m
    assert middle_m == pytest.approx(ABOVE_M, abs=3.0)
