"""A circuit whose centreline wanders to and fro, as one fitted to noisy points does."""

import math
from pathlib import Path

import msgspec
import numpy as np

from game.track.elements import Element, Pose, poses
from game.track.layout import lay_centreline
from game.track.track import build_track
from game.track.track_file import CentrelineEntry

KNOT_M = 4.0
_PROBE_1PM = 1e-7
_CORRECTIONS = 4  # of the curvature, until the loop closes


def wiggled_circuit(file, size_m, wavelengths_m, seed=0):
    """Return a circuit's file built with its line moved sideways by waves of these lengths."""
    centreline, _ = lay_centreline(file)
    count = round(centreline.length_m / KNOT_M)
    piece_m = centreline.length_m / count
    s_m = np.arange(count) * piece_m
    curvature_1pm = centreline.curvature_1pm(s_m) + _waves_1pm(
        s_m, centreline.length_m, size_m, wavelengths_m, np.random.default_rng(seed)
    )
    start, turned_rad = centreline.start, centreline.end.heading_rad - centreline.start.heading_rad
    for _ in range(_CORRECTIONS):
        curvature_1pm = curvature_1pm + _correction(start, piece_m, curvature_1pm, turned_rad)
    entry = CentrelineEntry(
        start.x_m,
        start.y_m,
        math.degrees(start.heading_rad),
        elements=[(each.length_m, *each[2:4]) for each in _chain(piece_m, curvature_1pm)],
    )
    return build_track("wiggled", msgspec.structs.replace(file, centreline=entry), Path("made"))


def _waves_1pm(s_m, lap_m, size_m, wavelengths_m, dice):
    """Return the curvature of a sum of waves whose amplitudes add up to a size."""
    waves = np.zeros_like(s_m)
    for wavelength_m in wavelengths_m:
        per_m = math.tau * round(lap_m / wavelength_m) / lap_m
        share_m = size_m / len(wavelengths_m)
        waves += share_m * per_m**2 * np.sin(per_m * s_m + dice.uniform(0.0, math.tau))
    return waves


def _chain(piece_m, curvature_1pm):
    after_1pm = np.roll(curvature_1pm, -1)
    return [
        Element("", piece_m, before, after)
        for before, after in zip(curvature_1pm.tolist(), after_1pm.tolist(), strict=True)
    ]


def _correction(start, piece_m, curvature_1pm, turned_rad):
    """Return the smallest change of curvature that closes the loop, to first order."""
    chain = poses(start, _chain(piece_m, curvature_1pm))
    end = chain[-1]
    missing = [start.x_m - end.x_m, start.y_m - end.y_m]
    missing.append(start.heading_rad + turned_rad - end.heading_rad)
    # Turning at a knot swings the rest of the lap round it.
    knots = [Pose(*pose) for pose in chain[:-1]]
    slopes = piece_m * np.array([[knot.y_m - end.y_m, end.x_m - knot.x_m, 1.0] for knot in knots])
    return np.linalg.lstsq(slopes.T, np.array(missing), rcond=None)[0]
