"""The frame benchmark reports what frames did; how fast is not for a test to say."""

import pygame
import pytest
from oval import SMALL_OVAL, make_oval
from pytest import approx

from game.app.tools.frame_bench import BenchDrive, time_frames
from game.app.view.camera import CameraSettings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def small_oval():
    return make_oval(SMALL_OVAL)


@pytest.mark.parametrize("mode", ["north_up", "heading_up"])
def test_the_worst_frame_is_accounted_for_part_by_part(small_oval, spec, setup, mode):
    pygame.display.init()
    pygame.event.post(pygame.Event(pygame.QUIT))  # to a window of before
    camera = CameraSettings(mode)
    frames = time_frames(BenchDrive(small_oval, spec, setup, (640, 360), 20, camera, painted=False))
    assert len(frames.times_ms) == 20
    report = frames.report()
    assert 0.0 < report["median"] <= report["p99"] <= report["worst"] == max(frames.times_ms)
    parts_ms = dict(report["worst_frame"]["parts_ms"])
    parts_ms.pop("of which collecting garbage", None)
    assert {"events", "ticks", "sound", "ground", "car", "instruments", "flip"} <= parts_ms.keys()
    assert sum(parts_ms.values()) == approx(report["worst"])
    assert 0.0 <= report["worst_frame"]["s_m"] < small_oval.length_m


def test_frames_that_are_interrupted_are_not_reported(small_oval, spec, setup):
    def interrupt(part):
        if part.startswith("frames"):
            pygame.event.post(pygame.Event(pygame.QUIT))  # what SDL makes of Ctrl-C

    timed = BenchDrive(small_oval, spec, setup, (640, 360), 20, CameraSettings(), painted=False)
    with pytest.raises(KeyboardInterrupt):
        time_frames(timed, interrupt)


def test_the_frames_of_a_race_are_those_of_a_field_and_a_driver_by_keys(spec, setup):
    oval = make_oval()
    camera = CameraSettings()
    timed = BenchDrive(oval, spec, setup, (640, 360), 20, camera, painted=False, field=3)
    frames = time_frames(timed)
    assert len(frames.times_ms) == 20
    assert frames.worst_parts_ms["ticks"] > 0.0
