"""Laps are compared by how much of the setup was the driver's choice, besides the tyre."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from game.drivers.driving_help import ASSISTS
from game.vehicle.setup import Setup

SetupClass = Literal["", "standard", "split", "open"]  # empty: nobody noted it

_OF_THE_SPLIT: Final = {
    "front_torque_share",
    "front_regen_share",
    "split_mode",
    "split_map",
    "split_law",
}
# Laps on another tyre stand apart anyway, as do those with another degree of help.
_IN_NO_CLASS: Final = {"tyre", *ASSISTS}


def setup_class_of(setup: Setup, default: Setup) -> SetupClass:
    """Return *standard* for a car's default setup, *split* where only the torque split is another.

    Any other setup is *open*. The tyre does not count: each has boards of its own.
    """
    was, now = msgspec.structs.asdict(default), msgspec.structs.asdict(setup)
    changed = {name for name in now if now[name] != was[name]} - _IN_NO_CLASS
    if not changed:
        return "standard"
    return "split" if changed <= _OF_THE_SPLIT else "open"
