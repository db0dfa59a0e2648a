"""A lap's log is reduced to its energy, its corners, its trace and its balance."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.recording.lap_recorder import Lap
from game.recording.lap_way import lap_way_m
from game.recording.traced_lap import LapMarks
from game.track.track import Track
from game.tuning.balance import AxleSlip, balance
from game.tuning.lap_telemetry import ENERGY_CHANNELS, LapChannels
from game.tuning.measurement import Balance, CornerPass, Ledger, Trace
from game.units import kwh
from game.vehicle.tyre import Tyre


class LapAnalysis:
    """Reads one finished lap out of a log; everything is linear between its looks."""

    def __init__(
        self,
        track: Track,
        tyre: Tyre,
        log: LapChannels[Array],
        look_s: float,
        lap: Lap,
        number: int,
    ) -> None:
        """number: of the lap in the log, from 1."""
        within = np.flatnonzero(log.lap == number)
        first, end = int(within[0]), int(within[-1]) + 1
        looks = np.arange(max(first - 1, 0), min(end + 1, len(log.lap)))  # also across the line
        self._track = track
        self._tyre = tyre
        self._look_s = look_s
        self._within = LapChannels(*(column[first:end] for column in log))
        self._travelled_m = np.maximum.accumulate(lap_way_m(log.s_m[looks], track.length_m))
        self._speed_mps = log.forward_mps[looks]
        time_s = (looks + 1) * look_s - log.lap_start_s[first]
        energies_j = [getattr(log, name)[looks] for name in ENERGY_CHANNELS]
        self._totals = [time_s, *energies_j]
        self._lap_time_s = lap.time_s

    def trace(self) -> Trace:
        """Return time and speed at evenly spaced marks; the ends are the times of the lap timer."""
        marks = LapMarks.of(self._track.length_m)
        time_s = np.interp(marks.places_m, self._travelled_m, self._totals[0])
        time_s[0], time_s[-1] = 0.0, self._lap_time_s
        speed_mps = np.interp(marks.places_m, self._travelled_m, self._speed_mps)
        return Trace(marks.spacing_m, tuple(time_s.tolist()), tuple(speed_mps.tolist()))

    def ledger(self) -> Ledger:
        """Return the ledger of the whole lap."""
        return _ledger(self._total_at(self._track.length_m) - self._total_at(0.0))

    def corners(self) -> tuple[CornerPass, ...]:
        """Return how each corner was taken; together the passes make up the lap."""
        corners = self._track.corners
        length_m = self._track.length_m
        borders_m = [
            (corner.turn_in_m - 0.5 * ((corner.turn_in_m - before.exit_m) % length_m)) % length_m
            for before, corner in zip((corners[-1:] + corners)[:-1], corners, strict=True)
        ]
        passes = []
        for corner, from_m, to_m in zip(
            corners, borders_m, borders_m[1:] + borders_m[:1], strict=True
        ):
            places_m = np.linspace(corner.turn_in_m, corner.exit_m, 100)
            speeds_mps = np.interp(places_m, self._travelled_m, self._speed_mps)
            total = self._between(from_m, to_m)
            passes.append(
                CornerPass(
                    number=corner.number,
                    entry_mps=float(speeds_mps[0]),
                    min_mps=float(speeds_mps.min()),
                    exit_mps=float(speeds_mps[-1]),
                    time_s=float(total[0]),
                    ledger=_ledger(total),
                )
            )
        return tuple(passes)

    def balance(self) -> Balance:
        """Return the balance, from the tyres' slips at every sample."""
        log = self._within
        return balance(
            np.full(len(log.lap), self._look_s),
            log.forward_mps2,
            log.lateral_mps2,
            AxleSlip(log.front_slip_tangent, log.front_normalised_slip),
            AxleSlip(log.rear_slip_tangent, log.rear_normalised_slip),
            self._tyre.peak_slip_tangent,
        )

    def _total_at(self, place_m: float) -> Array:
        """Return time and energies since the line and the start, at a place on the lap."""
        return np.array([float(np.interp(place_m, self._travelled_m, row)) for row in self._totals])

    def _between(self, from_m: float, to_m: float) -> Array:
        """Return time and energies from a place to another, across the line if need be."""
        passed = self._total_at(to_m) - self._total_at(from_m)
        if from_m < to_m:
            return passed
        return passed + self._total_at(self._track.length_m) - self._total_at(0.0)


def _ledger(total: Array) -> Ledger:
    return Ledger(*(kwh(energy_j) for energy_j in total[1:].tolist()))
