"""Find all faults of a circuit that loads, for `leaf-rc track check`."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.track.findings import Finding
from game.track.levels import GROUND
from game.track.place_checks import (
    gate_findings,
    grid_findings,
    pit_lane_findings,
    sector_findings,
)
from game.track.profile_findings import profile_findings
from game.track.road_findings import kink_findings, width_findings
from game.track.summary import count_sides
from game.track.track import Track
from game.track.wall_findings import gap_findings, wall_findings
from game.translation import _


def check(track: Track) -> list[Finding]:
    """Return all findings, the worst first; none for a sound circuit.

    What would keep it from being loaded is not among them: `load_track` has reported that.
    """
    return [
        *_corner_findings(track),
        *kink_findings(track),
        *width_findings(track),
        *profile_findings(track),
        *wall_findings(track),
        *gap_findings(track),
        *gate_findings(track),
        *sector_findings(track),
        *grid_findings(track),
        *pit_lane_findings(track),
    ]


def nearest_m(track: Track, points_m: Array, tier: int = GROUND) -> Array:
    """Return the distances of points, shape (n, 2), from the centreline, shape (n,).

    Of a lap with bridges only what is on this tier or beside it counts.
    """
    frames = track.frames
    x_m, y_m = points_m.T
    ahead_m, left_m = frames.from_samples(frames.nearest(x_m, y_m, tier=tier), x_m, y_m)
    return np.hypot(ahead_m, left_m)


def _corner_findings(track: Track) -> list[Finding]:
    findings: list[Finding] = []
    if track.official is None:
        return findings
    left, right = count_sides(track.corners)
    for side, stated, there in (
        ("left", track.official.left_turns, left),
        ("right", track.official.right_turns, right),
    ):
        if there != stated:
            message = _("{stated} are stated, but there are {count}").format(
                stated=stated, count=there
            )
            findings.append(Finding("corners", f"official.{side}_turns", message))
    return findings
