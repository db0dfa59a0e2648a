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

PositiveNumber = Annotated[float, Meta(gt=0.0, le=1000.0)]  # in whatever unit a key names
BoxCount = Annotated[int, Meta(ge=1, le=100)]


class Speeds(TomlTable, frozen=True):
    """Describes the car by which speeds along a lap are estimated."""

    lateral_mps2: PositiveNumber
    braking_mps2: PositiveNumber
    accelerating_mps2: PositiveNumber
    power_wpkg: PositiveNumber
    max_mps: PositiveNumber


class KerbSizes(TomlTable, frozen=True):
    """Holds the sizes of kerbs and of the paint behind them."""

    apex_width_m: PositiveNumber
    exit_width_m: PositiveNumber
    exit_widening_s: PositiveNumber
    exit_length_m: PositiveNumber
    exit_lengthening_s: PositiveNumber
    taper_m: PositiveNumber
    tapering_s: PositiveNumber
    paint_width_m: PositiveNumber
    paint_begins_m: PositiveNumber


class RunOffSizes(TomlTable, frozen=True):
    """Holds the depth and the place of run-off outside corners."""

    depth_by_square_1pmps2: PositiveNumber
    min_depth_m: PositiveNumber
    max_depth_m: PositiveNumber
    inner_m: PositiveNumber
    behind_m: PositiveNumber
    paved_from_mps: PositiveNumber
    begins_m: PositiveNumber
    ends_m: PositiveNumber


class BarrierPlaces(TomlTable, frozen=True):
    """Holds the distances of barriers from the tarmac where there is no run-off."""

    verge_m: PositiveNumber
    city_verge_m: PositiveNumber
    city_depth: PositiveNumber


class PitSizes(TomlTable, frozen=True):
    """Holds the sizes of a pit lane, measured from the edge of the tarmac."""

    wall_m: PositiveNumber
    lane_m: PositiveNumber
    width_m: PositiveNumber
    barrier_m: PositiveNumber
    ramp_m: PositiveNumber
    min_lane_m: PositiveNumber
    max_lane_m: PositiveNumber
    garages_deep_m: PositiveNumber
    speed_limit_mps: PositiveNumber


class GridSizes(TomlTable, frozen=True):
    """Holds the number of boxes on a grid and the distances between them."""

    max_boxes: BoxCount
    min_boxes: BoxCount
    first_m: PositiveNumber
    spacing_m: PositiveNumber
    offset_m: PositiveNumber


class StandSizes(TomlTable, frozen=True):
    """Holds the sizes of grandstands."""

    behind_m: PositiveNumber
    deep_m: PositiveNumber
    main_length_m: PositiveNumber
    corner_length_m: PositiveNumber


class CheckLimits(TomlTable, frozen=True):
    """Holds the limits beyond which a circuit has a finding."""

    min_width_m: PositiveNumber
    widening: PositiveNumber
    min_radius_m: PositiveNumber
    turned_over_m: PositiveNumber
    lateral_step_mps2: PositiveNumber
    gap_m: PositiveNumber
    max_grade: PositiveNumber
    max_banking_deg: PositiveNumber
    max_lightening: PositiveNumber
    max_pressing: PositiveNumber


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
def track_defaults() -> Defaults:
    """Return the numbers of the file. Raises InputError if it cannot be read."""
    return read_toml(tracks_folder() / _FILE, Defaults)
