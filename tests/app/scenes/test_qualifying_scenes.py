"""A player qualifies, sees the grid, and races from it, by keys alone."""

from itertools import repeat

import msgspec
import pygame
import pytest
from ui_drivers import Keys

from game.app.input.commands import Command
from game.app.scenes.loading import LoadingScene
from game.app.scenes.qualifying import QualifyingScene
from game.app.scenes.race import RaceScene
from game.app.scenes.split_qualifying import SplitQualifyingScene
from game.app.scenes.split_race import SplitRaceScene
from game.boards.lap_database import LapDatabase
from game.bot.bot import Bot
from game.bot.start import start_on_line
from game.recording.lap_recorder import Lap

pytestmark = pytest.mark.slow

SLOW_S = 500.0
FAST_S = 10.0


@pytest.fixture
def game(title_before_a_race):
    return title_before_a_race("qualifying")


@pytest.fixture
def keys(game):
    return Keys(game)


@pytest.fixture
def driving(game, keys):
    keys.choose("Race")
    keys.choose("Start the race")
    assert isinstance(game.scene, QualifyingScene)
    return game.scene


def loaded(game):
    """The scene that the game waits for."""
    for _ in range(50):
        if not isinstance(game.scene, LoadingScene):
            break
        game.frames(1)
    return game.scene


def finish_laps(game, driving, *times_s, car=0, valid=True):
    """Let a car come over the line with these laps."""
    recorder = driving.drive.cars[car].laps
    for time_s in times_s:
        number = len(recorder.laps) + 1
        recorder.laps.append(Lap(number, time_s, (time_s / 3,) * 3, valid, 9e6, 1e6, 50.0, ()))
        game.frames(1)


def another(setup):
    return msgspec.structs.replace(setup, front_torque_share=setup.front_torque_share + 0.1)


def places(scene):
    return [each.is_player for each in scene.race.entrants]


def test_the_best_lap_has_its_place_on_the_grid_which_comes_by_itself(game, keys, driving):
    finish_laps(game, driving, SLOW_S, FAST_S, SLOW_S)
    assert game.scene is driving
    game.frames(60 * 7)
    assert game.name == "StartingGridScene"
    assert game.scene.under_title.startswith("P1 · 0:10.000")
    keys.choose("Start the race")
    racing = loaded(game)
    assert isinstance(racing, RaceScene)
    assert places(racing) == [True, False, False]


def test_who_has_no_valid_lap_starts_last(game, keys, driving):
    finish_laps(game, driving, FAST_S, valid=False)
    keys.pause()
    keys.choose("To the grid")
    assert game.scene.under_title.startswith("P3 · no valid lap")
    keys.choose("Start the race")
    assert places(loaded(game)) == [False, False, True]


def test_after_each_lap_the_place_is_told_and_shown(game, driving):
    said = []
    game.context.notice.show = said.append
    finish_laps(game, driving, SLOW_S, FAST_S)
    assert said[0].startswith("P3 · ")
    assert "s to pole" in said[0]
    assert said[1].startswith("P1 · ")
    assert driving.drive.qualifying_board.place == 1
    finish_laps(game, driving, SLOW_S)
    assert said[-1].startswith("Qualifying is over · P1")


def test_what_is_told_of_a_lap_lies_beside_its_banner(game, driving):
    finish_laps(game, driving, SLOW_S)
    game.frames(30)
    surface, hud = pygame.display.get_surface(), game.context.settings.hud
    lasting = driving._hud.lasting_boxes(surface.get_size(), hud)
    banner = driving._banner.draw(surface, hud.text_scale, lasting, calm=True)
    assert not banner.meets(game.context.notice.box)


def test_laps_that_are_left_are_driven_from_the_grid_page_on(game, keys, driving):
    finish_laps(game, driving, SLOW_S)
    keys.pause()
    keys.choose("To the grid")
    tick = driving.drive.world.tick
    game.frames(10)
    assert driving.drive.world.tick == tick
    keys.back()
    assert game.scene is driving
    finish_laps(game, driving, FAST_S, FAST_S)
    keys.press(pygame.K_RETURN)
    assert game.name == "StartingGridScene"
    assert "Drive on" not in [row.label for row in game.scene.page.rows]


def test_a_key_that_also_steers_leads_nowhere_before_the_last_lap(game, keys, driving):
    keys.press(pygame.K_SPACE, pygame.K_RETURN)
    assert game.scene is driving


def test_qualifying_again_forgets_the_laps(game, keys, driving):
    finish_laps(game, driving, FAST_S)
    assert driving.drive.qualifying_board.place == 1
    keys.pause()
    keys.choose("Restart qualifying")
    assert game.scene is driving
    board = driving.drive.qualifying_board
    assert (board.place, board.lap, driving.drive.world.tick < 10) == (3, 1, True)


