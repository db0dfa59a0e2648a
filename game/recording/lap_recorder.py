"""Put the laps of one car together from what the world reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from game.simulation.events import (
    BackOnTrack,
    LapDone,
    LapStarted,
    LapVoid,
    LeftTrack,
    SectorDone,
)
from game.simulation.snapshot import Snapshot
from game.simulation.world import Step
from game.vehicle.state import PerWheel


@dataclass(slots=True)
class LapExcursion:
    """All four wheels were off what counts as track."""

    s_m: float  # where it began
    farthest_m: float = 0.0  # of the nearest wheel beyond the limit
    duration_s: float = 0.0


class LapTyres(NamedTuple):
    """The tyres at the end of a lap."""

    tread_k: PerWheel[float]
    carcass_k: PerWheel[float]
    pressure_pa: PerWheel[float]  # above the atmosphere's
    wear: PerWheel[float]  # 0 new, 1 worn out
    flat_spot: PerWheel[float]  # 0 round, 1 as flat as it gets
    grip: PerWheel[float]  # share of the best


class Lap(NamedTuple):
    """Describes a finished lap."""

    number: int
    time_s: float
    sectors_s: tuple[float, ...]
    valid: bool
    drawn_j: float  # from the battery, at its terminals
    regained_j: float
    top_speed_mps: float
    excursions: tuple[LapExcursion, ...]
    tyres: LapTyres | None = None  # of laps whose snapshots are known

    @property
    def net_j(self) -> float:
        """Return the energy that the battery lost."""
        return self.drawn_j - self.regained_j


@dataclass(slots=True)
class LapRecorder:
    """Listens to one car. Energy and top speed are read at the steps around the line."""

    step_s: float
    car: int = 0
    on_lap: Callable[[Lap], None] | None = None  # is called with every finished lap at once
    laps: list[Lap] = field(default_factory=list)
    sectors_s: list[float] = field(default_factory=list)  # of the lap being driven
    excursions: list[LapExcursion] = field(default_factory=list)
    missed_gate: int = 0  # of the last void lap; 0 if there was none since the last lap
    _start: Snapshot | None = None
    _top_speed_mps: float = 0.0

    def used_j(self, now: Snapshot) -> float:
        """Return what the battery has lost since the line, or since the start before it."""
        if self._start is None:
            return 0.0
        drawn_j = now.battery_drawn_j - self._start.battery_drawn_j
        return drawn_j - (now.battery_regained_j - self._start.battery_regained_j)

    def on_step(self, step: Step) -> None:
        """Record a step."""
        snapshot = step.snapshots[self.car]
        if self._start is None:
            self._start = snapshot
        self._top_speed_mps = max(self._top_speed_mps, snapshot.velocity_forward_mps)
        for event in step.events:
            if event.car != self.car:
                continue
            match event:
                case SectorDone():
                    self.sectors_s.append(event.time_s)
                case LeftTrack():
                    self.excursions.append(LapExcursion(event.s_m))
                case BackOnTrack() if self.excursions:
                    self.excursions[-1].farthest_m = event.farthest_m
                    self.excursions[-1].duration_s = event.ticks_off * self.step_s
                case LapDone():
                    self._finish(event, snapshot)
                case LapVoid():
                    self.missed_gate = event.missed_gate
                case LapStarted():
                    self._begin(snapshot)

    def _finish(self, done: LapDone, snapshot: Snapshot) -> None:
        assert self._start is not None
        self.missed_gate = 0
        self.laps.append(
            Lap(
                number=len(self.laps) + 1,
                time_s=done.time_s,
                sectors_s=tuple(self.sectors_s),
                valid=done.valid,
                drawn_j=snapshot.battery_drawn_j - self._start.battery_drawn_j,
                regained_j=snapshot.battery_regained_j - self._start.battery_regained_j,
                top_speed_mps=self._top_speed_mps,
                excursions=tuple(self.excursions),
                tyres=_tyres(snapshot),
            )
        )
        if self.on_lap is not None:
            self.on_lap(self.laps[-1])

    def _begin(self, snapshot: Snapshot) -> None:
        self._start = snapshot
        self._top_speed_mps = snapshot.velocity_forward_mps
        self.sectors_s = []
        self.excursions = self.excursions[-1:] if snapshot.beyond_limit_m > 0.0 else []


def _tyres(now: Snapshot) -> LapTyres:
    return LapTyres(
        now.tread_k,
        now.carcass_k,
        now.tyre_pressure_pa,
        now.wear,
        now.flat_spot,
        now.tyre_grip,
    )
