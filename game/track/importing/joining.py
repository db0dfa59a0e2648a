"""Make one line of the many ways of a map, which share their ends or nearly do."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.errors import InputError
from game.track.importing.projection import on_plane
from game.track.importing.source_line import SourceLine, SourceStretch
from game.translation import _, ngettext

_GRID_M: Final = 0.2  # ends as near as that are one
_MAX_TURN_RAD: Final = 2.0  # where one way goes on as another
_MAX_GAP_M: Final = 700.0  # between ways that are joined though they do not meet
_MIN_LOOP_M: Final = 100.0
_MAX_PIECES: Final = 3000
_METRES: Final = 400.0  # beyond it a coordinate is no longitude

Node = tuple[int, int]


class Way(NamedTuple):
    """Holds a way of a map: its coordinates as they are in the file, shape (n, 2), and its tags."""

    places: Array  # x and y, or longitude and latitude
    tags: dict[str, str]
    height_m: Array | None = None  # of its points, shape (n,)


class _WayPiece(NamedTuple):
    """Describes a part of a way between two places where it meets others."""

    points_m: Array
    tags: dict[str, str]
    is_turned: bool = False  # against the direction in which it was drawn

    @property
    def ends(self) -> tuple[Node, Node]:
        """Return the places where it begins and ends."""
        return _node(self.points_m[0]), _node(self.points_m[-1])

    @property
    def length_m(self) -> float:
        """Return its length."""
        return float(np.hypot(*np.diff(self.points_m, axis=0).T).sum())

    def reversed(self) -> _WayPiece:
        """Return the piece the other way round."""
        return _WayPiece(self.points_m[::-1], self.tags, not self.is_turned)


def joined_ways(
    path: Path,
    ways: list[Way],
    kind: str,
    *,
    title: str = "",
    licence: str = "",
    is_driven: bool = False,
) -> SourceLine:
    """Return the one line that ways make: the longest loop, or else all joined end to end.

    Raises InputError with one line if there is none.
    """
    ways = [_one_way(way) for way in ways if len(way.places) >= 2]
    if not ways:
        raise InputError(_("{path}: has no line of two points or more").format(path=path))
    drivable = [way for way in ways if not _is_pit_lane(way)] or ways
    metres, origin_deg = _in_metres(path, drivable)
    pieces = _split(metres)
    if len(pieces) > _MAX_PIECES:
        text = _("{path}: has {count:,} ways: leave those of one circuit")
        raise InputError(text.format(path=path, count=len(pieces)))
    loops = _loops(pieces)
    chosen = max(loops, key=_preference) if loops else _chain(pieces)
    points_m, stretches, width_m = _laid(chosen, is_loop=bool(loops))
    notes = []
    if len(pieces) > len(chosen):
        left = len(pieces) - len(chosen)
        text = ngettext(
            "{count} of {total} pieces of road belongs to no part of the loop",
            "{count} of {total} pieces of road belong to no part of the loop",
            left,
        )
        notes.append(text.format(count=left, total=len(pieces)))
    return SourceLine(
        kind,
        points_m,
        right_m=None if width_m is None else 0.5 * width_m,
        left_m=None if width_m is None else 0.5 * width_m,
        is_loop=bool(loops),
        is_driven=is_driven,
        title=title or _common_name(drivable),
        licence=licence,
        origin_deg=origin_deg,
        stretches=stretches,
        notes=tuple(notes),
        height_m=_heights_at(points_m, metres),
    )


def _one_way(way: Way) -> Way:
    """Return a way in its direction of driving."""
    if way.tags.get("oneway") != "-1":
        return way
    return Way(way.places[::-1], way.tags, None if way.height_m is None else way.height_m[::-1])


def _is_pit_lane(way: Way) -> bool:
    words = " ".join(way.tags.get(key, "") for key in ("name", "service", "raceway", "note"))
    return re.search(r"\bpits?\b|pit[ _-]?(lane|road)|boxes|boxengasse", words.lower()) is not None


def _in_metres(path: Path, ways: list[Way]) -> tuple[list[Way], tuple[float, float] | None]:
    whole = np.vstack([way.places for way in ways])
    if not np.isfinite(whole).all():
        raise InputError(_("{path}: has coordinates that are not finite").format(path=path))
    if np.abs(whole).max() > _METRES:
        return ways, None
    try:
        plane = on_plane(whole[:, 1], whole[:, 0])
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    cuts = np.cumsum([len(way.places) for way in ways])[:-1]
    parts = np.split(plane.points_m, cuts)
    in_metres = [way._replace(places=part) for part, way in zip(parts, ways, strict=True)]
    return in_metres, plane.origin_deg


def _heights_at(points_m: Array, ways: list[Way]) -> Array | None:
    """Return the heights of points of these ways; None where a point has none."""
    found: dict[tuple[float, float], float] = {}
    for way in ways:
        if way.height_m is not None:
            places = map(tuple, way.places.tolist())
            found.update(zip(places, way.height_m.tolist(), strict=True))
    heights_m = [found.get((x_m, y_m)) for x_m, y_m in points_m.tolist()]
    return None if None in heights_m else np.array(heights_m, float)


def heights_of(numbers: list[float | None]) -> Array | None:
    """Return the heights of a way's points as an array; None unless all of them have one."""
    if any(each is None or not math.isfinite(each) for each in numbers):
        return None
    return np.array(numbers, float)


def _node(point_m: Array) -> Node:
    return round(float(point_m[0]) / _GRID_M), round(float(point_m[1]) / _GRID_M)


