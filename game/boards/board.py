"""Sort laps into boards: those that can be compared, the fastest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from game.boards.kept_lap import KeptLap
from game.boards.lap_database import StoredLap
from game.boards.setup_class import SetupClass
from game.digests import DriveDigests, driven_car_digest, physics_digest, track_digest
from game.errors import InputError
from game.track.track import load_track
from game.vehicle.spec import load_car


class BoardKey(NamedTuple):
    """Holds what all laps of a board have in common; times of other laps do not compare."""

    track: str
    car_id: str
    weather: str
    tyre: str
    help: str
    setup_class: SetupClass
    is_bot: bool
    day: str
    digests: DriveDigests | None  # unknown for laps of the first versions


def board_key(lap: KeptLap) -> BoardKey:
    """Return the board that a lap stands on."""
    return BoardKey(
        lap.track,
        lap.car_id,
        lap.weather,
        lap.tyre,
        lap.help,
        lap.setup_class,
        lap.is_bot,
        lap.day,
        lap.digests,
    )


def boards(stored: Iterable[StoredLap]) -> Mapping[BoardKey, Sequence[StoredLap]]:
    """Return the boards of all laps that are valid and have a replay, the fastest lap first.

    Of two equal times the earlier one comes first. Boards are in the order of their keys.
    """
    found: defaultdict[BoardKey, list[StoredLap]] = defaultdict(list)
    for each in stored:
        if each.lap.valid and each.lap.replay:
            found[board_key(each.lap)].append(each)
    for laps in found.values():
        laps.sort(key=lambda each: (each.lap.time_s, each.lap.date))
    return dict(sorted(found.items(), key=lambda item: item[0][:-1]))


def changes_since(key: BoardKey) -> str:
    """Return what is not today as it was when the laps of a board were driven; empty if all is."""
    was = key.digests
    if was is None:
        return "another version's physics"
    try:
        track = load_track(key.track)
        spec = load_car(key.car_id)
    except InputError:
        return "a circuit or car that cannot be loaded today"
    cars = [driven_car_digest(spec, frozen) for frozen in (False, True)]
    car = was.car if was.car in cars else cars[0]  # laps of a board are on tyres of one kind
    now = DriveDigests(track_digest(track), car, physics_digest(), was.weather)
    return was.differences(now)
