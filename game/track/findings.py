"""Say what is wrong with a circuit, of what kind it is, and where.

What a finding says is translated as it is made: the window shows it as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, Protocol

import numpy.typing as npt

from game.arrays import Array, Mask
from game.track.sample_runs import SampleRun, sample_runs
from game.translation import _

FindingKind = Literal[
    "length",  # too short, or not as long as stated
    "closure",
    "file",  # a place beyond the lap, or rows out of order
    "overlap",  # of the road with itself on one level
    "fold",  # the edge of a corner is farther from the line than its radius
    "width",
    "kink",
    "profile",  # a grade, a banking or a crest that no road has
    "walls",
    "wall gap",
    "gates",
    "sectors",
    "grid",
    "pit lane",
    "corners",  # not as many as stated
]
_APART_M: Final = 10.0  # between two stretches of one kind, of which each is a finding


class Finding(NamedTuple):
    """Describes a fault of a circuit: its kind, the key in its file, a sentence, and its place."""

    kind: FindingKind
    key: str
    message: str
    from_m: float | None = None  # along the lap; None if it has no place
    to_m: float | None = None  # the same as from_m if it is at one place
    x_m: float | None = None  # where it begins
    y_m: float | None = None

    def as_json(self) -> Mapping[str, str | float]:
        """Return the finding as an object of JSON, without what it does not have."""
        row: dict[str, str | float] = {"kind": self.kind, "key": self.key}
        if self.from_m is not None and self.to_m is not None:
            if self.from_m == self.to_m:
                row["s_m"] = round(self.from_m, 1)
            else:
                row |= {"from_m": round(self.from_m, 1), "to_m": round(self.to_m, 1)}
        if self.x_m is not None and self.y_m is not None:
            row |= {"x_m": round(self.x_m, 1), "y_m": round(self.y_m, 1)}
        return row | {"message": self.message}


class PlacedLap(Protocol):
    """Finds the places along a lap."""

    def position(self, s_m: npt.ArrayLike) -> Array:
        """Return the places at distances of shape (n,), metres, shape (n, 2)."""


def finding_at(
    lap: PlacedLap,
    kind: FindingKind,
    key: str,
    message: str,
    from_m: float,
    to_m: float | None = None,
) -> Finding:
    """Return a finding at a place of the lap, or along a stretch of it."""
    ((x_m, y_m),) = lap.position([from_m]).tolist()
    end_m = from_m if to_m is None else to_m
    return Finding(kind, key, message, from_m, end_m, x_m, y_m)


def lap_place(lap: PlacedLap, s_m: float) -> str:
    """Return a place of the lap as findings write it: its distance and its coordinates."""
    ((x_m, y_m),) = lap.position([s_m]).tolist()
    return written_place(s_m, x_m, y_m)


def written_place(s_m: float, x_m: float, y_m: float) -> str:
    """Return a place as findings write it, in every language."""
    return f"{s_m:.0f} m (x {x_m:.1f}, y {y_m:.1f})"


def metres_aside(metres: str, *, is_left: bool) -> str:
    """Return how far to a side something is, as findings write it."""
    text = _("{metres} m to the left") if is_left else _("{metres} m to the right")
    return text.format(metres=metres)


def stretches(chosen: Mask, step_m: float) -> list[SampleRun]:
    """Return the stretches of a closed lap where it is chosen, in order.

    Those with less than ten metres between them are one.
    """
    return sample_runs(chosen, apart=max(_APART_M / step_m, 1.0))
