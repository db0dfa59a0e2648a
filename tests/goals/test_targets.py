"""Targets are what the bot drives; those that ship are what it drives today."""

import math

import pytest

from game.goals.corner_attempt import CornerCourse
from game.goals.medals import Medal
from game.goals.target_files import (
    cached_path,
    find_targets,
    keep_targets,
    read_targets,
    shipped_path,
    write_targets,
)
from game.goals.targets import CornerTarget, Targets, drive_targets
from game.recording.ghost import GhostLap, TapedPose
from game.track.elements import Pose
from game.vehicle.spec import load_car

TOLERANCE_S = 0.02  # another processor may round a plan's last bits differently
TYRES = tuple(load_car().tyres)


def wavy(time_s, count=500):
    """Return a ghost that turns round more than once."""
    times_s = tuple(0.1 * index for index in range(count))
    poses = tuple(
        TapedPose(300.0 * math.cos(t), -900.0 * math.sin(t), math.remainder(2.0 * t, math.tau), 0.1)
        for t in times_s
    )
    return GhostLap(time_s, times_s, poses)


@pytest.fixture
def targets():
    course = CornerCourse(4, Pose(10.0, -20.0, 3.0), 1041.3, 37.2, 282.1)
    laps = {Medal.BRONZE: wavy(61.25), Medal.AUTHOR: wavy(50.0625)}
    return Targets(laps, (CornerTarget(course, wavy(8.125, 81)),))


@pytest.mark.parametrize("tyre", TYRES)
def test_targets_ship_for_the_shipped_circuit_and_car(ricardo_tormo, spec, tyre):
    targets = read_targets(shipped_path(ricardo_tormo, spec, tyre), ricardo_tormo, spec)
    times_s = [targets.lap_times[medal] for medal in Medal]
    assert times_s == sorted(times_s, reverse=True)
    for medal in Medal:
        assert targets.lap_times[medal] == pytest.approx(times_s[-1] / medal.pace, rel=0.01)
    assert [each.course.corner for each in targets.corners] == list(range(1, 15))


@pytest.mark.slow
@pytest.mark.parametrize("tyre", TYRES)
def test_the_targets_that_ship_are_what_the_bot_drives_today(ricardo_tormo, spec, tyre):
    """When this fails the bot drives otherwise: `leaf-rc track medals ricardo_tormo --write`."""
    shipped = read_targets(shipped_path(ricardo_tormo, spec, tyre), ricardo_tormo, spec)
    driven = drive_targets(ricardo_tormo, spec, tyre)
    assert shipped.lap_times == pytest.approx(driven.lap_times, abs=TOLERANCE_S)
    for was, now in zip(shipped.corners, driven.corners, strict=True):
        assert was.course[0] == now.course[0]
        assert was.course[2:] == pytest.approx(now.course[2:], abs=0.5)
        assert was.ghost.time_s == pytest.approx(now.ghost.time_s, abs=TOLERANCE_S)
    for medal in Medal:
        for then_s in range(0, int(shipped.lap_times[medal]), 5):
            was, now = (each.laps[medal].pose_at(then_s) for each in (shipped, driven))
            assert math.hypot(was.x_m - now.x_m, was.y_m - now.y_m) < 1.0


def test_what_was_written_comes_back_to_the_millimetre(targets, tmp_path, oval, spec):
    path = tmp_path / "a.targets"
    write_targets(targets, path, oval, spec)
    back = read_targets(path, oval, spec)
    assert back.lap_times == targets.lap_times
    assert back.corners[0].course == targets.corners[0].course
    for was, now in zip(
        targets.laps[Medal.BRONZE].poses, back.laps[Medal.BRONZE].poses, strict=True
    ):
        assert math.hypot(was.x_m - now.x_m, was.y_m - now.y_m) < 1e-3
        assert abs(math.remainder(was.heading_rad - now.heading_rad, math.tau)) < 1e-4


def test_targets_of_another_circuit_or_a_damaged_file_are_none(
    targets, tmp_path, oval, ricardo_tormo, spec
):
    path = tmp_path / "a.targets"
    write_targets(targets, path, oval, spec)
    assert read_targets(path, ricardo_tormo, spec) is None
    path.write_bytes(path.read_bytes()[:-30])
    assert read_targets(path, oval, spec) is None
    assert read_targets(tmp_path / "none", oval, spec) is None


def test_targets_in_the_cache_are_found_by_circuit_car_and_tyre(
    targets, tmp_path, monkeypatch, oval, spec
):
    monkeypatch.setattr("game.goals.target_files.cache_folder", lambda: tmp_path)
    assert find_targets(oval, spec, "slick") is None
    keep_targets(targets, oval, spec, "slick")
    assert cached_path(oval, spec, "slick").is_file()
    assert find_targets(oval, spec, "slick").lap_times == targets.lap_times
    assert find_targets(oval, spec, "sport") is None


@pytest.mark.slow
def test_on_any_circuit_the_bot_sets_a_time_for_every_medal_and_corner(oval, spec):
    shares = []
    targets = drive_targets(oval, spec, "slick", shares.append)
    assert set(targets.laps) == set(Medal)
    assert [each.course.corner for each in targets.corners] == [1, 2]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for each in targets.corners:
        corner = oval.corners[each.course.corner - 1]
        before_m = (corner.turn_in_m - each.course.s_m) % oval.length_m
        assert 0.0 < before_m < 0.5 * oval.length_m
        assert each.course.length_m > before_m + corner.exit_m - corner.turn_in_m
