"""Listen to one car, and keep what its finished laps are judged by."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np

from game.analysis.lap_profile import SPACING_M, LapColumns, LapProfile, profile_of
from game.arrays import Array
from game.recording.lap_recorder import Lap, LapRecorder
from game.recording.lap_way import driven_way_m
from game.recording.traced_lap import LapMarks
from game.simulation.snapshot import Snapshot
from game.simulation.world import Step

_CHANNELS: Final = (
    *("tick", "lap_start_s", "s_m", "velocity_forward_mps", "velocity_left_mps"),
    *("accel_left_mps2", "throttle", "brake", "steering_rad", "battery_power_w"),
    *("front_torque_share", "offset_m", "battery_drawn_j", "battery_regained_j"),
    *("front_left_normalised_slip", "front_right_normalised_slip"),
    *("rear_left_normalised_slip", "rear_right_normalised_slip"),
)
_WIDTH: Final = len(_CHANNELS)
_numbers = itemgetter(*map(Snapshot._fields.index, _CHANNELS))
_TICKS: Final = 4  # between two looks: at 60 a second a car is seen each metre at 216 km/h


class _LoggedLap(NamedTuple):
    """Holds what was noted of a finished lap, channel beside channel, look after look."""

    lap: Lap
    rows: array[float]  # the first one before the line or on it, the last one behind it


class LapLog:
    """Keeps the finished laps of one car."""

    def __init__(
        self, step_s: float, length_m: float, car: int = 0, kept: int | None = None
    ) -> None:
        """kept: how many laps, of some 0.9 MB each, are kept: the last ones; None: all."""
        self._recorder = LapRecorder(step_s, car)
        self._car = car
        self._marks = LapMarks.of(length_m, SPACING_M)
        self._rows = array("d")
        self._laps: deque[_LoggedLap] = deque(maxlen=kept)
        self._profiles: dict[int, LapProfile] = {}
        self._seen = 0
        self._start_s = 0.0
        self._is_whole = True  # the lap under way: the drive has not gone back within it
        self._is_practice = False

    def on_step(self, step: Step) -> None:
        """Take note of a step, and of the lap that it may have finished."""
        now = step.snapshots[self._car]
        if self._rows and now.tick <= self._rows[-_WIDTH]:
            self._go_back(now)
        self._recorder.on_step(step)
        crossed = now.lap_start_s != self._start_s
        if not crossed and now.tick % _TICKS and self._rows:
            return
        self._rows.extend(_numbers(now))
        if len(self._recorder.laps) > self._seen:
            self._seen = len(self._recorder.laps)
            if self._is_whole:
                self._keep(self._recorder.laps[-1])
        if crossed:
            self._is_whole = True
            self._start_s = now.lap_start_s
            self._rows = self._rows[-2 * _WIDTH :]  # also from before the line

    def begin_practice(self) -> None:
        """Let no lap count that is finished from now on."""
        self._is_practice = True

    def _keep(self, lap: Lap) -> None:
        """Keep a lap that has just been finished; the oldest one makes room if it has to."""
        if len(self._laps) == self._laps.maxlen:
            self._profiles.pop(self._laps[0].lap.number, None)
        if self._is_practice:
            lap = lap._replace(valid=False, is_practice=True)
        self._laps.append(_LoggedLap(lap, self._rows[:]))

    def _go_back(self, now: Snapshot) -> None:
        """Forget the lap under way: the drive goes on from an earlier moment."""
        self._recorder = LapRecorder(self._recorder.step_s, self._car, laps=self._recorder.laps)
        self._rows = array("d")
        self._start_s, self._is_whole = now.lap_start_s, False

    @property
    def laps(self) -> Sequence[Lap]:
        """Return the finished laps that are kept, oldest first."""
        return [logged.lap for logged in self._laps]

    def profile(self, number: int) -> LapProfile:
        """Return the profile of a kept lap by its number. Raises KeyError if it is not kept."""
        if number not in self._profiles:
            logged = {each.lap.number: each for each in self._laps}[number]
            self._profiles[number] = self._made(logged)
        return self._profiles[number]

    def _made(self, logged: _LoggedLap) -> LapProfile:
        rows = np.frombuffer(logged.rows).reshape(-1, _WIDTH).T
        column: dict[str, Array] = dict(zip(_CHANNELS, rows, strict=True))
        # The last row is of the next lap, and its time since that lap's start: so is its place.
        begun_s = column["lap_start_s"][-1] - logged.lap.time_s
        time_s = column["tick"] * self._recorder.step_s - begun_s
        forward_mps, left_mps = column["velocity_forward_mps"], column["velocity_left_mps"]
        columns = LapColumns(
            time_s=time_s,
            way_m=driven_way_m(forward_mps, left_mps, time_s),
            speed_mps=np.hypot(forward_mps, left_mps),
            lateral_mps2=column["accel_left_mps2"],
            throttle=column["throttle"],
            brake=column["brake"],
            steering_rad=column["steering_rad"],
            power_w=column["battery_power_w"],
            front_share=column["front_torque_share"],
            front_slip=np.maximum(
                column["front_left_normalised_slip"], column["front_right_normalised_slip"]
            ),
            rear_slip=np.maximum(
                column["rear_left_normalised_slip"], column["rear_right_normalised_slip"]
            ),
            offset_m=column["offset_m"],
            net_j=column["battery_drawn_j"] - column["battery_regained_j"],
        )
        return profile_of(logged.lap, self._marks, column["s_m"], columns)
