"""Ship plans beside a circuit, so that nobody waits for them at a first start."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from game.bot.plan import Plan
from game.bot.plan_cache import plan_bytes, plan_key, read_plan
from game.digests import PHYSICS
from game.files import tracks_folder, write_bytes
from game.program_digest import program_digest
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

# A plan that ships is not worked out again because files are read in another way.
_PARTS: Final = (*PHYSICS, "quasi_steady", "drivers", "bot")


def shipped_plan(track: Track, spec: CarSpec, setup: Setup) -> Plan | None:
    """Return the fastest plan that ships for exactly this circuit, car, setup and program."""
    path = _path(track, spec, setup)
    return read_plan(path) if path.exists() else None


def plan_beside(track: Track, spec: CarSpec, setup: Setup) -> Plan | None:
    """Return the plan that ships beside a circuit, whatever version of the program it is of.

    It is for pictures, which are not to change with the program's code. Whether the circuit's file
    has changed since is for the caller to find out.
    """
    paths = sorted((tracks_folder() / track.name).glob(f"{_stem(spec, setup)}-*.plan"))
    return read_plan(paths[0]) if paths else None


def ship_plan(plan: Plan, track: Track, spec: CarSpec, setup: Setup) -> Path:
    """Write a plan beside its circuit, in place of the one for an earlier version of either.

    Raises InputError if it cannot be written.
    """
    path = _path(track, spec, setup)
    write_bytes(path, plan_bytes(plan))
    for other in path.parent.glob(f"{_stem(spec, setup)}-*.plan"):
        if other != path:
            other.unlink()
    return path


def _path(track: Track, spec: CarSpec, setup: Setup) -> Path:
    key = plan_key(program_digest("game.bot.planning", within=_PARTS), track, spec, setup)
    return tracks_folder() / track.name / f"{_stem(spec, setup)}-{key}.plan"


def _stem(spec: CarSpec, setup: Setup) -> str:
    return f"{spec.id}-{setup.tyre}"
