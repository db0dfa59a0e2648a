"""Change a split map: paint a stretch or erase one."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch

SharedTorque = Literal["drive", "regeneration"]

MAX_STRETCHES: Final = 64


def painted(setup: Setup, track: Track, stretch: Stretch) -> Setup:
    """Return the setup with a stretch painted over all others; those that it covers whole are gone.

    Raises ValueError where there is no room for one more.
    """
    before = setup.split_map or SplitMap()
    known = before.painted if before.painted_on in ("", track.name) else ()
    kept = [each for each in known if not _covers(stretch, each, track.length_m)]
    if len(kept) >= MAX_STRETCHES:
        raise ValueError(f"there are {MAX_STRETCHES} painted stretches already")
    after = msgspec.structs.replace(before, painted=(*kept, stretch), painted_on=track.name)
    return _with(setup, after)


def erased(setup: Setup, at_m: float, of: SharedTorque, lap_m: float) -> Setup:
    """Return the setup without the stretch that shows at a place; the same if there is none."""
    found = stretch_at(setup, at_m, of, lap_m)
    if found is None or setup.split_map is None:
        return setup
    kept = tuple(each for each in setup.split_map.painted if each is not found)
    return _with(setup, msgspec.structs.replace(setup.split_map, painted=kept))


def without_paint(setup: Setup) -> Setup:
    """Return the setup with no stretch painted."""
    if setup.split_map is None:
        return setup
    return _with(setup, msgspec.structs.replace(setup.split_map, painted=()))


def without_map(setup: Setup) -> Setup:
    """Return the setup with its own shares everywhere."""
    return msgspec.structs.replace(setup, split_map=None)


def stretch_at(setup: Setup, at_m: float, of: SharedTorque, lap_m: float) -> Stretch | None:
    """Return the painted stretch that shows at a place."""
    known = setup.split_map.painted if setup.split_map is not None else ()
    holding = [each for each in known if each.of == of and _holds(each, at_m, lap_m)]
    return holding[-1] if holding else None


def _with(setup: Setup, split_map: SplitMap) -> Setup:
    """Return the setup with a map; a map that says nothing is none."""
    if not split_map.painted:
        split_map = msgspec.structs.replace(split_map, painted_on="")
    kept = None if split_map == SplitMap() else split_map
    return msgspec.structs.replace(setup, split_map=kept)


def _holds(stretch: Stretch, at_m: float, lap_m: float) -> bool:
    return (at_m - stretch.from_m) % lap_m <= (stretch.to_m - stretch.from_m) % lap_m


def _covers(over: Stretch, under: Stretch, lap_m: float) -> bool:
    """Return whether one stretch hides another one wholly."""
    if over.of != under.of or not _holds(over, under.from_m, lap_m):
        return False
    length_m = (under.to_m - under.from_m) % lap_m
    return (under.from_m - over.from_m) % lap_m + length_m <= (over.to_m - over.from_m) % lap_m
