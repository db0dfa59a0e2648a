"""Import a circuit: from a file of points to a `track.toml` among the player's circuits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np

from game.arrays import Array
from game.errors import InputError
from game.files import write_text
from game.progress import OnProgress
from game.track.centreline import Centreline
from game.track.check import check
from game.track.corners import Corner, find_corners
from game.track.crossings import bridges_needed, crossings_of
from game.track.importing.chain import curvature_at, places_at
from game.track.importing.cleaning import ClosedLine, cleaned
from game.track.importing.closed_elements import closed_elements
from game.track.importing.fitting import Fit, Requirements, fit_line
from game.track.importing.guides import with_guides
from game.track.importing.heights import HeightRows, height_rows
from game.track.importing.length_error import length_error_m
from game.track.importing.read_source import read_source
from game.track.importing.source_line import SourceLine, SourceStretch
from game.track.importing.widths import EdgeProfile, edge_profiles
from game.track.importing.writer import Contents, NamedRange, track_toml
from game.track.own_tracks import new_file_path, own_track_path
from game.track.sample_runs import SampleRun, sample_runs
from game.track.sampling import sample_frames
from game.track.track import Track, UnfitTrackError, build_track
from game.track.track_file import BridgeEntry, LandscapeKind, TrackFile
from game.translation import _, ngettext

DEFAULT_WIDTH_M: Final = 12.0  # of most circuits that cars race on: FIA Appendix O asks for it
DEFAULT_TOLERANCE_M: Final = 0.5

# The shares of an import's time after which its parts are done, unless it reads a million points.
_READ: Final = 0.04
_CLEANED: Final = 0.08
_FITTED: Final = 0.74
_LAID: Final = 0.8
_BUILT: Final = 0.9

_WIDTH_M: Final = (4.0, 50.0)
_TOLERANCE_M: Final = (0.05, 5.0)
_MAX_NAME: Final = 60
_TIGHTEST_M: Final = 7.0  # of radius, that a line is fitted with
_STRAIGHT_1PM: Final = 1.0 / 300.0  # a start line lies where it bends less
_GRID_M: Final = (-60.0, 20.0)  # around a start line, where the grid stands
_MAX_NAMED: Final = 0.3  # of the lap; a longer stretch has the circuit's name, not a corner's
_BRIDGE_CLEAR_M: Final = 4.0  # between two roads, where a ramp may begin
_WANDERS: Final = 1.3  # as long as the way from point to point; smooth corners make it shorter
_ASTRAY_M: Final = 10.0  # from the points, as a root mean square; no receiver is so wrong
_CLOSED_BY: Final = 0.01  # of its length, that a fitted line is changed by at most to close
_MAX_CROSSED: Final = 8  # times that a lap may cross itself: Suzuka does so once
_CHORDS: Final = 800  # by which crossings are looked for, and up to twice as many
_SURE: Final = 0.003  # of its length, that a lap may be wrong by without a word
_ON_STRAIGHT: Final = 0.7  # of the longest straight, where a start line is put


@dataclass(frozen=True)
class ImportOptions:
    """Holds the options of an import; what is None is taken from the file."""

    width_m: float = DEFAULT_WIDTH_M  # of the whole road, where the file does not say it
    reverse: bool = False
    start_m: float | None = None  # from the file's first point, in driving direction
    name: str | None = None  # of the circuit's folder
    title: str | None = None
    licence: str | None = None
    landscape: LandscapeKind | None = None  # without it, that of an imported circuit
    tolerance_m: float = DEFAULT_TOLERANCE_M
    out: Path | None = None  # the file to be written, instead of one among the player's circuits
    force: bool = False  # a circuit of that name may be written over


class Imported(NamedTuple):
    """Holds an imported circuit."""

    name: str
    title: str
    path: Path
    length_m: float
    length_error_m: float  # by which the lap may be longer or shorter, as its points are apart
    corners: int
    elements: int
    points: int
    rms_m: float  # of the points' distances from the centreline
    max_m: float
    start_m: float  # where the lap begins, from the file's first point
    notes: tuple[str, ...]  # what was left out, joined or assumed


def import_circuit(path: Path, options: ImportOptions, on_progress: OnProgress) -> Imported:
    """Return the circuit that a file describes, written among the player's circuits.

    on_progress: called with the share of the work that is done, 0..1.
    Raises InputError with one line if there is none in the file, or a circuit of that name.
    """
    _check_options(options)
    place = _place(path, options)
    source = read_source(path)
    if options.reverse:
        source = source.reversed()
    on_progress(_READ)
    line = cleaned(path, source)
    _refuse_tangled(path, line)
    on_progress(_CLEANED)
    points_m, weights = with_guides(line.points_m)
    tightest_m = max(_TIGHTEST_M, 0.5 * options.width_m + 1.0)
    requirements = Requirements(options.tolerance_m, 1.0 / tightest_m)
    fit = fit_line(
        points_m,
        weights,
        requirements,
        lambda share: on_progress(_CLEANED + share * (_FITTED - _CLEANED)),
    )
    on_progress(_FITTED)
    _refuse_wandering(path, line, fit)
    own = weights >= 1.0
    fit = Fit(fit.chain, fit.s_m[own], fit.offset_m[own])
    start_m, notes = _start_m(fit, options)
    contents = _contents(path, options, source, line, fit, start_m)
    _refuse_unclosed(path, contents, fit)
    text = track_toml(contents)
    on_progress(_LAID)
    file = msgspec.toml.decode(text, type=TrackFile)
    track = _built(place.absolute().parent.name, file, path)
    on_progress(_BUILT)
    faults = [f"{finding.key}: {finding.message}" for finding in check(track)]
    write_text(place, text)
    on_progress(1.0)
    return _imported(place, contents, fit, start_m, (*line.notes, *notes, *faults))


def _refuse_tangled(path: Path, line: ClosedLine) -> None:
    """Raise InputError if the way from point to point crosses itself as no circuit does."""
    points_m = line.points_m[:: max(len(line.points_m) // _CHORDS, 1)]
    steps_m = np.hypot(*np.diff(points_m, axis=0, append=points_m[:1]).T)
    at_m = np.cumsum(steps_m) - steps_m
    crossed = len(crossings_of(points_m, at_m, float(steps_m.sum())))
    if crossed > _MAX_CROSSED:
        raise InputError(
            _(
                "{path}: its line crosses itself {count} times: no circuit does so more than"
                " {max} times"
            ).format(path=path, count=crossed, max=_MAX_CROSSED)
        )


def _refuse_wandering(path: Path, line: ClosedLine, fit: Fit) -> None:
    """Raise InputError if a fitted line runs far from the points, or takes a much longer way."""
    steps_m = np.diff(line.points_m, axis=0, append=line.points_m[:1])
    is_long = fit.chain.starts_m[-1] > _WANDERS * np.hypot(*steps_m.T).sum()
    if is_long or fit.rms_m > _ASTRAY_M:
        raise InputError(
            _(
                "{path}: its {count} points are too few, or too far apart in corners, to tell how"
                " the line runs between them"
            ).format(path=path, count=len(line.points_m))
        )


def _refuse_unclosed(path: Path, contents: Contents, fit: Fit) -> None:
    """Raise InputError if elements close that have little to do with the fitted line."""
    lap_m = float(fit.chain.starts_m[-1])
    if abs(contents.chain.length_m - lap_m) > _CLOSED_BY * lap_m:
        raise _unclosed(path)


def _built(name: str, file: TrackFile, path: Path) -> Track:
    """Return the circuit that was made of the points. Raises InputError if it does not close."""
    try:
        return build_track(name, file, path)
    except UnfitTrackError as error:
        if error.findings[0].kind != "closure":
            raise
        raise _unclosed(path) from None


def _unclosed(path: Path) -> InputError:
    return InputError(
        _(
            "{path}: no line that closes runs near its points: they have to go all the way around"
            " a lap"
        ).format(path=path)
    )


def circuit_name(text: str) -> str:
    """Return a text as the name of a circuit's folder: `Circuit de Spa` is `circuit_de_spa`.

    Raises InputError if nothing is left of it.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_MAX_NAME].strip("_")
    if not name:
        raise InputError(
            _("{text}: has no letters for a circuit's name: give one with --name").format(text=text)
        )
    return name


