"""Say how the reference bot races: how near it follows, and for what it tries to pass."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal, NamedTuple

import msgspec

from game.files import assets_folder
from game.toml_files import TomlTable, read_toml

RacecraftLevel = Literal["careful", "fair", "keen"]
CAREFUL: Final[RacecraftLevel] = "careful"
KEEN: Final[RacecraftLevel] = "keen"
_FILE: Final = "racecraft.toml"

_Seconds = Annotated[float, msgspec.Meta(ge=0.0, le=10.0)]


class Racecraft(NamedTuple):
    """Holds how a bot races."""

    gap_s: float  # to the car ahead, besides a metre
    change_s: float  # that another lane has to gain on a straight
    later_s: float  # for which the speed at the end of what is foreseen counts


class LevelTable(TomlTable, frozen=True):
    """Holds a level of the file."""

    gap_s: _Seconds
    change_s: _Seconds
    later_s: _Seconds


class LevelTables(TomlTable, frozen=True):
    """Holds the file."""

    careful: LevelTable
    fair: LevelTable
    keen: LevelTable


@cache
def racecraft(level: RacecraftLevel) -> Racecraft:
    """Return what a level of racecraft is. Raises InputError for a damaged file."""
    levels = read_toml(assets_folder() / _FILE, LevelTables)
    found: LevelTable = getattr(levels, level)
    return Racecraft(found.gap_s, found.change_s, found.later_s)
