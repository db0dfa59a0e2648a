"""A drive is watched: played, sought through, compared, and driven on from any moment."""

import pygame
import pytest
from bots_drive import bots_drive
from here_worker import HereWorker
from msgspec.structs import replace
from ui_drivers import Keys

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.replays.opened import opened_beside
from game.app.scenes.replay import SPEEDS
from game.errors import InputError
from game.recording.replay import load_replay
from game.recording.replay_recorder import replay_of, save_replay

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def driven(oval, spec, slow_plan):
    """The bot's drive over the line and round the oval."""
    drive = bots_drive(oval, spec, slow_plan)
    while len(drive.followed.laps.laps) < 1:
        drive.step(240)
    drive.step(300)
    return drive


@pytest.fixture
def recording(driven):
    return driven.recording()


@pytest.fixture
def scene(game, recording):
    """The replay in the window, standing at its start."""
    game.show(game.routes.open_recording(recording, game.scene))
    for _ in range(200):
        if game.name == "ReplayScene":
            break
        game.frames(1)
    game.scene.stop()
    game.frames(1)
    return game.scene


def go_to(game, tick):
    game.scene.replay_drive.seek(tick)
    while game.scene.replay_drive.is_seeking:
        game.frames(1)


def test_a_recording_is_the_replay_that_is_read_from_its_file(recording, tmp_path):
    save_replay(recording, tmp_path / "a.replay")
    assert replay_of(recording) == load_replay(tmp_path / "a.replay")


def test_it_plays_as_it_was_driven_at_every_speed(game, scene):
    for speed in (SPEEDS[0], 1.0, SPEEDS[-1]):
        scene.speed = speed
        before = scene.replay_drive.tick
        scene.toggle()
        game.frames(20)
        scene.stop()
        assert scene.replay_drive.tick - before == pytest.approx(80 * speed, abs=5)
    assert not scene.replay_drive.player.diverged


def test_at_the_end_it_stands_and_plays_from_the_start_again(game, scene):
    ticks = scene.replay_drive.replay.ticks
    go_to(game, ticks - 30)
    scene.toggle()
    game.frames(30)
    assert not scene.playing
    scene.toggle()
    game.frames(5)
    assert scene.replay_drive.tick < 60


def test_what_the_instruments_show_after_a_seek_is_what_they_showed_in_the_drive(
    game, scene, driven
):
    go_to(game, scene.replay_drive.replay.ticks)
    seen, was = scene.drive.followed, driven.followed
    assert seen.now == was.now
    assert seen.laps.laps == was.laps.laps
    assert seen.best == was.best
    assert seen.trace.lap_share == was.trace.lap_share
    assert list(seen.recent.samples) == list(was.recent.samples)


def test_a_frame_on_and_a_frame_back_leads_to_the_same_moment(game, scene):
    go_to(game, 2000)
    before = scene.drive.followed.now
    for command in (Command.RIGHT, Command.RIGHT, Command.LEFT, Command.LEFT):
        scene.handle(command)
        game.frames(2)
    assert scene.drive.followed.now == before


