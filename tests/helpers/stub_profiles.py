"""Laps that nobody drove, for what compares them."""

from dataclasses import replace

import numpy as np

from game.analysis.lap_profile import SPACING_M, LapColumns, LapProfile
from game.recording.lap_recorder import Lap, LapExcursion
from game.recording.traced_lap import LapMarks


def profile(speed_mps, length_m, *, way=1.0, net_j=3.6e6, valid=True, **columns):
    """A lap with these speeds from mark to mark, on a way so much longer than the centreline."""
    marks = LapMarks.of(length_m, SPACING_M)
    pieces_mps = np.broadcast_to(np.asarray(speed_mps, float), marks.total)
    pieces_m = np.broadcast_to(marks.spacing_m * np.asarray(way, float), marks.total)
    time_s = np.append(0.0, np.cumsum(pieces_m / pieces_mps))
    still = np.zeros(marks.total + 1)
    found = dict.fromkeys(LapColumns._fields, still) | columns
    found |= {
        "time_s": time_s,
        "way_m": np.append(0.0, np.cumsum(pieces_m)),
        "speed_mps": np.append(pieces_mps, pieces_mps[-1]),
        "net_j": np.linspace(0.0, net_j, marks.total + 1),
    }
    lap = Lap(1, float(time_s[-1]), (), valid, net_j, 0.0, float(pieces_mps.max()), ())
    return LapProfile(lap, marks, LapColumns(**found))


class StubLog:
    """A log of a car's laps."""

    def __init__(self, profiles):
        self._profiles = {each.lap.number: each for each in profiles}

    @property
    def laps(self):
        return [each.lap for each in self._profiles.values()]

    def profile(self, number):
        return self._profiles[number]


def stub_log(track):
    """A quick lap, and a slow one after it that left the track."""
    quick, slow = profile(40.0, track.length_m), profile(33.0, track.length_m, way=1.01)
    off = (LapExcursion(track.length_m - 1.0, 12.34, 10.5),)
    lap = slow.lap._replace(number=2, valid=False, excursions=off)
    return StubLog([quick, replace(slow, lap=lap)])
