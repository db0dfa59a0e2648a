"""A window on a display of our own, driven by real key presses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE_FRAMES = 3000


class Told:
    """The window as a process that tells its state."""

    def __init__(self, x_display):
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("SDL_")}
        self.env["DISPLAY"] = x_display
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("window_told.py"))],
            env=self.env,
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )

    def xdotool(self, *words):
        subprocess.run(["xdotool", *words], env=self.env, check=True)

    def until(self, holds):
        """The first state from now on for which something holds."""
        for _ in range(PATIENCE_FRAMES):
            line = self.process.stdout.readline()
            assert line, "the window closed"
            state = json.loads(line)
            if holds(state):
                return state
        raise AssertionError(f"never held; at last {state}")

    def end(self):
        self.process.kill()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def window(x_display):
    told = Told(x_display)
    told.until(lambda state: state["scene"] == "DrivingScene")
    yield told
    told.end()


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
