"""Two setups measured, A and B: where on the lap which of them is faster."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from game.tuning.measurement import CornerPass, Measurement

Array = npt.NDArray[np.float64]

_SAME_S = 0.005  # lap times nearer to each other are called equal


class Duel(NamedTuple):
    """B against A: differences are B less A, so that a negative time means B is faster."""

    a: Measurement
    b: Measurement

    @property
    def time_s(self) -> float:
        """Of the lap."""
        return self.b.lap_time_s - self.a.lap_time_s

    @property
    def energy_kwh(self) -> float:
        """Net, of the lap."""
        return self.b.ledger.net_kwh - self.a.ledger.net_kwh

    @property
    def sectors_s(self) -> tuple[float, ...]:
        """Of the sectors."""
        return tuple(b - a for a, b in zip(self.a.sectors_s, self.b.sectors_s, strict=False))

    @property
    def corners(self) -> list[tuple[CornerPass, CornerPass]]:
        """Every corner as A and as B take it."""
        return list(zip(self.a.corners, self.b.corners, strict=False))

    def along(self, lap_m: float, count: int) -> tuple[Array, Array, Array, Array]:
        """Place, speed of A, speed of B, and how far B is behind, at so many places of the lap.

        Metres, m/s and seconds, each of shape (count,).
        """
        s_m = np.linspace(0.0, lap_m, count)
        speeds, times = [], []
        for trace in (self.a.trace, self.b.trace):
            at_m = trace.spacing_m * np.arange(len(trace.time_s))
            speeds.append(np.interp(s_m, at_m, trace.speed_mps))
            times.append(np.interp(s_m, at_m, trace.time_s))
        return s_m, speeds[0], speeds[1], times[1] - times[0]

    def words(self) -> str:
        """Which is quicker, by how much, and what it costs."""
        if abs(self.time_s) < _SAME_S:
            who = "A and B take the same time"
        else:
            who = f"{'B' if self.time_s < 0.0 else 'A'} is {abs(self.time_s):.2f} s quicker"
        kwh = round(self.energy_kwh, 2)
        cost = f"{abs(kwh):.2f} kWh {'more' if kwh > 0.0 else 'less'}" if kwh else "as much energy"
        return f"{who}; B takes {cost}"
