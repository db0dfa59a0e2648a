"""A window on a display of our own, driven by real key presses."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from real_keys import RealKeys

from game.bot.examples.keyboard import KeyboardPlayer
from game.drivers.driver import Course
from game.simulation.snapshot import Snapshot

pytestmark = pytest.mark.slow

PATIENCE_FRAMES = 3000
RIGHT_OF_TAB = 24  # as X counts places on the keyboard: Q in America; W is beside it
FRAMES_PER_DECISION = 2
DRIVEN_S = 20.0
THROTTLE = Snapshot._fields.index("throttle")
X_NAMES = {
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "some": "Shift_L",
    "most": "Control_L",
}


class WindowProcess:
    """The window as a process that prints its state."""

    def __init__(self, x_display, *words):
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("SDL_")}
        self.env |= {"DISPLAY": x_display, "SDL_AUDIODRIVER": "dummy"}
        self.env["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        self.process = subprocess.Popen(
            # Not as a script: every process it spawns would load that again.
            [sys.executable, "-c", "from input_window import main; main()", *words],
            env=self.env,
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def xdotool(self, *words):
        subprocess.run(["xdotool", *words], env=self.env, check=True)

    def layout(self, name):
        subprocess.run(["setxkbmap", name], env=self.env, check=True)

    def until(self, holds):
        """The first state from now on for which something holds."""
        for _ in range(PATIENCE_FRAMES):
            line = self.process.stdout.readline()
            assert line, "the window closed"
            state = json.loads(line)
            if holds(state):
                return state
        raise AssertionError(f"never held; at last {state}")

    def step(self):
        """The state after the next frame of a window that runs in step."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.until(bool)

    def end(self):
        self.process.kill()
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def window(x_display):
    process = WindowProcess(x_display)
    process.until(lambda state: state["scene"] == "DrivingScene")
    yield process
    process.end()


def test_the_car_goes_where_the_keys_say_and_the_menu_ends_it(window):
    window.xdotool("keydown", "Up")
    window.until(lambda state: state["speed_mps"] > 5.0)
    window.xdotool("keydown", "Left")
    window.until(lambda state: state["steering_rad"] > 0.05)
    window.xdotool("keyup", "Left", "keydown", "d")
    window.until(lambda state: state["steering_rad"] < -0.05)
    window.xdotool("keyup", "d", "keyup", "Up", "key", "r")
    window.until(lambda state: state["time_s"] < 1.0 and state["speed_mps"] < 0.5)
    window.xdotool("key", "Escape")
    paused = window.until(lambda state: state["scene"] == "PausedScene")
    still = window.until(bool)
    assert still["time_s"] == paused["time_s"]
    window.xdotool("key", "Escape")
    window.until(lambda state: state["scene"] == "DrivingScene")
    window.xdotool("key", "Escape")
    window.until(lambda state: state["scene"] == "PausedScene")
    window.xdotool("key", "Up", "key", "Return")
    window.until(lambda state: state["scene"] == "TitleScene")
    window.xdotool("key", "Up", "key", "Return")
    window.until(lambda state: state["scene"] == "NoneType")
    assert window.process.wait(timeout=20) == 0


@pytest.fixture(scope="module")
def waiting_window(x_display):
    """A window whose frames wait for the test, and the display's keys."""
    process, keys = WindowProcess(x_display, "in-step"), RealKeys(x_display)
    process.step()
    yield process, keys
    keys.close()
    process.end()


@pytest.fixture
def in_step(waiting_window):
    """Give the same window, on the grid, with no key held."""
    window, keys = waiting_window
    keys.hold(())
    keys.tap("r")
    window.step()
    return window, keys


def test_restart_stands_on_the_grid_in_the_very_next_frame_and_takes_the_throttle(in_step):
    window, keys = in_step
    keys.hold({"Up"})
    while window.step()["speed_mps"] < 8.0:
        pass
    keys.tap("r")
    restarted = window.step()
    assert restarted["time_s"] <= 1.5 / 60.0
    assert restarted["speed_mps"] < 0.1
    for _ in range(6):  # 100 ms
        driving = window.step()
    assert driving["car"][THROTTLE] > 0.25
    assert driving["speed_mps"] > 0.1


def test_alt_and_tab_let_go_of_the_keys_and_coming_back_holds_none(in_step):
    window, keys = in_step
    keys.hold({"Up", "Left"})
    while window.step()["speed_mps"] < 5.0:
        pass
    focus = keys.focus()
    keys.give_focus()
    paused = window.step()
    assert paused["scene"] == "PausedScene"
    keys.hold(())
    keys.give_focus(focus)
    window.step()
    keys.tap("Escape")
    while window.step()["time_s"] == paused["time_s"]:
        pass  # the countdown
    for _ in range(30):
        driving = window.step()
    assert driving["scene"] == "DrivingScene"
    assert driving["car"][THROTTLE] == 0.0
    assert driving["share"] == 0.0


def test_a_scripted_person_drives_the_window_through_the_first_bends(in_step, track, spec, setup):
    window, keys = in_step
    player = KeyboardPlayer()
    player.reset(Course(track, spec, setup))
    state = window.step()
    keys.hold({"Up"})
    while state["time_s"] < DRIVEN_S:
        car = Snapshot(*state["car"])
        keys.hold(names_of(player.choose(car, state["share"])))
        for _ in range(FRAMES_PER_DECISION):
            state = window.step()
        assert Snapshot(*state["car"]).beyond_limit_m < 0.0
    assert Snapshot(*state["car"]).s_m > 600.0


def names_of(pressed):
    """Return what X calls the keys that a player presses."""
    names = {"left": pressed.side > 0, "right": pressed.side < 0}
    names |= {"up": pressed.pedal > 0, "down": pressed.pedal < 0}
    names |= {"some": pressed.hold == "some", "most": pressed.hold == "most"}
    return {X_NAMES[name] for name, held in names.items() if held}


def test_a_key_held_while_the_layout_changes_is_let_go_and_its_place_still_drives(in_step):
    if shutil.which("setxkbmap") is None:
        pytest.skip("setxkbmap is not installed")
    window, keys = in_step
    try:
        keys.press_place(RIGHT_OF_TAB + 1)
        while window.step()["speed_mps"] < 3.0:
            pass
        window.layout("ru")
        for _ in range(5):
            window.step()
        keys.press_place(RIGHT_OF_TAB + 1, down=False)
        for _ in range(30):
            driving = window.step()
        assert driving["car"][THROTTLE] == 0.0
        keys.press_place(RIGHT_OF_TAB + 1)
        for _ in range(30):
            driving = window.step()
        assert driving["car"][THROTTLE] > 0.5
    finally:
        keys.press_place(RIGHT_OF_TAB + 1, down=False)
        window.layout("us")
        window.step()
