"""Find where a road is poor: too narrow, a sudden change of width, a sharp kink."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from game.arrays import Array, Mask
from game.track.defaults import track_defaults
from game.track.findings import Finding, FindingKind, finding_at, lap_place, metres_aside, stretches
from game.track.track import Track
from game.translation import _

_KINK_STEP_M: Final = 0.5  # shorter than any bend that a car could take


def width_findings(track: Track) -> list[Finding]:
    """Return findings where the tarmac is too narrow, or where its edge moves suddenly."""
    limits, step_m = track_defaults().check, track.tables.step_m
    left_m, right_m = track.bands.left_m[:, 0], track.bands.right_m[:, 0]
    width_m = left_m + right_m

    def narrow(at: int, place: str) -> str:
        text = _("the tarmac is {width:.1f} m wide at {place}: make it {min:g} m or more")
        return text.format(width=width_m[at], place=place, min=limits.min_width_m)

    key = "ground.left_m, ground.right_m"
    found = worst_of(track, "width", key, width_m < limits.min_width_m, -width_m, narrow)
    for key, edge_m, text in (
        (
            "ground.left_m",
            left_m,
            _(
                "the left edge of the tarmac jumps from {before:.1f} m to {after:.1f} m at {place}:"
                " let it change over {length} m or more"
            ),
        ),
        (
            "ground.right_m",
            right_m,
            _(
                "the right edge of the tarmac jumps from {before:.1f} m to {after:.1f} m at"
                " {place}: let it change over {length} m or more"
            ),
        ),
    ):
        change_m = np.abs(np.roll(edge_m, -1) - edge_m)

        def jump(at: int, place: str, text: str = text, edge_m: Array = edge_m) -> str:
            before_m, after_m = float(edge_m[at]), float(edge_m[(at + 1) % len(edge_m)])
            length_m = math.ceil(abs(after_m - before_m) / limits.widening)
            return text.format(before=before_m, after=after_m, place=place, length=length_m)

        sudden = change_m > limits.widening * step_m
        found += worst_of(track, "width", key, sudden, change_m, jump)
    return found


def kink_findings(track: Track) -> list[Finding]:
    """Find where the line turns more sharply than a car can, or from side to side at once."""
    line, limits, speeds = track.centreline, track_defaults().check, track_defaults().speeds
    count = max(round(line.length_m / _KINK_STEP_M), 3)
    step_m = line.length_m / count
    s_m: Array = np.arange(count, dtype=np.float64) * step_m
    heading_rad = line.heading_rad(s_m)
    ahead = max(round(limits.turned_over_m / step_m), 1)
    later_rad = np.roll(heading_rad, -ahead)
    later_rad[-ahead:] += line.end.heading_rad - line.start.heading_rad
    turned_rad = np.abs(later_rad - heading_rad)
    over_m = ahead * step_m

    def kink(at: int, place: str) -> str:
        return _(
            "the line turns by {turned:.0f} degrees within {over:.0f} m at {place}, a radius of"
            " {radius:.1f} m: make it {min:g} m or more"
        ).format(
            turned=math.degrees(turned_rad[at]),
            over=over_m,
            place=place,
            radius=over_m / turned_rad[at],
            min=limits.min_radius_m,
        )

    sharp = turned_rad > over_m / limits.min_radius_m
    found = worst_of(track, "kink", "centreline", sharp, turned_rad, kink)
    bend_1pm = line.curvature_1pm(s_m)
    after_1pm = np.roll(bend_1pm, -round(1.0 / step_m))
    tightest_1pm = np.maximum(np.maximum(np.abs(bend_1pm), np.abs(after_1pm)), 1e-6)
    square = np.minimum(speeds.lateral_mps2 / tightest_1pm, speeds.max_mps * speeds.max_mps)
    change_mps2 = square * np.abs(after_1pm - bend_1pm)

    def reversal(at: int, place: str) -> str:
        return _(
            "the line bends from a radius of {before} to one of {after} at once at {place}, which"
            " no car can follow at speed: put a clothoid between them"
        ).format(before=_radius(bend_1pm[at]), after=_radius(after_1pm[at]), place=place)

    abrupt = (change_mps2 > limits.lateral_step_mps2) & ~sharp
    return found + worst_of(track, "kink", "centreline", abrupt, change_mps2, reversal)


def _radius(bend_1pm: float) -> str:
    return metres_aside(f"{1.0 / abs(bend_1pm):.0f}", is_left=bool(bend_1pm > 0.0))


def worst_of(
    track: Track,
    kind: FindingKind,
    key: str,
    chosen: Mask,
    severity: Array,
    describe: Callable[[int, str], str],
) -> list[Finding]:
    """Return a finding for each stretch where it is chosen, which names its worst sample.

    The samples divide the lap evenly. describe: what a finding says of a sample and its place.
    """
    count = len(chosen)
    step_m = track.length_m / count
    findings = []
    for stretch in stretches(chosen, step_m):
        index = stretch.indices(count)
        worst = int(index[int(np.argmax(severity[index]))])
        message = describe(worst, lap_place(track.centreline, worst * step_m))
        place = finding_at(track.centreline, kind, key, message, worst * step_m)
        from_m, to_m = (float(end) * step_m for end in (index[0], index[-1]))
        findings.append(place._replace(from_m=from_m, to_m=to_m))
    return findings
