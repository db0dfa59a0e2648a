"""The keys of practice go back in a drive and say so; who watches the bot has none."""

import pygame
import pytest

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.hud.practice_panel import PracticeFigures, draw_practice
from game.app.input.commands import Command
from game.bot.examples.follower import Follower

pytestmark = pytest.mark.slow

FRAME_S = 1.0 / 60.0


@pytest.fixture
def scene(routes):
    scene = routes.drive()
    scene.restart()  # without start lights
    return scene


def frames(scene, count):
    for _ in range(count):
        scene.update(FRAME_S)


def test_a_state_is_kept_and_come_back_to(scene, said):
    scene.handle(Command.RETURN_TO_STATE)
    assert said[-1] == "No state is kept yet"
    assert not scene.drive.is_practice
    frames(scene, 30)
    scene.handle(Command.KEEP_STATE)
    tick = scene.drive.world.tick
    frames(scene, 30)
    scene.handle(Command.RETURN_TO_STATE)
    assert scene.drive.world.tick == tick > 0
    assert said[-1] == "Back at the kept state"
    assert scene.drive.is_practice


def test_slow_motion_makes_fewer_ticks_a_frame_and_a_restart_ends_it(scene):
    ticks = []
    for _ in range(2):
        before = scene.drive.world.tick
        frames(scene, 60)
        ticks.append(scene.drive.world.tick - before)
        scene.handle(Command.SLOW_MOTION)
        scene.handle(Command.SLOW_MOTION)
    assert ticks == [pytest.approx(240, abs=2), pytest.approx(120, abs=2)]
    scene.restart()
    frames(scene, 1)
    before = scene.drive.world.tick
    frames(scene, 60)
    assert scene.drive.world.tick - before == pytest.approx(240, abs=2)


def test_practice_is_said_on_the_screen_as_long_as_it_lasts(scene, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "game.app.scenes.driving.draw_practice", lambda *call: drawn.append(call[1]) or call[0]
    )
    monkeypatch.setattr(scene.context.notice, "keep_clear", lambda _: None)
    surface = pygame.display.get_surface()
    frames(scene, 2)
    scene.draw(surface)
    assert drawn == []
    scene.handle(Command.REWIND)
    scene.draw(surface)
    assert drawn == [PracticeFigures(1.0, False)]
    scene.restart()
    scene.draw(surface)
    assert len(drawn) == 1


@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_the_panel_of_practice_fits_the_window(offscreen, size, text_scale):
    surface = offscreen(size)
    box = draw_practice(surface, PracticeFigures(0.25, True), text_scale)
    assert box.left >= 0
    assert box.right <= size[0]


def test_who_watches_the_bot_has_nothing_to_practise(routes, said, track, spec, setup):
    scene = routes.watch(Drive(track, [CarEntry(spec, setup, Follower)]))
    for command in (Command.KEEP_STATE, Command.REWIND, Command.SLOW_MOTION, Command.LOOP_CORNER):
        assert scene.handle(command) is scene
    assert said == []


def test_a_rewind_to_the_start_is_called_that(scene, said):
    frames(scene, 15)
    scene.handle(Command.REWIND)
    assert said[-1] == "Back at the start"
    frames(scene, 400)
    scene.handle(Command.REWIND)
    assert said[-1] == "Five seconds back"
