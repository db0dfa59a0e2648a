"""Make the heights of a circuit from a seed: a few waves over the lap, closed."""

from __future__ import annotations

import math
from typing import Final

import msgspec
import numpy as np

from game.arrays import Array
from game.track.defaults import track_defaults
from game.track.layout import lay_centreline
from game.track.made_outline import Rng
from game.track.road_profile import sample_profile
from game.track.track_file import RoadProfileEntry, TrackFile
from game.trig import sine
from game.units import G_MPS2, TAU

MAX_HILLS_M: Final = 200.0
_WAVES: Final = 5  # over a lap, the longest first; each is about as much lower as it is shorter
_KNOT_M: Final = 80.0  # from one height in the file to the next
_DIGITS: Final = 2
_SHARE_OF_LIMIT: Final = 0.5  # of the grade and the lightness that `check` finds fault with
_STREAM: Final = 7919  # of numbers, which no outline draws from


def with_hills(file: TrackFile, seed: int, hills_m: float) -> TrackFile:
    """Return a circuit with hills so high from the lowest place of the lap to the highest.

    They are lower where a lap is too short for them: no grade and no crest comes near to the limits
    of `check`.
    """
    line, _corners = lay_centreline(file)
    lap_m = line.length_m
    rng = Rng(seed, round(1000.0 * lap_m), _STREAM)
    waves = [(rng.within(0.5, 1.0) / wave, rng.share()) for wave in range(1, _WAVES + 1)]
    count = max(round(lap_m / _KNOT_M), 2 * _WAVES)
    places = [number / count for number in range(count)]
    rising = [
        math.fsum(
            height * sine(math.remainder(TAU * (wave * place + phase), TAU))
            for wave, (height, phase) in enumerate(waves, start=1)
        )
        for place in places
    ]
    lowest, highest = min(rising), max(rising)
    shares = [(each - lowest) / (highest - lowest) for each in rising]
    high_m = min(hills_m, _highest(shares, lap_m))
    rows = [
        (round(place * lap_m, _DIGITS), round(high_m * share, _DIGITS))
        for place, share in zip(places, shares, strict=True)
    ]
    return msgspec.structs.replace(file, profile=RoadProfileEntry(rows))


def _highest(shares: list[float], lap_m: float) -> float:
    """Return the height of the highest hills of this shape that a lap has room for, m."""
    limits, speeds = track_defaults().check, track_defaults().speeds
    rows = [(number * lap_m / len(shares), share) for number, share in enumerate(shares)]
    samples = round(lap_m)
    s_m: Array = np.arange(samples, dtype=np.float64) * (lap_m / samples)
    of_a_metre = sample_profile(RoadProfileEntry(rows), s_m, lap_m)
    bend_1pm = limits.max_lightening * G_MPS2 / speeds.max_mps**2
    sharpest_1pm = float(np.abs(of_a_metre.bend_1pm).max())
    room_m = min(limits.max_grade / of_a_metre.steepest, bend_1pm / sharpest_1pm)
    return float(_SHARE_OF_LIMIT * room_m)
