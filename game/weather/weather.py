"""A weather file says what air, road and wind are like in a drive, and how they change in it."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from game.errors import InputError
from game.short_digest import short_digest
from game.toml_files import Share, TomlFolder, TomlTable, read_toml
from game.weather.air import air_density
from game.weather.sky import Sky

DEFAULT_WEATHER: Final = "clear_noon"
_FILES: Final = TomlFolder("weather", first=DEFAULT_WEATHER)
_SEEN: Final = ("name", "title", "source", "sky")  # what does not act on a drive

AirTemperature = Annotated[float, Meta(ge=243.15, le=323.15)]  # within what vapour is known for
RoadTemperature = Annotated[float, Meta(ge=243.15, le=353.15)]
AirPressure = Annotated[float, Meta(ge=5e4, le=1.1e5)]
WindSpeed = Annotated[float, Meta(ge=0.0, le=40.0)]
GustSpeed = Annotated[float, Meta(ge=0.0, le=10.0)]
CompassDegrees = Annotated[float, Meta(ge=0.0, le=360.0)]
GustLength = Annotated[float, Meta(ge=1.0, le=1000.0)]
GustSeed = Annotated[int, Meta(ge=0, le=2**31 - 1)]
RainRate = Annotated[float, Meta(ge=0.0, le=150.0)]  # beyond 60 it is torrential (AEMET)
WaterDepth = Annotated[float, Meta(ge=0.0, le=0.01)]
Traffic = Annotated[float, Meta(ge=0.0, le=1.0)]
DriveTime = Annotated[float, Meta(gt=0.0, le=21600.0)]


class WeatherChange(TomlTable, frozen=True, omit_defaults=True):
    """States what the weather has become so long after the start; the rest changes no more, or
    towards the next change that states it.
    """

    at_s: DriveTime
    air_temperature_k: AirTemperature | None = None
    air_pressure_pa: AirPressure | None = None
    humidity: Share | None = None
    road_temperature_k: RoadTemperature | None = None
    wind_mps: WindSpeed | None = None
    wind_from_deg: CompassDegrees | None = None
    gust_mps: GustSpeed | None = None
    rain_mmph: RainRate | None = None
    traffic_1ps: Traffic | None = None


class Weather(TomlTable, frozen=True, omit_defaults=True):
    """Describes the weather at the start and its changes. What a file leaves out is of clear noon.

    What a later version adds has a default that leaves out what it does: older files and replays
    keep their meaning and their digests.
    """

    air_temperature_k: AirTemperature = 298.15  # estimate: a mild and sunny day
    # The pressure at which dry air of 25 degrees has the 1.2 kg/m3 that the shipped car was
    # measured against.
    air_pressure_pa: AirPressure = 102700.0
    humidity: Share = 0.0  # relative
    road_temperature_k: RoadTemperature = 308.15  # estimate: asphalt in the sun
    wind_mps: WindSpeed = 0.0  # mean, at the height of a car
    wind_from_deg: CompassDegrees = 0.0  # compass: 0 blows from north, 90 from east
    gust_mps: GustSpeed = 0.0  # standard deviation of each horizontal component
    # Dryden, MIL-F-8785C 3.7.3.4 at 10 ft, its lowest height: L = h / (0.177 + 0.000823 h)**1.2
    gust_length_m: GustLength = 23.0
    gust_seed: GustSeed = 1
    rain_mmph: RainRate = 0.0
    water_m: WaterDepth = 0.0  # on the road at the start: 1 mm is a litre on each square metre
    line_water_m: WaterDepth | None = None  # on the line that is driven; None: as elsewhere
    # Cars that pass each second: they throw water off their line, and lay rubber on it.
    traffic_1ps: Traffic = 0.0
    # How much of the rubber that it can take lies on the line that is driven, at the start; beside
    # it lies none. None: there is as much grip everywhere, and nothing changes it.
    rubber: Share | None = None
    changes: tuple[WeatherChange, ...] = ()
    sky: Sky = Sky()  # how it looks does not act on a drive
    name: str = ""  # of its file; what it is called and from does not act on a drive, either
    title: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse changes that are not one after the other."""
        times = [change.at_s for change in self.changes]
        for number, (before_s, at_s) in enumerate(pairwise(times), 2):
            if at_s <= before_s:
                raise ValueError(
                    f"changes: number {number} is at {at_s:g} s, not after {before_s:g} s"
                )

    @property
    def air_density_kgpm3(self) -> float:
        """Return the density of the air at the start."""
        return air_density(self.air_temperature_k, self.air_pressure_pa, self.humidity)

    @property
    def words(self) -> str:
        """Return what a title says of it: nothing of a clear noon."""
        return (self.title or self.name).lower() if weather_digest(self) else ""

    @property
    def is_calm(self) -> bool:
        """Return whether there is no wind, and never will be."""
        later = any(change.wind_mps or change.gust_mps for change in self.changes)
        return not (self.wind_mps or self.gust_mps or later)

    @property
    def is_gusty(self) -> bool:
        """Return whether the wind ever comes in gusts."""
        return bool(self.gust_mps) or any(change.gust_mps for change in self.changes)

    @property
    def is_wet(self) -> bool:
        """Return whether there is, or ever will be, water on the road."""
        later = any(change.rain_mmph for change in self.changes)
        return bool(self.rain_mmph or self.water_m or self.line_water_m or later)

    @property
    def road_varies(self) -> bool:
        """Return whether water or rubber make the road's grip differ by place and time."""
        return self.is_wet or self.rubber is not None

    @property
    def is_steady(self) -> bool:
        """Return whether air and road stay as they are, without wind: a car has them once."""
        return self.is_calm and not self.changes


CLEAR_NOON: Final = Weather(name=DEFAULT_WEATHER)


def weather_digest(weather: Weather) -> str:
    """Return a name for all that acts on a drive; empty for a clear noon.

    What is as at a clear noon is left out, so that it does not matter what later versions add.
    """
    noon = msgspec.structs.asdict(CLEAR_NOON)
    numbers = {
        field: msgspec.to_builtins(value)
        for field, value in msgspec.structs.asdict(weather).items()
        if field not in _SEEN and value != noon[field]
    }
    return short_digest(msgspec.json.encode(numbers, order="deterministic")) if numbers else ""


def foreseen(weather: Weather) -> Weather:
    """Return the weather that a plan counts on: as it is at the start, without gusts.

    Where there is water or little rubber its changes are foreseen, as anyone can see how a road
    gets wet, dries and is rubbered in.
    """
    calm = {name: getattr(CLEAR_NOON, name) for name in ("gust_mps", "gust_length_m", "gust_seed")}
    changes = weather.changes if weather.road_varies else ()
    without = tuple(msgspec.structs.replace(change, gust_mps=None) for change in changes)
    return msgspec.structs.replace(weather, **calm, changes=without)


def weather_names() -> list[str]:
    """Return the names of all weather that ships or that the player saved, the default first."""
    return _FILES.names()


def load_weather(name_or_path: str = DEFAULT_WEATHER) -> Weather:
    """Return the weather of that name, or in that file. Raises InputError if it cannot be used."""
    path = _FILES.find(name_or_path)
    if path is None:
        raise InputError(f"{name_or_path}: no such weather; there are {', '.join(weather_names())}")
    return msgspec.structs.replace(read_toml(path, Weather), name=path.stem)
