"""Controllers: they steer, they pause, they come and go, and leave nothing held."""

import pytest
from virtual_pad import START, WHEEL, VirtualPad, sdl

from game.app.context.app_context import AppContext
from game.app.context.settings import Settings
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.input.inputs import Inputs
from game.app.scenes.driving import DrivingScene
from game.app.scenes.paused import PausedScene
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.venue.venue import Venue
from game.app.window import Window
from game.drivers.human_driver import Device, HumanDriver

pytestmark = pytest.mark.slow

FRAME_S = 1.0 / 60.0


@pytest.fixture
def game(offscreen, plain_ground, track, spec, setup):  # noqa: ARG001
    offscreen((640, 360))
    inputs = Inputs()
    drive = Drive(track, [CarEntry(spec, setup, lambda: HumanDriver(inputs.state, spec, setup))])
    venue = Venue(AppContext(Settings(), inputs), track, spec, setup)
    routes = SceneRoutes(Garage(venue, spec, setup))
    yield Window(routes, routes.watch(drive))
    routes.close()
    inputs.close()


@pytest.fixture
def library(game):  # noqa: ARG001
    found = sdl()
    if found is None:
        pytest.skip("pygame's SDL library is not where it can be found")
    return found


def frames(game, count):
    for _ in range(count):
        game.frame(FRAME_S)


def test_a_pad_plugged_in_while_driving_steers_left_and_accelerates(game, library):
    frames(game, 2)
    pad = VirtualPad(library)
    frames(game, 2)
    pad.move(left_x=-1.0, right_trigger=1.0)
    frames(game, 40)
    now = game.scene.drive.followed.now
    assert now.steering_rad > 0.2
    assert now.throttle == 1.0
    assert now.velocity_forward_mps > 1.0
    pad.unplug()


def test_a_pad_pulled_out_pauses_and_leaves_nothing_held(game, library):
    pad = VirtualPad(library)
    frames(game, 2)
    pad.move(left_x=-1.0, right_trigger=1.0)
    frames(game, 10)
    driving = game.scene
    pad.unplug()
    frames(game, 2)
    assert isinstance(game.scene, PausedScene)
    state = driving.context.inputs.state
    assert state.device is Device.KEYBOARD
    assert (state.steering, state.throttle, state.brake) == (0.0, 0.0, 0.0)


def test_a_pad_in_and_out_twenty_times_leaves_the_game_running(game, library):
    for _ in range(20):
        pad = VirtualPad(library)
        frames(game, 1)
        pad.unplug()
        frames(game, 1)
    assert game.scene is not None


def test_start_pauses_and_resumes(game, library):
    pad = VirtualPad(library)
    frames(game, 2)
    for expected in (PausedScene, DrivingScene):
        pad.press(START, down=True)
        frames(game, 2)
        pad.press(START, down=False)
        frames(game, 2)
        assert isinstance(game.scene, expected)
    pad.unplug()


def test_a_wheel_steers_raw_and_its_pedals_rest_at_one_end(game, library):
    wheel = VirtualPad(library, WHEEL)
    wheel.move(left_y=1.0, right_x=1.0)
    frames(game, 3)
    wheel.move(left_x=-0.5, left_y=-1.0)
    frames(game, 40)
    state = game.context.inputs.state
    assert state.device is Device.WHEEL
    assert state.steering == pytest.approx(0.5, abs=0.01)
    assert (state.throttle, state.brake) == pytest.approx((1.0, 0.0), abs=1e-3)
    assert game.scene.drive.followed.now.velocity_forward_mps > 1.0
    wheel.unplug()
    frames(game, 2)
    assert isinstance(game.scene, PausedScene)
