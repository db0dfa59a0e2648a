"""A circuit, a car, a surface without a display, a display without a screen."""

import os
import shutil
import subprocess

import numpy as np
import pytest
from oval import make_oval
from ui_drivers import HANDS, Game, PlainGround

from game.app.context import display
from game.app.context.settings import Settings
from game.app.context.stage import Stage
from game.app.input.inputs import Inputs
from game.app.scenes.driving import DrivingScene
from game.app.scenes.player_drive import players_drive
from game.app.scenes.title import TitleScene
from game.bot.plan import Plan
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

SIZE = (1280, 720)


@pytest.fixture(scope="session")
def track():
    return load_track("ricardo_tormo")


@pytest.fixture(scope="session")
def spec():
    return load_car()


@pytest.fixture(scope="session")
def setup():
    return Setup()


@pytest.fixture
def offscreen():
    """Opens surfaces of any size; closes pygame at the end."""
    yield display.open_offscreen
    display.close()


@pytest.fixture(scope="session")
def x_display():
    """The name of an X display of our own."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("Xvfb or xdotool is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


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
    monkeypatch.setattr("game.app.venue.plan_ahead.plan_if_ready", lambda *_: slow_plan)
    monkeypatch.setattr("game.bot.bot.make_plan", lambda *_, **__: slow_plan)
    monkeypatch.setattr("game.app.context.display.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.setups.presets.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.app.setup.model.what_if.WhatIf.open", lambda _: None)  # no processes
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
