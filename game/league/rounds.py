"""A round is one race of a season; its result is kept as soon as it ends.

A season that is killed goes on where it was: a result is kept under a digest of all that decides
it, which are the program, the circuit, the car, the setups and the files of the bots.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.digests import car_digest, digest_of, track_digest
from game.drivers.discovery import driver_file
from game.files import cache_folder, read_bytes
from game.kept_results import keep_result, read_result
from game.league.league_file import League
from game.program_digest import program_digest
from game.racing.qualifying import qualified
from game.racing.race import Race, RaceEntry, RaceRun
from game.racing.race_length import RaceLength
from game.track.track import Track
from game.units import kwh
from game.weather.weather import weather_digest

_MAX_BYTES: Final = 1_000_000  # of a kept round; one of eight cars takes some 2,000
_MAX_BOT_BYTES: Final = 16_000_000


class RoundPlace(msgspec.Struct, frozen=True):
    """Holds what a bot achieved in a round."""

    name: str
    grid: int
    laps: int
    time_s: float | None  # None for one that has not finished
    best_lap_s: float | None
    penalty_s: float
    net_kwh: float
    contacts: int
    retired: str  # why; empty for one that has finished


class RoundResult(msgspec.Struct, frozen=True):
    """Holds the result of a round, the winner first; without places it was lost."""

    circuit: str
    seed: int
    places: list[RoundPlace]
    state_hash: str
    lost: str = ""  # why there is no result

    def place_of(self, name: str) -> int | None:
        """Return a bot's place; None if it has not finished."""
        for place, each in enumerate(self.places, start=1):
            if each.name == name:
                return None if each.retired else place
        return None


class _LeagueKeys(NamedTuple):
    """Holds names for what decides a league's results besides circuit, length and seed."""

    shared: str  # of program, car, weather and rules
    of_bots: Mapping[str, str]  # of their code, pace and setup, by the names


class Round(NamedTuple):
    """Holds a race of the season, and where its result is kept."""

    race: Race
    kept: Path

    def result(self) -> RoundResult | None:
        """Return the result if it is kept."""
        return read_result(self.kept, _MAX_BYTES, msgspec.json.Decoder(RoundResult).decode)

    def keep(self, result: RoundResult) -> None:
        """Keep the result, if the disk can be written."""
        keep_result(self.kept, msgspec.json.encode(result))

    def lost(self, reason: str) -> RoundResult:
        """Return the result of a race that could not be driven."""
        return RoundResult(self.race.conditions.track.title, self.race.seed, [], "", reason)


def rounds_of(league: League, on_qualifying: Callable[[str], None] | None = None) -> list[Round]:
    """Return the rounds of a season: one circuit after the other, each with all seeds.

    On the grid the bots take turns in front, or they drive a lap each on every circuit.
    `on_qualifying` is called with the name of each whose turn it is for such a lap.
    """
    keys = _LeagueKeys(_shared_key(league), _bot_keys(league))
    rounds: list[Round] = []
    for track in league.tracks:
        entries, length = list(league.entries), league.length(track)
        if league.file.grid == "qualifying":
            flying = dataclasses.replace(league.conditions(track), standing=False)
            entries = qualified(flying, entries, on_qualifying)
        for seed in league.file.seeds:
            turn = len(rounds) % len(entries) if league.file.grid == "rotation" else 0
            rounds.append(
                _round(league, track, [*entries[turn:], *entries[:turn]], length, seed, keys)
            )
    return rounds


def round_result(race: Race, run: RaceRun) -> RoundResult:
    """Return what is kept of a race."""
    contacts = run.result.contacts
    places = [
        RoundPlace(
            name=race.entries[each.car].name,
            grid=each.grid,
            laps=each.laps,
            time_s=each.time_s if math.isfinite(each.time_s) else None,
            best_lap_s=each.best_lap_s if math.isfinite(each.best_lap_s) else None,
            penalty_s=each.penalty_s,
            net_kwh=kwh(each.net_j),
            contacts=sum(each.car in contact.cars for contact in contacts),
            retired=each.retired,
        )
        for each in run.result.classified
    ]
    return RoundResult(race.conditions.track.title, race.seed, places, run.state_hash)


def bot_code(bot: str, folder: Path) -> str:
    """Return a name for what is in a bot's file. Raises InputError if it cannot be read."""
    path = driver_file(bot, folder)
    return digest_of("" if path is None else read_bytes(path, _MAX_BOT_BYTES))


def _round(
    league: League,
    track: Track,
    entries: Sequence[RaceEntry],
    length: RaceLength,
    seed: int,
    keys: _LeagueKeys,
) -> Round:
    conditions, cap_kwh = league.conditions(track), league.file.energy_cap_kwh
    race = Race(conditions, tuple(entries), length, seed, cap_kwh=cap_kwh)
    key = digest_of(
        keys.shared,
        repr(length),
        track_digest(track),
        track.title,
        *(part for each in entries for part in (each.name, keys.of_bots[each.name])),
        repr(seed),
    )
    return Round(race, cache_folder() / "leagues" / f"{track.name}-{seed}-{key}.json")


def _shared_key(league: League) -> str:
    """Return a name for what all rounds have in common: program, car, weather and rules."""
    file = league.file
    rules = (file.energy_cap_kwh, file.warm_tyres, file.damage, file.time_limit_s)
    return digest_of(
        program_digest("game.league.rounds"),
        car_digest(league.spec),
        weather_digest(league.spec.weather),
        repr(rules),
    )


def _bot_keys(league: League) -> dict[str, str]:
    """Return for each bot a name for its code, its pace, its racecraft and its setup."""
    keys = {}
    for entry in league.entries:
        code, setup = bot_code(entry.bot, league.folder), msgspec.json.encode(entry.setup)
        keys[entry.name] = digest_of(entry.bot, repr((entry.pace, entry.level)), setup, code)
    return keys
