"""Faults that make a circuit unusable: it does not close, is too long or short, or overlaps."""

import math
from typing import NamedTuple

import numpy as np

from game.track.bands import Bands
from game.track.centreline import Centreline
from game.track.crossings import bridges_needed, find_crossings
from game.track.levels import BRIDGE, GROUND, RAMP, all_that_meet, meet
from game.track.sampling import Frames
from game.track.track_file import Official
from game.units import PI, TAU

CLOSURE_M = 0.01  # a car would feel a bigger step
CLOSURE_RAD = math.radians(0.01)
_CLEAR_M = 20.0  # between two roads' edges, where the bridge of the one may begin
MIN_LENGTH_M = 100.0  # of a lap; no car of this size turns in less
_OVERLAP_STEP_M = 5.0  # less than half the width of any track
_ROWS = 32  # of the table of pairs that are compared at a time
_MAX_PLACES = 2000  # all pairs are compared; 15 m apart on the longest circuit, still enough


class Finding(NamedTuple):
    """A fault of a circuit: the key in its file, and a sentence about it."""

    key: str
    message: str


def closure_findings(centreline: Centreline) -> list[Finding]:
    """Return a finding if the chain does not end where and in the direction in which it began.

    A lap may turn by any number of whole turns: once around as a rule, not at all in a figure of
    eight.
    """
    start, end = centreline.start, centreline.end
    turned_rad = end.heading_rad - start.heading_rad
    whole_rad = TAU * round(turned_rad / TAU)
    if abs(turned_rad - whole_rad) > CLOSURE_RAD:
        return [
            Finding(
                "centreline",
                f"the corners turn by {math.degrees(turned_rad):.3f} degrees in all, not"
                f" {math.degrees(whole_rad):.0f}: change an angle by"
                f" {math.degrees(abs(turned_rad - whole_rad)):.3f} degrees",
            )
        ]
    gap_m = math.hypot(end.x_m - start.x_m, end.y_m - start.y_m)
    if gap_m > CLOSURE_M:
        return [
            Finding(
                "centreline",
                f"the loop does not close: its end misses its start by {gap_m:.3f} m; mark two or"
                " three straights with free = true",
            )
        ]
    return []


def length_findings(centreline: Centreline, official: Official | None) -> list[Finding]:
    """Return a finding if the loop is too short to be driven, or not as long as the file states."""
    if centreline.length_m < MIN_LENGTH_M:
        return [
            Finding(
                "centreline",
                f"the lap is {centreline.length_m:.1f} m long: make it {MIN_LENGTH_M:g} m or more",
            )
        ]
    if official is None:
        return []
    excess_m = centreline.length_m - official.length_m
    if abs(excess_m) <= official.tolerance_m:
        return []
    return [
        Finding(
            "official.length_m",
            f"the centreline is {centreline.length_m:.2f} m long, {abs(excess_m):.2f} m"
            f" {'more' if excess_m > 0.0 else 'less'} than the {official.length_m:g} m stated",
        )
    ]


def overlap_findings(frames: Frames, bands: Bands) -> list[Finding]:
    """Findings where kerbs fold over themselves in a tight corner, or tarmac overlaps tarmac."""
    s_m, curvature_1pm = frames.s_m, frames.curvature_1pm
    findings = []
    for side, edge_m, bend_1pm in (
        ("left", bands.left_m[:, 2], curvature_1pm),
        ("right", bands.right_m[:, 2], -curvature_1pm),
    ):
        folded = edge_m * bend_1pm >= 1.0
        if folded.any():
            at = int(np.argmax(folded))
            findings.append(
                Finding(
                    "ground",
                    f"at {s_m[at]:.0f} m the {side} edge is {edge_m[at]:.1f} m from the centreline"
                    f" but the corner's radius is {1.0 / bend_1pm[at]:.1f} m: make it narrower",
                )
            )
    overlap = _first_overlap(frames, bands)
    if overlap is not None:
        findings.append(_crossing_finding(frames, bands) or _nearness_finding(frames, overlap))
    return findings


def _crossing_finding(frames: Frames, bands: Bands) -> Finding | None:
    """Return a finding about the first place where the lap crosses itself on one level, if any."""
    for crossing in find_crossings(frames):
        tiers = frames.tier_at(crossing.s_m), frames.tier_at(crossing.other_s_m)
        if not meet(*tiers):
            continue
        place = f"the track crosses itself at {crossing.s_m:.0f} m and {crossing.other_s_m:.0f} m"
        if tiers != (GROUND, GROUND):
            there = "on bridges" if tiers == (BRIDGE, BRIDGE) else "on a bridge's ramp"
            return Finding(
                "centreline.bridges",
                f"{place}, {there}: let one of the two run above, 100 m either way, and one below",
            )
        widest_m = float(max(bands.left_m[:, 2].max(), bands.right_m[:, 2].max()))
        (bridge, *_) = bridges_needed(frames, 2.0 * widest_m + _CLEAR_M)
        return Finding(
            "centreline",
            f"{place}: let one of the two run above, with bridges = [{{ from_m ="
            f" {bridge.from_m:.0f}, to_m = {bridge.to_m:.0f} }}]",
        )
    return None


def _nearness_finding(frames: Frames, overlap: tuple[float, float, float]) -> Finding:
    one_m, other_m, apart_m = overlap
    what, remedy = "the track runs over itself", "is too little"
    if RAMP in (frames.tier_at(one_m), frames.tier_at(other_m)):
        what, remedy = "a bridge's ramp touches another road", "is too little: make it longer"
    return Finding(
        "centreline.bridges" if "ramp" in what else "centreline.turns",
        f"{what} at {one_m:.0f} m and {other_m:.0f} m:"
        f" {apart_m:.1f} m between the centrelines {remedy}",
    )


def _first_overlap(frames: Frames, bands: Bands) -> tuple[float, float, float] | None:
    """Return two distances where tarmac overlaps tarmac, and how far apart they are, if any."""
    s_m, length_m = frames.s_m, frames.length_m
    step_m = max(_OVERLAP_STEP_M, length_m / _MAX_PLACES)
    stride = max(1, int(step_m * len(s_m) / length_m))
    s, x_m, y_m = s_m[::stride], frames.x_m[::stride], frames.y_m[::stride]
    tier = frames.tier[::stride]
    half_m = np.maximum(bands.left_m[::stride, 0], bands.right_m[::stride, 0])
    for begin in range(0, len(s), _ROWS):  # all at once would not fit a processor's cache
        rows = slice(begin, begin + _ROWS)
        reach_m = half_m[rows, None] + half_m[None, :]
        square = (x_m[rows, None] - x_m[None, :]) ** 2 + (y_m[rows, None] - y_m[None, :]) ** 2
        along_m = np.abs(s[rows, None] - s[None, :])
        along_m = np.minimum(along_m, length_m - along_m)
        # The tightest hairpin that does not fold brings points that far along this near each other.
        overlap = (square < reach_m**2) & (along_m > 0.5 * PI * reach_m)
        if frames.has_bridges:
            overlap &= all_that_meet(tier[rows, None], tier[None, :])
        if overlap.any():
            row, other = np.unravel_index(int(np.argmax(overlap)), overlap.shape)
            return float(s[begin + row]), float(s[other]), math.sqrt(square[row, other])
    return None
