"""What is kept on disk for a circuit is found by what the circuit is, never by its name alone."""

import datetime
import math

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace
from oval import OVAL

from game.app.tiles.tile_cache import cache_for
from game.boards.lap_database import circuit_folder
from game.boards.lap_writer import LapWriter
from game.bot.plan import Plan
from game.bot.plan_cache import fastest_path
from game.digests import drive_digests, track_digest
from game.goals.corner_attempt import CornerCourse
from game.goals.practice_log import PracticeLog
from game.goals.target_files import cached_path, read_targets, write_targets
from game.goals.targets import Targets
from game.recording.best_lap import EARLIER, BestLap, best_path, save_best
from game.recording.ghost import GhostLap, TapedPose
from game.recording.traced_lap import TracedLap
from game.track.centreline import Pose
from game.track.track import build_track
from game.track.track_file import TrackFile
from game.track.variants import variant_file
from game.tuning.baseline import Baseline
from game.tuning.measurement_cache import MeasurementCache
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

FILE = msgspec.toml.decode(OVAL, type=TrackFile)
SPEC = load_car()
NOW = datetime.datetime(2026, 5, 17, tzinfo=datetime.UTC)


def named_oval(file):
    return build_track("oval", file, "oval")


def moved_wall(file):
    barriers = [replace(each, distance_m=each.distance_m + 0.5) for each in file.walls.barriers]
    return replace(file, walls=replace(file.walls, barriers=barriers))


WAS = named_oval(FILE)
CHANGED = {
    "a wider road": named_oval(replace(FILE, ground=replace(FILE.ground, left_m=6.5))),
    "a wall elsewhere": named_oval(moved_wall(FILE)),
    "mirrored": named_oval(variant_file(FILE, ("mirror",))),
    "reversed": named_oval(variant_file(FILE, ("reverse",))),
}
NONE = np.zeros(3)
PLAN = Plan(1.0, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 1.0, 0.1, 1.0)
PLACES = {
    "the bot's plan": lambda track: fastest_path(track, SPEC, Setup()),
    "medals and corners": lambda track: cached_path(track, SPEC, "slick"),
    "measured laps of studies": lambda track: MeasurementCache(Baseline(track, SPEC, PLAN)).folder,
    "painted ground": lambda track: cache_for(track).folder,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_changed_circuit_of_the_same_name_has_a_place_of_its_own(place):
    places = [PLACES[place](track) for track in (WAS, *CHANGED.values())]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("place", [each for each in PLACES if each != "painted ground"])
def test_another_title_or_landscape_changes_no_place(place):
    retitled = named_oval(replace(FILE, title="Ring", landscape=None))
    assert track_digest(retitled) == track_digest(WAS)
    assert PLACES[place](retitled) == PLACES[place](WAS)


def lap_on(track, time_s):
    poses = (TapedPose(0.0, 0.0, 0.0, 0.0),)
    trace, ghost = TracedLap(time_s, 5.0, (0.0, time_s)), GhostLap(time_s, (0.0,), poses)
    return BestLap(NOW, time_s, (time_s,), trace, ghost, drive_digests(track, SPEC))


@pytest.mark.parametrize("change", CHANGED)
def test_a_best_lap_of_before_is_put_aside_and_kept(change, tmp_path, monkeypatch):
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    path = best_path(circuit_folder(WAS.name), "slick", SPEC.id)
    save_best(lap_on(WAS, 40.0), path)
    before = path.read_bytes()
    writer = LapWriter(CHANGED[change], SPEC)
    writer.close()
    assert writer.best("slick") is None
    assert "another circuit" in writer.message
    (kept,) = (path.parent / EARLIER).iterdir()
    assert kept.read_bytes() == before


@pytest.mark.parametrize("change", CHANGED)
def test_a_corners_time_of_before_is_no_best_and_stays_in_the_log(change, tmp_path):
    course = CornerCourse(1, Pose(0.0, 0.0, 0.0), 10.0, 20.0, 120.0)
    assert PracticeLog(WAS, SPEC, tmp_path).add("slick", course, 5.0)
    assert math.isinf(PracticeLog(CHANGED[change], SPEC, tmp_path).best_s("slick", course))
    assert PracticeLog(WAS, SPEC, tmp_path).best_s("slick", course) == 5.0


@pytest.mark.parametrize("change", CHANGED)
def test_medals_in_a_file_count_only_where_they_were_driven(change, tmp_path):
    path = tmp_path / "medals"
    write_targets(Targets({}, ()), path, WAS, SPEC)
    assert read_targets(path, WAS, SPEC) is not None
    assert read_targets(path, CHANGED[change], SPEC) is None
