"""A split map acts on a circuit through this table of its shares along the lap.

Only the circuit's geometry decides, never a car's speed, so that a place has the same share on
every lap and for every driver. The phases of a corner:

- braking: the last 120 m before it, but nothing before the apex of the corner in front;
- entry, middle, exit: a third of the corner each, the exit with 40 m of the straight besides, where
  a car still runs wide under power, but not into the next corner.

Shares pass into each other over 11 m, half on either side of the border: no torque jumps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from game.compiled import tick_function
from game.track.tables import TrackTables, lerp, samples_around
from game.track.track import Track
from game.vehicle.damage import DamageMode
from game.vehicle.parts import Car, make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.split_map import SplitMap
from game.vehicle.torque_split import FrontShares

PhaseName = Literal["braking", "entry", "middle", "exit"]

BRAKING_M: Final = 120.0  # estimate; from 220 km/h to a hairpin's speed
EXIT_M: Final = 40.0  # estimate; beyond the end of a corner
_RAMP_STATIONS: Final = 11  # over which a border is blurred; odd


class Phase(NamedTuple):
    """Places a phase of a corner; one that ends before it begins crosses the line."""

    name: PhaseName
    corner: int  # its number
    from_m: float  # 0..length
    to_m: float


class SplitTable(NamedTuple):
    """Holds the shares of the front axle that a setup asks for along a lap.

    The stations are the track's samples: station i stands at `i * station_m`, about a metre apart.
    Between two of them, and from the last one to the first, the shares change evenly.
    """

    station_m: float
    front_torque_share: list[float]  # of drive
    front_regen_share: list[float]


def corner_phases(track: Track) -> list[Phase]:
    """Return the phases of all corners along the lap. Those of drive do not overlap each other."""
    length_m = track.length_m
    corners = track.corners
    phases: list[Phase] = []
    for number, corner in enumerate(corners):
        before, after = corners[number - 1], corners[(number + 1) % len(corners)]
        since_apex_m = (corner.turn_in_m - before.apex_m) % length_m or length_m
        run_out_m = min(EXIT_M, (after.turn_in_m - corner.exit_m) % length_m)
        third_m = (corner.exit_m - corner.turn_in_m) / 3.0
        borders_m = (
            corner.turn_in_m - min(BRAKING_M, since_apex_m),
            corner.turn_in_m,
            corner.turn_in_m + third_m,
            corner.exit_m - third_m,
            corner.exit_m + run_out_m,
        )
        names: tuple[PhaseName, ...] = ("braking", "entry", "middle", "exit")
        phases += [
            Phase(name, corner.number, from_m % length_m, to_m % length_m)
            for name, from_m, to_m in zip(names, borders_m, borders_m[1:], strict=False)
        ]
    return phases


def resolve(split_map: SplitMap | None, setup: Setup, track: Track) -> SplitTable:
    """Return the shares along a lap: the setup's own, over them phases, then paint."""
    count, station_m = track.tables.sample_count, track.tables.step_m
    drive = [setup.front_torque_share] * count
    regen = [setup.front_regen_share] * count
    if split_map is not None:
        for phase in corner_phases(track):
            share = getattr(split_map, phase.name)
            if share is not None:
                shares = regen if phase.name == "braking" else drive
                _fill(shares, station_m, phase.from_m, phase.to_m, share)
        if split_map.painted_on in ("", track.name):
            for stretch in split_map.painted:
                shares = regen if stretch.of == "regeneration" else drive
                _fill(shares, station_m, stretch.from_m, stretch.to_m, stretch.share)
    return SplitTable(station_m, _ramped(drive), _ramped(regen))


def _fill(shares: list[float], station_m: float, from_m: float, to_m: float, share: float) -> None:
    """Give one share to the stations of a stretch of the lap, which may cross the line."""
    count = len(shares)
    first, end = (min(math.ceil(place_m / station_m), count) for place_m in (from_m, to_m))
    for begin, stop in [(first, end)] if from_m < to_m else [(first, count), (0, end)]:
        shares[begin:stop] = [share] * (stop - begin)


def _ramped(shares: list[float]) -> list[float]:
    """Return each station's mean with its neighbours on the lap; what is level keeps its bits."""
    count = len(shares)
    side = _RAMP_STATIONS // 2
    ramped = shares.copy()
    for border in range(count):
        if shares[border] != shares[border - 1]:
            for station in range(border - side, border + side):
                around = [shares[(station + step) % count] for step in range(-side, side + 1)]
                mean = math.fsum(around) / _RAMP_STATIONS
                ramped[station % count] = min(max(mean, min(around)), max(around))
    return ramped


class SplitMaps:
    """Resolves and numbers the maps that cars bring onto a track; off any track none acts."""

    def __init__(self, track: Track | None) -> None:
        self._track = track
        self._first_rows: dict[Setup, int] = {}
        self._tables: list[SplitTable] = []

    def car(self, spec: CarSpec, setup: Setup, damage: DamageMode = "off") -> Car:
        """Return the car of this spec and setup, which finds its shares in `rows`."""
        if self._track is None or setup.split_map is None:
            return make_car(spec, setup, damage=damage)
        if setup not in self._first_rows:
            self._first_rows[setup] = 2 * len(self._tables)
            self._tables.append(resolve(setup.split_map, setup, self._track))
        first = self._first_rows[setup]
        return make_car(spec, setup, first, first + 1, damage)

    @property
    def rows(self) -> list[float]:
        """Return the shares for all cars made so far: rows of stations, end to end."""
        return [
            share
            for table in self._tables
            for row in (table.front_torque_share, table.front_regen_share)
            for share in row
        ]


@tick_function
def own_shares(car: Car) -> FrontShares:
    """Return the shares that a car's setup asks for wherever no map does."""
    return FrontShares(car.front_torque_share, car.front_regen_share)


@tick_function
def is_mapped(car: Car) -> bool:
    """Return whether a split map sets a car's shares along the lap."""
    return car.torque_share_row >= 0 or car.regen_share_row >= 0


@tick_function
def shares_at(tables: TrackTables, splits: Sequence[float], car: Car, s_m: float) -> FrontShares:
    """Return a car's shares at a place on the lap; splits: the rows of `SplitMaps`."""
    torque = car.front_torque_share
    regen = car.front_regen_share
    if car.torque_share_row >= 0:
        torque = _looked_up(tables, splits, car.torque_share_row, s_m)
    if car.regen_share_row >= 0:
        regen = _looked_up(tables, splits, car.regen_share_row, s_m)
    return FrontShares(torque, regen)


@tick_function
def _looked_up(tables: TrackTables, splits: Sequence[float], row: int, s_m: float) -> float:
    place = samples_around(tables, s_m)
    first = row * tables.sample_count
    return lerp(splits[first + place.before], splits[first + place.after], place.share)
