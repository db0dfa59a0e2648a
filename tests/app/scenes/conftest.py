"""A window on the oval with any scene in it, and the hands that work it."""

import numpy as np
import pygame
import pytest
from small_world import make_oval

from game.app.input.bindings import COMMANDS, Bindings
from game.app.input.inputs import Inputs
from game.app.players_drive import players_drive
from game.app.scenes.driving import DrivingScene
from game.app.scenes.title import TitleScene
from game.app.settings import Settings
from game.app.stage import Stage
from game.app.window import Window
from game.drivers.plan import Plan

FRAME_S = 1.0 / 60.0
SIZE = (1280, 720)


class PlainGround:
    """Ground of one colour: what scenes do does not hang on how it looks."""

    def __init__(self):
        self.views = []

    def draw(self, surface, view, soon=None):  # noqa: ARG002
        self.views.append(view)
        surface.fill((60, 80, 50))

    def prepare(self, view):
        self.views.append(view)

    def paint_in_view(self, view):
        self.views.append(view)

    def paint_for(self, budget_s):
        pass


class Game(Window):
    """A window whose frames are asked for."""

    def frames(self, count):
        for _ in range(count):
            self.frame(FRAME_S)

    def show(self, scene):
        self.scene = scene
        self.frames(1)
        return scene

    @property
    def name(self):
        return type(self.scene).__name__


class Keys:
    """Whoever has only a keyboard."""

    def __init__(self, game):
        self._game = game

    def press(self, *keys):
        for key in keys:
            pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key))
            pygame.event.post(pygame.Event(pygame.KEYUP, key=key))
            self._game.frames(1)

    def choose(self, label):
        for _ in range(99):
            if self._game.scene.page.row.label == label:
                return self.press(pygame.K_RETURN)
            self.press(pygame.K_DOWN)
        raise AssertionError(f"no row '{label}'")

    def back(self):
        self.press(pygame.K_ESCAPE)

    pause = back

    def next_page(self):
        self.press(pygame.K_e)


class Pad:
    """Whoever has only a controller: its buttons as they are bound at first."""

    def __init__(self, game):
        self._game = game

    def press(self, action):
        always = {"menu_up", "menu_down", "menu_left", "menu_right"}
        assert getattr(Bindings(), action).pad or action in always
        self._game.scene = self._game.scene.hear(COMMANDS[action])
        if self._game.scene is not None:
            self._game.frames(1)

    def choose(self, label):
        for _ in range(99):
            if self._game.scene.page.row.label == label:
                return self.press("confirm")
            self.press("menu_down")
        raise AssertionError(f"no row '{label}'")

    def back(self):
        self.press("back")

    def pause(self):
        self.press("pause")

    def next_page(self):
        self.press("next_tab")


class Mouse:
    """Whoever has only a mouse."""

    def __init__(self, game):
        self._game = game

    def click(self, box):
        place = (box.left + box.width // 2, box.top + box.height // 2)
        self.event(pygame.MOUSEMOTION, place, buttons=(0, 0, 0), rel=(5, 5))
        self.event(pygame.MOUSEBUTTONDOWN, place, button=pygame.BUTTON_LEFT)
        self.event(pygame.MOUSEBUTTONUP, place, button=pygame.BUTTON_LEFT)

    def event(self, kind, place, **more):
        pygame.event.post(pygame.Event(kind, pos=place, touch=False, **more))
        self._game.frames(1)

    def choose(self, label):
        page = self._game.scene.page
        index = next(i for i, row in enumerate(page.rows) if row.label == label)
        for _ in range(99):
            if index in page.shown_rows():
                return self.click(page.row_box(index))
            self.wheel(-1)
        raise AssertionError(f"'{label}' is never in view")

    def wheel(self, lines):
        pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, y=lines, x=0))
        self._game.frames(20)

    def hint(self, words):
        footer = getattr(self._game.scene, "footer", None)
        box = next(box for box, hint in footer.boxes if hint.words == words)
        self.click(box)

    def back(self):
        self.hint("Back")

    def pause(self):
        self.event(pygame.MOUSEBUTTONDOWN, (640, 360), button=pygame.BUTTON_LEFT)
        self.event(pygame.MOUSEBUTTONUP, (640, 360), button=pygame.BUTTON_LEFT)

    def next_page(self):
        self.hint("Page")


HANDS = {"keys": Keys, "pad": Pad, "mouse": Mouse}


@pytest.fixture(scope="session")
def oval():
    return make_oval()


@pytest.fixture(scope="session")
def slow_plan(oval):
    """Along the centre line at 15 m/s, for the bot: made at once."""
    count = round(oval.length_m / 2.0)
    s_m = np.arange(count) * oval.length_m / count
    poses = [oval.centreline.pose(s) for s in s_m]
    none, speed_mps = np.zeros(count), np.full(count, 15.0)
    return Plan(
        station_m=oval.length_m / count,
        offset_m=none,
        x_m=np.array([pose.x_m for pose in poses]),
        y_m=np.array([pose.y_m for pose in poses]),
        heading_rad=np.array([pose.heading_rad for pose in poses]),
        curvature_1pm=np.array([oval.centreline.curvature_1pm(s) for s in s_m]),
        grip=np.full(count, 0.3),
        speed_mps=speed_mps,
        accel_mps2=none,
        lap_time_s=oval.length_m / 15.0,
        charge_per_lap=0.001,
        limit_s=oval.length_m / 15.0,
    )


@pytest.fixture
def stage(offscreen, monkeypatch, oval, spec, setup, slow_plan, tmp_path):
    """The oval's stage, on which nobody waits for a plan; pictures go where nobody minds."""
    offscreen(SIZE)
    monkeypatch.setattr("game.app.scenes.show.plan_if_ready", lambda *_: slow_plan)
    monkeypatch.setattr("game.drivers.bot.make_plan", lambda *_, **__: slow_plan)
    monkeypatch.setattr("game.app.display.player_folder", lambda: tmp_path)
    inputs = Inputs()
    stage = Stage(oval, spec, setup, Settings(), inputs)
    stage.world_view = PlainGround()
    yield stage
    stage.close()
    inputs.close()


@pytest.fixture
def game(stage):
    """A window that shows the title."""
    game = Game(stage, TitleScene(stage))
    game.frames(1)
    return game


@pytest.fixture
def driving(stage):
    """The player's drive as a scene."""
    return DrivingScene(stage, players_drive(stage))


@pytest.fixture(params=HANDS)
def hand(request, game):
    """Keys, a controller, or the mouse; each alone."""
    return HANDS[request.param](game)