def _place(path: Path, options: ImportOptions) -> Path:
    """Return where the circuit is written. Raises InputError where another one is."""
    if options.out is not None:
        return new_file_path(options.out, force=options.force)
    name = circuit_name(path.stem) if options.name is None else options.name
    return own_track_path(name, force=options.force)


def _check_options(options: ImportOptions) -> None:
    """Raise InputError for an option out of its range."""
    for key, value, (low, high) in (
        ("--width", options.width_m, _WIDTH_M),
        ("--tolerance", options.tolerance_m, _TOLERANCE_M),
        ("--start", 0.0 if options.start_m is None else options.start_m, (-1e5, 1e5)),
    ):
        if not low <= value <= high:
            raise InputError(f"{key} {value:g}: expected {low:g} to {high:g} m")


def _start_m(fit: Fit, options: ImportOptions) -> tuple[float, tuple[str, ...]]:
    """Return where along the chain the lap begins, and a note if it is not at the first point.

    Unless the options say where, it begins at the first point if that is on a straight, else on the
    longest straight.
    """
    first_m, lap_m = float(fit.s_m[0]), float(fit.chain.starts_m[-1])
    if options.start_m is not None:
        return (first_m + options.start_m) % lap_m, ()
    count = max(round(lap_m), 100)
    s_m: Array = first_m + np.arange(count, dtype=np.float64) * (lap_m / count)
    is_straight = np.abs(curvature_at(fit.chain, places_at(fit.chain, s_m))) < _STRAIGHT_1PM
    grid = np.arange(*_GRID_M).astype(int) % count
    if is_straight[grid].all() or not is_straight.any():
        return first_m % lap_m, ()
    straight = max(sample_runs(is_straight), key=_size)
    moved_m = (straight.begin + _ON_STRAIGHT * straight.size) * (lap_m / count) % lap_m
    note = _(
        "the first point lies in a corner, so the start line is on the longest straight,"
        " {moved:.0f} m on"
    ).format(moved=moved_m)
    return (first_m + moved_m) % lap_m, (note,)


