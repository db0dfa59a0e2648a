"""Draw laps over their distance and on the map, as SVG to stand inside a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from game.analysis.findings import CAUSE_NAMES, LapComparison
from game.analysis.lap_profile import LapColumns, LapProfile
from game.analysis.losses import behind_s
from game.arrays import Array
from game.pages.chart_style import INK, STYLE, svg_text
from game.track.track import Track

COLOURS: Final = ("#0b63a8", "#c2570c", "#2e7d5b", "#6a4c9c", "#7a6a2f")  # of the laps, in order
_CAUSE_COLOURS: Final = ("#8894a3", "#6a4c9c", "#b3261e", "#c2570c", "#0b63a8")
_WIDE_IN: Final = 14.0
_BAND: Final = "#f1f4f7"
_FULL_SPM: Final = 1.5e-3  # seconds per metre, lost or gained, of the deepest colour
_AVERAGED_M: Final = 40.0  # along the map: shorter gains and losses are ways to place the car


class NamedLap(NamedTuple):
    """Holds a lap with what it is called on the page."""

    name: str
    profile: LapProfile


class _CurveRow(NamedTuple):
    """Describes a row of curves."""

    label: str
    curves: Sequence[tuple[Callable[[LapColumns], Array], str]]  # with how each is dashed
    height: float = 1.0


_STRIPS: Final = (
    _CurveRow("km/h", [(lambda lap: 3.6 * lap.speed_mps, "-")], 2.4),
    _CurveRow("throttle, %", [(lambda lap: 100.0 * lap.throttle, "-")], 0.8),
    _CurveRow("brake, %", [(lambda lap: 100.0 * lap.brake, "-")], 0.8),
    _CurveRow("steering, °", [(lambda lap: np.degrees(lap.steering_rad), "-")], 1.1),
    _CurveRow("power, kW", [(lambda lap: lap.power_w / 1e3, "-")], 1.1),
    _CurveRow("front, %", [(lambda lap: 100.0 * lap.front_share, "-")], 0.7),
    _CurveRow(
        "slip, %",
        [(lambda lap: 100.0 * lap.front_slip, "-"), (lambda lap: 100.0 * lap.rear_slip, ":")],
        1.3,
    ),
)


def distance_chart(track: Track, laps: Sequence[NamedLap], reference: LapProfile) -> str:
    """Draw the laps over their distance: how far each is behind, and what the drivers did."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    several = len(laps) > 1
    heights = [*([1.5] if several else []), *(strip.height for strip in _STRIPS)]
    with mpl.rc_context(STYLE | {"axes.labelsize": 8.5, "ytick.labelsize": 8.5}):
        size = (_WIDE_IN, 1.05 * sum(heights) + 0.6)
        figure = Figure(figsize=size, layout="constrained")
        rows = figure.subplots(len(heights), 1, sharex=True, height_ratios=heights)
        for axes in rows:
            _shade_corners(axes, track)
        if several:
            _draw_behind(rows[0], laps, reference)
        for axes, strip in zip(rows[several:], _STRIPS, strict=True):
            _draw_strip(axes, strip, laps)
        _name_corners(rows[0], track)
        rows[0].legend(loc="upper left", ncols=len(laps), fontsize=9)
        rows[-1].set_xlabel("distance along the lap, m")
        rows[-1].set_xlim(0.0, track.length_m)
        return svg_text(figure, "distance")


def gain_map(track: Track, comparison: LapComparison, salt: str) -> str:
    """Draw the circuit coloured by where a lap gains and loses, on the way that it took."""
    import matplotlib as mpl
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure

    profile = comparison.profile
    places_m = profile.marks.places_m
    points = driven_points(track, profile)
    slope = losing_spm(comparison)
    with mpl.rc_context(STYLE | {"axes.grid": False}):
        figure = Figure(figsize=(7.2, 5.6), layout="constrained")
        axes = figure.subplots()
        road = track.centreline.position(places_m)
        axes.plot(*road.T, color="#dfe4ea", lw=11, solid_capstyle="round")
        pieces = np.stack([points[:-1], points[1:]], axis=1)
        lines = LineCollection(list(pieces), cmap=_map_colours(), lw=4.5, capstyle="round")
        lines.set_array(slope)
        lines.set_clim(-_FULL_SPM, _FULL_SPM)
        axes.add_collection(lines)
        _place_corners(axes, track)
        axes.set_aspect("equal")
        axes.axis("off")
        bar = figure.colorbar(lines, ax=axes, orientation="horizontal", shrink=0.5, pad=0.02)
        bar.set_ticks([-_FULL_SPM, 0.0, _FULL_SPM], labels=["gains", "as fast", "loses"])
        bar.outline.set_visible(False)
        return svg_text(figure, f"map {salt}")


