"""Corners are practised from a flying start, again at once, and their best times are kept."""

import math

import pytest
from corner_targets import SPEED_MPS, corner_targets

from game.app.input.commands import Command
from game.app.scenes.corner_practice import corners_before
from game.boards.lap_writer import LapWriter
from game.bot.bot import Bot
from game.goals.medals import Medal
from game.goals.practice_log import PracticeLog

pytestmark = pytest.mark.slow

FRAME_S = 1.0 / 60.0


@pytest.fixture
def practice(routes, targets):
    assert targets.corners
    return routes.practice(routes.title())


@pytest.fixture
def corner(routes, targets, practice):
    """The practice of the first corner, which a slow bot drives."""
    scene = routes.practise_corner(targets.corners[0], practice)
    car = scene.drive.followed
    car.entry = car.entry._replace(make_driver=Bot)
    scene.restart()
    routes.context.inputs.state.throttle = 1.0
    scene.update(0.0)
    routes.context.inputs.state.throttle = 0.0
    return scene


def drive_to_the_end(scene):
    for _ in range(60 * 40):
        scene.update(FRAME_S)
        if scene.ended:
            return
    raise AssertionError("the attempt has no end")


def test_the_title_leads_to_a_list_of_all_corners(game, device, targets):
    device.choose("Practice")
    assert game.name == "PracticeScene"
    assert [row.label for row in game.scene.page.rows] == ["T1", "T2"]
    device.choose("T2")
    assert game.name == "CornerPracticeScene"
    assert game.scene.drive.world.starts[0].s_m == targets.corners[1].course.s_m
    device.pause()
    assert game.name == "ExercisePausedScene"
    device.choose("Back to the list")
    assert game.name == "PracticeScene"
    device.back()
    assert game.name == "TitleScene"


def test_without_times_the_list_says_that_the_bot_is_driving(routes):
    scene = routes.practice(routes.title())
    assert [row.label for row in scene.page.rows if row.selectable] == ["Back"]


def test_the_list_appears_when_the_times_have_come(routes, monkeypatch):
    scene = routes.practice(routes.title())
    found = corner_targets(routes.garage)
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: found)
    scene.update(FRAME_S)
    assert [row.label for row in scene.page.rows] == ["T1", "T2"]


def test_an_attempt_begins_at_speed_and_stands_still_for_a_moment(corner):
    assert corner.drive.followed.now.velocity_forward_mps == pytest.approx(SPEED_MPS)
    corner.update(FRAME_S)
    assert corner.drive.world.tick == 0
    for _ in range(60):
        corner.update(FRAME_S)
    assert corner.drive.world.tick > 0


def test_the_first_attempt_waits_until_a_pedal_is_pressed_and_no_later_one_does(routes, targets):
    scene = routes.practise_corner(targets.corners[0], routes.practice(routes.title()))
    for _ in range(300):
        scene.update(FRAME_S)
    assert scene.waits_for
    assert scene.drive.world.tick == 0
    routes.context.inputs.state.throttle = 1.0
    for _ in range(60):
        scene.update(FRAME_S)
    assert not scene.waits_for
    assert scene.drive.world.tick > 0
    routes.context.inputs.state.throttle = 0.0
    scene.handle(Command.RESTART)
    for _ in range(60):
        scene.update(FRAME_S)
    assert scene.drive.world.tick > 0


def test_a_finished_attempt_is_timed_kept_and_followed_by_another(corner, targets):
    drive_to_the_end(corner)
    time_s = corner.drive.judge.time_s
    assert time_s == pytest.approx(targets.corners[0].ghost.time_s, rel=0.1)
    assert corner.best_s == time_s
    for _ in range(60 * 4):
        corner.update(FRAME_S)
    assert not corner.ended
    assert corner.drive.judge.time_s is None
    assert [rival.name for rival in corner.drive.followed.ghosts] == ["Best", "Author"]