def test_keys_and_the_mouse_on_the_timeline_seek(game, scene):
    game.frames(1)
    bar = scene.panel._timeline.bar
    scene.handle_pointer(
        Pointer((bar.left + bar.width // 2, bar.top + 20), pressed=True, held=True)
    )
    scene.handle_pointer(Pointer((bar.left + bar.width // 4, bar.top - 90), held=True))
    game.frames(5)
    ticks = scene.replay_drive.replay.ticks
    assert scene.replay_drive.tick == pytest.approx(ticks / 4, rel=0.01)
    scene.handle(Command.NEXT_TAB)
    game.frames(5)
    marks = {mark.tick for mark in scene.ahead.survey.marks}
    assert scene.replay_drive.tick in marks
    scene.handle(Command.RESTART)
    game.frames(5)
    assert scene.replay_drive.tick in {0, *(lap.begin for lap in scene.ahead.survey.laps[0])}


def test_another_lap_is_beside_it_at_the_same_place_or_time(game, scene):
    (lap,) = scene.laps_to_compare()
    scene.compare(lap)
    begin = scene.ahead.survey.laps[0][0].begin
    go_to(game, begin + 2400)
    (ghost,) = scene.drive.followed.ghosts_at(1.0)
    pose = scene.drive.followed.pose(1.0)
    assert (ghost.pose.x_m, ghost.pose.y_m) == pytest.approx((pose.x_m, pose.y_m), abs=0.5)
    scene.handle(Command.RESET)
    (ghost,) = scene.drive.followed.ghosts_at(1.0)
    assert (ghost.pose.x_m, ghost.pose.y_m) == pytest.approx((pose.x_m, pose.y_m), abs=0.5)
    game.frames(2)


def test_the_best_lap_of_another_file_is_set_beside_it(game, scene, recording, tmp_path):
    save_replay(recording, tmp_path / "a.replay")
    scene.compare_with(opened_beside(tmp_path / "a.replay", game.routes.garage), "the other")
    game.frames(2)
    (own,) = scene.laps_to_compare()
    assert scene.replay_drive.compared == own._replace(name="the other")


def test_driven_on_as_it_was_driven_it_is_the_same_drive(game, scene):
    go_to(game, 1200)
    keys = Keys(game)
    keys.pause()
    assert game.name == "ReplayMenuScene"
    keys.choose("Drive on from here")
    game.scene.restart()
    taken = game.scene.drive
    assert taken.world.state_bits() == scene.replay_drive.player.world.state_bits()
    player = scene.replay_drive.player
    while player.tick < 1500:
        taken.world.step(player.controls)
        player.step()
        assert taken.world.state_bits() == player.world.state_bits()
    game.scene.restart()
    assert taken.world.tick == 1200
    game.frames(30)
    assert taken.world.tick > 1200


def test_driven_on_nothing_is_kept(game, scene):
    go_to(game, 1200)
    Keys(game).pause()
    Keys(game).choose("Drive on from here")
    assert game.scene.drive.followed.on_lap.__name__ == "_ignore"
    Keys(game).pause()
    Keys(game).choose("Back to the replay")
    Keys(game).choose("Continue")
    assert game.scene is scene


def test_the_bot_drives_on(game, scene):
    scene.stop()
    go_to(game, 1200)
    Keys(game).pause()
    Keys(game).choose("The bot drives on from here")
    game.frames(60)
    assert game.name == "HandedOverScene"
    assert game.scene.drive.followed.now.tick > 1200


def test_a_replay_dropped_on_the_title_is_watched_and_anything_else_is_refused_in_a_line(
    game, recording, tmp_path, written
):
    path = tmp_path / "a.replay"
    (tmp_path / "b.replay").write_bytes(b"no replay")
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(tmp_path / "b.replay")))
    game.frames(2)
    assert game.name == "TitleScene"
    assert any("b.replay" in text for text in written)
    save_replay(recording, path)
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
    game.frames(60)
    assert game.name == "ReplayScene"
    assert game.scene.name == "a"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"track": "nowhere", "digests": None}, "its circuit, nowhere, is not here"),
        ({"car_id": "another", "digests": None}, "was driven with another car"),
    ],
)
def test_a_replay_of_elsewhere_says_so(game, recording, tmp_path, changes, words):
    about = replace(recording.about, **changes)
    save_replay(recording._replace(about=about), tmp_path / "a.replay")
    with pytest.raises(InputError, match=words) as refused:
        game.routes.open_replay(tmp_path / "a.replay", game.scene)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("changes", [{"track": "nowhere"}, {"car_id": "another"}])
def test_circuit_and_car_are_known_by_what_they_are_not_by_their_names(
    game, recording, tmp_path, changes
):
    about = replace(recording.about, **changes)
    save_replay(recording._replace(about=about), tmp_path / "a.replay")
    game.show(game.routes.open_replay(tmp_path / "a.replay", game.scene))
    game.frames(20)
    assert game.name == "ReplayScene"


def test_a_replay_of_other_physics_says_so_and_is_shown(game, recording, written):
    digests = replace(recording.about.digests, physics="another")
    about = replace(recording.about, digests=digests, program="0.0.9")
    game.show(game.routes.open_recording(recording._replace(about=about), game.scene))
    game.frames(20)
    assert game.name == "ReplayScene"
    assert any("physics of version 0.0.9" in text for text in written)


@pytest.mark.parametrize("command", [Command.REFERENCE, Command.KEEP_STATE, Command.SLOW_MOTION])
def test_keys_that_are_about_ones_own_drive_do_nothing(game, scene, command):
    settings, speed = game.routes.context.settings, scene.speed
    assert scene.handle(command) is scene
    assert game.routes.context.settings == settings
    assert scene.speed == speed


def test_another_replay_without_a_valid_lap_says_so_and_the_lap_beside_it_stays(
    game, scene, recording, tmp_path, written
):
    save_replay(recording, tmp_path / "a.replay")
    (own,) = scene.laps_to_compare()
    scene.compare(own)
    other = opened_beside(tmp_path / "a.replay", game.routes.garage)
    other.survey.best_lap = lambda: None
    scene.compare_with(other, "the other")
    scene.draw(pygame.display.get_surface())
    assert any("beside: looking for the lap" in text for text in written)
    game.frames(2)
    assert any("the other: has no valid lap" in text for text in written)
    assert scene.replay_drive.compared == own


