"""The goal is always ahead of the best lap, near enough to be reached, and ends in the medals."""

import math

from hypothesis import given
from hypothesis import strategies as st

from game.goals.medals import Medal, next_medal
from game.goals.personal_goal import goal_rule, personal_goal

TIMES = {Medal.BRONZE: 120.0, Medal.SILVER: 113.0, Medal.GOLD: 107.0, Medal.AUTHOR: 102.0}


@given(st.floats(60.0, 1000.0))
def test_the_goal_is_ahead_of_the_best_lap_by_a_tenth_of_a_percent_to_one_or_is_a_near_medal(
    best_s,
):
    goal, rule = personal_goal(TIMES, best_s), goal_rule()
    ahead = (best_s - goal.time_s) / best_s
    assert 0.0 < ahead <= rule.max_step + 1e-12
    assert goal.medal is not None or ahead >= rule.min_step - 1e-12


@given(st.floats(60.0, 1000.0))
def test_the_goal_is_never_beyond_the_next_medal(best_s):
    goal, medal = personal_goal(TIMES, best_s), next_medal(TIMES, best_s)
    assert medal is None or goal.time_s >= TIMES[medal]
    assert goal.medal is None or goal.time_s == TIMES[goal.medal]


def test_goal_after_goal_leads_to_every_medal():
    best_s, won = 140.0, []
    for _ in range(200):
        goal = personal_goal(TIMES, best_s)
        won += [goal.medal] if goal.medal is not None else []
        best_s = goal.time_s
    assert won == list(Medal)
    assert best_s < TIMES[Medal.AUTHOR]


def test_without_a_lap_the_goal_is_the_easiest_medal_and_without_medals_there_is_none():
    assert personal_goal(TIMES, math.inf) == (120.0, Medal.BRONZE)
    assert personal_goal({}, math.inf) is None
    assert personal_goal({}, 100.0).time_s == 99.9
