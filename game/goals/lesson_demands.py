"""Read what lessons ask for from `assets/lessons.toml`."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final

from msgspec import Meta

from game.files import assets_folder
from game.toml_files import Metres, Share, TomlTable, read_toml

_FILE: Final = "lessons.toml"
_Seconds = Annotated[float, Meta(gt=0.0)]
_Positive = Annotated[float, Meta(gt=0.0)]


class GripDemand(TomlTable, frozen=True):
    """Says how hard the front tyres have to turn the car, and for how long."""

    slip: _Positive  # of that at their peak
    held_s: _Seconds
    turning_mps2: _Positive


class BrakingDemand(TomlTable, frozen=True):
    """Says how hard and by where to brake, and when to let go."""

    hard: Share  # of the pedal
    into_corner: Share  # of the way from turn-in to the apex, by which braking has begun
    released: Share  # of the pedal
    throttle: Share


class EnergyDemand(TomlTable, frozen=True):
    """Says how much energy has to be regained before the corner."""

    regained: Share  # of the energy of motion at the start
    rolling_mps: _Positive  # slower, the car is not on its way any more


class ExitDemand(TomlTable, frozen=True):
    """Says how much throttle is asked for after the apex, and for how long."""

    throttle: Share
    driven_s: _Seconds


class LineDemand(TomlTable, frozen=True):
    """Says how near to the bot's line to drive, and for how much of the way."""

    near_m: Metres
    driven: Share


class LessonDemands(TomlTable, frozen=True):
    """Holds what all lessons ask for."""

    grip: GripDemand
    braking: BrakingDemand
    energy: EnergyDemand
    exit: ExitDemand
    line: LineDemand


@cache
def lesson_demands() -> LessonDemands:
    """Return what lessons ask for. Raises InputError if the file cannot be read."""
    return read_toml(assets_folder() / _FILE, LessonDemands)
