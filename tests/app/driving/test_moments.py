"""Bests, first laps, sectors and the next goal are celebrated at the line."""

import math

import pytest

from game.app.driving.moments import GoalGap, LapMoments, Moment, MomentKind
from game.app.hud.hud import Hud
from game.app.hud.moment_banner import MomentBanner, words_of
from game.app.hud.settings import HudSettings
from game.app.ui.box import Box
from game.goals.medals import Medal
from game.recording.lap_recorder import Lap

SECTORS_S = (30.0, 31.0, 32.0)


def lap(time_s=93.0, sectors_s=SECTORS_S, *, valid=True, number=1):
    return Lap(number, time_s, sectors_s, valid, 0.0, 0.0, 60.0, ())


@pytest.fixture
def moments():
    return LapMoments()


def test_the_first_valid_lap_is_a_moment_of_its_own(moments):
    assert moments.lap(lap(valid=False), math.inf).kind is MomentKind.NOT_VALID
    moment = moments.lap(lap(), math.inf)
    assert (moment.kind, moment.gained_s) == (MomentKind.FIRST_VALID, None)


def test_a_quicker_lap_is_a_new_best_by_what_it_gained(moments):
    moments.lap(lap(), math.inf)
    moment = moments.lap(lap(92.2, (29.9, 31.0, 31.3), number=2), 93.0)
    assert moment.kind is MomentKind.NEW_BEST
    assert moment.gained_s == pytest.approx(0.8)


def test_a_slower_lap_says_how_much_it_lost(moments):
    moments.lap(lap(), math.inf)
    moment = moments.lap(lap(93.5, (30.1, 31.1, 32.3)), 93.0)
    assert moment.kind is MomentKind.SLOWER
    assert moment.gained_s == pytest.approx(-0.5)


def test_a_lap_that_does_not_count_is_no_best_however_quick(moments):
    moments.lap(lap(), math.inf)
    assert (
        moments.lap(lap(80.0, (25.0, 27.0, 28.0), valid=False), 93.0).kind is MomentKind.NOT_VALID
    )
    assert moments.lap(lap(92.0, (29.0, 31.0, 32.0)), 93.0).gained_s == pytest.approx(1.0)


def test_a_sector_is_best_only_of_laps_that_count_so_far(moments):
    moments.lap(lap(), math.inf)
    for number, time_s in enumerate(SECTORS_S[:2], start=1):
        moments.sector(number, time_s, valid=True)
    assert moments.sector(1, 29.0, valid=False) is None
    moment = moments.sector(1, 29.5, valid=True)
    assert (moment.kind, moment.number) == (MomentKind.SECTOR_BEST, 1)
    assert moment.gained_s == pytest.approx(0.5)
    assert moments.sector(1, 29.5, valid=True) is None


def test_the_first_time_of_a_sector_is_no_moment(moments):
    assert moments.sector(1, 30.0, valid=True) is None


def test_the_best_last_sector_of_a_slower_lap_is_the_moment_at_the_line(moments):
    moments.lap(lap(), math.inf)
    moment = moments.lap(lap(93.2, (30.2, 31.2, 31.8)), 93.0)
    assert (moment.kind, moment.number) == (MomentKind.SECTOR_BEST, 3)


def test_an_earlier_drives_best_lap_is_what_is_to_be_beaten(moments):
    moments.race(SECTORS_S)
    assert moments.sector(2, 30.5, valid=True).gained_s == pytest.approx(0.5)
    assert moments.lap(lap(92.0, (30.0, 30.5, 31.5)), 93.0).kind is MomentKind.NEW_BEST


def test_the_next_goal_is_measured_from_the_best_lap(moments):
    moments.goal_after = lambda best_s: GoalGap("Gold", best_s - 90.0)
    moments.lap(lap(), math.inf)
    slower = moments.lap(lap(94.0, (30.3, 31.3, 32.4)), 93.0)
    assert slower.goal == GoalGap("Gold", pytest.approx(3.0))
    assert words_of(slower).goal == "Gold in 3.00 s"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("won", [None, Medal.SILVER])
def test_a_banner_covers_no_instrument_that_is_always_there(offscreen, size, scale, won):
    surface = offscreen(size)
    hud, settings = Hud(), HudSettings(text_scale=scale)
    boxes = hud.lasting_boxes(size, settings)
    banner = MomentBanner()
    banner.show(Moment(MomentKind.NEW_BEST, 1, 92.0, 0.4, GoalGap("Gold", 1.2), won))
    banner.update(1.0)
    banner.draw(surface, scale, boxes, calm=True)
    surface.set_colorkey((0, 0, 0))
    box = Box(*surface.get_bounding_rect())
    assert 0 < box.width < size[0] / 2
    assert not any(box.meets(each) for each in boxes)


def test_a_banner_says_what_happened_in_words_and_figures():
    words = words_of(Moment(MomentKind.NEW_BEST, 3, 92.345, 0.412))
    assert words[:3] == ("NEW BEST LAP", "1:32.345", "\N{MINUS SIGN}0.412")
    words = words_of(Moment(MomentKind.SECTOR_BEST, 2, 31.25, 0.1))
    assert words[:2] == ("BEST SECTOR 2", "31.250")
    assert words_of(Moment(MomentKind.SLOWER, 4, 93.0, -0.5)).gap == "+0.500"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(800, 600), (1280, 720), (1920, 1080)])
def test_the_lap_time_is_held_for_seconds_and_then_goes(offscreen, size, scale):
    surface = offscreen(size)
    banner = MomentBanner()
    banner.show(Moment(MomentKind.NEW_BEST, 1, 92.0, 0.4, GoalGap("Gold", 1.2)))
    held_s = 0.0
    while banner.moment is not None:
        banner.update(0.1)
        held_s += 0.1
        surface.fill((0, 0, 0))
        banner.draw(surface, scale, calm=False)
        if 0.5 < held_s < 5.0:
            assert surface.get_bounding_rect().width > 0
            assert surface.get_at((size[0] // 2, 30))[:3] != (0, 0, 0)
    assert 4.0 < held_s < 8.0
