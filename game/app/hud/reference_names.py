"""Name the laps that the one under way can be compared with."""

from __future__ import annotations

from typing import Final, Literal

from game.translation import N_

ReferenceName = Literal["best", "session", "last", "sectors", "medal", "bot"]

REFERENCES: Final[dict[ReferenceName, str]] = {
    "best": N_("Best lap"),
    "session": N_("Best of this session"),
    "last": N_("Last lap"),
    "sectors": N_("Best sectors"),
    "medal": N_("The next medal"),
    "bot": N_("The bot in your car"),
}


def next_reference(now: ReferenceName) -> ReferenceName:
    """Return the reference after one; after the last comes the first."""
    names = list(REFERENCES)
    return names[(names.index(now) + 1) % len(names)]
