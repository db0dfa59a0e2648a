"""Read the rules of a race from `assets/race.toml`."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final

import msgspec

from game.bot.racecraft import RacecraftLevel
from game.files import assets_folder
from game.toml_files import TomlTable, read_toml

_FILE: Final = "race.toml"

_Seconds = Annotated[float, msgspec.Meta(ge=0.0, le=3600.0)]
_Pace = Annotated[float, msgspec.Meta(ge=0.5, le=1.0)]


class StartRules(TomlTable, frozen=True):
    """Says how the lights go out, and what is too early."""

    lights: Annotated[int, msgspec.Meta(ge=1, le=10)]
    light_s: _Seconds
    hold_s: tuple[_Seconds, _Seconds]
    moved_m: Annotated[float, msgspec.Meta(gt=0.0, le=5.0)]


class Penalties(TomlTable, frozen=True):
    """Holds the times that are added to a car's own."""

    jump_start_s: _Seconds
    contact_s: _Seconds
    warnings: Annotated[int, msgspec.Meta(ge=0, le=100)]
    track_limits_s: _Seconds
    disqualifying_contacts: Annotated[int, msgspec.Meta(ge=1, le=1000)]


class ContactRules(TomlTable, frozen=True):
    """Says which contacts are judged."""

    judged_ns: Annotated[float, msgspec.Meta(gt=0.0)]
    again_s: _Seconds


class GainedPlaceRules(TomlTable, frozen=True):
    """Says what is a place gained by an offence, and how long it may be given back."""

    hit_s: _Seconds
    rejoined_s: _Seconds
    give_back_s: _Seconds
    slow_share: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class FlagRules(TomlTable, frozen=True):
    """Says when flags are shown."""

    standing_mps: Annotated[float, msgspec.Meta(gt=0.0, le=30.0)]
    standing_s: _Seconds
    blue_s: _Seconds


class EndRules(TomlTable, frozen=True):
    """Says when nobody is waited for any longer."""

    standing_s: _Seconds
    time_factor: Annotated[float, msgspec.Meta(ge=1.0, le=100.0)]
    cool_down_pace: _Pace


class FieldRules(TomlTable, frozen=True):
    """Says how strong the cars are that fill the field up."""

    paces: tuple[_Pace, _Pace]


class FieldStrength(TomlTable, frozen=True):
    """Says how strong a field is."""

    paces: tuple[_Pace, _Pace]  # of its last and its first
    racecraft: RacecraftLevel


class StrengthRules(TomlTable, frozen=True):
    """Says how strong the fields are that a person can choose among."""

    easy: FieldStrength
    medium: FieldStrength
    strong: FieldStrength


class QualifyingRules(TomlTable, frozen=True):
    """Says how many laps a person drives for a place on the grid."""

    laps: Annotated[int, msgspec.Meta(ge=1, le=20)]


class RaceRules(TomlTable, frozen=True):
    """Holds the rules of a race."""

    start: StartRules
    penalties: Penalties
    contact: ContactRules
    gained_place: GainedPlaceRules
    flags: FlagRules
    end: EndRules
    field: FieldRules
    strengths: StrengthRules
    qualifying: QualifyingRules


@cache
def race_rules() -> RaceRules:
    """Return the rules that ship. Raises InputError for a damaged file."""
    return read_toml(assets_folder() / _FILE, RaceRules)
