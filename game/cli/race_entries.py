"""Make the entries of a race from what was asked for on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from game.bot.racecraft import RacecraftLevel
from game.drivers.discovery import find_driver
from game.errors import InputError
from game.headless.stint import REFERENCE_BOT
from game.racing.race import RaceEntry
from game.racing.rules import race_rules
from game.vehicle.setup import Setup

_MIN_PACE: Final = 0.5
_USUAL_FIELD: Final = 8  # cars, if no bot is named


def named_entries(
    bots: Sequence[str], setups: Sequence[Setup], level: RacecraftLevel
) -> list[RaceEntry]:
    """Return the bots that were named.

    Raises InputError for a bot that there is not, a pace that is none, or another number of setups.
    """
    if len(setups) > 1 and len(setups) != len(bots):
        raise InputError(
            f"--setup: {len(setups)} are named for {len(bots)} bots: name one for all, or one each"
        )
    entries = []
    for number, text in enumerate(bots):
        name, pace = _named_bot(text)
        setup = setups[number] if len(setups) > 1 else setups[0]
        entries.append(RaceEntry(_title(name, pace), name, setup, pace, level))
    return entries


def filled_up(
    named: Sequence[RaceEntry], field: int | None, setup: Setup, level: RacecraftLevel
) -> list[RaceEntry]:
    """Return a field of those that were named, and reference bots of many paces.

    Raises InputError if more were named than the field has.
    """
    count = field or len(named) or _USUAL_FIELD
    if len(named) > count:
        raise InputError(f"--field {field}: {len(named)} bots are named: make it larger")
    entries = [*named]
    last, first = race_rules().field.paces
    fillers = count - len(named)
    for number in range(fillers):
        pace = last + (first - last) * (number / (fillers - 1) if fillers > 1 else 1.0)
        title = _title(REFERENCE_BOT, pace)
        entries.append(RaceEntry(title, REFERENCE_BOT, setup, pace, level))
    return _numbered(entries)


def _named_bot(text: str) -> tuple[str, float]:
    """Return the bot and the pace that an option names."""
    name, at, number = text.rpartition("@")
    if not at:
        name, number = text, "1"
    if name != REFERENCE_BOT:
        find_driver(text)
        return text, 1.0
    try:
        pace = float(number)
    except ValueError:
        pace = 0.0
    if not _MIN_PACE <= pace <= 1.0:
        raise InputError(f"--bot {text}: the pace after @ is to be a number from {_MIN_PACE} to 1")
    return name, pace


def _title(bot: str, pace: float) -> str:
    return f"{bot} {pace:.3f}" if bot == REFERENCE_BOT else Path(bot).name.partition(".py")[0]


def _numbered(entries: Sequence[RaceEntry]) -> list[RaceEntry]:
    """Return the entries, those of one name told apart by numbers."""
    seen: Counter[str] = Counter()
    told_apart = []
    for entry in entries:
        seen[entry.name] += 1
        number = seen[entry.name]
        told_apart.append(entry if number == 1 else entry._replace(name=f"{entry.name} ({number})"))
    return told_apart
