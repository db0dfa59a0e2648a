"""Say what a player drives for: the own goal, and the next medal."""

from __future__ import annotations

import math

from game.goals.medals import Medal, MedalTimes, next_medal
from game.goals.personal_goal import personal_goal
from game.translation import _
from game.units import lap_time_text


def goal_ahead(times: MedalTimes, best_s: float) -> str:
    """Return the best time, the goal, and how far away the next medal is; without times nothing."""
    following = next_medal(times, best_s)
    if not times:
        return ""
    if math.isinf(best_s):
        return "" if following is None else _to_beat(following, times)
    best = _("Best {time}").format(time=lap_time_text(best_s))
    ahead = _("every medal won") if following is None else gap_to(following, times, best_s)
    goal = personal_goal(times, best_s)
    own = "" if goal is None or goal.medal is not None else goal_text(goal.time_s)
    return " \N{MIDDLE DOT} ".join(filter(None, (best, own, ahead)))


def goal_text(time_s: float) -> str:
    """Return the player's own goal in words."""
    return _("Goal {time}").format(time=lap_time_text(time_s))


def _to_beat(medal: Medal, times: MedalTimes) -> str:
    time = lap_time_text(times[medal])
    return _("To beat: {medal} {time}").format(medal=_(medal.title), time=time)


def gap_to(medal: Medal, times: MedalTimes, time_s: float) -> str:
    """Return how much quicker a time has to be for a medal: Silver in 0.84 s."""
    gap = f"{max(time_s - times[medal], 0.0):.2f}"
    return _("{medal} in {gap} s").format(medal=_(medal.title), gap=gap)
