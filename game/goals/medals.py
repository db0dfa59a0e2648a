"""Define the medals, and which of them a time has reached."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from game.translation import N_


class Medal(Enum):
    """A medal is a goal that a lap or a corner can reach, from the easiest to the hardest."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    AUTHOR = "author"

    @property
    def pace(self) -> float:
        """Return the share of the reference bot's speed that it asks for, 0..1."""
        return _PACES[self]

    @property
    def title(self) -> str:
        """Return the medal's name as a player reads it, to be translated."""
        return _TITLES[self]


_PACES: Final = {  # estimate: a first clean lap by keys is near bronze
    Medal.BRONZE: 0.85,
    Medal.SILVER: 0.90,
    Medal.GOLD: 0.95,
    Medal.AUTHOR: 1.0,
}

_TITLES: Final = {
    Medal.BRONZE: N_("Bronze"),
    Medal.SILVER: N_("Silver"),
    Medal.GOLD: N_("Gold"),
    Medal.AUTHOR: N_("Author"),
}

MedalTimes = Mapping[Medal, float]  # in seconds, from the easiest medal to the hardest


def paced_times(author_s: float) -> dict[Medal, float]:
    """Return the times of all medals where only the bot's own time is known."""
    return {medal: author_s / medal.pace for medal in Medal}


def medal_reached(times: MedalTimes, time_s: float) -> Medal | None:
    """Return the hardest medal that a time has reached, or None."""
    return max(
        (medal for medal in times if time_s <= times[medal]),
        key=lambda medal: medal.pace,
        default=None,
    )


def next_medal(times: MedalTimes, time_s: float) -> Medal | None:
    """Return the easiest medal that a time has not reached; None once it has all."""
    return min(
        (medal for medal in times if time_s > times[medal]),
        key=lambda medal: medal.pace,
        default=None,
    )


def newly_won(times: MedalTimes, time_s: float, before_s: float) -> Medal | None:
    """Return the medal of a new best time, unless the best time before it had won that already."""
    has, had = medal_reached(times, time_s), medal_reached(times, before_s)
    return None if has is had or time_s > before_s else has