def test_nobody_goes_back_in_qualifying(game, driving):
    game.frames(60)
    tick = driving.drive.world.tick
    driving.handle(Command.REWIND)
    game.frames(1)
    assert driving.drive.world.tick > tick
    assert not driving.drive.is_practice


@pytest.fixture
def retired(game, keys, driving):
    """The result of a race from pole that the player has left at once."""
    finish_laps(game, driving, FAST_S)
    keys.pause()
    keys.choose("To the grid")
    keys.choose("Start the race")
    racing = loaded(game)
    racing.race.step(240 * 9)
    keys.pause()
    keys.choose("Retire")
    return game.scene


def test_race_again_keeps_the_grid_and_qualify_again_does_not(game, keys, driving, retired):
    keys.choose("Race again")
    assert places(game.scene) == [True, False, False]
    game.show(retired)
    keys.choose("Qualify again")
    assert isinstance(game.scene, QualifyingScene)
    assert game.scene is not driving
    assert game.scene.drive.qualifying_board.place == 3


@pytest.mark.usefixtures("retired")
def test_the_grid_is_kept_in_a_race_with_another_setup(game, keys):
    garage = game.garage
    garage.apply_setup(another(garage.setup))
    keys.choose("Race again")
    racing = loaded(game)
    assert racing.race.followed.setup == garage.drive_setup
    assert places(racing) == [True, False, False]


def test_another_setup_qualifies_anew(game, keys, driving):
    keys.pause()
    garage = game.garage
    garage.apply_setup(another(garage.setup))
    game.frames(1)
    assert game.scene.under_title == "Restart to qualify with the new setup"
    keys.choose("Restart qualifying")
    assert isinstance(game.scene, QualifyingScene)
    assert game.scene is not driving
    assert game.scene.drive.followed.setup == garage.drive_setup


def test_whoever_is_too_early_waits_for_the_bots_and_may_drive_on(game, keys, driving, monkeypatch):
    monkeypatch.setattr(game.garage.field_ahead, "laps_s", lambda _: None)
    monkeypatch.setattr(driving.qualifying, "_find_laps_s", lambda: None)
    monkeypatch.setattr(game.garage.field_ahead, "wait", lambda _: repeat(0.5))
    keys.pause()
    assert [row.has_time for row in driving.qualifying.rows] == [False] * 3
    keys.choose("To the grid")
    assert isinstance(game.scene, LoadingScene)
    keys.back()
    assert game.name == "RacePausedScene"
    keys.choose("Resume")
    assert game.scene is driving


@pytest.mark.usefixtures("driving")
def test_it_pauses_when_the_window_loses_focus(game):
    pygame.event.post(pygame.Event(pygame.WINDOWFOCUSLOST))
    game.frames(1)
    assert game.name == "RacePausedScene"
    assert game.scene.under_title == "the window lost focus"


def test_a_lap_driven_here_is_kept_and_is_the_players_best(game, driving, monkeypatch, slow_plan):
    drive = driving.drive
    monkeypatch.setattr("game.app.scenes.player_drive.HumanDriver", lambda *_: Bot())
    drive.begin(start_on_line(game.garage.spec, game.garage.setup, slow_plan, 600.0, 700.0))
    for _ in range(400):
        drive.step(60)
        if drive.followed.laps.laps:
            break
    (lap,) = drive.followed.laps.laps
    assert lap.valid
    assert drive.qualifying_board.own.time_s == lap.time_s
    writer = game.garage.lap_writer
    writer.close()
    assert writer.best(drive.followed.setup.tyre).time_s == lap.time_s
    ((kept,), _) = LapDatabase().laps("oval")
    assert kept.lap.time_s == lap.time_s
    assert game.garage.best_s == lap.time_s


@pytest.fixture
def both(game, keys):
    keys.choose("Two players")
    keys.choose("Race")
    scene = loaded(game)
    assert isinstance(scene, SplitQualifyingScene)
    return scene


def test_two_qualify_at_once_and_race_from_their_places(game, keys, both):
    finish_laps(game, both, FAST_S, car=1)
    game.frames(2)
    assert [both.qualifying.board_of(pane.car).place for pane in both.panes] == [3, 1]
    keys.pause()
    keys.choose("To the grid")
    assert game.scene.under_title.startswith("Player 2: P1 · 0:10.000 · Player 1: P3")
    keys.choose("Start the race")
    racing = loaded(game)
    assert isinstance(racing, SplitRaceScene)
    assert [each.name for each in racing.race.entrants][::2] == ["Player 2", "Player 1"]
    assert [pane.car.number for pane in racing.panes] == [2, 0]


def test_the_grid_comes_when_both_have_driven_their_laps(game, both):
    finish_laps(game, both, *[SLOW_S] * 3, car=0)
    game.frames(60 * 7)
    assert game.scene is both
    finish_laps(game, both, *[SLOW_S] * 3, car=1)
    game.frames(60 * 7)
    assert game.name == "StartingGridScene"
