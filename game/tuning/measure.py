"""Measures a setup by laps of the reference bot in the simulation."""

from __future__ import annotations

from game.headless.stint import drive_laps
from game.tuning.measurement import Ledger, Measurement
from game.tuning.rig import Rig
from game.units import kwh
from game.vehicle.setup import Setup

LAPS = 2


def measure_setup(rig: Rig, setup: Setup, laps: int = LAPS) -> Measurement:
    """Drive flying laps; what they came to. The same call gives the same numbers anywhere."""
    run = drive_laps(rig.track, rig.spec, setup, laps=laps)
    valid = [lap for lap in run.laps if lap.valid]
    best = min(valid, key=lambda lap: lap.time_s)
    return Measurement(
        laps_s=tuple(lap.time_s for lap in valid),
        sectors_s=best.sectors_s,
        ledger=Ledger(kwh(best.drawn_j), kwh(best.regained_j)),
    )
