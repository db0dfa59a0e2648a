"""Panels neither overlap nor leave the window."""

from itertools import combinations

import pytest

from game.app.hud.layout import hud_layout
from game.app.scenes.paused import menu_boxes

SIZES = [(1280, 720), (1920, 1080), (2560, 1440), (1024, 768), (3440, 1440), (800, 600)]


def overlap(one, other):
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


@pytest.mark.parametrize("size", SIZES)
def test_panels_stay_apart_and_inside(size):
    panels = hud_layout(*size)[1:]
    for panel in panels:
        assert panel.left >= 0
        assert panel.top >= 0
        assert panel.right <= size[0]
        assert panel.bottom <= size[1]
    for one, other in combinations(panels, 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("size", SIZES)
def test_menu_lines_lie_in_their_panel_one_below_the_other(size):
    panel, lines = menu_boxes(*size, entries=4)
    for line in lines:
        assert panel.left < line.left
        assert line.right < panel.right
        assert panel.top < line.top
        assert line.bottom < panel.bottom
    for one, other in combinations(lines, 2):
        assert not overlap(one, other)


def test_everything_grows_with_the_window():
    small, large = hud_layout(1280, 720), hud_layout(2560, 1440)
    for one, other in zip(small[1:], large[1:], strict=True):
        assert other.width == 2 * one.width
        assert other.height == 2 * one.height
