"""Frames without a display, and what the window does with events."""

import subprocess
import sys

import pygame
import pytest

from game.app import window
from game.app.context import display
from game.app.context.app_context import AppContext
from game.app.context.display import DisplaySettings
from game.app.context.settings import Settings
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.input.inputs import Inputs
from game.app.scenes.paused import PausedScene
from game.app.scenes.routes import SceneRoutes
from game.app.scenes.startup import drive_first
from game.app.scenes.title import TitleScene
from game.app.setup.model.garage import Garage
from game.app.venue.venue import Venue
from game.app.window import Window
from game.drivers.human_driver import HumanDriver
from game.errors import InputError
from game.simulation.world import Start

pytestmark = pytest.mark.slow

FRAME_S = 1.0 / 60.0


@pytest.fixture
def game(offscreen, plain_ground, track, spec, setup):  # noqa: ARG001
    """A small window with a drive in it."""
    offscreen((640, 360))
    inputs = Inputs()
    venue = Venue(AppContext(Settings(), inputs), track, spec, setup)
    routes = SceneRoutes(Garage(venue, spec, setup))
    drive = Drive(track, [CarEntry(spec, setup, lambda: HumanDriver(inputs.state, spec, setup))])
    yield Window(routes, routes.watch(drive))
    routes.close()
    inputs.close()


def press(*keys):
    for key in keys:
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key))


def let_go(*keys):
    for key in keys:
        pygame.event.post(pygame.Event(pygame.KEYUP, key=key))


def frames(game, count):
    for _ in range(count):
        game.frame(FRAME_S)


def test_run_starts_drives_and_quits(monkeypatch, track, spec, setup):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    seen = []

    def frame_then_quit(game, frame_s):
        real_frame(game, frame_s)
        seen.append(frame_s)
        if len(seen) == 3:
            pygame.event.post(pygame.Event(pygame.QUIT))

    real_frame = Window.frame
    monkeypatch.setattr(Window, "frame", frame_then_quit)
    window.run(track, spec, setup, drive_first)
    assert len(seen) == 4
    assert not pygame.display.get_init()


def test_a_settings_file_of_no_use_is_told_in_the_window(monkeypatch, track, spec, setup, tmp_path):
    (tmp_path / "settings.toml").write_text("[camera]\nmode = 'sideways'\n")
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr("game.app.context.settings.player_folder", lambda: tmp_path)
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))

    def frame_and_quit(game, frame_s):
        real_frame(game, frame_s)
        pygame.event.post(pygame.Event(pygame.QUIT))

    real_frame = Window.frame
    monkeypatch.setattr(Window, "frame", frame_and_quit)
    window.run(track, spec, setup, drive_first)
    error = " ".join(written)
    assert "settings.toml: camera.mode" in error
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("wanted_driver", [None, "x11"])
def test_without_a_display_there_is_one_clear_line(monkeypatch, wanted_driver):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    if wanted_driver is not None:
        monkeypatch.setenv("SDL_VIDEODRIVER", wanted_driver)
    with pytest.raises(
        InputError, match=r"^cannot open a window: no display .*leaf-rc lap"
    ) as error:
        display.open_window()
    assert "\n" not in str(error.value)


def test_a_frame_of_a_sixtieth_runs_four_ticks(game):
    frames(game, 30)
    assert game.scene.drive.world.tick == pytest.approx(120, abs=1)


def test_restart_puts_the_car_on_pole_at_once(game, track):
    press(pygame.K_UP)
    frames(game, 60)
    assert game.scene.drive.followed.now.velocity_forward_mps > 2.0
    let_go(pygame.K_UP)
    press(pygame.K_r)
    frames(game, 1)
    now = game.scene.drive.followed.now
    assert now.velocity_forward_mps == pytest.approx(0.0, abs=0.05)
    assert now.x_m == pytest.approx(track.grid[0].x_m, abs=0.1)


def test_reset_puts_the_car_on_the_centre_line_beside_where_it_is(game):
    drive = game.scene.drive
    pose = drive.track.centreline.pose(300.0)
    drive.begin(Start(drive.followed.spec, drive.followed.setup, pose, s_m=300.0, speed_mps=20.0))
    frames(game, 3)
    before_m = game.scene.drive.followed.now.s_m
    press(pygame.K_p)
    frames(game, 1)
    now = game.scene.drive.followed.now
    assert now.s_m == pytest.approx(before_m, abs=1.0)
    assert now.offset_m == pytest.approx(0.0, abs=0.01)
    assert now.velocity_forward_mps == pytest.approx(0.0, abs=0.01)
    assert now.heading_rad == pytest.approx(now.track_heading_rad, abs=0.01)


