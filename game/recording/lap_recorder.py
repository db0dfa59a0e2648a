"""Put the laps of one car together from what the world reports."""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from game.simulation.events import (
    BackOnTrack,
    Contact,
    HitCar,
    LapDone,
    LapStarted,
    LapVoid,
    LeftTrack,
    SectorDone,
)
from game.simulation.snapshot import Snapshot
from game.simulation.world import Step
from game.vehicle.state import PerWheel

_WALLS: Final = {"armco": "steel", "tyres": "tyres", "concrete": "concrete"}


@dataclass(slots=True)
class LapExcursion:
    """All four wheels were off what counts as track."""

    s_m: float  # where it began
    farthest_m: float = 0.0  # of the nearest wheel beyond the limit
    duration_s: float = 0.0


class LapTyres(NamedTuple):
    """Holds the state of the tyres at the end of a lap."""

    tread_k: PerWheel[float]
    carcass_k: PerWheel[float]
    pressure_pa: PerWheel[float]  # above the atmosphere's
    wear: PerWheel[float]  # 0 new, 1 worn out
    flat_spot: PerWheel[float]  # 0 round, 1 as flat as it gets
    grip: PerWheel[float]  # share of the best


@dataclass(slots=True)
class LapHit:
    """The car hit a wall or another car."""

    s_m: float
    what: str  # "car", or what the wall is made of
    bent: float = 0.0  # what it added to the damage of all parts


class LapDamage(NamedTuple):
    """Holds how far the parts of a car are destroyed at the end of a lap, 0..1."""

    nose: float
    tail: float
    left: float
    right: float
    steering_rad: float  # of the front wheels when the driver steers straight ahead


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
    hits: tuple[LapHit, ...] = ()  # those that bent the car
    damage: LapDamage | None = None  # None: nothing is bent
    is_practice: bool = False  # the drive had gone back, or time had run slowly

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
    hits: list[LapHit] = field(default_factory=list)  # of the lap being driven
    missed_gate: int = 0  # of the last void lap; 0 if there was none since the last lap
    _bent: float = 0.0  # sum of all parts' damage, as of the last step
    _start: Snapshot | None = None
    _top_speed_mps: float = 0.0

    def copied(self) -> LapRecorder:
        """Return a recorder that goes on from here on its own.

        What can still change is copied: the lap under way, and the last one, which has an excursion
        in common with it when the car crossed the line off the track. The laps before are shared.
        """
        last, sectors_s, excursions, hits = deepcopy(
            (self.laps[-1:], self.sectors_s, self.excursions, self.hits)
        )
        return replace(
            self,
            laps=self.laps[:-1] + last,
            sectors_s=sectors_s,
            excursions=excursions,
            hits=hits,
        )

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
                case Contact():
                    self.hits.append(LapHit(snapshot.s_m, _what_was_hit(event)))
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
        self._note_damage(snapshot)

    def _note_damage(self, snapshot: Snapshot) -> None:
        """Put down to the last hit what is bent since the step before: a hit lasts some ticks."""
        bent = (
            snapshot.nose_damage
            + snapshot.tail_damage
            + snapshot.left_damage
            + snapshot.right_damage
        )
        if bent > self._bent and self.hits:
            self.hits[-1].bent += bent - self._bent
        self._bent = bent

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
                hits=tuple(hit for hit in self.hits if hit.bent > 0.0),
                damage=damage_of(snapshot),
            )
        )
        if self.on_lap is not None:
            self.on_lap(self.laps[-1])

    def _begin(self, snapshot: Snapshot) -> None:
        self._start = snapshot
        self._top_speed_mps = snapshot.velocity_forward_mps
        self.sectors_s = []
        self.hits = []
        self.excursions = self.excursions[-1:] if snapshot.beyond_limit_m > 0.0 else []


def hit_text(hit: LapHit) -> str:
    """Return what was hit and where, for programs' messages."""
    what = "another car" if hit.what == "car" else f"a wall of {_WALLS[hit.what]}"
    return f"{what} at {hit.s_m:.0f} m"


def laps_text(finished: Collection[int], under_way: int) -> str:
    """Return which laps a drive has, for programs' messages.

    finished: their numbers; under_way: the number of the lap in which the drive ended, or 0.
    """
    said = []
    if finished:
        first, last = min(finished), max(finished)
        said.append(f"lap {first}" if first == last else f"laps {first} to {last}")
    if under_way and under_way not in finished:
        said.append(f"lap {under_way} unfinished")
    return f"the drive has {' and '.join(said) or 'no lap'}"


def _what_was_hit(contact: Contact) -> str:
    partner = contact.partner
    return "car" if isinstance(partner, HitCar) else partner.kind


def damage_of(now: Snapshot) -> LapDamage | None:
    """Return what hits have done to a car; None if nothing is bent."""
    damage = LapDamage(
        now.nose_damage, now.tail_damage, now.left_damage, now.right_damage, now.bent_steering_rad
    )
    return damage if any(damage) else None


def _tyres(now: Snapshot) -> LapTyres:
    return LapTyres(
        now.tread_k,
        now.carcass_k,
        now.tyre_pressure_pa,
        now.wear,
        now.flat_spot,
        now.tyre_grip,
    )
