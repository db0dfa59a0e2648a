"""Medals are ordered, and a time has all that it is quick enough for."""

import pytest

from game.goals.medals import Medal, medal_reached, newly_won, next_medal, paced_times

TIMES = {Medal.BRONZE: 120.0, Medal.SILVER: 114.0, Medal.GOLD: 108.0, Medal.AUTHOR: 102.0}


def test_harder_medals_ask_for_more_of_the_bots_pace_up_to_all_of_it():
    paces = [medal.pace for medal in Medal]
    assert paces == sorted(paces)
    assert (paces[0], paces[-1]) == (0.85, 1.0)


@pytest.mark.parametrize(
    ("time_s", "has", "wants"),
    [
        (130.0, None, Medal.BRONZE),
        (120.0, Medal.BRONZE, Medal.SILVER),
        (109.0, Medal.SILVER, Medal.GOLD),
        (107.9, Medal.GOLD, Medal.AUTHOR),
        (102.0, Medal.AUTHOR, None),
        (float("inf"), None, Medal.BRONZE),
    ],
)
def test_a_time_has_the_hardest_medal_it_reached_and_wants_the_next(time_s, has, wants):
    assert medal_reached(TIMES, time_s) is has
    assert next_medal(TIMES, time_s) is wants


def test_without_medals_there_is_none_to_reach():
    assert medal_reached({}, 100.0) is None
    assert next_medal({}, 100.0) is None
    assert newly_won({}, 100.0, float("inf")) is None


def test_from_the_bots_time_alone_every_medal_has_its_share_of_the_speed():
    times = paced_times(10.0)
    assert times[Medal.AUTHOR] == 10.0
    assert times[Medal.BRONZE] == pytest.approx(10.0 / 0.85)
    assert list(times.values()) == sorted(times.values(), reverse=True)


@pytest.mark.parametrize(
    ("time_s", "before_s", "won"),
    [
        (119.0, float("inf"), Medal.BRONZE),
        (107.0, 119.0, Medal.GOLD),
        (116.0, 119.0, None),
        (119.0, 107.0, None),
        (125.0, float("inf"), None),
    ],
)
def test_a_medal_is_newly_won_by_the_first_best_time_that_reaches_it(time_s, before_s, won):
    assert newly_won(TIMES, time_s, before_s) is won
