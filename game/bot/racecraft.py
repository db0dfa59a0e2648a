"""Say how the reference bot races: how near it follows, for what it passes, whether it defends."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal

import msgspec

from game.files import assets_folder
from game.toml_files import TomlTable, read_toml

RacecraftLevel = Literal["careful", "fair", "keen"]
CAREFUL: Final[RacecraftLevel] = "careful"
KEEN: Final[RacecraftLevel] = "keen"
_FILE: Final = "racecraft.toml"

_Seconds = Annotated[float, msgspec.Meta(ge=0.0, le=10.0)]


class Racecraft(TomlTable, frozen=True):
    """Holds how a bot races."""

    gap_s: _Seconds  # to the car ahead, besides a metre
    change_s: _Seconds  # that another lane has to gain on a straight
    later_s: _Seconds  # for which the speed at the end of what is foreseen counts
    defends_s: _Seconds  # behind, within which a faster car makes it take the inside; 0: none does


class RacecraftLevels(TomlTable, frozen=True):
    """Holds all levels of racecraft."""

    careful: Racecraft
    fair: Racecraft
    keen: Racecraft


@cache
def racecraft(level: RacecraftLevel) -> Racecraft:
    """Return what a level of racecraft is. Raises InputError for a damaged file."""
    found: Racecraft = getattr(read_toml(assets_folder() / _FILE, RacecraftLevels), level)
    return found
