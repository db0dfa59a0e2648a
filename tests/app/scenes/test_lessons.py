"""Lessons wait to be read, are judged, and are remembered once they are done."""

import pytest

from game.app.context.lessons_done import FinishedLessons, LessonNames
from game.app.context.toml_store import TomlStore
from game.app.input.commands import Command
from game.app.scenes.lesson_plan import LESSONS

FRAME_S = 1.0 / 60.0
SPLIT = next(lesson for lesson in LESSONS if lesson.name == "split")


@pytest.fixture
def begin(routes, targets, monkeypatch):
    """Opens a lesson and reads it."""

    def opened(name):
        scene = routes.lesson(name, targets, routes.lessons(routes.title()))
        monkeypatch.setattr(routes.context.inputs, "read", lambda: None)
        routes.context.inputs.state.up = True
        scene.update(FRAME_S)
        return scene

    return opened


def frames(scene, seconds):
    for _ in range(round(seconds / FRAME_S)):
        scene.update(FRAME_S)


def finish(scene):
    scene.drive.judge.share = 1.0
    scene.update(FRAME_S)


def test_there_are_five_lessons_each_with_a_few_sentences_and_something_to_do():
    assert [lesson.name for lesson in LESSONS] == [
        "steering",
        "braking",
        "regeneration",
        "split",
        "marks",
    ]
    for lesson in LESSONS:
        assert 2 <= lesson.text.count(".") <= 3
        assert lesson.parts


@pytest.mark.usefixtures("targets")
def test_the_title_leads_to_the_lessons_and_back(game, device):
    device.choose("Lessons")
    assert [row.label for row in game.scene.page.rows] == [lesson.title for lesson in LESSONS]
    device.choose("Bring energy back")
    assert game.name == "LessonScene"
    device.pause()
    device.choose("Back to the list")
    assert game.name == "LessonsScene"


def test_a_lesson_waits_until_a_pedal_says_that_it_was_read(routes, targets, monkeypatch):
    monkeypatch.setattr(routes.context.inputs, "read", lambda: None)
    scene = routes.lesson("braking", targets, routes.lessons(routes.title()))
    frames(scene, 3.0)
    assert scene.drive.world.tick == 0
    routes.context.inputs.state.up = True
    frames(scene, 2.0)
    assert scene.drive.world.tick > 0


def test_a_lesson_that_is_done_says_so_and_is_remembered(routes, begin, monkeypatch):
    played = []
    monkeypatch.setattr(routes.context.sound, "play", played.append)
    scene = begin("braking")
    assert not routes.context.lessons.is_done("braking")
    finish(scene)
    assert scene.ended
    assert routes.context.lessons.is_done("braking")
    assert played == ["best"]


def test_a_lesson_with_two_parts_is_done_after_both_each_with_its_setup(routes, begin):
    scene = begin("split")
    shares = [scene.drive.followed.setup.front_torque_share]
    finish(scene)
    assert not routes.context.lessons.is_done("split")
    frames(scene, 3.0)
    shares.append(scene.drive.followed.setup.front_torque_share)
    finish(scene)
    assert routes.context.lessons.is_done("split")
    bounds = routes.garage.spec.setup.front_torque_share
    assert shares == [bounds.maximum, bounds.minimum]
    assert routes.garage.setup.front_torque_share not in shares


def test_off_the_track_the_lesson_begins_again(begin):
    scene = begin("braking")
    scene.drive.judge._attempt.valid = False
    scene.update(FRAME_S)
    assert scene.ended
    frames(scene, 2.6)
    assert not scene.ended
    assert not scene.drive.judge.off_track


def test_the_page_keys_lead_from_lesson_to_lesson(begin):
    scene = begin("marks")
    assert scene.handle(Command.NEXT_TAB).lesson.name == "steering"
    assert scene.handle(Command.PREVIOUS_TAB).lesson.name == "split"


def test_finished_lessons_come_back_in_the_next_sitting(tmp_path):
    path = tmp_path / "lessons.toml"
    FinishedLessons(TomlStore(path, LessonNames)).finish("marks")
    FinishedLessons(TomlStore(path, LessonNames)).finish("split")
    book = FinishedLessons(TomlStore(path, LessonNames))
    assert [book.is_done(name) for name in ("marks", "split", "braking")] == [True, True, False]
    path.write_text("done = 3")
    assert FinishedLessons(TomlStore(path, LessonNames)).warning
