"""Set a player's own goal, which is always a little ahead of their best lap."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

from game.files import assets_folder
from game.goals.medals import Medal, MedalTimes, next_medal
from game.toml_files import Share, TomlTable, read_toml

_FILE: Final = "goal.toml"


class GoalRule(TomlTable, frozen=True):
    """Says how far ahead of the best lap the goal is: shares of its time, and of a gap."""

    near: Share  # a medal no farther than this is the goal
    of_the_gap: Share  # to the next medal, if that is farther
    min_step: Share
    max_step: Share


class PersonalGoal(NamedTuple):
    """Holds the time to drive for."""

    time_s: float
    medal: Medal | None  # that it wins, if it is one's


def personal_goal(times: MedalTimes, best_s: float) -> PersonalGoal | None:
    """Return the goal after a best lap, infinite for none; None without a lap or a medal."""
    following = next_medal(times, best_s)
    if math.isinf(best_s):
        return None if following is None else PersonalGoal(times[following], following)
    rule = goal_rule()
    gap_s = 0.0 if following is None else best_s - times[following]
    if following is not None and gap_s <= rule.near * best_s:
        return PersonalGoal(times[following], following)
    step_s = min(max(rule.of_the_gap * gap_s, rule.min_step * best_s), rule.max_step * best_s)
    return PersonalGoal(best_s - step_s, None)


@cache
def goal_rule() -> GoalRule:
    """Return the rule of the file. Raises InputError if it is damaged."""
    return read_toml(assets_folder() / _FILE, GoalRule)