def test_losing_the_focus_pauses_and_lets_go(game):
    press(pygame.K_UP)
    frames(game, 5)
    pygame.event.post(pygame.Event(pygame.WINDOWFOCUSLOST))
    frames(game, 1)
    assert isinstance(game.scene, PausedScene)
    press(pygame.K_ESCAPE)
    frames(game, 30)
    assert game.scene.drive.followed.now.throttle == 0.0


def test_a_pause_is_no_time(game):
    frames(game, 10)
    tick = game.scene.drive.world.tick
    press(pygame.K_ESCAPE)
    frames(game, 60)
    press(pygame.K_ESCAPE)
    frames(game, 1)
    assert game.scene.drive.world.tick - tick <= 5


def test_the_mouse_works_the_menu(game):
    press(pygame.K_ESCAPE)
    frames(game, 1)
    quit_box = game.scene.page.row_box(-1)
    place = (quit_box.left + 3, quit_box.top + 3)
    pygame.event.post(
        pygame.Event(pygame.MOUSEBUTTONDOWN, pos=place, button=pygame.BUTTON_LEFT, touch=False)
    )
    frames(game, 1)
    assert isinstance(game.scene, TitleScene)


@pytest.mark.parametrize("module", ["scenes.startup", "window", "tools.shot", "tools.frame_bench"])
def test_nothing_is_printed_when_the_game_starts(module):
    code = f"import sys, game.app.{module}; assert 'pygame' in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


def test_only_the_loss_of_an_output_has_the_sound_look_for_a_device_again(game, monkeypatch):
    looked = []
    monkeypatch.setattr(game.context.sound, "reopen", lambda: looked.append(True))
    for microphone in (True, False):
        pygame.event.post(
            pygame.Event(pygame.AUDIODEVICEREMOVED, which=0, iscapture=int(microphone))
        )
        frames(game, 1)
        assert bool(looked) is not microphone


@pytest.mark.usefixtures("game")
@pytest.mark.parametrize(("chosen_hz", "rate_hz"), [(0, 144), (30, 30), (240, 240)])
def test_frames_are_capped_at_the_chosen_rate_or_else_the_screens(monkeypatch, chosen_hz, rate_hz):
    made = []
    monkeypatch.setattr(pygame.display, "get_desktop_refresh_rates", lambda: [144])
    monkeypatch.setattr(display, "FramePace", lambda rate, vsync: made.append((rate, vsync)))
    display.frame_pace(DisplaySettings(pacing="cap", frame_rate_hz=chosen_hz))
    assert made == [(rate_hz, False)]


def test_a_screenshot_goes_to_the_players_folder(game, monkeypatch, tmp_path):
    monkeypatch.setattr(display, "player_folder", lambda: tmp_path)
    press(pygame.K_F12)
    frames(game, 1)
    assert [path.suffix for path in (tmp_path / "screenshots").iterdir()] == [".png"]


def test_screenshots_of_one_second_do_not_overwrite_each_other(game, monkeypatch, tmp_path):
    monkeypatch.setattr(display, "player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.files.time.strftime", lambda _: "noon")
    for _ in range(3):
        press(pygame.K_F12)
        frames(game, 1)
    names = {path.name for path in (tmp_path / "screenshots").iterdir()}
    assert names == {"noon.png", "noon-2.png", "noon-3.png"}


@pytest.mark.usefixtures("game")
def test_a_way_of_showing_the_window_that_the_system_refuses_is_one_line(monkeypatch):
    def refuse(*_, **__):
        raise pygame.error("no such mode.")

    monkeypatch.setattr(display._WindowState, "settings", DisplaySettings())
    monkeypatch.setattr(pygame.display, "set_mode", refuse)
    with pytest.raises(InputError, match="cannot be shown in this mode \\(no such mode\\)"):
        display.show_as(DisplaySettings(mode="fullscreen"))


def test_the_pointer_is_seen_only_while_the_mouse_is_used(game):
    pygame.event.post(
        pygame.Event(pygame.MOUSEMOTION, pos=(99, 99), rel=(9, 9), buttons=(0, 0, 0), touch=False)
    )
    frames(game, 1)
    assert pygame.mouse.get_visible()
    press(pygame.K_UP)
    frames(game, 1)
    assert not pygame.mouse.get_visible()
