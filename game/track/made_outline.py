"""Draw the outline of a made circuit: a polygon that grows at random, corner by corner.

It begins with a few corners around a middle. Then one straight after another is bent, and stays so
if the outline still leaves room between its parts and for its corners. The longest straight of the
beginning is never bent.

The random numbers are exact, and so is all else: only + - * / and square roots, one number or one
element at a time, so that every machine draws the same outline from one seed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices
from game.track.characters import Character
from game.trig import arc_tangent2, direction, wrap_angle
from game.units import PI, TAU

Point = tuple[float, float]

_HAIRPIN_RAD: Final = 100.0 * PI / 180.0
_MEDIUM_RAD: Final = 50.0 * PI / 180.0
_MAX_TURN_RAD: Final = 152.0 * PI / 180.0
_MIN_TURN_RAD: Final = 14.0 * PI / 180.0  # less would be a kink without a number
_MIN_STRAIGHT_M: Final = 8.0  # between two corners
_LENGTHENED: Final = 1.06  # the outline's length by that of the lap, which cuts its corners
_ALONG_SHARE: Final = 0.5  # two places may be that share of their way along the lap near each other
_FIRST_CORNERS: Final = 4
_TRIES: Final = 14  # for each corner that is wanted

# Ranges that outlines are drawn from, estimated by the look of many circuits. Those along a side
# are shares of its length, unless it says something else.
_FIRST_TURNED: Final = 0.28  # of the way from corner to corner around the middle
_FIRST_AWAY: Final = (0.7, 1.3)  # from the middle, by the character's stretch
_BEND_AT: Final = (0.25, 0.75)
_BULGE_WIDE: Final = (0.18, 0.5)
_BULGE_ENDS: Final = 0.12  # from the ends of the side
_BULGE_OUT: Final = (0.6, 1.6)  # of a bend
_BULGE_LEAN: Final = 0.12
_FOLD_APART: Final = 2.2  # its two sides, by the radius of the hairpin
_FOLD_CLEAR: Final = 1.1  # the same, by the clearance at least
_FOLD_OUT: Final = (1.5, 4.0)  # by how far its two sides are apart
_FOLD_AT: Final = (0.1, 0.9)
_FOLD_LEAN: Final = 0.6  # of the way out
_FOLD_OPEN: Final = 0.5  # of how far its two sides are apart, at most
_FOLD_UNEVEN: Final = (0.85, 1.15)  # the way back, by the way out
_CHICANE_STEP: Final = (1.6, 2.6)  # by the radius of its corners
_CHICANE_SLOPE: Final = (0.5, 0.9)
_ESSES_STEP: Final = (1.2, 2.2)  # by the radius of its corners
_ESSES_SLOPE: Final = (0.35, 0.7)
_ESSES_MORE: Final = (3, 2, 1)  # chances of three, four and five corners
_ALTERNATING_AT: Final = (0.25, 0.75)  # of the room beside the corners
_STEP_UNEVEN: Final = (0.9, 1.1)
_WIDTH_UNEVEN: Final = (0.8, 1.2)


class Rng:
    """Draws numbers from one seed, equal on every machine."""

    def __init__(self, *seeds: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seeds))

    def share(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return float(self._generator.random())

    def within(self, low: float, high: float) -> float:
        """Return a number of a range, all equally often."""
        return low + (high - low) * self.share()

    def sign(self) -> float:
        """Return -1 or 1."""
        return 1.0 if self.share() < 0.5 else -1.0

    def index(self, weights: Sequence[float]) -> int:
        """Return an index, each as often as its weight says."""
        left = self.share() * math.fsum(weights)
        for index, weight in enumerate(weights):
            left -= weight
            if left < 0.0:
                return index
        return len(weights) - 1


class Outline(NamedTuple):
    """Holds a polygon, and the index of the side that stays straight; side i begins at corner i."""

    corners_m: list[Point]
    kept: int


def grow_outline(rng: Rng, character: Character, length_m: float, corners: int) -> Outline | None:
    """Return an outline for a lap of that length, with as many corners as there is room for.

    Returns None if already the first few have none.
    """
    first = _first_outline(rng, character, min(corners, _FIRST_CORNERS + rng.index([1, 2, 1])))
    outline = _to_length(first, length_m)
    if not _has_room(outline.corners_m, character):
        return None
    for _ in range(_TRIES * corners):
        missing = corners - len(outline.corners_m)
        if missing <= 0:
            break
        grown = _to_length(_with_feature(rng, character, outline, missing), length_m)
        if _has_room(grown.corners_m, character):
            outline = grown
    return outline


def scaled(outline: Outline, factor: float) -> Outline:
    """Return the outline so many times as large."""
    return Outline([(factor * x, factor * y) for x, y in outline.corners_m], outline.kept)


def spread_m2(outline: Outline) -> float:
    """Return the mean square of the distance of an outline's sides from their middle.

    It is small for an outline that is folded and large for a ring.
    """
    after = [*outline.corners_m[1:], outline.corners_m[0]]
    rows = []
    for (x1, y1), (x2, y2) in zip(outline.corners_m, after, strict=True):
        square = (x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)
        rows.append((math.sqrt(square), 0.5 * (x1 + x2), 0.5 * (y1 + y2), square))
    whole_m = math.fsum(side for side, _, _, _ in rows)
    x_m = math.fsum(side * x for side, x, _, _ in rows) / whole_m
    y_m = math.fsum(side * y for side, _, y, _ in rows) / whole_m
    return (
        math.fsum(
            side * ((x - x_m) * (x - x_m) + (y - y_m) * (y - y_m) + square / 12.0)
            for side, x, y, square in rows
        )
        / whole_m
    )


def turns_rad(corners_m: Sequence[Point]) -> list[float]:
    """Return by how much the outline turns at each corner, positive to the left."""
    headings = [arc_tangent2(y, x) for x, y in _sides(corners_m)]
    return [wrap_angle(after - headings[i - 1]) for i, after in enumerate(headings)]


def lengths_m(corners_m: Sequence[Point]) -> list[float]:
    """Return the lengths of the sides; side i begins at corner i."""
    return [math.sqrt(x * x + y * y) for x, y in _sides(corners_m)]


def reach(character: Character, turn_rad: float) -> float:
    """Return how far a corner reaches from where its tangents meet, by its radius."""
    half = direction(0.5 * abs(turn_rad))
    clothoid = character.clothoid * abs(turn_rad)
    # A clothoid moves the arc inwards by a 24th of its length's square, and half of it lies before.
    return half.sin / half.cos * (1.0 + clothoid * clothoid / 24.0) + 0.5 * clothoid


def radii_m(character: Character, turn_rad: float) -> tuple[float, float]:
    """Return the range of radii that a corner of that turn may have."""
    if abs(turn_rad) > _HAIRPIN_RAD:
        return character.hairpin_m
    return character.medium_m if abs(turn_rad) > _MEDIUM_RAD else character.sweeper_m


def _has_room(corners_m: Sequence[Point], character: Character) -> bool:
    """Return whether there is room for the tightest corners, and between the outline's parts."""
    turns = turns_rad(corners_m)
    if abs(abs(math.fsum(turns)) - TAU) > 1e-6:
        return False
    if not all(_MIN_TURN_RAD <= abs(turn) <= _MAX_TURN_RAD for turn in turns):
        return False
    sides = lengths_m(corners_m)
    here = _reach_m(character, turns[0])
    for side, turn in zip(sides, [*turns[1:], turns[0]], strict=True):
        there = _reach_m(character, turn)
        if side < here + there + _MIN_STRAIGHT_M:
            return False
        here = there
    return _parts_are_apart(np.array(corners_m), np.array(sides), character.clearance_m)


