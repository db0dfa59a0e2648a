"""A league is read from a file: who races, where, how far, and what a place is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal, NamedTuple

import msgspec
from msgspec import Meta

from game.bot.racecraft import KEEN, RacecraftLevel
from game.errors import InputError
from game.headless.stint import Conditions
from game.racing.field_file import FieldBot, field_entries
from game.racing.race import RaceEntry, check_grid
from game.racing.race_length import MAX_MINUTES, RaceLength, planned_length
from game.toml_files import TomlTable, read_toml
from game.track.characters import CharacterName
from game.track.maker import MAX_LENGTH_M, MIN_LENGTH_M, make_track_file
from game.track.track import Track, build_track, load_track
from game.vehicle.damage import DamageMode
from game.vehicle.spec import DEFAULT_CAR, CarSpec, in_weather, load_car
from game.weather.weather import DEFAULT_WEATHER, load_weather

GridRule = Literal["rotation", "qualifying"]

_POINTS: Final = (25.0, 18.0, 15.0, 12.0, 10.0, 8.0, 6.0, 4.0, 2.0, 1.0)  # FIA Formula One, 2024
_LAPS: Final = 3

_Name = Annotated[str, Meta(min_length=1, max_length=60)]
_Seed = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class LeagueCircuit(TomlTable, frozen=True):
    """Names a circuit, or says which one is to be made."""

    track: str | None = None
    made: _Seed | None = None  # the seed of a circuit that is made
    length_m: Annotated[float, Meta(ge=MIN_LENGTH_M, le=MAX_LENGTH_M)] = 3000.0
    character: CharacterName = "flowing"


class LeagueFile(TomlTable, frozen=True):
    """Holds what the file of a league says."""

    bot: Annotated[list[FieldBot], Meta(min_length=2, max_length=64)]
    circuit: Annotated[list[LeagueCircuit], Meta(min_length=1, max_length=1000)]
    title: Annotated[str, Meta(max_length=100)] = "League"
    car: str = DEFAULT_CAR
    weather: str = DEFAULT_WEATHER
    laps: Annotated[int, Meta(ge=1, le=1000)] | None = None  # 3, unless there are minutes
    minutes: Annotated[float, Meta(ge=0.1, le=MAX_MINUTES)] | None = None
    seeds: Annotated[list[_Seed], Meta(min_length=1, max_length=1000)] = msgspec.field(
        default_factory=lambda: [0]
    )
    grid: GridRule = "rotation"
    points: Annotated[list[Annotated[float, Meta(ge=0.0)]], Meta(min_length=1)] = msgspec.field(
        default_factory=lambda: list(_POINTS)
    )
    energy_cap_kwh: Annotated[float, Meta(ge=0.0, le=50.0)] = 0.0  # for each lap; 0: none
    racecraft: RacecraftLevel = KEEN  # of reference bots
    warm_tyres: bool = False
    damage: DamageMode = "off"
    time_limit_s: Annotated[float, Meta(ge=0.001, le=3600.0)] = 1.0  # for a decision of a bot

    @property
    def race_laps(self) -> int | None:
        """Return the laps of each race; None for races by minutes."""
        return None if self.minutes is not None else self.laps or _LAPS


class League(NamedTuple):
    """Holds a league as it is raced: bots with their setups, and circuits."""

    file: LeagueFile
    folder: Path  # of the file, in which its bots are
    spec: CarSpec
    entries: tuple[RaceEntry, ...]
    tracks: tuple[Track, ...]

    def length(self, track: Track) -> RaceLength:
        """Return the length of a race on a circuit, where the bots plan a lap if it has to be."""
        if self.file.race_laps is not None:
            return RaceLength(self.file.race_laps)
        assert self.file.minutes is not None
        cars = [(entry.setup, entry.pace) for entry in self.entries]
        return planned_length(self.file.minutes, track, self.spec, cars)

    def conditions(self, track: Track) -> Conditions:
        """Return the conditions of a race on a circuit."""
        return Conditions(
            track,
            self.spec,
            standing=True,
            warm_tyres=self.file.warm_tyres,
            damage=self.file.damage,
            time_limit_s=self.file.time_limit_s,
            folder=self.folder,
        )


def read_league(path: Path) -> League:
    """Return the league in a file.

    Raises InputError for one that cannot be read, for bots, setups, tyres or circuits that there
    are not, for two bots of one name, two lengths, or more bots than a grid has boxes.
    """
    file = read_toml(path, LeagueFile)
    if file.laps is not None and file.minutes is not None:
        raise InputError(f"{path}: a race has one length: leave out laps or minutes")
    folder = path.resolve().parent
    spec = in_weather(load_car(file.car), load_weather(file.weather))
    entries = field_entries(path, file.bot, spec, file.racecraft)
    tracks = tuple(
        _track(circuit, f"{path}: circuit[{n}]") for n, circuit in enumerate(file.circuit)
    )
    for track in tracks:
        check_grid(track, len(entries))
    return League(file, folder, spec, tuple(entries), tracks)


def _track(circuit: LeagueCircuit, place: str) -> Track:
    """Return a circuit. Raises InputError unless exactly one is named."""
    if (circuit.track is None) == (circuit.made is None):
        raise InputError(f"{place}: name a circuit by track, or by made the seed of a new one")
    if circuit.track is not None:
        return load_track(circuit.track)
    assert circuit.made is not None
    file = make_track_file(circuit.made, circuit.length_m, circuit.character)
    return build_track(
        f"{circuit.character}-{circuit.length_m:g}-{circuit.made}", file, Path(place)
    )
