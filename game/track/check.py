"""All faults that a circuit may have that loads, for `leaf-rc track check`."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.track.faults import Finding, closure_findings, length_findings, overlap_findings
from game.track.levels import GROUND
from game.track.track import Track

_NEAR_M = 0.5  # a wall may seem that much nearer: samples are apart, and other parts bend


def check(track: Track) -> list[Finding]:
    """All findings, the worst first; none for a sound circuit."""
    return [
        *closure_findings(track.centreline),
        *length_findings(track.centreline, track.official),
        *overlap_findings(track.frames, track.bands),
        *_turn_findings(track),
        *_wall_findings(track),
        *_gate_findings(track),
        *_grid_findings(track),
    ]


def nearest_m(track: Track, points_m: Array, tier: int = GROUND) -> Array:
    """Distances from points of shape (n, 2) to the nearest part of the centreline, shape (n,).

    Of a lap with bridges only what is on this tier or beside it counts.
    """
    frames = track.frames
    x_m, y_m = points_m.T
    ahead_m, left_m = frames.from_samples(frames.nearest(x_m, y_m, tier=tier), x_m, y_m)
    return np.hypot(ahead_m, left_m)


def _turn_findings(track: Track) -> list[Finding]:
    findings: list[Finding] = []
    if track.official is None:
        return findings
    for side, stated in (
        ("left", track.official.left_turns),
        ("right", track.official.right_turns),
    ):
        there = sum(corner.inside == side for corner in track.corners)
        if there != stated:
            findings.append(
                Finding(f"official.{side}_turns", f"{stated} are stated, but there are {there}")
            )
    return findings


def _wall_findings(track: Track) -> list[Finding]:
    findings = []
    for wall in track.walls:
        distance_m = np.abs(wall.offset_m)
        astray = nearest_m(track, wall.points_m, wall.tier) < distance_m - _NEAR_M
        if astray.any():
            at = int(np.argmax(astray))
            findings.append(
                Finding(
                    "walls",
                    f"the {wall.kind} at {wall.s_m[at]:.0f} m, {distance_m[at]:.1f} m to the"
                    f" {_side(wall.offset_m[at])}, is nearer to another part of the track",
                )
            )
        index = np.rint(wall.s_m / track.tables.step_m).astype(int) % track.tables.sample_count
        edge_m = np.where(
            wall.offset_m >= 0.0, track.bands.left_m[index, 2], track.bands.right_m[index, 2]
        )
        inside = distance_m - wall.half_thickness_m < edge_m
        if inside.any():
            at = int(np.argmax(inside))
            findings.append(
                Finding(
                    "walls",
                    f"the {wall.kind} at {wall.s_m[at]:.0f} m stands on the track, whose"
                    f" {_side(wall.offset_m[at])} edge is {edge_m[at]:.1f} m from the centreline",
                )
            )
    return findings


def _side(offset_m: float) -> str:
    return "left" if offset_m >= 0.0 else "right"


def _gate_findings(track: Track) -> list[Finding]:
    findings = []
    for gate in track.gates:
        at = round(gate.s_m / track.tables.step_m) % track.tables.sample_count
        edge_m = max(track.bands.left_m[at, 2], track.bands.right_m[at, 2])
        if gate.half_width_m < edge_m:
            findings.append(
                Finding(
                    "walls",
                    f"the gate at {gate.s_m:.0f} m can reach only {gate.half_width_m:.0f} m without"
                    " touching another part of the track",
                )
            )
    return findings


def _grid_findings(track: Track) -> list[Finding]:
    findings = []
    for number, box in enumerate(track.grid, start=1):
        s_m, offset_m = track.centreline.project(box.x_m, box.y_m, box.s_m)
        at = round(s_m / track.tables.step_m) % track.tables.sample_count
        edges = track.bands.left_m if offset_m >= 0.0 else track.bands.right_m
        if abs(offset_m) > edges[at, 0]:
            findings.append(Finding("grid", f"box {number} lies beyond the tarmac"))
    return findings
