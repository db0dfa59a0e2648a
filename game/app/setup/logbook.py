"""The laps driven in this sitting, by the player and by bots, and a cap on their energy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from game.recording.laps import Lap
from game.tuning.measurement import Measurement
from game.units import kwh, lap_time_text
from game.vehicle.setup import Setup

_COMPARABLE: Final = 1.07  # times the quickest, as who may start a race


class DrivenLap(NamedTuple):
    """A valid lap: how long it took, what it cost net, and with which setup."""

    setup: Setup
    time_s: float
    energy_kwh: float
    by_player: bool


class Logbook:
    """Keeps the player's laps, whatever is restarted."""

    def __init__(self) -> None:
        self.cap_kwh = 0.0  # on a lap, what is regained taken off; 0: none
        self._own: list[DrivenLap] = []

    def enter(self, setup: Setup, lap: Lap) -> str:
        """Take note of the player's lap; in words whether it kept the cap, if there is one."""
        energy_kwh = kwh(lap.net_j)
        if lap.valid:
            self._own.append(DrivenLap(setup, lap.time_s, energy_kwh, by_player=True))
        if not self.cap_kwh or not lap.valid:
            return ""
        kept = "within" if self.within_cap(energy_kwh) else "beyond"
        return (
            f"{lap_time_text(lap.time_s)} with {energy_kwh:.2f} kWh: "
            f"{kept} the cap of {self.cap_kwh:.1f} kWh"
        )

    def within_cap(self, energy_kwh: float) -> bool:
        """Whether a lap with so much energy keeps the cap; all do where there is none."""
        return not self.cap_kwh or energy_kwh <= self.cap_kwh

    def laps(self, measured: Mapping[Setup, Measurement]) -> list[DrivenLap]:
        """The player's laps, and the bot's best with every setup that was measured."""
        bots = [
            DrivenLap(setup, each.lap_time_s, each.ledger.net_kwh, by_player=False)
            for setup, each in measured.items()
            if each.laps_s
        ]
        return [*bots, *self._own]


def comparable(laps: Sequence[DrivenLap]) -> list[DrivenLap]:
    """The laps that are not much slower than the quickest."""
    if not laps:
        return []
    slowest_s = _COMPARABLE * min(lap.time_s for lap in laps)
    return [lap for lap in laps if lap.time_s <= slowest_s]


def trade_off(laps: Sequence[DrivenLap]) -> list[DrivenLap]:
    """The laps that no other beats in both time and energy, the most frugal first."""
    best: list[DrivenLap] = []
    for lap in sorted(laps, key=lambda each: (each.energy_kwh, each.time_s)):
        if not best or lap.time_s < best[-1].time_s:
            best.append(lap)
    return best
