"""Choose landscapes for circuits that do not say in which one they lie."""

from __future__ import annotations

from typing import Final

from game.track.track_file import LandscapeEntry, LandscapeKind

_OPEN: Final[tuple[LandscapeKind, ...]] = ("meadows", "woodland", "desert", "orchards")
_SEEDS: Final = 2**31


def landscape_of_seed(seed: int, kind: LandscapeKind | None = None) -> LandscapeEntry:
    """Return the landscape of a seed, of a kind or in the open country, laid out by the seed."""
    return LandscapeEntry(_OPEN[seed % len(_OPEN)] if kind is None else kind, seed % _SEEDS)
