"""The oval's stage, and a window on it."""

import numpy as np
import pytest
from hands import HANDS, Game, PlainGround
from small_world import make_oval

from game.app.input.inputs import Inputs
from game.app.players_drive import players_drive
from game.app.scenes.driving import DrivingScene
from game.app.scenes.title import TitleScene
from game.app.settings import Settings
from game.app.stage import Stage
from game.drivers.plan import Plan

SIZE = (1280, 720)


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
def new_stage(monkeypatch, oval, spec, setup, slow_plan, tmp_path):
    """Makes stages of the oval, on which nobody waits for a plan; pictures go where none minds."""
    monkeypatch.setattr("game.app.plan_ahead.plan_if_ready", lambda *_: slow_plan)
    monkeypatch.setattr("game.drivers.bot.make_plan", lambda *_, **__: slow_plan)
    monkeypatch.setattr("game.app.display.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.garage.presets.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.app.setup.what_if.WhatIf.open", lambda _: None)  # no processes
    made = []

    def new(settings=None, settings_file=None, bench_file=None, lap_keeper=None):
        settings = settings or Settings()
        inputs = Inputs(settings.controls)
        stage = Stage(oval, spec, setup, settings, inputs, settings_file, bench_file, lap_keeper)
        stage.world_view.close()
        stage.world_view = PlainGround()
        made.append(stage)
        return stage

    yield new
    for stage in made:
        stage.close()
        stage.inputs.close()


@pytest.fixture
def stage(offscreen, new_stage):
    """A stage with a surface to draw on."""
    offscreen(SIZE)
    return new_stage()


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
