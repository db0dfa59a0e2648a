"""Points along circuits that are known, as strangers would give them."""

import numpy as np
from scipy.spatial import cKDTree

from game.track.importing.chain import places_at, points_at
from game.track.importing.cleaning import cleaned
from game.track.importing.fitting import Requirements, fit_line
from game.track.importing.guides import with_guides
from game.track.importing.source_line import SourceLine


def circle(radius_m=100.0, count=60):
    angle_rad = 2.0 * np.pi * np.arange(count) / count
    return radius_m * np.column_stack([np.cos(angle_rad), np.sin(angle_rad)])


def along(track, step_m, noise_m=0.0, seed=1):
    """Return points every `step_m` along a circuit's centreline."""
    points_m = track.frames.places_m
    at = np.linspace(0, len(points_m), max(round(len(points_m) / step_m), 3), endpoint=False)
    dice = np.random.default_rng(seed)
    return points_m[at.astype(int)] + noise_m * dice.standard_normal((len(at), 2))


def as_a_map(track, farthest_m=80.0, bend_m=0.3, noise_m=0.0, seed=1):
    """Return points 3 m to 80 m apart, the nearer the more it bends, as maps are drawn.

    bend_m: how far the road is from the straight line between two points.
    """
    frames, s_m, at = track.frames, 0.0, []
    dice = np.random.default_rng(seed)
    while s_m < frames.length_m - 3.0:
        at.append(int(s_m))
        ahead = np.arange(int(s_m), int(s_m + farthest_m)) % len(frames.s_m)
        bend_1pm = np.maximum.accumulate(np.abs(frames.curvature_1pm[ahead]))
        fits = bend_1pm * np.arange(1, len(ahead) + 1) ** 2 / 8.0 <= bend_m
        s_m += max(3.0, float(np.count_nonzero(fits)))
    points_m = frames.places_m[at]
    return points_m + noise_m * dice.standard_normal(points_m.shape)


def fitted(points_m, tolerance_m=0.5):
    """Return the fit to points as an import makes it, and the points that were fitted."""
    line = cleaned("points", SourceLine("test", np.asarray(points_m, float)))
    guided_m, weights = with_guides(line.points_m)
    return fit_line(guided_m, weights, Requirements(tolerance_m, 1.0 / 7.0), lambda _: None), line


def line_of(fit):
    """Return the fitted line every metre, shape (n, 2)."""
    return points_at(fit.chain, places_at(fit.chain, np.arange(0.0, fit.chain.starts_m[-1])))[0]


def apart_m(fit, track):
    """Return how far the fitted line is from a circuit's centreline, every metre."""
    fine_m = track.centreline.position(np.arange(0.0, track.length_m, 0.25))
    return cKDTree(fine_m).query(line_of(fit))[0]


def rms(values):
    return float(np.sqrt(np.mean(np.square(values))))


def sign_changes(curvature_1pm):
    """Return how often a lap changes from bending left to bending right or back."""
    sign = np.sign(np.where(np.abs(curvature_1pm) < 1.0 / 3000.0, 0.0, curvature_1pm))
    sign = sign[sign != 0.0]
    return int((sign != np.roll(sign, 1)).sum())