def test_restart_is_instant_at_any_time(corner):
    for _ in range(200):
        corner.update(FRAME_S)
    corner.handle(Command.RESTART)
    assert corner.drive.world.tick == 0
    assert corner.drive.judge.travelled_m == 0.0


def test_leaving_the_track_ends_the_attempt_without_a_time(corner):
    corner.drive.judge.valid = False
    corner.update(FRAME_S)
    assert corner.ended
    assert corner.best_s == math.inf


def test_the_next_corner_and_the_one_before_are_a_key_away(corner, targets):
    last, first = targets.corners[-1], targets.corners[0]
    before = corner.handle(Command.PREVIOUS_TAB)
    assert before.drive.world.starts[0].s_m == last.course.s_m
    assert before.handle(Command.NEXT_TAB).drive.world.starts[0].s_m == first.course.s_m


def test_the_corners_on_the_way_to_the_one_that_is_practised_are_named(targets, routes):
    track, course = routes.garage.track, targets.corners[-1].course
    corner = next(each for each in track.corners if each.number == course.corner)
    others = [each for each in track.corners if each is not corner]
    for before, s_m in ((0, corner.apex_m - 5.0), (1, others[-1].apex_m - 5.0)):
        begun = course._replace(s_m=s_m % track.length_m)
        assert corners_before(track, begun) == [each.number for each in others[-1:]] * before


def test_practice_enters_neither_the_lap_history_nor_the_best_laps(
    offscreen, new_routes, oval, spec, monkeypatch, tmp_path
):
    offscreen((1280, 720))
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    routes = new_routes(lap_writer=LapWriter(oval, spec))
    found = corner_targets(routes.garage)
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: found)
    scene = routes.practise_corner(found.corners[0], routes.practice(routes.title()))
    car = scene.drive.followed
    car.entry = car.entry._replace(make_driver=Bot)
    scene.restart()
    routes.context.inputs.state.throttle = 1.0
    drive_to_the_end(scene)
    routes.garage.lap_writer.close()
    folder = tmp_path / "laps" / "oval"
    assert [path.name for path in folder.iterdir()] == ["corners.jsonl"]
    again = PracticeLog(oval, spec, folder)
    assert again.best_s("slick", found.corners[0].course) == scene.best_s < math.inf
    assert again.best_s("sport", found.corners[0].course) == math.inf


def test_only_a_new_best_is_written(tmp_path, oval, spec, targets):
    log, course = PracticeLog(oval, spec, tmp_path), targets.corners[0].course
    assert log.add("slick", course, 8.0)
    assert not log.add("slick", course, 8.5)
    assert log.add("slick", course, 7.5)
    assert len((tmp_path / "corners.jsonl").read_text().splitlines()) == 2
    assert PracticeLog(oval, spec, tmp_path).best_s("slick", course) == 7.5


def test_a_time_on_another_way_through_the_corner_does_not_compare(tmp_path, oval, spec, targets):
    course = targets.corners[0].course
    PracticeLog(oval, spec, tmp_path).add("slick", course, 8.0)
    longer = course._replace(length_m=course.length_m + 20.0)
    assert PracticeLog(oval, spec, tmp_path).best_s("slick", longer) == math.inf


def test_a_damaged_line_is_told_and_the_others_count(tmp_path, oval, spec, targets):
    course = targets.corners[0].course
    PracticeLog(oval, spec, tmp_path).add("slick", course, 8.0)
    with (tmp_path / "corners.jsonl").open("a") as stream:
        stream.write("nonsense\n")
    log = PracticeLog(oval, spec, tmp_path)
    assert log.best_s("slick", course) == 8.0
    assert "line 2 cannot be read" in log.message


def test_the_medals_of_a_corner_are_shares_of_the_bots_time(targets):
    times = targets.corners[0].times
    assert times[Medal.AUTHOR] == targets.corners[0].ghost.time_s
    assert times[Medal.GOLD] == pytest.approx(times[Medal.AUTHOR] / 0.95)
