"""Every scene can be reached and left by keys alone, by a controller alone, by the mouse alone."""

import random

import pygame
import pytest
from settings_tabs import TABS

from game.app.context.settings import with_part
from game.app.input.commands import Command
from game.app.input.pointer import Pointer

pytestmark = pytest.mark.slow


def test_all_scenes_and_back_again(game, device):
    device.choose("Drive")
    assert game.name == "DrivingScene"
    driving = game.scene
    device.pause()
    assert game.name == "PausedScene"
    device.choose("Photo mode")
    assert game.name == "PhotoScene"
    device.back()
    device.choose("Resume")
    assert game.scene is driving
    device.pause()
    device.choose("End session")
    assert game.name == "ResultScene"
    device.choose("Drive again")
    assert game.scene is driving
    device.pause()
    device.choose("Quit to title")
    assert game.name == "TitleScene"
    device.choose("Watch the bot")
    assert game.name == "DrivingScene"
    device.pause()
    device.choose("Quit to title")
    device.choose("Quit")
    assert game.scene is None


@pytest.mark.parametrize("way", ["title", "pause", "result"])
def test_the_settings_are_reached_from_everywhere_and_lead_back(game, device, way):
    if way != "title":
        device.choose("Drive")
        device.pause()
    if way == "result":
        device.choose("End session")
    before = game.scene
    device.choose("Settings")
    seen = []
    for _ in TABS:
        seen.append(game.scene.tab.name)
        device.next_page()
    assert seen == TABS
    assert game.scene.tab.name == TABS[0]
    device.back()
    assert game.scene is before


def test_the_instruments_are_arranged_from_the_settings(game, device):
    device.choose("Settings")
    for _ in range(TABS.index("Screen")):
        device.next_page()
    device.choose("Arrange the instruments")
    assert game.name == "HudEditorScene"


def test_closing_the_window_ends_every_scene(game, driving):
    paused = game.show(game.routes.pause(driving))
    paused.page.handle(Command.CONFIRM)
    for scene in (game.routes.title(), driving, game.routes.pause(driving)):
        game.show(scene)
        pygame.event.post(pygame.Event(pygame.QUIT))
        game.frames(1)
        assert game.scene is None


def test_restart_is_one_key_from_the_pause_and_the_result(game, driving):
    for way in ([], ["End session"]):
        game.show(driving)
        driving.drive.step(240)
        game.show(game.routes.pause(driving))
        for label in way:
            row = next(row for row in game.scene.page.rows if row.label == label)
            row.confirm()
            game.scene = game.scene.handle(Command.HUD)
        game.scene = game.scene.handle(Command.RESTART)
        assert game.scene is driving
        assert driving.drive.world.tick == 0


def test_a_pause_says_why_it_came(game, driving, monkeypatch):
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    game.show(driving)
    pygame.event.post(pygame.Event(pygame.WINDOWFOCUSLOST))
    game.frames(2)
    assert "the window lost focus" in written


def test_time_stands_still_in_the_pause_its_settings_and_the_result(game, driving):
    driving.drive.step(100)
    keys = game.show(game.routes.pause(driving))
    for label in ("Settings", "End session"):
        game.show(keys)
        next(row for row in keys.page.rows if row.label == label).confirm()
        game.scene = keys.handle(Command.HUD)
        game.frames(30)
        assert driving.drive.world.tick == 100


@pytest.mark.usefixtures("few_that_ship")
def test_whatever_is_asked_in_whatever_order_nothing_breaks(game):
    dice = random.Random(7)
    asked = [c for c in Command if c not in (Command.QUIT, Command.FULLSCREEN, Command.SCREENSHOT)]
    seen = set()
    for number in range(1500):
        if number % 100 == 0:
            game.show(game.routes.settings(game.routes.title()))
        elif game.scene is None:
            game.show(game.routes.title())
        seen.add(game.name)
        if dice.random() < 0.8:
            game.scene = game.scene.handle(dice.choice(asked))
        else:
            place = (dice.randrange(1280), dice.randrange(720))
            pressed = dice.random() < 0.5
            game.scene = game.scene.handle_pointer(
                Pointer(place, pressed=pressed, held=pressed, scrolled=dice.choice((0, 0, -2, 2)))
            )
        if game.scene is not None and dice.random() < 0.2:
            game.frames(1)
    assert {"TitleScene", "DrivingScene", "PausedScene", "SettingsScene", "PhotoScene"} <= seen


@pytest.mark.parametrize("size", [(320, 200), (240, 700), (3440, 600), (64, 64)], ids=str)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_window_of_any_shape_can_be_drawn_into(game, driving, size, scale):
    game.context.apply(with_part(game.context.settings, scale, "hud", "text_scale"))
    surface = pygame.Surface(size)
    paused = game.routes.pause(driving)
    scenes = [game.routes.title(), paused, game.routes.result(driving)]
    settings = game.routes.settings(paused)
    for scene in [*scenes, *[settings] * len(TABS)]:
        for _ in range(3):
            scene.draw(surface)
            scene.update(0.02)
            scene.handle(Command.DOWN)
        settings.handle(Command.NEXT_TAB)


def test_menus_tick_when_something_moves_and_say_when_something_is_followed(game):
    played = []
    game.context.sound.play = played.append
    title = game.scene
    title.handle(Command.DOWN)
    title.handle_pointer(Pointer((1200, 30)))
    title.handle(Command.LEFT)
    assert played == ["tick"]
    title.handle(Command.RESTART)
    assert played == ["tick", "confirm"]
