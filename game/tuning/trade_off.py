"""Weigh time against energy: find the laps worth comparing, and those that none beats in both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

MUCH_SLOWER: Final = 0.07  # than the fastest: the 107 % rule of qualifying


class TimedLap(Protocol):
    """Describes a lap, or anything else that took time and energy."""

    @property
    def time_s(self) -> float:
        """Return the time of a lap."""

    @property
    def energy_kwh(self) -> float:
        """Return the energy drawn less the energy regained."""


RatedLap = TypeVar("RatedLap", bound=TimedLap)


def comparable(laps: Sequence[RatedLap]) -> list[RatedLap]:
    """Return the laps that are not much slower than the fastest."""
    slowest_s = (1.0 + MUCH_SLOWER) * min((lap.time_s for lap in laps), default=0.0)
    return [lap for lap in laps if lap.time_s <= slowest_s]


def trade_off(laps: Iterable[RatedLap]) -> list[RatedLap]:
    """Return the laps that no other beats in both time and energy, the fastest first."""
    best: list[RatedLap] = []
    for lap in sorted(laps, key=lambda each: (each.time_s, each.energy_kwh)):
        if not best or lap.energy_kwh < best[-1].energy_kwh:
            best.append(lap)
    return best
