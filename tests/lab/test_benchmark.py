"""The benchmark says what it measures; how fast that is, is not for a test to say."""

import pytest
from oval import SMALL_OVAL, make_oval

from game.lab import benchmark

pytestmark = pytest.mark.slow


def test_tick_and_frames_are_measured_in_rain_whatever_the_weather_is(spec, monkeypatch):
    monkeypatch.setattr(benchmark, "_DRIVEN_SECONDS", 2.0)
    track, drawn, parts = make_oval(SMALL_OVAL), [], []

    def frame_report(*timed):
        drawn.append(timed)
        return {"median": 5.0}

    found = benchmark._in_rain(track, spec, frame_report, 1, 60, parts.append)
    assert not spec.weather.is_wet
    assert found["tick_compiled_in_rain_realtime"] > 0.0
    assert found["frame_1280x720_in_rain_ms"] == {"median": 5.0}
    ((on, wet, _, size, frames),) = drawn
    assert wet.weather.rain_mmph > 0.0
    assert (on, size, frames) == (track, (1280, 720), 60)
    assert len(parts) == 3
