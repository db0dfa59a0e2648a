"""Read the numbers by which surroundings are made, as `tracks/defaults.toml` has them."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final

from msgspec import Meta

from game.files import tracks_folder
from game.toml_files import TomlTable, read_toml
from game.track.surfaces import Surfaces
from game.track.track_file import WallKinds

_FILE: Final = "defaults.toml"

Positive = Annotated[float, Meta(gt=0.0, le=1000.0)]
Count = Annotated[int, Meta(ge=1, le=100)]


class Speeds(TomlTable, frozen=True):
    """Describes the car by which speeds along a lap are estimated."""

    lateral_mps2: Positive
    braking_mps2: Positive
    accelerating_mps2: Positive
    power_wpkg: Positive
    max_mps: Positive


class KerbSizes(TomlTable, frozen=True):
    """Holds the sizes of kerbs and of the paint behind them."""

    apex_width_m: Positive
    exit_width_m: Positive
    exit_widening_s: Positive
    exit_length_m: Positive
    exit_lengthening_s: Positive
    taper_m: Positive
    tapering_s: Positive
    paint_width_m: Positive
    paint_begins_m: Positive


class RunOffSizes(TomlTable, frozen=True):
    """Holds the depth and the place of run-off outside corners."""

    depth_by_square_1pmps2: Positive
    min_depth_m: Positive
    max_depth_m: Positive
    inner_m: Positive
    behind_m: Positive
    paved_from_mps: Positive
    begins_m: Positive
    ends_m: Positive


class BarrierPlaces(TomlTable, frozen=True):
    """Holds the distances of barriers from the tarmac where there is no run-off."""

    verge_m: Positive
    city_verge_m: Positive
    city_depth: Positive


class PitSizes(TomlTable, frozen=True):
    """Holds the sizes of a pit lane, measured from the edge of the tarmac."""

    wall_m: Positive
    lane_m: Positive
    width_m: Positive
    barrier_m: Positive
    ramp_m: Positive
    min_lane_m: Positive
    max_lane_m: Positive
    garages_deep_m: Positive
    speed_limit_mps: Positive


class GridSizes(TomlTable, frozen=True):
    """Holds the number of boxes on a grid and the distances between them."""

    max_boxes: Count
    min_boxes: Count
    first_m: Positive
    spacing_m: Positive
    offset_m: Positive


class StandSizes(TomlTable, frozen=True):
    """Holds the sizes of grandstands."""

    behind_m: Positive
    deep_m: Positive
    main_length_m: Positive
    corner_length_m: Positive


class CheckLimits(TomlTable, frozen=True):
    """Holds the limits beyond which a circuit has a finding."""

    min_width_m: Positive
    widening: Positive
    min_radius_m: Positive
    turned_over_m: Positive
    lateral_step_mps2: Positive
    gap_m: Positive


class Defaults(TomlTable, frozen=True):
    """Holds the whole file."""

    surfaces: Surfaces
    kinds: WallKinds
    speeds: Speeds
    kerbs: KerbSizes
    run_off: RunOffSizes
    barriers: BarrierPlaces
    pit_lane: PitSizes
    grid: GridSizes
    stands: StandSizes
    check: CheckLimits


@cache
def defaults() -> Defaults:
    """Return the numbers of the file. Raises InputError if it cannot be read."""
    return read_toml(tracks_folder() / _FILE, Defaults)
