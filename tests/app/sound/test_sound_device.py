"""The car's voice through the device: what a real mix contains, and no device at all."""

import os
import subprocess
import sys
import time

import numpy as np
import pygame
import pytest
from sound_analysis import level, strongest_hz

from game.app.sound.settings import SoundSettings
from game.app.sound.sound import Sound
from game.app.view.road_feel import RoadFeel
from game.simulation.snapshot import Snapshot

pytestmark = pytest.mark.slow

TURNS_RADPS = 80.0  # of each wheel

PLAY = """
import sys, time
from game.app.view.road_feel import RoadFeel
from game.app.sound.settings import SoundSettings
from game.app.sound.sound import Sound
from game.simulation.snapshot import Snapshot
from game.vehicle.spec import load_car

warnings = []
sound = Sound(SoundSettings(), warnings.append)
sound.set_car(load_car())
wheels = ("front_left", "front_right", "rear_left", "rear_right")
still = Snapshot(*[0] * len(Snapshot._fields))
car = still._replace(
    velocity_forward_mps=25.0, front_torque_nm=200.0, rear_torque_nm=200.0,
    **{f"{wheel}_spin_radps": float(sys.argv[1]) for wheel in wheels},
)
def drive(seconds):
    for _ in range(int(60 * seconds)):
        sound.update(car, RoadFeel())
        time.sleep(1 / 60)
drive(1.5)
sound.apply(SoundSettings(muted=True))
drive(0.6)
sound.apply(SoundSettings())
drive(0.4)
sound.silence()
time.sleep(0.5)
sound.close()
print(*warnings, sep="\\n")
"""


def play(audio, **more):
    """Runs a short drive with this audio driver in a process of its own; None: the system's."""
    more |= {"PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    more |= {} if audio is None else {"SDL_AUDIODRIVER": audio}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PLAY, str(TURNS_RADPS)],
        env={k: v for k, v in os.environ.items() if k != "SDL_AUDIODRIVER"} | more,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Return what SDL wrote to its disk in place of a device, mono."""
    path = tmp_path_factory.mktemp("sound") / "mixed.raw"
    result = play("disk", SDL_DISKAUDIOFILE=str(path))
    assert (result.returncode, result.stdout.strip()) == (0, ""), result.stderr
    return np.fromfile(path, "<i2").reshape(-1, 2).mean(axis=1)


@pytest.mark.parametrize("teeth", [20, 16])
def test_the_device_plays_the_whine_of_both_axles(mixed, spec, teeth):
    mesh_hz = teeth * TURNS_RADPS * spec.front_motor.gear_ratio / (2.0 * np.pi)
    loud = mixed[22_050:44_100]
    found_hz = strongest_hz(loud, 0.95 * mesh_hz, 1.05 * mesh_hz)
    assert found_hz == pytest.approx(mesh_hz, rel=0.005)


def test_muted_and_in_a_pause_the_device_plays_silence(mixed):
    parts = np.array([level(part) for part in np.array_split(mixed, len(mixed) // 441)])
    loud = np.flatnonzero(parts > 100.0)
    between = parts[loud[0] : loud[-1]]
    assert np.sum(between == 0.0) > 30  # a third of a second at least, of muting
    assert parts[-1] == 0.0


def test_where_no_device_can_be_opened_one_line_tells_and_the_game_goes_on():
    result = play("nonsense")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("no sound: ")
    assert len(result.stdout.splitlines()) == 1


def test_the_systems_sound_library_writes_nothing_to_the_terminal():
    result = play(None)
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) <= 1  # none where the machine has a device


def test_a_device_that_appears_later_is_taken_up(monkeypatch, spec):
    there, opened, warnings = [], [], []
    init = pygame.mixer.init

    def look(*how, **more):
        if not there:
            raise pygame.error("no such device")
        init(*how, **more)
        opened.append(True)

    monkeypatch.setattr("pygame.mixer.init", look)
    monkeypatch.setattr("game.app.sound.stream._RETRY_S", 0.02)
    sound = Sound(SoundSettings(), warnings.append)
    sound.set_car(spec)
    try:
        sound.play("tick")
        time.sleep(0.2)
        there.append(True)
        end_s = time.monotonic() + 10.0
        while not opened:
            assert time.monotonic() < end_s
            time.sleep(0.005)
    finally:
        sound.close()


def test_a_device_that_fails_again_and_again_is_told_of_once_and_taken_up_in_the_end(
    monkeypatch, spec
):
    """Plugged in and out: it opens, is gone, fails many times over, and is back."""
    state = {"there": True, "opened": 0, "failed": 0}
    warnings = []
    init = pygame.mixer.init

    def look(*how, **more):
        if not state["there"]:
            state["failed"] += 1
            raise pygame.error(f"no such device ({state['failed']})")
        init(*how, **more)
        state["opened"] += 1

    def drive_until(done):
        end_s = time.monotonic() + 10.0
        while not done():
            assert time.monotonic() < end_s
            sound.update(still, RoadFeel())
            sound.play("tick")
            time.sleep(0.002)

    monkeypatch.setattr("pygame.mixer.init", look)
    monkeypatch.setattr("game.app.sound.stream._RETRY_S", 0.01)
    still = Snapshot(*[0] * len(Snapshot._fields))
    sound = Sound(SoundSettings(), warnings.append)
    sound.set_car(spec)
    try:
        for times in (1, 2):
            state["there"] = True
            drive_until(lambda times=times: state["opened"] >= times)
            state["there"] = False
            sound.reopen()
            drive_until(lambda times=times: state["failed"] >= 10 * times)
        assert warnings[0] == "no sound: no such device (1)"
        warned = len(warnings)
        state["there"] = True
        drive_until(lambda: state["opened"] >= 3)
        made_s = sound.synthesis_s
        drive_until(lambda: sound.synthesis_s > made_s)
    finally:
        sound.close()
    assert warned == len(warnings)
    assert warned == 1


def test_muted_no_device_is_opened(spec):
    warnings = []
    sound = Sound(SoundSettings(muted=True), warnings.append)
    sound.set_car(spec)
    sound.update(Snapshot(*[0] * len(Snapshot._fields)), RoadFeel())
    sound.play("tick")
    assert sound.synthesis_s == 0.0
    sound.close()
    assert warnings == []


def test_a_device_that_is_gone_is_looked_for_again(monkeypatch, spec):
    opened = []
    init = pygame.mixer.init

    def counted(*how, **more):
        init(*how, **more)
        opened.append(True)

    monkeypatch.setattr("pygame.mixer.init", counted)
    sound = Sound(SoundSettings(), print)
    sound.set_car(spec)
    try:
        for times in (1, 2):
            sound.play("tick")
            end_s = time.monotonic() + 10.0
            while len(opened) < times:
                assert time.monotonic() < end_s
                time.sleep(0.005)
            sound.reopen()
    finally:
        sound.close()
