"""List the channels of a car: every number of a snapshot with its unit.

A channel is declared once, as a field of `Snapshot`, and read in one place, `tick.snapshot_of`. Its
unit is the suffix of its name, spelt out here; a name without a suffix is a pure number.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.simulation.snapshot import Snapshot

UNITS: Final = {  # by the suffix of a name
    "m": "m",
    "1pm": "1/m",
    "mps": "m/s",
    "mps2": "m/s2",
    "rad": "rad",
    "radps": "rad/s",
    "s": "s",
    "n": "N",
    "nm": "Nm",
    "ns": "Ns",
    "v": "V",
    "w": "W",
    "j": "J",
    "k": "K",
    "pa": "Pa",
    "kgpm3": "kg/m3",
}
# The ends of the names of pure numbers: whole ones, and ratios.
COUNTS: Final = ("tick", "lap", "lap_valid", "surface")
RATIOS: Final = (
    *("throttle", "brake", "charge", "share", "ratio", "tangent", "slip"),
    *("wear", "flat_spot", "grip", "damage"),
)


class Channel(NamedTuple):
    """A channel is one number of a car through time."""

    name: str
    unit: str  # as in `UNITS`; "" for a pure number


def channel(name: str) -> Channel:
    """Return the channel of this name. Raises ValueError if the name does not say its unit."""
    if name.endswith((*COUNTS, *RATIOS)):
        return Channel(name, "")
    suffix = name.rpartition("_")[2]
    if suffix not in UNITS:
        raise ValueError(f"the unit of '{name}' is not known")
    return Channel(name, UNITS[suffix])


@tick_function
def write_numbers(row: Any, numbers: tuple[float, ...]) -> None:
    """Write a tuple of floats, named or not, into the beginning of an array."""
    for index in range(len(numbers)):
        row[index] = numbers[index]


SNAPSHOT_CHANNELS: Final = tuple(map(channel, Snapshot._fields))
