"""A circuit, a car, a surface without a display, a display without a screen."""

import os
import shutil
import subprocess

import pytest

from game.app import display
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car


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
