"""A comparison tells two measured setups, A and B, apart: over the lap, by sector and by corner."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.translation import _
from game.tuning.measurement import CornerPass, Measurement

EQUAL_LAPS_S: Final = 0.005  # lap times nearer to each other are called equal


class CornerGap(NamedTuple):
    """Holds the differences between B and A in one corner: B less A."""

    number: int
    entry_mps: float
    min_mps: float
    exit_mps: float
    time_s: float
    energy_kwh: float  # net


class Comparison(NamedTuple):
    """Compares two driven laps. Differences are B less A: with a negative time B is quicker."""

    a: Measurement
    b: Measurement

    @property
    def time_s(self) -> float:
        """Return the difference of the lap times."""
        return self.b.lap_time_s - self.a.lap_time_s

    @property
    def spread_s(self) -> float:
        """Return how far the laps of one setup lie apart, the larger of the two."""
        return max(self.a.spread_s, self.b.spread_s)

    @property
    def energy_kwh(self) -> float:
        """Return the difference of the net energies of the lap."""
        return self.b.ledger.net_kwh - self.a.ledger.net_kwh

    @property
    def sectors_s(self) -> tuple[float, ...]:
        """Return the differences of the sector times."""
        return tuple(b - a for a, b in zip(self.a.sectors_s, self.b.sectors_s, strict=True))

    @property
    def corners(self) -> tuple[CornerGap, ...]:
        """Return the differences in each corner."""
        return tuple(_gap(a, b) for a, b in zip(self.a.corners, self.b.corners, strict=True))

    @property
    def is_equal(self) -> bool:
        """Return whether neither is quicker: laps of one setup differ by as much."""
        return abs(self.time_s) <= max(self.spread_s, EQUAL_LAPS_S)

    def along(self, lap_m: float, count: int) -> tuple[Array, Array, Array, Array]:
        """Return place, speed of A, speed of B, and how far B is behind, evenly along the lap.

        Metres, m/s and seconds, each of shape (count,).
        """
        s_m = np.linspace(0.0, lap_m, count)
        speeds, times = [], []
        for trace in (self.a.trace, self.b.trace):
            at_m = trace.spacing_m * np.arange(len(trace.time_s))
            speeds.append(np.interp(s_m, at_m, trace.speed_mps))
            times.append(np.interp(s_m, at_m, trace.time_s))
        return s_m, speeds[0], speeds[1], times[1] - times[0]

    def verdict(self, a: str, b: str) -> str:
        """Return how much quicker B is, and what it costs, with names for the two."""
        if self.is_equal:
            who = _("{b} is as quick as {a}, {gap} s a lap apart")
        elif self.time_s < 0.0:
            who = _("{b} is {gap} s a lap quicker than {a}")
        else:
            who = _("{b} is {gap} s a lap slower than {a}")
        return _("{who}, spread {spread} s, and uses {energy}").format(
            who=who.format(a=a, b=b, gap=f"{abs(self.time_s):.3f}"),
            spread=f"{self.spread_s:.3f}",
            energy=_energy(self.energy_kwh),
        )


def _gap(a: CornerPass, b: CornerPass) -> CornerGap:
    return CornerGap(
        a.number,
        b.entry_mps - a.entry_mps,
        b.min_mps - a.min_mps,
        b.exit_mps - a.exit_mps,
        b.time_s - a.time_s,
        b.ledger.net_kwh - a.ledger.net_kwh,
    )


def _energy(more_kwh: float) -> str:
    amount = f"{abs(more_kwh):.3f}"
    if float(amount) == 0.0:
        return _("as much energy")
    text = _("{amount} kWh more") if more_kwh > 0.0 else _("{amount} kWh less")
    return text.format(amount=amount)
