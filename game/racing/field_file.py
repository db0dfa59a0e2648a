"""Read from a file who races: bots, each with pace, racecraft, setup, tyre, number and livery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from game.bot.racecraft import RacecraftLevel
from game.drivers.discovery import find_driver
from game.errors import InputError
from game.headless.stint import REFERENCE_BOT
from game.racing.race import RaceEntry
from game.recording.car_label import MAX_NAME, OWN_NUMBER, CarNumber, LiveryName
from game.setups.presets import load_setup
from game.toml_files import TomlTable, read_toml
from game.vehicle.setup import Setup, check_setup, default_setup
from game.vehicle.spec import CarSpec


class FieldBot(TomlTable, frozen=True):
    """Enters a bot: a name, or a file beside that in which it stands."""

    bot: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
    name: Annotated[str, Meta(max_length=MAX_NAME)] = ""  # in tables; else that of the bot
    pace: Annotated[float, Meta(ge=0.5, le=1.0)] = 1.0  # of the reference bot
    racecraft: RacecraftLevel | None = None  # of the reference bot; else that of the race
    setup: str | None = None  # name, path or code; else the car's default
    tyre: str | None = None  # instead of the setup's
    number: CarNumber = OWN_NUMBER  # on the roof; 0: that of the livery
    livery: LiveryName | None = None  # else one that no other car wears

    @property
    def title(self) -> str:
        """Return the name in tables."""
        if self.name:
            return self.name
        if self.bot == REFERENCE_BOT and self.pace < 1.0:
            return f"{self.bot} {self.pace:g}"
        return Path(self.bot).name.partition(".py")[0]


class FieldFile(TomlTable, frozen=True):
    """Holds what a file says of a field."""

    bot: Annotated[list[FieldBot], Meta(min_length=1, max_length=64)]


def read_field(path: Path, spec: CarSpec, level: RacecraftLevel) -> list[RaceEntry]:
    """Return the field in a file, as it is listed there.

    level: of the racecraft of those that have none of their own. Raises InputError as
    `field_entries` does, and for a file that cannot be read.
    """
    return field_entries(path, read_toml(path, FieldFile).bot, spec, level)


def field_entries(
    path: Path, bots: Sequence[FieldBot], spec: CarSpec, level: RacecraftLevel
) -> list[RaceEntry]:
    """Return the entries of the bots in a file.

    Raises InputError for bots, setups or tyres that there are not, and for two of one name or
    number.
    """
    folder = path.resolve().parent
    names = Counter(bot.title for bot in bots)
    if twice := [name for name, count in names.items() if count > 1]:
        raise InputError(f"{path}: two bots are called '{twice[0]}': give one another name")
    numbers = Counter(bot.number for bot in bots if bot.number != OWN_NUMBER)
    if doubles := [number for number, count in numbers.items() if count > 1]:
        raise InputError(f"{path}: two bots have number {doubles[0]}: give one another number")
    entries = []
    for place, bot in enumerate(bots):
        if bot.bot != REFERENCE_BOT:
            find_driver(bot.bot, folder)
        setup = _setup(bot, spec, folder, f"{path}: bot[{place}]")
        entries.append(
            RaceEntry(
                bot.title,
                bot.bot,
                setup,
                bot.pace,
                bot.racecraft or level,
                bot.number,
                bot.livery,
            )
        )
    return entries


def _setup(bot: FieldBot, spec: CarSpec, folder: Path, place: str) -> Setup:
    """Return the setup that a bot drives with. Raises InputError if the car cannot have it."""
    name = bot.setup
    if name is not None and name.endswith(".toml"):
        name = str(folder / name)
    try:
        setup = default_setup(spec) if name is None else load_setup(name, spec)
        if bot.tyre is not None:
            setup = msgspec.structs.replace(setup, tyre=bot.tyre)
        check_setup(spec, setup)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None
    return setup