def test_the_other_lap_is_reckoned_with_the_ticks_of_its_own_replay(
    game, scene, recording, tmp_path
):
    save_replay(recording, tmp_path / "a.replay")
    other = opened_beside(tmp_path / "a.replay", game.routes.garage)
    (own,) = scene.laps_to_compare()
    other.survey.step_s *= 2.0
    scene.compare_with(other, "the other")
    game.frames(2)
    compared = scene.replay_drive.compared
    ticks_s = [lap.ghost.times_s[-1] + lap.points[0].lap_start_s for lap in (own, compared)]
    assert ticks_s[1] == pytest.approx(2.0 * ticks_s[0])


def test_the_plan_that_the_player_does_not_wait_for_is_given_up(game, scene, monkeypatch):
    assert game.scene is scene

    class NeverThere:
        plan, error, progress, closed = None, "", 0.5, False

        def begin(self):
            pass

        poll = begin

        def close(self):
            self.closed = True

    plan = NeverThere()
    monkeypatch.setattr("game.app.scenes.replay_menu.PlanAhead", lambda *_: plan)
    Keys(game).pause()
    Keys(game).choose("The bot drives on from here")
    loading = game.scene  # held, so that it is not collected
    game.frames(1)
    assert not plan.closed
    game.show(loading.handle(Command.BACK))
    assert game.name == "ReplayMenuScene"
    assert plan.closed


def test_a_replay_dropped_on_the_menu_over_another_takes_its_place(
    game, scene, recording, tmp_path, monkeypatch
):
    closed = []
    monkeypatch.setattr(scene.ahead, "close", lambda: closed.append(True))
    save_replay(recording, tmp_path / "a.replay")
    Keys(game).pause()
    title = game.scene.back
    game.show(game.routes.take_file(tmp_path / "a.replay", game.scene))
    game.frames(60)
    assert closed
    assert game.scene.name == "a"
    Keys(game).pause()
    assert game.scene.back is title


@pytest.fixture
def tasks(scene, monkeypatch, tmp_path):
    """The clips that were asked for, each made by whoever sits here."""
    asked = []

    def make(link):
        def film(task):
            asked.append(task)
            link.report(0.5)
            if task.part.end > task.replay.ticks:
                raise InputError("there is no such part")

        return film

    monkeypatch.setattr("game.app.replays.clip_ahead.Worker", HereWorker)
    monkeypatch.setattr("game.app.replays.clip_ahead.player_folder", lambda: tmp_path)
    monkeypatch.setattr(scene._clips, "_make", make)
    return asked


def test_one_key_films_the_last_fifteen_seconds(game, scene, tasks, written, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(scene._clips, "_report", said.append)
    go_to(game, 6000)
    scene.handle(Command.CLIP)
    scene.draw(pygame.display.get_surface())
    assert any("filming 0 %" in text for text in written)
    scene.handle(Command.CLIP)
    game.frames(2)
    (task,) = tasks
    busy, saved = said
    assert "one clip at a time" in busy
    assert saved == f"saved {task.out}"
    assert task.part == (6000 - 15 * 240, 6000, 0)
    assert all(keyframe.tick <= task.part.begin for keyframe in task.keyframes)
    assert task.keyframes[-1].tick > task.part.begin - 400
    assert task.out.parent == tmp_path / "clips"
    assert not scene._clips.is_busy


def test_a_lap_is_filmed_from_the_menu_while_the_replay_goes_on(game, scene, tasks):
    lap = scene.ahead.survey.laps[0][0]
    go_to(game, lap.begin + 100)
    Keys(game).pause()
    Keys(game).choose("Film this lap")
    game.frames(1)
    (task,) = tasks
    assert (task.part.begin, task.part.end) == (lap.begin, lap.end)
    assert game.scene is scene


def test_why_there_is_no_clip_is_said_in_a_line(game, scene, tasks, written):
    scene.handle(Command.CLIP)
    game.frames(1)
    assert tasks == []
    assert any("nothing to film yet" in text for text in written)
    scene._film(0, 10**6)
    game.frames(1)
    assert any("there is no such part" in text for text in written)


def test_a_clip_that_is_given_up_leaves_no_file(scene, tasks, tmp_path):
    scene._film(0, 240)
    (tmp_path / "clips").mkdir()
    unfinished = tmp_path / "clips" / f".{scene._clips._out.name}.0123"
    unfinished.touch()
    scene._clips.close()
    assert list((tmp_path / "clips").iterdir()) == []
    assert len(tasks) == 1
