"""Frames are held back by the screen or by the clock, never by both."""

import pytest

from game.app.context.frame_pace import FramePace


class Time:
    """A clock that advances only when it is set, or slept through."""

    def __init__(self):
        self.now_s = 0.0
        self.slept_s = []

    def clock_s(self):
        return self.now_s

    def sleep(self, wait_s):
        self.slept_s.append(wait_s)
        self.now_s += wait_s


def pace_of(time, *, vsync):
    return FramePace(100.0, vsync=vsync, clock_s=time.clock_s, sleep=time.sleep)


def test_a_cap_makes_frames_begin_at_an_even_rate_whatever_they_take():
    time = Time()
    pace = pace_of(time, vsync=False)
    begins_s = []
    for work_s in (0.001, 0.009, 0.004, 0.0):
        time.now_s += work_s
        pace.wait()
        begins_s.append(time.now_s)
    assert begins_s == pytest.approx([0.01, 0.02, 0.03, 0.04])


def test_time_lost_to_a_slow_frame_is_not_made_up_by_a_rush():
    time = Time()
    pace = pace_of(time, vsync=False)
    time.now_s += 0.5
    pace.wait()
    for _ in range(3):
        pace.wait()
    assert time.now_s == pytest.approx(0.53)


def test_where_the_screen_holds_frames_back_we_never_sleep():
    time = Time()
    pace = pace_of(time, vsync=True)
    for _ in range(1000):
        time.now_s += 0.01
        pace.wait()
    assert time.slept_s == []


def test_where_the_screen_does_not_hold_frames_back_we_do():
    time = Time()
    pace = pace_of(time, vsync=True)
    for _ in range(400):
        time.now_s += 0.002
        pace.wait()
    assert pace.caps
    before_s = time.now_s
    time.now_s += 0.002
    pace.wait()
    assert time.now_s == pytest.approx(before_s + 0.01)
