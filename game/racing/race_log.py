"""Keep what race control has judged in a race."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from game.racing.contact_energy import CarContact

Offence = Literal["jump start", "contact", "track limits"]
PlaceOutcome = Literal["asked", "given back", "not given back", "dropped"]


class Penalty(NamedTuple):
    """Adds time to a car's own."""

    car: int
    offence: Offence
    time_s: float  # that is added
    race_s: float  # when it happened
    s_m: float


class GainedPlace(NamedTuple):
    """Tells a car to give a place back that it has gained by an offence."""

    car: int
    passed: tuple[int, ...]  # the cars that it has to let by
    offence: Offence
    race_s: float  # when it was told
    s_m: float
    until_s: float  # of the race; by then it has to be behind them
    outcome: PlaceOutcome = "asked"  # dropped: there is nobody left to be let by


@dataclass(slots=True)
class RaceLog:
    """Holds what happened, in its order."""

    penalties: list[Penalty] = field(default_factory=list)
    contacts: list[CarContact] = field(default_factory=list)
    gained: list[GainedPlace] = field(default_factory=list)
