"""Read the characters of made circuits, each a table of numbers in `tracks/characters.toml`."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal, get_args

from msgspec import Meta

from game.files import tracks_folder
from game.toml_files import Metres, Share, TomlTable, read_toml

CharacterName = Literal["flowing", "twisty", "fast", "street"]
CHARACTERS: Final[tuple[CharacterName, ...]] = get_args(CharacterName)
_FILE: Final = "characters.toml"

Interval = tuple[float, float]


class Features(TomlTable, frozen=True):
    """Says how often a straight gets which feature, as weights."""

    bend: Annotated[float, Meta(ge=0.0)]
    bulge: Annotated[float, Meta(ge=0.0)]
    fold: Annotated[float, Meta(ge=0.0)]
    chicane: Annotated[float, Meta(ge=0.0)]
    esses: Annotated[float, Meta(ge=0.0)]


class Character(TomlTable, frozen=True):
    """Holds the numbers by which the circuits of one character are made."""

    corners_per_km: Interval
    half_width_m: tuple[Metres, Metres]
    clearance_m: Metres  # between the centrelines of two parts
    stretch: Interval  # length by width of the first outline
    bend: tuple[Share, Share]  # of a straight out of its line, as shares of its length
    features: Features
    hairpin_m: tuple[Metres, Metres]  # radii of corners of more than 100 degrees,
    medium_m: tuple[Metres, Metres]  # of 50 to 100 degrees,
    sweeper_m: tuple[Metres, Metres]  # and of less
    clothoid: Annotated[float, Meta(gt=0.0, le=0.8)]  # its length by radius times turn
    compound: Share  # how often a corner has two radii


class _Characters(TomlTable, frozen=True):
    """Holds the whole file."""

    flowing: Character
    twisty: Character
    fast: Character
    street: Character


@cache
def character_of(name: CharacterName) -> Character:
    """Return the numbers of a character. Raises InputError if their file cannot be read."""
    character: Character = getattr(read_toml(tracks_folder() / _FILE, _Characters), name)
    return character
