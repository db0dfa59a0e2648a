"""Map another share of the front axle to each phase of a corner or place on the lap.

A setup has one share for all drive and one for all regeneration. A map changes them from place to
place, which two motors can do and no differential. Each value is the front axle's share, 0..1:

- *braking*: of what the motors brake with, on the way to a corner, up to where it begins. From
  there on, brakes still pressed or not, the setup's own regeneration share holds again.
- *entry*, *middle*, *exit*: of the drive, in the three parts of a corner.
- *painted*: of the drive or of the regeneration, between two places on the lap, whatever the phase.

Everywhere else, and for a phase that is left out, the setup's own shares hold. The two shares never
meet: the throttle asks for the one, the brake pedal and the lifted foot for the other. Where on a
track the phases lie, and how one share passes into the next, is `simulation/split_table.py`.
"""

from __future__ import annotations

import sys
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

PHASES: Final = ("braking", "entry", "middle", "exit")

FrontShare = Annotated[float, Meta(ge=0.0, le=1.0)]
LapDistance = Annotated[float, Meta(ge=0.0, le=100_000.0)]


class Stretch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Describes a painted piece of the lap, in metres from the start line.

    One that ends before it begins runs across the line. Raises ValueError where it has no length.
    """

    from_m: LapDistance
    to_m: LapDistance
    share: FrontShare
    of: Literal["drive", "regeneration"] = "drive"

    def __post_init__(self) -> None:
        """Refuse a stretch that is no stretch.

        Files and keys leave out a default by its identity, so a copy from another process is given
        the very string.
        """
        msgspec.structs.force_setattr(self, "of", sys.intern(self.of))
        if self.from_m == self.to_m:
            raise ValueError(f"from_m and to_m are both {self.from_m:g}: a stretch has a length")


class SplitMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Holds front shares by phase and by place. What is None is left as the setup has it."""

    braking: FrontShare | None = None
    entry: FrontShare | None = None
    middle: FrontShare | None = None
    exit: FrontShare | None = None
    painted: Annotated[tuple[Stretch, ...], Meta(max_length=64)] = ()  # a later one covers
    painted_on: str = ""  # the circuit of the stretches, which others ignore; empty: any circuit

    def __str__(self) -> str:
        """Return the map in words: what it asks of the front axle, how much of it is painted."""
        phases = [(name, getattr(self, name)) for name in PHASES]
        words = [f"{name} {100.0 * share:g} % front" for name, share in phases if share is not None]
        if self.painted:
            where = f" on {self.painted_on}" if self.painted_on else ""
            pieces = f"{len(self.painted)} stretch{'es' if len(self.painted) > 1 else ''}"
            words.append(f"{pieces} painted{where}")
        return ", ".join(words) or "empty"
