"""The automatic render scale: where it begins, and that it follows the time of frames."""

import pytest

from game.app.view.render_scale import RenderScale, Resolution

FULL_HD, LARGE, LARGEST = (1920, 1080), (2560, 1440), (3840, 2160)
JUDGED = 90  # frames


def judged(scale, size, frame_ms, world_ms, times=1):
    """The resolution after some judgements of equal frames."""
    for _ in range(times * JUDGED):
        scale.resolution(size)
        scale.judge(frame_ms, world_ms)
    return scale.resolution(size)


@pytest.mark.parametrize(
    ("size", "percent"),
    [((640, 360), 100), (FULL_HD, 100), (LARGE, 50), (LARGEST, 50), ((2560, 1080), 60)],
)
def test_a_window_larger_than_full_hd_begins_with_fewer_pixels_of_world(size, percent):
    assert RenderScale().resolution(size) == Resolution(percent)


def test_slow_frames_make_the_world_coarser_step_by_step_but_never_below_half():
    scale = RenderScale()
    found = [judged(scale, FULL_HD, 30.0, 20.0) for _ in range(7)]
    assert [each.percent for each in found] == [60, 50, 50, 50, 50, 50, 50]
    assert [each.smooth for each in found] == [True] * 2 + [False] * 5


def test_a_world_in_squares_of_three_pixels_is_for_the_largest_windows_that_would_miss_frames():
    scale = RenderScale()
    found = [judged(scale, LARGEST, frame_ms, 6.0) for frame_ms in (14.0, 12.0, 14.0, 14.0)]
    half, third = Resolution(50, smooth=False), Resolution(33, smooth=False)
    assert found == [half, half, third, third]
    assert third.scale * 3840 == 1280
    assert third.scale * 2160 == 720


def test_squares_become_smaller_and_smooth_again_where_frames_are_quick():
    scale = RenderScale()
    assert judged(scale, LARGEST, 30.0, 20.0, times=5) == Resolution(33, smooth=False)
    found = [judged(scale, LARGEST, 2.0, 1.0) for _ in range(250)]
    assert list(dict.fromkeys(found))[1:4] == [
        Resolution(50, smooth=False),
        Resolution(50),
        Resolution(60),
    ]


def test_quick_frames_make_the_world_finer_up_to_the_windows_own_pixels():
    scale = RenderScale()
    assert judged(scale, LARGE, 3.0, 1.5, times=100) == Resolution(100)


def test_a_finer_step_that_would_be_too_slow_is_not_taken():
    scale = RenderScale()
    assert judged(scale, LARGE, 7.5, 6.0, times=100) == Resolution(50)


def test_scaling_the_world_does_not_count_against_the_step_that_needs_none():
    scale = RenderScale()
    assert judged(scale, FULL_HD, 12.0, 6.0) == Resolution(60)
    for _ in range(10 * JUDGED):
        scale.judge(7.0, 3.0, 1.7)
    assert scale.resolution(FULL_HD) == Resolution(100)


def test_a_single_slow_frame_changes_nothing():
    scale = RenderScale()
    scale.resolution(FULL_HD)
    for frame in range(10 * JUDGED):
        scale.judge(200.0 if frame % JUDGED == 7 else 9.0, 5.0)
    assert scale.resolution(FULL_HD) == Resolution(100)


def test_a_step_that_was_too_slow_is_tried_again_only_after_a_longer_time():
    scale = RenderScale()

    def judgements_until(percent, frame_ms):
        for count in range(1, 1000):
            if judged(scale, FULL_HD, frame_ms, 1.5).percent == percent:
                return count
        raise AssertionError("never")

    tries = []
    for _ in range(3):
        judgements_until(60, 12.0)
        tries.append(judgements_until(100, 5.0))
    assert tries == sorted(tries)
    assert tries[-1] > tries[0]


def test_frames_without_a_world_are_not_judged():
    scale = RenderScale()
    assert judged(scale, FULL_HD, 30.0, 0.0, times=5) == Resolution(100)


@pytest.mark.parametrize(("percent", "used"), [(75, 75), (200, 200), (10, 50)])
def test_a_percentage_that_was_chosen_stays_whatever_frames_take(percent, used):
    scale = RenderScale(percent)
    assert judged(scale, LARGE, 40.0, 30.0, times=5) == Resolution(used)


def test_another_size_of_the_window_is_judged_anew():
    scale = RenderScale()
    judged(scale, FULL_HD, 30.0, 20.0, times=3)
    assert scale.resolution((1280, 720)) == Resolution(100)
