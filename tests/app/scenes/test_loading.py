"""Loading shows how far it is, never works long at a time, and gives way when done."""

import time

import pygame
import pytest

from game.app.input.commands import Command
from game.app.scenes.loading import LoadingScene
from game.app.scenes.loading_steps import loading_steps
from game.app.scenes.startup import drive_first, title_first


def test_every_frame_does_a_little_until_all_is_done(game, driving):
    def steps():
        for number in range(40):
            time.sleep(0.002)
            yield number / 40

    loading = game.show(game.routes.loading(steps(), lambda: driving))
    seen = []
    while game.scene is loading:
        seen.append(loading.progress)
        game.frames(1)
        assert len(seen) < 60
    assert game.scene is driving
    assert seen == sorted(seen)
    assert len(seen) > 3


def test_what_is_waited_for_is_shown_before_it_is_worked_on(game, driving):
    done = []

    def steps():
        done.append("worked")
        yield 1.0

    loading = LoadingScene(game.venue, steps(), lambda: driving, shows_first=True)
    game.show(loading)
    assert game.scene is loading
    assert done == []
    game.frames(1)
    assert game.scene is driving
    assert done == ["worked"]


def test_the_line_of_the_circuit_fills(game, driving):
    surface = pygame.display.get_surface()
    bright = []
    for share in (0.0, 0.5, 0.99):
        scene = game.routes.loading(iter([]), lambda: driving)
        scene.progress = share
        scene.draw(surface)
        pixels = pygame.surfarray.array3d(surface)[:, :500].min(axis=2)
        bright.append(int((pixels > 200).sum()))
    assert bright[0] < 0.05 * bright[2]
    assert bright[1] == pytest.approx(0.5 * bright[2], rel=0.1)


def test_closing_the_window_ends_loading(game, driving):
    loading = game.routes.loading(iter([0.0]), lambda: driving)
    assert loading.handle(Command.QUIT) is None
    assert loading.handle(Command.CONFIRM) is loading


@pytest.mark.parametrize(
    ("first", "name"), [(title_first, "TitleScene"), (drive_first, "DrivingScene")]
)
def test_a_sitting_begins_with_loading_and_leads_on(game, first, name):
    game.show(first(game.routes, (1280, 720)))
    for _ in range(20):
        game.frames(1)
    assert game.name == name


def test_medal_times_are_asked_for_while_loading_not_by_the_first_frame(driving, monkeypatch):
    asked = []
    ahead = "game.app.venue.targets_ahead.TargetsAhead"
    monkeypatch.setattr(f"{ahead}.begin", lambda _, tyre: asked.append(tyre))
    for _ in loading_steps(driving, driving.view((1280, 720))):
        pass
    assert asked == [driving.garage.drive_setup.tyre]
