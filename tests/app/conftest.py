"""A circuit, a car, a surface without a display, a display without a screen."""

import os
import shutil
import subprocess

import numpy as np
import pytest
from here_worker import HereWorker, SurveyingWorker
from oval import make_oval
from ui_drivers import DEVICES, Game, PlainGround

from game.app.context import display
from game.app.context.app_context import AppContext
from game.app.context.settings import Settings
from game.app.driving.settings import DriveSettings
from game.app.input.inputs import Inputs
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.venue.venue import Venue
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
    """Along the centreline at 15 m/s, for the bot: made at once."""
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
        across_rad=none,
        curvature_1pm=np.array([oval.centreline.curvature_1pm(s) for s in s_m]),
        grip=np.full(count, 0.3),
        speed_mps=speed_mps,
        accel_mps2=none,
        lap_time_s=oval.length_m / 15.0,
        charge_per_lap=0.001,
        quasi_steady_s=oval.length_m / 15.0,
    )


@pytest.fixture
def plain_ground(monkeypatch):
    """Venues have a ground of one colour, which no process paints."""
    monkeypatch.setattr("game.app.venue.venue.WorldView", lambda *_, **__: PlainGround())


@pytest.fixture
def backdrops(monkeypatch):
    """Menus have the picture behind them as it is: a third of a frame's time goes to soften it."""
    monkeypatch.setattr("game.app.ui.backdrop._softened", lambda surface: surface.copy())


@pytest.fixture
def new_routes(
    monkeypatch,
    offscreen,  # noqa: ARG001  # closes pygame when the sound's thread has ended
    compiled_ticks,  # noqa: ARG001
    plain_ground,  # noqa: ARG001
    backdrops,  # noqa: ARG001
    oval,
    spec,
    slow_plan,
    tmp_path,
):
    """Opens the oval, where the plan is there at once; pictures and setups go to a new folder."""
    monkeypatch.setattr("game.app.venue.plan_ahead.plan_if_ready", lambda *_: slow_plan)
    monkeypatch.setattr("game.bot.bot.make_plan", lambda *_, **__: slow_plan)
    monkeypatch.setattr("game.app.venue.targets_ahead.find_targets", lambda *_: None)  # none kept
    monkeypatch.setattr("game.app.context.display.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.app.venue.circuit_survey.Worker", HereWorker)
    monkeypatch.setattr("game.app.venue.circuit_import.Worker", HereWorker)
    monkeypatch.setattr("game.app.replays.survey_ahead.Worker", SurveyingWorker)
    monkeypatch.setattr("game.setups.presets.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.app.setup.model.what_if.WhatIf.open", lambda _: None)  # no processes
    monkeypatch.setattr("game.app.venue.targets_ahead.TargetsAhead.begin", lambda *_: None)
    monkeypatch.setattr("game.app.venue.reference_ahead.ReferenceAhead._send", lambda *_: None)
    # All that the tests keep would be looked through at every opening.
    monkeypatch.setattr("game.app.scenes.loading_steps.settle_memory", lambda: None)
    made = []

    def new(settings=None, settings_file=None, workbench_file=None, lap_writer=None):
        settings = settings or Settings(drive=DriveSettings(start_lights="off"))
        inputs = Inputs(settings.controls)
        venue = Venue(AppContext(settings, inputs, settings_file), oval, spec, Setup())
        routes = SceneRoutes(Garage(venue, spec, Setup(), workbench_file, lap_writer))
        made.append(routes)
        return routes

    yield new
    for routes in made:
        routes.close()
        routes.context.inputs.close()


@pytest.fixture
def routes(offscreen, new_routes):
    """The ways through the scenes of the oval, with a surface to draw on."""
    offscreen(SIZE)
    return new_routes()


@pytest.fixture
def game(routes):
    """A window that shows the title."""
    game = Game(routes, routes.title())
    game.frames(1)
    return game


@pytest.fixture
def driving(routes):
    """The player's drive as a scene."""
    return routes.drive()


@pytest.fixture(params=DEVICES)
def device(request, game):
    """Keys, a controller, or the mouse; each alone."""
    return DEVICES[request.param](game)


@pytest.fixture
def written(monkeypatch):
    """The texts that menus write from now on, in place of drawing them."""
    texts = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: texts.append(text))
    return texts
