"""How fast to be where: forward and backward passes over the car's limits along a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from game.drivers.grip_limits import GripLimits
from game.drivers.racing_line import RacingLine

Array = npt.NDArray[np.float64]

_LEAST_CURVATURE_1PM: Final = 1e-6  # a radius of 1,000 km is straight
_LAPS: Final = 2  # the second pass starts from the speed at which the first one ended
_LEAST_SPEED_MPS: Final = 1.0
_PROBE_MPS: Final = 1e-3  # to differentiate the limits
_PROBE_1PM: Final = 1e-6

# What holds the speed at a station.
_CORNERING: Final = 0
_DRIVE: Final = 1  # the drive from the station before
_BRAKE: Final = 2  # the brakes to the station after


@dataclass(frozen=True)
class SpeedProfile:
    """Speed at the stations of a line and acceleration from each to the next; shape (n,)."""

    speed_mps: Array
    accel_mps2: Array
    lap_time_s: float


@dataclass(frozen=True)
class LapTimeSlopes:
    """What the lap time of a profile gains by a change at a station; shape (n,)."""

    by_curvature_sm: Array  # s per 1/m of curvature, signed like the curvature
    by_spacing_spm: Array  # s per m of way to the next station


class SpeedPlanner:
    """The passes for one car: its limits, ready to be looked up a point at a time."""

    def __init__(self, limits: GripLimits) -> None:
        self._limits = limits
        self._drive = _Table(limits, limits.drive_mps2)
        self._brake = _Table(limits, limits.brake_mps2)

    def profile(self, line: RacingLine) -> SpeedProfile:
        """The fastest speeds along the line that the limits allow, over a flying lap.

        Quasi-steady: each piece is driven at a constant acceleration within what the car holds at
        the speed and curvature there.
        """
        speed_mps, _ = self._passes(line)
        after_mps = np.roll(speed_mps, -1)
        return SpeedProfile(
            speed_mps=speed_mps,
            accel_mps2=(after_mps**2 - speed_mps**2) / (2.0 * line.spacing_m),
            lap_time_s=float((2.0 * line.spacing_m / (speed_mps + after_mps)).sum()),
        )

    def slopes(self, line: RacingLine) -> LapTimeSlopes:
        """How the lap time changes with the line's curvature and length, by the adjoint passes.

        A station's speed hangs on its own curvature, on the station before it or on the one after
        it; the price of its speed is handed down that chain.
        """
        speed_mps, held_by = self._passes(line)
        count = len(speed_mps)
        after_mps = np.roll(speed_mps, -1)
        piece_s = 2.0 * line.spacing_m / (speed_mps + after_mps)
        per_speed = -piece_s / (speed_mps + after_mps)
        price = (per_speed + np.roll(per_speed, 1)).tolist()
        spacing = line.spacing_m.tolist()
        by_spacing = (piece_s / line.spacing_m).tolist()
        by_curvature = [0.0] * count
        speed = speed_mps.tolist()
        bent = np.abs(line.curvature_1pm).tolist()
        # Twice round, so that a chain across the start of the lap is followed to its end.
        for table, kind, order, back in (
            (self._brake, _BRAKE, range(count), 1),
            (self._drive, _DRIVE, range(count - 1, -1, -1), -1),
        ):
            for _ in range(_LAPS):
                for index in order:
                    if held_by[index] != kind or price[index] == 0.0:
                        continue
                    source = (index + back) % count
                    piece = index if back > 0 else source
                    accel, per_mps, per_1pm = table.slopes(speed[source], bent[source])
                    share = price[index] / speed[index]
                    price[source] += share * (speed[source] + spacing[piece] * per_mps)
                    by_curvature[source] += share * spacing[piece] * per_1pm
                    by_spacing[piece] += share * accel
                    price[index] = 0.0
        cornering = _cornering_speed(
            np.abs(line.curvature_1pm) + _PROBE_1PM, self._limits
        ) - _cornering_speed(np.abs(line.curvature_1pm), self._limits)
        at_limit = np.array(held_by) == _CORNERING
        total = np.array(by_curvature) + np.where(
            at_limit, np.array(price) * cornering / _PROBE_1PM, 0.0
        )
        return LapTimeSlopes(np.sign(line.curvature_1pm) * total, np.array(by_spacing))

    def _passes(self, line: RacingLine) -> tuple[Array, list[int]]:
        """Speeds, shape (n,), and what holds each."""
        curvature = np.abs(line.curvature_1pm)
        spacing = line.spacing_m.tolist()
        bent = curvature.tolist()
        speed = _cornering_speed(curvature, self._limits).tolist()
        count = len(speed)
        held_by = [_CORNERING] * count
        for _ in range(_LAPS):
            for index in range(count):
                after = index + 1 if index + 1 < count else 0
                accel = self._drive.at(speed[index], bent[index])
                reached = speed[index] ** 2 + 2.0 * accel * spacing[index]
                if reached < speed[after] ** 2:
                    speed[after] = max(reached, _LEAST_SPEED_MPS) ** 0.5
                    held_by[after] = _DRIVE
        for _ in range(_LAPS):
            for index in range(count - 1, -1, -1):
                before = index - 1
                accel = self._brake.at(speed[index], bent[index])
                reached = speed[index] ** 2 + 2.0 * accel * spacing[before]
                if reached < speed[before] ** 2:
                    speed[before] = reached**0.5
                    held_by[before] = _BRAKE
        return np.array(speed), held_by


def _cornering_speed(curvature: Array, limits: GripLimits) -> Array:
    """The speed at which each curvature needs all the lateral grip: v**2 k = a(v).

    Looked up over the square root of the radius, with which the speed grows almost evenly.
    """
    root_radius = limits.speed_mps / np.sqrt(limits.lateral_mps2)
    speed_mps: Array = np.interp(
        1.0 / np.sqrt(np.maximum(curvature, _LEAST_CURVATURE_1PM)), root_radius, limits.speed_mps
    )
    return speed_mps


class _Table:
    """A limit over speed and share of the lateral limit, looked up one point at a time."""

    def __init__(self, limits: GripLimits, values: Array) -> None:
        self._start = float(limits.speed_mps[0])
        self._step = float(limits.speed_mps[1] - limits.speed_mps[0])
        self._lateral = limits.lateral_mps2.tolist()
        self._values = values.tolist()
        self._last = len(self._lateral) - 2
        self._shares = values.shape[1] - 1

    def at(self, speed_mps: float, curvature_1pm: float) -> float:
        """The limit at a speed on a curvature, m/s2."""
        place = (speed_mps - self._start) / self._step
        row = min(max(int(place), 0), self._last)
        along = min(max(place - row, 0.0), 1.0)
        lateral = self._lateral[row] + along * (self._lateral[row + 1] - self._lateral[row])
        share = min(speed_mps * speed_mps * curvature_1pm / lateral, 1.0) * self._shares
        column = min(int(share), self._shares - 1)
        across = share - column
        low, high = self._values[row], self._values[row + 1]
        left = low[column] + across * (low[column + 1] - low[column])
        right = high[column] + across * (high[column + 1] - high[column])
        return float(left + along * (right - left))

    def slopes(self, speed_mps: float, curvature_1pm: float) -> tuple[float, float, float]:
        """The limit and its slopes by speed (1/s) and by curvature (m2/s2)."""
        here = self.at(speed_mps, curvature_1pm)
        return (
            here,
            (self.at(speed_mps + _PROBE_MPS, curvature_1pm) - here) / _PROBE_MPS,
            (self.at(speed_mps, curvature_1pm + _PROBE_1PM) - here) / _PROBE_1PM,
        )
