"""Keep the laps of the player and of bots, also of earlier sessions, and a cap on their energy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from game.app.driving.energy_cap import within_cap
from game.boards.kept_lap import KeptLap
from game.bot.planning import plan_if_ready
from game.recording.lap_recorder import Lap
from game.track.track import Track
from game.translation import _
from game.tuning.baseline import Baseline
from game.tuning.measurement import Measurement
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.trade_off import trade_off
from game.units import kwh, lap_time_text
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec

_MAX_EARLIER: Final = 200  # laps of either kind, on top of the best trade-offs


class DrivenLap(NamedTuple):
    """Describes a valid lap: how long it took, what it cost net, and with which setup."""

    setup: Setup
    time_s: float
    energy_kwh: float
    by_player: bool


class DrivenLaps:
    """Keeps the player's laps, whatever is restarted.

    Laps of earlier sessions are added by another thread, as one list that is never changed.
    """

    def __init__(self) -> None:
        self.cap_kwh = 0.0  # on a lap, what is regained taken off; 0: none
        self._own: list[DrivenLap] = []
        self._own_before: Sequence[DrivenLap] = ()
        self._bots_before: Mapping[Setup, DrivenLap] = {}

    def add_earlier(self, laps: Sequence[KeptLap]) -> None:
        """Add the player's laps of earlier sessions."""
        self._own_before = _chosen(
            [
                DrivenLap(lap.setup, lap.time_s, lap.net_kwh, by_player=True)
                for lap in laps
                if lap.valid
            ]
        )

    def add_measured(self, track: Track, spec: CarSpec) -> None:
        """Add the laps of the bot that were measured before, if its plan is ready."""
        plan = plan_if_ready(track, spec, default_setup(spec))
        if plan is None:
            return
        store = MeasurementCache(Baseline(track, spec, plan))
        driven = [_by_bot(kept.setup, kept.measurement) for kept in store.all()]
        chosen = _chosen([lap for lap in driven if lap is not None])
        self._bots_before = {lap.setup: lap for lap in chosen}

    def record(self, setup: Setup, lap: Lap, cap_kwh: float) -> str:
        """Record a lap of the player; the text says whether it kept a cap, if there is one."""
        energy_kwh = kwh(lap.net_j)
        if lap.valid:
            self._own.append(DrivenLap(setup, lap.time_s, energy_kwh, by_player=True))
        if not cap_kwh or not lap.valid:
            return ""
        kept = (
            _("{time} with {used} kWh: within the cap of {cap} kWh")
            if within_cap(energy_kwh, cap_kwh)
            else _("{time} with {used} kWh: over the cap of {cap} kWh")
        )
        return kept.format(
            time=lap_time_text(lap.time_s), used=f"{energy_kwh:.2f}", cap=f"{cap_kwh:.1f}"
        )

    def within_cap(self, energy_kwh: float) -> bool:
        """Return whether a lap with so much energy keeps the cap; all do where there is none."""
        return within_cap(energy_kwh, self.cap_kwh)

    def laps(self, measured: Mapping[Setup, Measurement]) -> list[DrivenLap]:
        """Return the player's laps, and the bot's best with every setup that was measured."""
        bots = {**self._bots_before, **{lap.setup: lap for lap in bot_laps(measured)}}
        return [*bots.values(), *self._own_before, *self._own]


def bot_laps(measured: Mapping[Setup, Measurement]) -> list[DrivenLap]:
    """Return the bot's best lap with every setup that was measured and got round."""
    found = (_by_bot(setup, each) for setup, each in measured.items())
    return [lap for lap in found if lap is not None]


def _by_bot(setup: Setup, measured: Measurement) -> DrivenLap | None:
    """Return the bot's best lap with a setup; None if it did not get round."""
    if not measured.laps_s:
        return None
    return DrivenLap(setup, measured.lap_time_s, measured.ledger.net_kwh, by_player=False)


def _chosen(laps: Sequence[DrivenLap]) -> list[DrivenLap]:
    """Return the laps that a chart has room for: the best trade-offs, and the fastest."""
    fastest = sorted(laps, key=lambda lap: lap.time_s)[:_MAX_EARLIER]
    return [*fastest, *(lap for lap in trade_off(laps) if lap not in fastest)]
