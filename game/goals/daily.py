"""Draw the conditions of a day: one seed a day, the same for everybody who has this version."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Final, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

from game.errors import InputError
from game.files import assets_folder
from game.toml_files import Share, TomlTable, read_toml
from game.translation import _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

T = TypeVar("T")

_FILE: Final = "daily.toml"
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SEED_BYTES: Final = 8  # for each choice


class _DayWeather(TomlTable, frozen=True):
    """Names a weather, and the tyres for it."""

    name: str
    tyres: Annotated[list[str], Meta(min_length=1)]


class _DayChoices(TomlTable, frozen=True):
    """Holds what a day is drawn from."""

    circuits: Annotated[list[str], Meta(min_length=1)]
    variants: Annotated[list[str], Meta(min_length=1)]
    initial_charges: Annotated[list[Share], Meta(min_length=1)]
    energy_shares: Annotated[list[Share], Meta(min_length=1)]
    weather: Annotated[list[_DayWeather], Meta(min_length=1)]


class DailyConditions(NamedTuple):
    """Holds what is the same for everybody on a day; the rest of the setup is the driver's."""

    date: datetime.date
    track: str  # with its variant
    weather: str
    tyre: str
    initial_charge: float
    energy_share: float  # of what the bot takes on its fastest lap, that a lap may take; 1: any

    @property
    def name(self) -> str:
        """Return the date as boards name it."""
        return self.date.isoformat()

    def applied(self, setup: Setup) -> Setup:
        """Return a driver's setup with what the day prescribes."""
        return msgspec.structs.replace(
            setup, tyre=self.tyre, initial_charge=self.initial_charge, tyre_state="live"
        )


def daily_conditions(date: datetime.date) -> DailyConditions:
    """Return the conditions of a day."""
    choices = _choices()
    weather = _drawn(choices.weather, date, "weather")
    return DailyConditions(
        date,
        _drawn(choices.circuits, date, "circuit") + _drawn(choices.variants, date, "variant"),
        weather.name,
        _drawn(weather.tyres, date, "tyre"),
        _drawn(choices.initial_charges, date, "charge"),
        _drawn(choices.energy_shares, date, "energy"),
    )


def check_day(conditions: DailyConditions, spec: CarSpec) -> None:
    """Raise InputError if a car has no such tyre."""
    if conditions.tyre not in spec.tyres:
        text = _("{car} has no {tyre} tyres, which the day of {date} prescribes")
        raise InputError(text.format(car=spec.name, tyre=conditions.tyre, date=conditions.name))


def read_date(text: str) -> datetime.date:
    """Return a date such as 2026-05-17. Raises InputError for anything else."""
    try:
        if _DATE.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(f"{text}: is not a date such as 2026-05-17")


def _drawn(choices: Sequence[T], date: datetime.date, what: str) -> T:
    """Return one of several by a day's seed, the same in every version of Python."""
    seed = hashlib.sha256(f"{date.isoformat()} {what}".encode()).digest()
    return choices[int.from_bytes(seed[:_SEED_BYTES], "big") % len(choices)]


@cache
def _choices() -> _DayChoices:
    return read_toml(assets_folder() / _FILE, _DayChoices)