def causes_chart(comparison: LapComparison, salt: str) -> str:
    """Draw what a lap loses in each corner, by its causes; gains hang below."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    numbers = np.arange(len(comparison.losses))
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(7.2, 5.0), layout="constrained")
        axes = figure.subplots()
        above, below = np.zeros(len(numbers)), np.zeros(len(numbers))
        for place, (name, colour) in enumerate(zip(CAUSE_NAMES, _CAUSE_COLOURS, strict=True)):
            lost_s = np.array([loss.causes[place] for loss in comparison.losses])
            base = np.where(lost_s > 0.0, above, below)
            axes.bar(numbers, lost_s, 0.7, base, color=colour, label=name)
            above, below = above + np.maximum(lost_s, 0.0), below + np.minimum(lost_s, 0.0)
        in_all_s = [loss.time_s for loss in comparison.losses]
        axes.plot(numbers, in_all_s, "D", ms=5, color=INK, mfc="#fff", label="in all")
        axes.axhline(0.0, color=INK, lw=0.8)
        axes.set_xticks(numbers, [f"T{loss.number}" for loss in comparison.losses])
        axes.set_ylabel("s lost")
        axes.legend(ncols=3, fontsize=9)
        return svg_text(figure, f"causes {salt}")


def energy_chart(rows: Sequence[tuple[str, Sequence[float]]], numbers: Sequence[int]) -> str:
    """Draw the energy of each corner's stretch, a bar a lap; rows: names and joules."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    places = np.arange(len(numbers))
    wide = 0.8 / len(rows)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(_WIDE_IN, 3.2), layout="constrained")
        axes = figure.subplots()
        for at, ((name, net_j), colour) in enumerate(zip(rows, COLOURS, strict=False)):
            left = places + (at - 0.5 * (len(rows) - 1)) * wide
            axes.bar(left, np.array(net_j) / 3600.0, wide, color=colour, label=name)
        axes.axhline(0.0, color=INK, lw=0.8)
        axes.set_xticks(places, [f"T{number}" for number in numbers])
        axes.set_ylabel("Wh, drawn less regained")
        axes.legend(fontsize=9)
        return svg_text(figure, "energy")


def driven_points(track: Track, profile: LapProfile) -> Array:
    """Return the places that a lap passed, at its marks, shape (marks, 2)."""
    places_m = profile.marks.places_m
    headings_rad = track.centreline.heading_rad(places_m)
    left = np.column_stack([-np.sin(headings_rad), np.cos(headings_rad)])
    points: Array = track.centreline.position(places_m) + profile.columns.offset_m[:, None] * left
    return points


def _draw_behind(axes: Any, laps: Sequence[NamedLap], reference: LapProfile) -> None:
    for lap, colour in zip(laps, COLOURS, strict=False):
        late_s = behind_s(lap.profile, reference)
        axes.plot(reference.marks.places_m, late_s, color=colour, lw=1.6, label=lap.name)
    axes.set_ylabel("s behind")


def _draw_strip(axes: Any, strip: _CurveRow, laps: Sequence[NamedLap]) -> None:
    for lap, colour in zip(laps, COLOURS, strict=False):
        for curve, dash in strip.curves:
            values = curve(lap.profile.columns)
            label = lap.name if dash == "-" else None
            axes.plot(lap.profile.marks.places_m, values, dash, color=colour, lw=1.2, label=label)
    axes.set_ylabel(strip.label)
    if strip.label.startswith("slip"):
        axes.set_ylim(0.0, 200.0)


def _shade_corners(axes: Any, track: Track) -> None:
    for corner in track.corners:
        axes.axvspan(corner.turn_in_m, corner.exit_m, color=_BAND, lw=0, zorder=0)


def _name_corners(axes: Any, track: Track) -> None:
    for corner in track.corners:
        middle_m = 0.5 * (corner.turn_in_m + corner.exit_m)
        axes.annotate(
            f"T{corner.number}",
            (middle_m, 1.01),
            xycoords=("data", "axes fraction"),
            ha="center",
            fontsize=9,
        )


def _place_corners(axes: Any, track: Track) -> None:
    around = track.centreline.position(np.linspace(0.0, track.length_m, 200))
    aside_m = 0.035 * float(np.ptp(around, axis=0).max())
    for corner in track.corners:
        (place,) = track.centreline.position(np.array([corner.apex_m]))
        (heading_rad,) = track.centreline.heading_rad(np.array([corner.apex_m]))
        outward = -1.0 if corner.inside == "left" else 1.0
        aside = outward * np.array([-np.sin(heading_rad), np.cos(heading_rad)])
        x, y = place + aside_m * aside
        axes.text(x, y, f"T{corner.number}", ha="center", va="center", fontsize=9)


def losing_spm(comparison: LapComparison) -> Array:
    """Return how fast a lap loses between marks, smoothed, in seconds per metre; negative gains."""
    marks = comparison.profile.marks
    slope = np.diff(behind_s(comparison.profile, comparison.reference)) / marks.spacing_m
    count = min(max(1, round(_AVERAGED_M / marks.spacing_m)), len(slope))
    weight = np.convolve(np.ones(len(slope)), np.ones(count), mode="same")
    smooth: Array = np.convolve(slope, np.ones(count), mode="same") / weight
    return smooth


def _map_colours() -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("gains", ["#0b63a8", "#b9c2cc", "#c2570c"])