def _reach_m(character: Character, turn_rad: float) -> float:
    """Return how far the tightest corner reaches from where its tangents meet."""
    return radii_m(character, turn_rad)[0] * reach(character, turn_rad)


def _parts_are_apart(corners_m: Array, sides_m: Array, clearance_m: float) -> bool:
    """Return whether each corner is far enough from all sides that are not its own."""
    count = len(corners_m)
    begin_m, end_m = corners_m, np.roll(corners_m, -1, axis=0)
    side = end_m - begin_m
    away = corners_m[:, None, :] - begin_m[None, :, :]
    square = sides_m * sides_m
    share = np.clip((away[..., 0] * side[:, 0] + away[..., 1] * side[:, 1]) / square, 0.0, 1.0)
    east_m = away[..., 0] - share * side[:, 0]
    north_m = away[..., 1] - share * side[:, 1]
    apart_m = np.sqrt(east_m * east_m + north_m * north_m)
    at_m = np.concatenate([[0.0], np.cumsum(sides_m)])
    along_m = np.abs(at_m[:-1, None] - (at_m[None, :-1] + share * sides_m))
    along_m = np.minimum(along_m, at_m[-1] - along_m)
    near = apart_m < np.minimum(clearance_m, _ALONG_SHARE * along_m)
    index = np.arange(count)
    near[index, index] = near[index, index - 1] = False
    return not near.any() and not _crosses(begin_m, side)


def _crosses(begin_m: Array, side: Array) -> bool:
    """Return whether two sides that do not follow each other cross."""

    def left_of(i: Indices, j: Indices) -> Array:
        """Return on which side of the line of side i the beginning of side j lies."""
        dx, dy = begin_m[j, 0] - begin_m[i, 0], begin_m[j, 1] - begin_m[i, 1]
        left: Array = side[i, 0] * dy - side[i, 1] * dx
        return left

    count = len(begin_m)
    one, other = np.triu_indices(count, 2)
    next_one, next_other = (one + 1) % count, (other + 1) % count
    apart = (one + count - other) % count != 1
    across = left_of(one, other) * left_of(one, next_other) < 0.0
    over = left_of(other, one) * left_of(other, next_one) < 0.0
    return bool((across & over & apart).any())


def _sides(corners_m: Sequence[Point]) -> list[Point]:
    after = [*corners_m[1:], corners_m[0]]
    return [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in zip(corners_m, after, strict=True)]