def _split(ways: list[Way]) -> list[_WayPiece]:
    """Return the ways, cut where they meet others."""
    met = Counter(node for way in ways for node in {_node(point) for point in way.places})
    ends = {_node(way.places[at]) for way in ways for at in (0, -1)}
    pieces = []
    for way in ways:
        last = len(way.places) - 1
        cuts = [
            at
            for at, point in enumerate(way.places)
            if at in (0, last) or (met[_node(point)] > 1 and _node(point) in ends)
        ]
        pieces += [
            _WayPiece(way.places[begin : end + 1], way.tags) for begin, end in pairwise(cuts)
        ]
    return pieces


def _loops(pieces: list[_WayPiece]) -> list[list[_WayPiece]]:
    """Return the loops that come of driving on as straight as possible from each piece."""
    leaving: dict[Node, list[tuple[int, _WayPiece]]] = {}
    for number, piece in enumerate(pieces):
        leaving.setdefault(piece.ends[0], []).append((number, piece))
        if piece.tags.get("oneway") not in ("yes", "-1", "true", "1"):
            other = piece.reversed()
            leaving.setdefault(other.ends[0], []).append((number, other))
    loops = []
    for number, piece in [each for row in leaving.values() for each in row]:
        lap, used, here = [piece], {number}, piece
        while here.ends[1] != piece.ends[0]:
            ways_on = [each for each in leaving.get(here.ends[1], []) if each[0] not in used]
            if not ways_on:
                break
            at, here_next = min(ways_on, key=lambda each: _turn_rad(lap[-1], each[1]))
            if _turn_rad(here, here_next) > _MAX_TURN_RAD:
                break
            used.add(at)
            lap.append(here_next)
            here = here_next
        else:
            if _length_m(lap) >= _MIN_LOOP_M:
                loops.append(_from_first(lap, pieces))
    return loops


def _from_first(lap: list[_WayPiece], pieces: list[_WayPiece]) -> list[_WayPiece]:
    """Return a loop from that of its pieces on which comes first in the file."""
    order = {id(piece.tags): number for number, piece in reversed(list(enumerate(pieces)))}
    first = min(range(len(lap)), key=lambda at: (order[id(lap[at].tags)], at))
    return [*lap[first:], *lap[:first]]


def _chain(pieces: list[_WayPiece]) -> list[_WayPiece]:
    """Return the longest piece with all others joined whose ends are next to those of the chain."""
    left = list(pieces)
    longest = max(range(len(left)), key=lambda at: left[at].length_m)
    chain = [left.pop(longest)]
    while left:
        tail, head = chain[-1].points_m[-1], chain[0].points_m[0]
        options = []
        for at, piece in enumerate(left):
            for way in (piece, piece.reversed()):
                options.append((_apart_m(tail, way.points_m[0]), at, way, True))
                options.append((_apart_m(way.points_m[-1], head), at, way, False))
        gap_m, at, way, at_tail = min(options, key=lambda option: option[0])
        if gap_m > _MAX_GAP_M:
            break
        left.pop(at)
        chain = [*chain, way] if at_tail else [way, *chain]
    return chain


def _laid(
    pieces: list[_WayPiece], *, is_loop: bool
) -> tuple[Array, tuple[SourceStretch, ...], Array | None]:
    """Return the points of pieces in a row, what their tags say, and the road's width."""
    points, widths, stretches = [], [], []
    count = 0
    for number, piece in enumerate(pieces):
        meets = number > 0 and pieces[number - 1].ends[1] == piece.ends[0]
        own = piece.points_m[1:] if meets else piece.points_m
        first = max(count - 1, 0) if meets else count
        count += len(own)
        points.append(own)
        widths.append(np.full(len(own), _width_m(piece.tags)))
        tags = piece.tags
        runs_above = tags.get("bridge", "no") != "no" or tags.get("layer", "0").startswith(
            tuple("123456789")
        )
        if tags.get("name") or runs_above:
            stretches.append(SourceStretch(first, count - 1, tags.get("name", ""), runs_above))
    width_m = np.concatenate(widths)
    laid_m = np.vstack(points)
    if is_loop and len(laid_m) > 1 and _apart_m(laid_m[0], laid_m[-1]) < _GRID_M:
        laid_m, width_m = laid_m[:-1], width_m[:-1]
        stretches = [each._replace(last=min(each.last, len(laid_m) - 1)) for each in stretches]
    return laid_m, tuple(stretches), width_m if np.isfinite(width_m).any() else None


def _width_m(tags: dict[str, str]) -> float:
    """Return the width that a way's tags state, `12` or `12 m`; NaN if they do not."""
    found = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*m?\s*", tags.get("width", ""))
    return float(found[1].replace(",", ".")) if found else float("nan")


def _common_name(ways: list[Way]) -> str:
    """Return the name that all ways with a name share; empty if they have several."""
    names = {way.tags.get("name", "").strip() for way in ways} - {""}
    return names.pop() if len(names) == 1 else ""


def _preference(loop: list[_WayPiece]) -> tuple[float, float]:
    """Return what makes a loop the better one: its length, then how much of it was drawn so."""
    return round(_length_m(loop), 1), _length_m([each for each in loop if not each.is_turned])


def _length_m(pieces: list[_WayPiece]) -> float:
    return sum(piece.length_m for piece in pieces)


def _apart_m(one: Array, other: Array) -> float:
    return float(np.hypot(*(one - other)))


def _turn_rad(before: _WayPiece, after: _WayPiece) -> float:
    """Return by how much one turns from one piece into the next, to either side."""
    x, y = before.points_m[-1] - before.points_m[-2]
    u, v = after.points_m[1] - after.points_m[0]
    return float(abs(np.arctan2(x * v - y * u, x * u + y * v)))