def _size(run: SampleRun) -> int:
    return run.size


def _contents(
    path: Path,
    options: ImportOptions,
    source: SourceLine,
    line: ClosedLine,
    fit: Fit,
    start_m: float,
) -> Contents:
    """Return all that is written about the circuit."""
    lap_m = float(fit.chain.starts_m[-1])
    chain = closed_elements(fit.chain, start_m)
    title = options.title or source.title or path.stem.replace("_", " ").strip() or path.name
    licence = source.licence if options.licence is None else options.licence
    left_m, right_m = edge_profiles(fit, line, options.width_m, start_m)
    named = [
        (_range_m(stretch, line, fit, start_m), stretch.name)
        for stretch in source.stretches
        if stretch.name and stretch.name != title
    ]
    above = [
        BridgeEntry(*_range_m(stretch, line, fit, start_m))
        for stretch in source.stretches
        if stretch.runs_above
    ]
    centreline = Centreline(chain.start, chain.elements)
    found = find_corners(centreline)
    return Contents(
        title=title,
        credit=f"Centreline from {path.name}" + (f", {licence}" if licence else ""),
        file=path.name,
        format=source.format,
        licence=licence,
        points=len(line.points_m),
        rms_m=fit.rms_m,
        max_m=float(np.abs(fit.offset_m).max()),
        origin_deg=source.origin_deg,
        chain=chain,
        corner_count=len(found),
        corners=_named(found, named, lap_m),
        bridges=bridges_needed(sample_frames(centreline), _clear_m(left_m, right_m), above),
        left_m=left_m,
        right_m=right_m,
        landscape=options.landscape,
        heights_m=_heights_m(source, line, fit, start_m, chain.length_m),
    )


def _heights_m(
    source: SourceLine, line: ClosedLine, fit: Fit, start_m: float, lap_m: float
) -> HeightRows:
    """Return the heights along the lap that a file gives; none if it gives none."""
    if source.height_m is None:
        return []
    numbers = np.arange(len(source.height_m), dtype=np.float64)
    height_m: Array = np.interp(line.sources, numbers, source.height_m)
    return height_rows(np.mod(fit.s_m - start_m, lap_m), height_m, lap_m)


def _clear_m(left_m: EdgeProfile, right_m: EdgeProfile) -> float:
    """Return how far apart two parts of the road are that do not touch, ramps and all."""
    widest_m = max(
        edge_m if isinstance(edge_m, float) else max(width_m for _, width_m in edge_m)
        for edge_m in (left_m, right_m)
    )
    return 2.0 * widest_m + _BRIDGE_CLEAR_M


def _range_m(
    stretch: SourceStretch, line: ClosedLine, fit: Fit, start_m: float
) -> tuple[float, float]:
    """Return where along the lap a stretch of the file's points begins and ends."""
    last = len(line.sources) - 1
    first, end = (
        min(int(np.searchsorted(line.sources, number)), last)
        for number in (stretch.first, stretch.last)
    )
    lap_m = float(fit.chain.starts_m[-1])
    return float(fit.s_m[first] - start_m) % lap_m, float(fit.s_m[end] - start_m) % lap_m


def _named(
    corners: tuple[Corner, ...], named: list[tuple[tuple[float, float], str]], lap_m: float
) -> list[NamedRange]:
    """Return the corners with the names of the stretches they lie on; none if none has one."""
    rows = []
    for corner in corners:
        names = [
            (length_m, name)
            for (from_m, to_m), name in named
            if (corner.apex_m - from_m) % lap_m <= (length_m := (to_m - from_m) % lap_m)
            and length_m <= _MAX_NAMED * lap_m
        ]
        name = min(names)[1] if names else ""
        rows.append(NamedRange(corner.number, corner.turn_in_m, corner.exit_m, name))
    return rows if any(row.name for row in rows) else []


def _imported(
    path: Path, contents: Contents, fit: Fit, start_m: float, notes: tuple[str, ...]
) -> Imported:
    if contents.bridges:
        note = ngettext(
            "the line crosses itself {count} time: see `bridges`",
            "the line crosses itself {count} times: see `bridges`",
            len(contents.bridges),
        )
        notes = (*notes, note.format(count=len(contents.bridges)))
    lap_m, error_m = contents.chain.length_m, length_error_m(fit)
    if error_m > _SURE * lap_m:
        note = _(
            "its points are far apart for its corners, and how these run between two of them is a"
            " guess: the lap may be {error} m ({share} %) longer or shorter"
        )
        share = f"{100.0 * error_m / lap_m:.1f}"
        notes = (*notes, note.format(error=f"{error_m:.0f}", share=share))
    return Imported(
        name=path.absolute().parent.name,
        title=contents.title,
        path=path,
        length_m=lap_m,
        length_error_m=error_m,
        corners=contents.corner_count,
        elements=len(contents.chain.rows),
        points=contents.points,
        rms_m=contents.rms_m,
        max_m=contents.max_m,
        start_m=float(start_m - fit.s_m[0]) % lap_m,
        notes=notes,
    )
