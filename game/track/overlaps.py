"""Find where a road is unusable: too narrow for a car, folded, or on itself on one level."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from game.track.bands import Bands
from game.track.crossings import Crossing, bridges_needed, find_crossings
from game.track.findings import Finding, finding_at, lap_place, stretches
from game.track.levels import BRIDGE, GROUND, RAMP, all_that_meet, meet
from game.track.sampling import Frames
from game.translation import _, ngettext
from game.units import PI

_CLEAR_M: Final = 20.0  # between two roads' edges, where the bridge of the one may begin
_CAR_M: Final = 2.0  # width of the tarmac, which the narrowest car needs
_STEP_M: Final = 5.0  # less than half the width of any track
_ROWS: Final = 32  # of the table of pairs that are compared at a time
_MAX_PLACES: Final = 2000  # all pairs are compared; 15 m apart on the longest circuit, still enough
_SAME_M: Final = 30.0  # along the lap, between two overlaps that are one
_MAX_REPORTED: Final = 20  # places where a lap meets itself
_MAX_BRIDGED: Final = 100  # crossings for which bridges are looked for


def overlap_findings(frames: Frames, bands: Bands) -> list[Finding]:
    """Return findings where no car fits on the tarmac, where kerbs fold over in a tight corner,
    and where tarmac overlaps tarmac.
    """
    return [
        *_closed_findings(frames, bands),
        *_fold_findings(frames, bands),
        *_meeting_findings(frames, bands),
    ]


def _closed_findings(frames: Frames, bands: Bands) -> list[Finding]:
    width_m = bands.left_m[:, 0] + bands.right_m[:, 0]
    findings = []
    for stretch in stretches(width_m < _CAR_M, frames.length_m / len(width_m)):
        index = stretch.indices(len(width_m))
        narrow_m = float(width_m[index].min())
        from_m, to_m = (float(frames.s_m[end]) for end in (index[0], index[-1]))
        message = _(
            "from {place} on the tarmac is only {width:.1f} m wide: no car fits on it"
        ).format(place=lap_place(frames, from_m), width=narrow_m)
        key = "ground.left_m, ground.right_m"
        findings.append(finding_at(frames, "width", key, message, from_m, to_m))
    return findings


def _fold_findings(frames: Frames, bands: Bands) -> list[Finding]:
    step_m = frames.length_m / len(frames.s_m)
    findings = []
    for text, edge_m, bend_1pm in (
        (
            _(
                "at {s:.0f} m the left edge is {edge:.1f} m from the centreline but the corner's"
                " radius is {radius:.1f} m (x {x:.1f}, y {y:.1f}): make it narrower"
            ),
            bands.left_m[:, 2],
            frames.curvature_1pm,
        ),
        (
            _(
                "at {s:.0f} m the right edge is {edge:.1f} m from the centreline but the corner's"
                " radius is {radius:.1f} m (x {x:.1f}, y {y:.1f}): make it narrower"
            ),
            bands.right_m[:, 2],
            -frames.curvature_1pm,
        ),
    ):
        for stretch in stretches(edge_m * bend_1pm >= 1.0, step_m):
            index = stretch.indices(len(edge_m))
            at = index[int(np.argmax((edge_m * bend_1pm)[index]))]
            worst_m = float(frames.s_m[at])
            ((x_m, y_m),) = frames.position([worst_m]).tolist()
            radius_m = 1.0 / float(bend_1pm[at])
            message = text.format(s=worst_m, edge=edge_m[at], radius=radius_m, x=x_m, y=y_m)
            from_m, to_m = (float(frames.s_m[end]) for end in (index[0], index[-1]))
            findings.append(Finding("fold", "ground", message, from_m, to_m, x_m, y_m))
    return findings


class _Overlap(NamedTuple):
    """Holds a place where tarmac lies on tarmac: two distances along the lap, and how far apart."""

    s_m: float
    other_s_m: float
    apart_m: float


def _meeting_findings(frames: Frames, bands: Bands) -> list[Finding]:
    """Return a finding for each place where the lap crosses or touches itself on one level."""
    overlaps = _overlaps(frames, bands)
    if not overlaps:
        return []
    found = find_crossings(frames)
    crossings = _distinct(
        crossing
        for crossing in found
        if meet(frames.tier_at(crossing.s_m), frames.tier_at(crossing.other_s_m))
    )
    beside = [
        overlap
        for overlap in overlaps
        if not any(_is_at(overlap, crossing, frames.length_m) for crossing in crossings)
    ]
    remedy = _("a bridge")
    if crossings and len(found) <= _MAX_BRIDGED:
        remedy = _remedy(frames, bands)
    findings = [
        _crossing_finding(frames, crossing, remedy) for crossing in crossings[:_MAX_REPORTED]
    ]
    findings += [
        _nearness_finding(frames, overlap) for overlap in beside[: _MAX_REPORTED - len(findings)]
    ]
    more = len(crossings) + len(beside) - len(findings)
    if more:
        places = ngettext("(and {count} more such place)", "(and {count} more such places)", more)
        findings[-1] = findings[-1]._replace(
            message=f"{findings[-1].message} {places.format(count=more)}"
        )
    return findings


def _distinct(crossings: Iterable[Crossing]) -> list[Crossing]:
    """Return the crossings without those that are at the place of another one."""
    places = {
        (round(crossing.s_m / _SAME_M), round(crossing.other_s_m / _SAME_M)): crossing
        for crossing in crossings
    }
    return list(places.values())


def _is_at(overlap: _Overlap, crossing: Crossing, lap_m: float) -> bool:
    """Return whether two roads overlap because they cross there."""
    return any(
        max(_along_m(overlap.s_m, one_m, lap_m), _along_m(overlap.other_s_m, other_m, lap_m))
        < 4.0 * _SAME_M
        for one_m, other_m in (crossing, reversed(crossing))
    )


def _along_m(one_m: float, other_m: float, lap_m: float) -> float:
    along_m = abs(one_m - other_m) % lap_m
    return min(along_m, lap_m - along_m)


def _remedy(frames: Frames, bands: Bands) -> str:
    """Return the bridges with which the lap does not cross itself, as they are written."""
    widest_m = float(max(bands.left_m[:, 2].max(), bands.right_m[:, 2].max()))
    rows = ", ".join(
        f"{{ from_m = {bridge.from_m:.0f}, to_m = {bridge.to_m:.0f} }}"
        for bridge in bridges_needed(frames, 2.0 * widest_m + _CLEAR_M)
    )
    return f"bridges = [{rows}]"


def _crossing_finding(frames: Frames, crossing: Crossing, remedy: str) -> Finding:
    s_m, other_m = crossing
    tiers = frames.tier_at(s_m), frames.tier_at(other_m)
    key = "centreline.bridges"
    if tiers == (GROUND, GROUND):
        key = "centreline"
        text = _(
            "the track crosses itself at {s:.0f} m and {other:.0f} m, x {x:.1f}, y {y:.1f}: let one"
            " of the two run above, with {remedy}"
        )
    elif tiers == (BRIDGE, BRIDGE):
        text = _(
            "the track crosses itself at {s:.0f} m and {other:.0f} m, x {x:.1f}, y {y:.1f}, on"
            " bridges: let one of the two run above, 100 m either way, and one below"
        )
    else:
        text = _(
            "the track crosses itself at {s:.0f} m and {other:.0f} m, x {x:.1f}, y {y:.1f}, on a"
            " bridge's ramp: let one of the two run above, 100 m either way, and one below"
        )
    ((x_m, y_m),) = frames.position([s_m]).tolist()
    message = text.format(s=s_m, other=other_m, x=x_m, y=y_m, remedy=remedy)
    return Finding("overlap", key, message, s_m, s_m, x_m, y_m)


def _nearness_finding(frames: Frames, overlap: _Overlap) -> Finding:
    one_m, other_m, apart_m = overlap
    if RAMP in (frames.tier_at(one_m), frames.tier_at(other_m)):
        key = "centreline.bridges"
        text = _(
            "a bridge's ramp touches another road at {place} and {other:.0f} m: {apart:.1f} m"
            " between the centrelines is too little: make it longer"
        )
    else:
        key = "centreline.turns"
        text = _(
            "the track runs over itself at {place} and {other:.0f} m: {apart:.1f} m between the"
            " centrelines is too little: move them apart or make the road narrower, or let one run"
            " above on `bridges`"
        )
    message = text.format(place=lap_place(frames, one_m), other=other_m, apart=apart_m)
    return finding_at(frames, "overlap", key, message, one_m)


def _overlaps(frames: Frames, bands: Bands) -> list[_Overlap]:
    """Return the places where tarmac overlaps tarmac, of each the one where it does so most."""
    worst: list[_Overlap] = []
    last: list[_Overlap] = []  # of the stretch of each, the latest
    for overlap in _nearest_overlaps(frames, bands):
        for number, before in enumerate(last):
            if _along_m(overlap.s_m, before.s_m, frames.length_m) < _SAME_M and (
                _along_m(overlap.other_s_m, before.other_s_m, frames.length_m) < _SAME_M
            ):
                last[number] = overlap
                if overlap.apart_m < worst[number].apart_m:
                    worst[number] = overlap
                break
        else:
            worst.append(overlap)
            last.append(overlap)
    return worst


def _nearest_overlaps(frames: Frames, bands: Bands) -> list[_Overlap]:
    """Return for each of some places on the lap the nearest later one that it overlaps, if any."""
    s_m, length_m = frames.s_m, frames.length_m
    step_m = max(_STEP_M, length_m / _MAX_PLACES)
    stride = max(1, int(step_m * len(s_m) / length_m))
    s, x_m, y_m = s_m[::stride], frames.x_m[::stride], frames.y_m[::stride]
    tier = frames.tier[::stride]
    half_m = np.maximum(bands.left_m[::stride, 0], bands.right_m[::stride, 0])
    found = []
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
        if not overlap.any():
            continue
        overlap &= s[rows, None] < s[None, :]
        for row in np.flatnonzero(overlap.any(axis=1)).tolist():
            other = int(np.argmin(np.where(overlap[row], square[row], np.inf)))
            apart_m = math.sqrt(square[row, other])
            found.append(_Overlap(float(s[begin + row]), float(s[other]), apart_m))
    return found
