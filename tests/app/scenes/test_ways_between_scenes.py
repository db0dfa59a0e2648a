"""Every scene can be reached and left by keys alone, by a controller alone, by the mouse alone."""

import pygame
import pytest

from game.app.input.commands import Command
from game.app.scenes.paused import PausedScene
from game.app.scenes.title import TitleScene

TABS = ["Driving", "Controller", "Bindings", "Camera", "Screen", "Sound", "Display"]


def test_all_scenes_and_back_again(game, hand):
    hand.choose("Drive")
    assert game.name == "DrivingScene"
    driving = game.scene
    hand.pause()
    assert game.name == "PausedScene"
    hand.choose("Photo mode")
    assert game.name == "PhotoScene"
    hand.back()
    hand.choose("Resume")
    assert game.scene is driving
    hand.pause()
    hand.choose("End session")
    assert game.name == "ResultScene"
    hand.choose("Drive again")
    assert game.scene is driving
    hand.pause()
    hand.choose("Quit to title")
    assert game.name == "TitleScene"
    hand.choose("Watch the bot")
    assert game.name == "DrivingScene"
    hand.pause()
    hand.choose("Quit to title")
    hand.choose("Quit")
    assert game.scene is None


@pytest.mark.parametrize("way", ["title", "pause", "result"])
def test_the_settings_are_reached_from_everywhere_and_lead_back(game, hand, way):
    if way != "title":
        hand.choose("Drive")
        hand.pause()
    if way == "result":
        hand.choose("End session")
    before = game.scene
    hand.choose("Settings")
    seen = []
    for _ in TABS:
        seen.append(game.scene.tab.name)
        hand.next_page()
    assert seen == TABS
    assert game.scene.tab.name == TABS[0]
    hand.back()
    assert game.scene is before


def test_the_instruments_are_arranged_from_the_settings(game, hand):
    hand.choose("Settings")
    for _ in range(TABS.index("Screen")):
        hand.next_page()
    hand.choose("Arrange the instruments")
    assert game.name == "HudEditorScene"


def test_closing_the_window_ends_every_scene(game, driving):
    paused = game.show(PausedScene(driving))
    paused.page.hear(Command.CONFIRM)
    for scene in (TitleScene(game.stage), driving, PausedScene(driving)):
        game.show(scene)
        pygame.event.post(pygame.Event(pygame.QUIT))
        game.frames(1)
        assert game.scene is None


def test_restart_is_one_key_from_the_pause_and_the_result(game, driving):
    for way in ([], ["End session"]):
        game.show(driving)
        driving.drive.step(240)
        game.show(PausedScene(driving))
        for label in way:
            row = next(row for row in game.scene.page.rows if row.label == label)
            row.confirm()
            game.scene = game.scene.hear(Command.HUD)
        game.scene = game.scene.hear(Command.RESTART)
        assert game.scene is driving
        assert driving.drive.world.tick == 0


def test_a_pause_says_why_it_came(game, driving, monkeypatch):
    written = []
    monkeypatch.setattr("game.app.ui.typeset.write", lambda _, text, *__: written.append(text))
    game.show(driving)
    pygame.event.post(pygame.Event(pygame.WINDOWFOCUSLOST))
    game.frames(2)
    assert "the window lost the focus" in written


def test_time_stands_still_in_the_pause_its_settings_and_the_result(game, driving):
    driving.drive.step(100)
    keys = game.show(PausedScene(driving))
    for label in ("Settings", "End session"):
        game.show(keys)
        next(row for row in keys.page.rows if row.label == label).confirm()
        game.scene = keys.hear(Command.HUD)
        game.frames(30)
        assert driving.drive.world.tick == 100
