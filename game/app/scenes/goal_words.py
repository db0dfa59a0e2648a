"""Say how far a player is from the next medal."""

from __future__ import annotations

import math

from game.goals.medals import Medal, MedalTimes, next_medal
from game.units import lap_time_text

_ALL_WON = "every medal won"


def goal_ahead(times: MedalTimes, best_s: float) -> str:
    """Return the best time and how far it is from the next medal; without times nothing."""
    following = next_medal(times, best_s)
    if not times:
        return ""
    if math.isinf(best_s):
        return "" if following is None else f"To beat: {medal_and_time(following, times)}"
    best = f"Best {lap_time_text(best_s)}"
    ahead = _ALL_WON if following is None else gap_to(following, times, best_s)
    return f"{best} \N{MIDDLE DOT} {ahead}"


def gap_to(medal: Medal, times: MedalTimes, time_s: float) -> str:
    """Return how much quicker a time has to be for a medal: Silver in 0.84 s."""
    return f"{medal.title} in {max(time_s - times[medal], 0.0):.2f} s"


def medal_and_time(medal: Medal, times: MedalTimes) -> str:
    """Return a medal with its time: Silver 1:53.814."""
    return f"{medal.title} {lap_time_text(times[medal])}"