def _to_length(outline: Outline, lap_m: float) -> Outline:
    return scaled(outline, _LENGTHENED * lap_m / math.fsum(lengths_m(outline.corners_m)))


def _first_outline(rng: Rng, character: Character, corners: int) -> Outline:
    """Return corners around a middle, the first two of them far apart, anticlockwise."""
    stretch = rng.within(*character.stretch)
    places = []
    for corner in range(corners):
        towards = direction(TAU * (corner + rng.within(-_FIRST_TURNED, _FIRST_TURNED)) / corners)
        away = rng.within(*_FIRST_AWAY)
        places.append((away * stretch * towards.cos, away * towards.sin))
    sides = lengths_m(places)
    kept = max(range(corners), key=sides.__getitem__)
    return Outline(places, kept)


def _with_feature(rng: Rng, character: Character, outline: Outline, missing: int) -> Outline:
    """Return the outline with a feature on one of its sides; long ones get more."""
    corners_m, kept = outline
    sides = lengths_m(corners_m)
    weights = [0.0 if i == kept else side * side for i, side in enumerate(sides)]
    at = rng.index(weights)
    begin, end = corners_m[at], corners_m[(at + 1) % len(corners_m)]
    offers = character.features
    many = (offers.bulge, offers.fold, offers.chicane, offers.esses) if missing > 2 else ()
    kind = rng.index([offers.bend, *many])
    feature = (_bend, _bulge, _fold, _chicane, _esses)[kind](rng, character, sides[at])
    east, north = (end[0] - begin[0]) / sides[at], (end[1] - begin[1]) / sides[at]
    new = [
        (begin[0] + ahead * east - left * north, begin[1] + ahead * north + left * east)
        for ahead, left in feature
    ]
    corners_m = [*corners_m[: at + 1], *new, *corners_m[at + 1 :]]
    return Outline(corners_m, kept + len(new) if at < kept else kept)


def _bend(rng: Rng, character: Character, side_m: float) -> list[Point]:
    """Return one corner that takes a straight out of its line."""
    return [(rng.within(*_BEND_AT) * side_m, rng.sign() * rng.within(*character.bend) * side_m)]


def _bulge(rng: Rng, character: Character, side_m: float) -> list[Point]:
    """Return the four corners of a way out to one side, along and back."""
    width_m = rng.within(*_BULGE_WIDE) * side_m
    begin_m = rng.within(_BULGE_ENDS, 1.0 - _BULGE_ENDS - width_m / side_m) * side_m
    out_m = rng.sign() * rng.within(*_BULGE_OUT) * rng.within(*character.bend) * side_m
    lean = [rng.within(-_BULGE_LEAN, _BULGE_LEAN) * side_m for _ in range(3)]
    return [
        (begin_m, 0.0),
        (begin_m + lean[0], out_m),
        (begin_m + width_m + lean[1], out_m + lean[2]),
        (begin_m + width_m, 0.0),
    ]


def _fold(rng: Rng, character: Character, side_m: float) -> list[Point]:
    """Return the four corners of a way out to one side and back beside it, around a hairpin."""
    apart_m = max(
        _FOLD_APART * rng.within(*character.hairpin_m), _FOLD_CLEAR * character.clearance_m
    )
    out_m = rng.sign() * rng.within(*_FOLD_OUT) * apart_m
    begin_m = rng.within(*_FOLD_AT) * (side_m - apart_m)
    lean_m = rng.within(-_FOLD_LEAN, _FOLD_LEAN) * out_m
    open_m = rng.within(0.0, _FOLD_OPEN) * apart_m
    return [
        (begin_m - open_m, 0.0),
        (begin_m + lean_m, out_m),
        (begin_m + apart_m + lean_m, out_m * rng.within(*_FOLD_UNEVEN)),
        (begin_m + apart_m + open_m, 0.0),
    ]


def _chicane(rng: Rng, character: Character, side_m: float) -> list[Point]:
    """Return two corners that shift a straight to the other side and on."""
    step_m = character.medium_m[0] * rng.within(*_CHICANE_STEP)
    return _alternating(rng, side_m, 2, step_m, rng.within(*_CHICANE_SLOPE))


def _esses(rng: Rng, character: Character, side_m: float) -> list[Point]:
    """Return three to five corners in turn to one side and to the other."""
    step_m = character.sweeper_m[0] * rng.within(*_ESSES_STEP)
    return _alternating(rng, side_m, 3 + rng.index(_ESSES_MORE), step_m, rng.within(*_ESSES_SLOPE))


def _alternating(rng: Rng, side_m: float, count: int, step_m: float, slope: float) -> list[Point]:
    """Return corners a step apart, in turn left and right of a straight."""
    free_m = side_m - (count - 1) * step_m
    begin_m = rng.within(*_ALTERNATING_AT) * free_m
    left_m = rng.sign() * 0.5 * slope * step_m
    corners = []
    for i in range(count):
        ahead_m = begin_m + i * step_m * rng.within(*_STEP_UNEVEN)
        corners.append((ahead_m, left_m * rng.within(*_WIDTH_UNEVEN)))
        left_m = -left_m
    return corners
