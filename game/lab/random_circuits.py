"""Make circuits that a learner has not driven: `track="random"` makes one for each reset.

A reset with a seed drives the circuit of that seed, to the last bit on every machine, as
`leaf-rc track make` makes it. One without draws from the `circuits` seeds that follow the last one
that was given; these few are kept, so that only the first drive on each takes time to make it
(0.25 s of CPU at 4 km). With `circuits=None` it draws from all seeds there are, each anew.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from game.errors import InputError
from game.track.characters import CHARACTERS, CharacterName
from game.track.maker import RANDOM, check_length, make_track_file
from game.track.track import Track, build_track

ANY: Final = "any"  # a character for each seed
_SEEDS: Final = 2**31  # of endless circuits


def check_circuits(length_m: float, character: str, circuits: int | None) -> None:
    """Raise InputError for options of random circuits that have no meaning."""
    check_length(length_m)
    if character not in (ANY, *CHARACTERS):
        raise InputError(f"character '{character}': choose one of {', '.join((ANY, *CHARACTERS))}")
    if circuits is not None and (circuits < 1 or circuits != int(circuits)):
        raise InputError(f"circuits is {circuits}, expected 1, 2, 3, ..., or None for endless")


class RandomCircuits:
    """Makes the circuits of an environment, one for each seed."""

    def __init__(self, length_m: float, character: str, circuits: int | None) -> None:
        self._length_m = length_m
        self._character = character
        self._circuits = circuits

    def draw(self, first: int, rng: np.random.Generator) -> int:
        """Return a seed of those that follow `first`, or of all."""
        if self._circuits is None:
            return int(rng.integers(_SEEDS))
        return first + int(rng.integers(self._circuits))

    def track(self, seed: int) -> Track:
        """Return the circuit of a seed."""
        chosen = CHARACTERS[seed % len(CHARACTERS)]
        for character in CHARACTERS:
            if character == self._character:
                chosen = character
        return _made(seed, self._length_m, chosen)


@lru_cache(maxsize=32)
def _made(seed: int, length_m: float, character: CharacterName) -> Track:
    file = make_track_file(seed, length_m, character)
    return build_track(f"{character}-{length_m:g}-{seed}", file, Path(RANDOM))
