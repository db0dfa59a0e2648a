"""The frame benchmark runs; how fast is not a test's to say."""

from game.app.frame_bench import frame_times_ms


def test_every_frame_has_its_time(track, spec, setup):
    times_ms = frame_times_ms(track, spec, setup, (640, 360), frames=20)
    assert len(times_ms) == 20
    assert all(time_ms > 0.0 for time_ms in times_ms)
