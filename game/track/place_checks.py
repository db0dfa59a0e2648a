"""Find what stands in a wrong place on or beside the road: gates, sectors, grid, pit lane."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

import numpy as np

from game.track.findings import Finding, finding_at, lap_place, stretches, written_place
from game.track.levels import GROUND
from game.track.track import Track
from game.translation import _

_OFF_LINE_M: Final = 0.1  # of a gate's middle
_JOIN_M: Final = 100.0  # from an end of the pit lane, where it lies on the road
_NEAR_M: Final = 0.5  # samples are apart, and other parts bend


def gate_findings(track: Track) -> list[Finding]:
    """Return findings about gates that are out of order, beside the line, or too narrow."""
    findings = []
    for before, gate in pairwise(track.gates):
        if gate.s_m <= before.s_m:
            text = _("the gate at {place} comes after the one at {before:.0f} m")
            message = text.format(place=lap_place(track.centreline, gate.s_m), before=before.s_m)
            findings.append(finding_at(track.centreline, "gates", "sectors", message, gate.s_m))
    places_m = track.centreline.position([gate.s_m for gate in track.gates]).tolist()
    for gate, (x_m, y_m) in zip(track.gates, places_m, strict=True):
        place = written_place(gate.s_m, x_m, y_m)
        away_m = math.hypot(gate.x_m - x_m, gate.y_m - y_m)
        if away_m > _OFF_LINE_M:
            text = _("the gate at {place} stands {away:.1f} m beside the line")
            message = text.format(place=place, away=away_m)
            findings.append(finding_at(track.centreline, "gates", "sectors", message, gate.s_m))
        at = track.frames.index_at(gate.s_m)
        edge_m = max(track.bands.left_m[at, 2], track.bands.right_m[at, 2])
        if gate.half_width_m < edge_m:
            message = _(
                "the gate at {place} can reach only {reach:.0f} m without touching another part of"
                " the track: move the two parts apart"
            ).format(place=place, reach=gate.half_width_m)
            findings.append(finding_at(track.centreline, "gates", "walls", message, gate.s_m))
    return findings


def sector_findings(track: Track) -> list[Finding]:
    """Return findings about sectors that are out of order or have no gate at their beginning."""
    findings = []
    lines_m = {gate.s_m for gate in track.gates if gate.sector} | {0.0}
    for number, (begin_m, end_m) in enumerate(
        pairwise([*track.sectors_m, track.length_m]), start=1
    ):
        if end_m <= begin_m:
            text = _("sector {number} begins at {place} and ends at {end:.0f} m before it")
        elif begin_m not in lines_m:
            text = _("sector {number} begins at {place}, where no gate stands")
        else:
            continue
        place = lap_place(track.centreline, begin_m)
        message = text.format(number=number, place=place, end=end_m)
        findings.append(finding_at(track.centreline, "sectors", "sectors", message, begin_m))
    return findings


def grid_findings(track: Track) -> list[Finding]:
    """Return findings about boxes of the grid that are not on the tarmac."""
    findings = []
    for number, box in enumerate(track.grid, start=1):
        s_m, offset_m = track.centreline.project(box.x_m, box.y_m, box.s_m)
        edges = track.band_edges("left" if offset_m >= 0.0 else "right")
        if abs(offset_m) > edges[track.frames.index_at(s_m), 0]:
            message = _(
                "box {number} lies beyond the tarmac, at {place}: make grid.offset_m smaller"
            ).format(number=number, place=written_place(s_m, box.x_m, box.y_m))
            findings.append(Finding("grid", "grid", message, s_m, s_m, box.x_m, box.y_m))
    return findings


def pit_lane_findings(track: Track) -> list[Finding]:
    """Find where the pit lane lies on the road, other than at its ends."""
    lane = track.pit_lane
    if lane is None or len(lane.s_m) == 0:
        return []
    into_m = np.mod(lane.s_m - lane.s_m[0], track.length_m)
    between = (into_m > _JOIN_M) & (into_m < into_m[-1] - _JOIN_M)
    x_m, y_m = lane.points_m.T
    nearest = track.frames.nearest(x_m, y_m, tier=GROUND)
    _ahead_m, left_m = track.frames.from_samples(nearest, x_m, y_m)
    edge_m = np.where(
        left_m >= 0.0, track.bands.left_m[nearest, 0], track.bands.right_m[nearest, 0]
    )
    on_road = between & (np.abs(left_m) < edge_m - _NEAR_M)
    on_road &= track.frames.are_beside(nearest, x_m, y_m)
    findings = []
    for stretch in stretches(np.append(on_road, False), track.tables.step_m):
        first, last = stretch
        message = _(
            "the pit lane at {place} lies on the track at {other:.0f} m: move it away"
        ).format(
            place=written_place(lane.s_m[first], x_m[first], y_m[first]),
            other=track.frames.s_m[nearest[first]],
        )
        ends_m = (float(lane.s_m[first]), float(lane.s_m[last]))
        place = (float(x_m[first]), float(y_m[first]))
        findings.append(Finding("pit lane", "pit_lane.path_m", message, *ends_m, *place))
    return findings
