"""Find where a road is poor: too narrow, a sudden change of width, a sharp kink."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from game.arrays import Array, Mask
from game.track.defaults import defaults
from game.track.findings import Finding, FindingKind, finding_at, stretches
from game.track.track import Track

_KINK_STEP_M: Final = 0.5  # shorter than any bend that a car could take


def width_findings(track: Track) -> list[Finding]:
    """Return findings where the tarmac is too narrow, or where its edge moves suddenly."""
    limits, step_m = defaults().check, track.tables.step_m
    left_m, right_m = track.bands.left_m[:, 0], track.bands.right_m[:, 0]
    width_m = left_m + right_m

    def narrow(at: int) -> str:
        return (
            f"the tarmac is {width_m[at]:.1f} m wide at {{place}}: make it"
            f" {limits.min_width_m:g} m or more"
        )

    key = "ground.left_m, ground.right_m"
    found = _worst_of(track, "width", key, width_m < limits.min_width_m, -width_m, narrow)
    for side, edge_m in (("left", left_m), ("right", right_m)):
        change_m = np.abs(np.roll(edge_m, -1) - edge_m)

        def jump(at: int, side: str = side, edge_m: Array = edge_m) -> str:
            after_m = edge_m[(at + 1) % len(edge_m)]
            return (
                f"the {side} edge of the tarmac jumps from {edge_m[at]:.1f} m to {after_m:.1f} m"
                f" at {{place}}: let it change over"
                f" {math.ceil(abs(after_m - edge_m[at]) / limits.widening)} m or more"
            )

        sudden = change_m > limits.widening * step_m
        found += _worst_of(track, "width", f"ground.{side}_m", sudden, change_m, jump)
    return found


def kink_findings(track: Track) -> list[Finding]:
    """Find where the line turns more sharply than a car can, or from side to side at once."""
    line, limits, speeds = track.centreline, defaults().check, defaults().speeds
    count = max(round(line.length_m / _KINK_STEP_M), 3)
    step_m = line.length_m / count
    s_m: Array = np.arange(count, dtype=np.float64) * step_m
    heading_rad = line.heading_rad(s_m)
    ahead = max(round(limits.turned_over_m / step_m), 1)
    later_rad = np.roll(heading_rad, -ahead)
    later_rad[-ahead:] += line.end.heading_rad - line.start.heading_rad
    turned_rad = np.abs(later_rad - heading_rad)
    over_m = ahead * step_m

    def kink(at: int) -> str:
        return (
            f"the line turns by {math.degrees(turned_rad[at]):.0f} degrees within {over_m:.0f} m"
            f" at {{place}}, a radius of {over_m / turned_rad[at]:.1f} m: make it"
            f" {limits.min_radius_m:g} m or more"
        )

    sharp = turned_rad > over_m / limits.min_radius_m
    found = _worst_of(track, "kink", "centreline", sharp, turned_rad, kink)
    bend_1pm = line.curvature_1pm(s_m)
    after_1pm = np.roll(bend_1pm, -round(1.0 / step_m))
    tightest_1pm = np.maximum(np.maximum(np.abs(bend_1pm), np.abs(after_1pm)), 1e-6)
    square = np.minimum(speeds.lateral_mps2 / tightest_1pm, speeds.max_mps * speeds.max_mps)
    change_mps2 = square * np.abs(after_1pm - bend_1pm)

    def reversal(at: int) -> str:
        return (
            f"the line bends from a radius of {_radius(bend_1pm[at])} to one of"
            f" {_radius(after_1pm[at])} at once at {{place}}, which no car can follow at speed:"
            " put a clothoid between them"
        )

    abrupt = (change_mps2 > limits.lateral_step_mps2) & ~sharp
    return found + _worst_of(track, "kink", "centreline", abrupt, change_mps2, reversal)


def _radius(bend_1pm: float) -> str:
    return f"{1.0 / abs(bend_1pm):.0f} m to the {'left' if bend_1pm > 0.0 else 'right'}"


def _worst_of(
    track: Track,
    kind: FindingKind,
    key: str,
    chosen: Mask,
    severity: Array,
    told: Callable[[int], str],
) -> list[Finding]:
    """Return a finding for each stretch where it is chosen, which tells of its worst sample.

    The samples divide the lap evenly.
    """
    count = len(chosen)
    step_m = track.length_m / count
    findings = []
    for stretch in stretches(chosen, step_m):
        index = stretch.indices(count)
        worst = int(index[int(np.argmax(severity[index]))])
        place = finding_at(track.centreline, kind, key, told(worst), worst * step_m)
        from_m, to_m = (float(end) * step_m for end in (index[0], index[-1]))
        findings.append(place._replace(from_m=from_m, to_m=to_m))
    return findings
