"""A race is chosen, raced, paused, left, classified and watched, by keys alone."""

import pygame
import pytest
from ui_drivers import Keys

from game.app.context.settings import with_part
from game.app.input.commands import Command
from game.app.scenes.loading import LoadingScene
from game.app.scenes.player_race import field_wanted
from game.app.scenes.race import RaceScene
from game.boards.lap_database import LapDatabase
from game.boards.lap_writer import RACES
from game.racing.race_length import RaceLength
from game.recording.ghost import GhostLap
from game.recording.replay import load_replay

pytestmark = pytest.mark.slow


@pytest.fixture
def game(title_before_a_race):
    return title_before_a_race("last")


@pytest.fixture
def keys(game):
    return Keys(game)


@pytest.fixture
def racing(game, keys):
    keys.choose("Race")
    keys.choose("Start the race")
    for _ in range(50):
        if not isinstance(game.scene, LoadingScene):
            break
        game.frames(1)
    assert isinstance(game.scene, RaceScene)
    return game.scene


def test_what_is_chosen_is_kept_and_raced(game, keys):
    keys.choose("Race")
    for label, presses in (("Laps", 3), ("Cars", 2)):
        while game.scene.page.row.label != label:
            keys.press(pygame.K_DOWN)
        keys.press(*[pygame.K_RIGHT] * presses)
    race = game.context.settings.race
    assert (race.laps, race.field) == (4, 5)
    keys.choose("Start the race")
    while isinstance(game.scene, LoadingScene):
        game.frames(1)
    assert (game.scene.race.length, len(game.scene.race.cars)) == (RaceLength(4), 5)
    assert game.scene.race.followed.number == 4


def test_a_race_by_minutes_is_chosen_raced_and_classified(game, keys, slow_plan):
    keys.choose("Race")
    for label, presses in (("Length", 1), ("Minutes", 2)):
        while game.scene.page.row.label != label:
            keys.press(pygame.K_DOWN)
        keys.press(*[pygame.K_RIGHT] * presses)
    race = game.context.settings.race
    assert (race.length, race.minutes, race.laps) == ("minutes", 12, 1)
    keys.choose("Start the race")
    while isinstance(game.scene, LoadingScene):
        game.frames(1)
    length = RaceLength.by_minutes(12.0, slow_plan.lap_time_s)
    assert game.scene.race.length == length
    board = game.scene.race.race_board
    assert (board.lap, board.time_left_s) == (1, 720.0)
    game.scene.pause()
    game.show(game.routes.race_result(game.scene))
    assert "12 min" in game.scene.under_title


def test_a_race_is_prepared_while_it_is_being_chosen(game, keys):
    keys.choose("Race")
    game.frames(5)
    garage = game.routes.garage
    assert len(garage.field_ahead.laps_s(field_wanted(garage))) == 3


def test_telemetry_is_that_of_the_player_who_starts_last(game, racing):
    sent = game.context.telemetry
    assert (racing.race.followed.number, sent._car) == (2, 2)


def test_the_lights_are_heard_one_by_one_and_when_they_go_out(game, racing):
    played = []
    game.context.sound.play = played.append
    while racing.race.control.race_s < 0.1:
        racing.update(0.1)
    assert played == ["light"] * 5 + ["go"]


def test_a_paused_race_stands_still_and_begins_anew_by_a_restart(game, keys, racing):
    racing.race.step(240 * 9)
    keys.pause()
    assert game.name == "RacePausedScene"
    tick = racing.race.world.tick
    game.frames(30)
    assert racing.race.world.tick == tick
    keys.choose("Resume")
    game.frames(10)
    assert racing.race.world.tick > tick
    keys.pause()
    before = racing.race.control
    keys.choose("Restart the race")
    assert game.scene is racing
    assert racing.race.world.tick < 60
    assert racing.race.control is not before


def test_no_ghost_drives_along_in_a_race(racing):
    car = racing.drive.followed
    car.ghost_recorder.best = GhostLap(60.0, (), ())
    assert car.ghosts == ()
    assert racing.race.race_board.own.name == "You"


@pytest.fixture
def retired(game, keys, racing):
    """The result of a race that the player has left at once."""
    racing.race.step(240 * 9)
    keys.pause()
    keys.choose("Retire")
    return game.scene


def test_who_retires_sees_how_the_others_end_and_no_lap_time_is_kept(
    game, racing, retired, tmp_path
):
    assert "others are still racing" in retired.under_title
    racing.race.step(240 * 45)
    while not retired.is_over:
        retired.update(1 / 60)
    game.frames(1)
    first, second, own = retired._result.classified
    assert first.time_s < second.time_s
    assert own.retired == "retired"
    assert retired.under_title.startswith("out")
    writer = game.garage.lap_writer
    writer.close()
    assert writer.best(racing.race.followed.setup.tyre) is None
    assert LapDatabase().laps("oval") == ([], "")
    (kept,) = (tmp_path / "laps" / "oval" / RACES).iterdir()
    assert load_replay(kept).ticks == racing.race.world.tick


def test_a_race_is_watched_in_its_colours_and_any_car_followed(game, keys, racing, retired):
    keys.press(pygame.K_e, pygame.K_q)
    keys.choose("Watch the race")
    while isinstance(game.scene, LoadingScene):
        game.frames(1)
    drive = game.scene.replay_drive
    assert drive.followed.number == racing.race.followed.number
    liveries = [car.entry.livery for car in drive.cars]
    assert liveries == [each.livery for each in racing.race.entrants]
    game.scene.handle(Command.REFERENCE)
    assert drive.followed.number == 0
    assert game.scene is not retired


@pytest.mark.parametrize("preset", ["clean", "engineer", "none"])
def test_instruments_of_races_are_where_the_preset_says(game, racing, preset):
    settings = game.context.settings
    hud = with_part(settings, preset != "none", "hud", "shown")
    game.context.apply(with_part(hud, "" if preset == "none" else preset, "hud", "preset"))
    boxes = racing._hud.layout_at((1280, 720), game.context.settings.hud)
    assert {"race_place", "standings"} <= set(boxes)
    game.frames(2)
