"""Make one closed row of a file's points, in order, each once and none of them stray."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices, Mask
from game.errors import InputError
from game.track.importing.laps import find_laps, middle_lap
from game.track.importing.source_line import SourceLine
from game.track.importing.standstills import place_begins
from game.translation import _, ngettext

_MAX_POINTS: Final = 500_000  # of a trace of many laps
_MAX_LAP_POINTS: Final = 5_000
_FINEST_M: Final = 1.0  # from point to point; nearer ones are averaged
_EQUAL_M: Final = 1e-6  # between two that are one, though it be a trace of a thousand hertz
_SAME_M: Final = 0.05  # the same, of points that are as far apart as a map's
_FARTHEST_M: Final = 1e8  # from the origin; those of maps are within 2e7
_MAX_SPAN_M: Final = 1e6
_MAX_STEP_M: Final = 2000.0  # the longest straights there are
_MAX_GAP_M: Final = 700.0  # from the last point to the first
_MAX_GAP_SHARE: Final = 0.45  # of the lap
_MAX_BACK_M: Final = 60.0  # by which the last point lies beyond the first
_LENGTH_M: Final = (100.0, 40_000.0)
_CLOSING_M: Final = 60.0  # a gap to the first point that goes without a note, ...
_CLOSING_STEPS: Final = 5.0  # ... or so many steps from point to point
_THIN_M: Final = 5.0  # a circuit is wider than that
_RESTLESS_RAD: Final = 1.2  # median turn from point to point, of points in no order
_SPIKE: Final = 5.0  # times the steps around, to a stray point and back
_SPIKE_M: Final = 15.0
_SPIKE_POINTS: Final = 3


class ClosedLine(NamedTuple):
    """Holds a closed row of points, the last joining the first, and what the file says of them."""

    points_m: Array  # shape (n, 2)
    right_m: Array | None
    left_m: Array | None
    sources: Array  # of each point, its number in the file, or the mean of several
    notes: tuple[str, ...]


def cleaned(path: Path, line: SourceLine) -> ClosedLine:
    """Return the points as one closed row. Raises InputError with one line if that cannot be."""
    notes = list(line.notes)
    closed = ClosedLine(
        line.points_m, line.right_m, line.left_m, np.arange(len(line.points_m), dtype=float), ()
    )
    _check_extent(path, closed.points_m)
    closed = _thinned(_without_duplicates(closed, _EQUAL_M, notes), _MAX_POINTS)
    closed = _without_duplicates(closed, _SAME_M, notes)
    closed = _averaged(closed, np.flatnonzero(place_begins(closed.points_m)))
    closed = _without_spikes(closed, notes)
    _check_steps(path, closed)
    closed = _thinned(_one_lap(closed, notes), _MAX_LAP_POINTS)
    closed = _without_overlap(closed)
    _check_closing(path, closed, notes)
    return closed._replace(notes=tuple(notes))


def _picked(line: ClosedLine, index: Indices | Mask) -> ClosedLine:
    return ClosedLine(
        line.points_m[index],
        None if line.right_m is None else line.right_m[index],
        None if line.left_m is None else line.left_m[index],
        line.sources[index],
        line.notes,
    )


def _check_extent(path: Path, points_m: Array) -> None:
    """Raise InputError for points that cannot be those of a circuit."""
    if len(points_m) < 3:
        raise InputError(
            _("{path}: has {count} points, which do not make a circuit").format(
                path=path, count=len(points_m)
            )
        )
    if not np.isfinite(points_m).all():
        raise InputError(_("{path}: has coordinates that are not finite").format(path=path))
    if np.abs(points_m).max() > _FARTHEST_M or np.ptp(points_m, axis=0).max() > _MAX_SPAN_M:
        raise InputError(
            _("{path}: its points are more than 1000 km apart: is it in metres?").format(path=path)
        )
    if np.ptp(points_m, axis=0).max() < _SAME_M:
        raise InputError(
            _("{path}: its {count} points are all in one place").format(
                path=path, count=len(points_m)
            )
        )
    if np.linalg.svd(_sample(points_m) - points_m.mean(axis=0), compute_uv=False)[-1] < _THIN_M:
        raise InputError(
            _("{path}: its points lie on one straight line, which is not a circuit").format(
                path=path
            )
        )


def _sample(points_m: Array) -> Array:
    return points_m[:: max(1, len(points_m) // _MAX_LAP_POINTS)]


def _thinned(line: ClosedLine, max_points: int) -> ClosedLine:
    """Return the line with points that follow one another too closely averaged.

    max_points: as many are left at most, unless some are far apart.
    """
    steps_m = np.hypot(*np.diff(line.points_m, axis=0).T)
    along_m = np.concatenate([[0.0], np.cumsum(steps_m)])
    cell_m = max(_FINEST_M, along_m[-1] / max_points)
    if len(steps_m) < 100 or float(np.median(steps_m)) >= cell_m:
        return line
    return _averaged(line, np.flatnonzero(np.diff(np.floor(along_m / cell_m), prepend=-1.0)))


def _averaged(line: ClosedLine, firsts: Indices) -> ClosedLine:
    """Return the line with the mean of each group of points; `firsts` are where groups begin."""
    counts = np.diff(np.append(firsts, len(line.points_m)))

    def mean(values: Array) -> Array:
        return np.asarray(np.add.reduceat(values, firsts, axis=0).T / counts).T

    return ClosedLine(
        mean(line.points_m),
        None if line.right_m is None else mean(line.right_m),
        None if line.left_m is None else mean(line.left_m),
        mean(line.sources),
        line.notes,
    )


def _without_duplicates(line: ClosedLine, min_m: float, notes: list[str]) -> ClosedLine:
    """Return the line without points that are not farther than min_m from the one before."""
    steps_m = np.hypot(*np.diff(line.points_m, axis=0).T)
    kept = np.concatenate([[True], steps_m > min_m])
    if kept.all():
        return line
    left = int((~kept).sum())
    text = ngettext(
        "{count} duplicate point was left out", "{count} duplicate points were left out", left
    )
    notes.append(text.format(count=left))
    return _picked(line, kept)


def _without_spikes(line: ClosedLine, notes: list[str]) -> ClosedLine:
    """Return the line without points to which it jumps and from which it jumps back."""
    count = len(line.points_m)
    stray = np.zeros(count, bool)
    for run in range(1, _SPIKE_POINTS + 1):
        index = np.flatnonzero(~stray)
        points_m = line.points_m[index]
        steps_m = np.hypot(*np.diff(points_m, axis=0).T)
        if len(steps_m) < 2 * run + 6:
            break
        around = np.lib.stride_tricks.sliding_window_view(np.pad(steps_m, 4, mode="reflect"), 9)
        usual_m = np.median(around, axis=1)
        at = np.arange(1, len(points_m) - run)  # the first of a run of stray points
        far_m = np.maximum(_SPIKE * usual_m[at - 1], _SPIKE_M)
        back_m = np.hypot(*(points_m[at + run] - points_m[at - 1]).T)
        is_stray = (steps_m[at - 1] > far_m) & (steps_m[at + run - 1] > far_m)
        is_stray &= back_m < 0.5 * np.minimum(steps_m[at - 1], steps_m[at + run - 1])
        is_stray &= back_m < (run + 3) * usual_m[at - 1]
        for first in at[is_stray].tolist():
            stray[index[first : first + run]] = True
    if stray.any():
        left = int(stray.sum())
        text = ngettext(
            "{count} stray point was left out", "{count} stray points were left out", left
        )
        notes.append(text.format(count=left))
    return _picked(line, ~stray)


def _check_steps(path: Path, line: ClosedLine) -> None:
    steps_m = np.hypot(*np.diff(line.points_m, axis=0).T)
    if len(steps_m) < 2:
        raise InputError(
            _("{path}: has too few points in different places to make a circuit").format(path=path)
        )
    longest = int(np.argmax(steps_m))
    if steps_m[longest] > _MAX_STEP_M:
        raise InputError(
            _(
                "{path}: from point {number} to the next there are {length} km: no straight is"
                " so long"
            ).format(
                path=path,
                number=f"{line.sources[longest] + 1:.0f}",
                length=f"{steps_m[longest] / 1000.0:.1f}",
            )
        )
    turn = np.diff(np.unwrap(np.arctan2(*np.diff(line.points_m, axis=0).T[::-1])))
    if len(turn) > 10 and float(np.median(np.abs(turn))) > _RESTLESS_RAD:
        raise InputError(
            _("{path}: its points follow one another in no order along a lap").format(path=path)
        )


def _one_lap(line: ClosedLine, notes: list[str]) -> ClosedLine:
    laps = find_laps(line.points_m)
    if not laps:
        return line
    if len(laps) == 1 or line.right_m is not None:
        lap = laps[0]
        notes.append(_("more than a lap was given: its first whole lap was taken"))
        return _picked(line, np.arange(lap.begin, lap.end))
    points_m, used = middle_lap(line.points_m, laps)
    notes.append(_("the line runs in the middle of {count} laps").format(count=used))
    sources = np.linspace(laps[0].begin, laps[0].end, len(points_m))
    return ClosedLine(points_m, None, None, sources, line.notes)


def _without_overlap(line: ClosedLine) -> ClosedLine:
    """Return the line without the last points if they are the first ones, or lie beyond them."""
    points_m = line.points_m
    last = len(points_m)
    while last > 3:
        back = points_m[0] - points_m[last - 1]
        gap_m = float(np.hypot(*back))
        is_behind = back @ (points_m[1] - points_m[0]) > 0.0
        if gap_m > _SAME_M and (is_behind or gap_m > _MAX_BACK_M):
            break
        last -= 1
    return _picked(line, np.arange(last))


def _check_closing(path: Path, line: ClosedLine, notes: list[str]) -> None:
    """Raise InputError if the line does not come round, or not at a length to be driven."""
    points_m = line.points_m
    gap_m = float(np.hypot(*(points_m[0] - points_m[-1])))
    driven_m = float(np.hypot(*np.diff(points_m, axis=0).T).sum())
    if gap_m > _MAX_GAP_M or gap_m > _MAX_GAP_SHARE * (gap_m + driven_m):
        raise InputError(
            _("{path}: is not a loop: its ends are {gap} m apart; add the missing part").format(
                path=path, gap=f"{gap_m:.0f}"
            )
        )
    if not _LENGTH_M[0] <= gap_m + driven_m <= _LENGTH_M[1]:
        text = _("{path}: a lap of {length} m is too long: circuits have {min} m to {max} km")
        if driven_m < 1000.0:
            text = _("{path}: a lap of {length} m is too short: circuits have {min} m to {max} km")
        raise InputError(
            text.format(
                path=path,
                length=f"{gap_m + driven_m:.0f}",
                min=f"{_LENGTH_M[0]:.0f}",
                max=f"{_LENGTH_M[1] / 1000.0:.0f}",
            )
        )
    steps_m = np.hypot(*np.diff(points_m, axis=0).T)
    if gap_m > max(_CLOSING_M, _CLOSING_STEPS * float(np.median(steps_m))):
        notes.append(
            _(
                "the last {gap:.0f} m back to the first point are not in the file: a smooth line"
                " joins the ends"
            ).format(gap=gap_m)
        )
