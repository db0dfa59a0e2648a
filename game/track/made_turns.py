"""Round an outline's corners by arcs and clothoids, closed exactly: a made circuit's turns.

Everything is rounded as it is written into the file, and then closed with what was rounded.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.track.characters import Character
from game.track.elements import Element, Pose, corner_elements, poses
from game.track.made_outline import Outline, Rng, lengths_m, radii_m, reach, turns_rad
from game.track.track_file import Turn
from game.trig import direction
from game.units import PI

_ANGLE_DIGITS: Final = 3  # of degrees
_RADIUS_DIGITS: Final = 1
_LENGTH_DIGITS: Final = 3
_CLOTHOID_M: Final = (4.0, 60.0)
_ROOM: Final = 0.96  # of a side that its two corners may take up
_OPENING: Final = (1.3, 2.2)  # of a compound corner's radii: the wider by the tighter
_AHEAD: Final = 0.45  # share of the first straight that lies beyond the start line
_COMPOUND_DEG: Final = 55.0  # from which a corner may have two radii
_CLOTHOID_SHARE: Final = 0.8  # of the arc that a clothoid replaces, at most
_WIDER_HAIRPIN: Final = 1.5  # by the widest of the character, where two corners become one
_FIRST_PART: Final = 0.4  # share of a compound corner that its first radius turns, ...
_FIRST_MORE: Final = 0.2  # ... and up to so much more
_HAIRPIN_DEG: Final = (130.0, 215.0)  # of two corners that are driven as one


class Rounded(NamedTuple):
    """Describes a corner as it is written into the file; all but the sign are positive."""

    first: int  # of the outline's corners that it rounds
    last: int
    left: bool
    radii_m: list[float]
    angles_deg: list[float]
    clothoids_m: list[float]  # one more than there are radii

    def elements(self, number: int) -> list[Element]:
        """Return the corner's elements."""
        sign = 1.0 if self.left else -1.0
        return corner_elements(
            number,
            [sign / radius_m for radius_m in self.radii_m],
            [sign * angle_deg * PI / 180.0 for angle_deg in self.angles_deg],
            self.clothoids_m,
        )


def rounded_corners(rng: Rng, character: Character, outline: Outline) -> list[Rounded]:
    """Return the corners that round the outline's, as wide as the rng want and there is room."""
    turns = turns_rad(outline.corners_m)
    angles = _rounded_angles([turn * 180.0 / PI for turn in turns])
    radii = _radii(rng, character, outline, turns)
    sides = lengths_m(outline.corners_m)
    rounded: list[Rounded] = []
    for at, (radius_m, angle_deg) in enumerate(zip(radii, angles, strict=True)):
        last = rounded[-1] if rounded else None
        if last is not None and last.first == last.last == at - 1:
            hairpin = _hairpin(character, last, sides[at - 1], turns, angle_deg)
            if hairpin is not None:
                rounded[-1] = hairpin
                continue
        rounded.append(_rounded(rng, character, at, radius_m, angle_deg))
    return rounded


def _radii(rng: Rng, character: Character, outline: Outline, turns: list[float]) -> list[float]:
    """Return a radius for each corner of the outline that leaves the others their room."""
    sides = lengths_m(outline.corners_m)
    reaches = [reach(character, turn) for turn in turns]
    ranges = [radii_m(character, turn) for turn in turns]
    radii = [low for low, _ in ranges]
    count = len(turns)
    for _ in range(2):  # again, with what the neighbours left
        for i, (low, high) in enumerate(ranges):
            wanted = low + (high - low) * rng.share()
            for side_m, other in ((sides[i - 1], i - 1), (sides[i], (i + 1) % count)):
                left_m = _ROOM * side_m - radii[other] * reaches[other]
                wanted = min(wanted, left_m / reaches[i])
            radii[i] = max(radii[i], wanted)
    return radii


def _rounded_angles(angles_deg: list[float]) -> list[float]:
    """Return the angles as they are written, which turn by 360 degrees in all."""
    angles = [round(angle, _ANGLE_DIGITS) for angle in angles_deg]
    widest = max(range(len(angles)), key=lambda i: abs(angles[i]))
    others = math.fsum(angle for i, angle in enumerate(angles) if i != widest)
    angles[widest] = round(360.0 - others, _ANGLE_DIGITS)
    return angles


def _hairpin(
    character: Character, before: Rounded, side_m: float, turns: list[float], angle_deg: float
) -> Rounded | None:
    """Return one corner in place of two to the same side with next to nothing between them."""
    turn_deg = math.fsum(before.angles_deg) + abs(angle_deg)
    if before.left != (angle_deg > 0.0) or not _HAIRPIN_DEG[0] <= turn_deg <= _HAIRPIN_DEG[1]:
        return None
    at = before.last + 1
    halves = [direction(0.5 * abs(turns[i])) for i in (before.last, at)]
    radius_m = round(side_m / math.fsum(half.sin / half.cos for half in halves), _RADIUS_DIGITS)
    if not character.hairpin_m[0] <= radius_m <= _WIDER_HAIRPIN * character.hairpin_m[1]:
        return None
    clothoid_m = _clothoid_m(character, radius_m, 0.5 * turn_deg)
    ends = [clothoid_m, clothoid_m]
    return Rounded(
        before.first, at, before.left, [radius_m], [round(turn_deg, _ANGLE_DIGITS)], ends
    )


def _clothoid_m(character: Character, radius_m: float, angle_deg: float) -> float:
    """Return the length of a clothoid, in whole metres."""
    turned_m = radius_m * angle_deg * PI / 180.0
    wanted_m = min(max(character.clothoid * turned_m, _CLOTHOID_M[0]), _CLOTHOID_M[1])
    return float(min(round(wanted_m), math.floor(_CLOTHOID_SHARE * turned_m)))


def _rounded(rng: Rng, character: Character, at: int, radius_m: float, angle_deg: float) -> Rounded:
    compound, opens, wider, part = (rng.share() for _ in range(4))
    left, angle_deg = angle_deg > 0.0, abs(angle_deg)
    low_m, _ = radii_m(character, angle_deg * PI / 180.0)
    radius_m = round(radius_m, _RADIUS_DIGITS)
    opening = _OPENING[0] + (_OPENING[1] - _OPENING[0]) * wider
    tighter_m = round(radius_m / opening, _RADIUS_DIGITS)
    if compound >= character.compound or angle_deg < _COMPOUND_DEG or tighter_m < low_m:
        clothoid_m = _clothoid_m(character, radius_m, angle_deg)
        return Rounded(at, at, left, [radius_m], [angle_deg], [clothoid_m, clothoid_m])
    first_deg = round(angle_deg * (_FIRST_PART + _FIRST_MORE * part), _ANGLE_DIGITS)
    angles = [first_deg, round(angle_deg - first_deg, _ANGLE_DIGITS)]
    pair = [radius_m, tighter_m]
    if opens < 0.5:
        pair.reverse()
    ends = [_clothoid_m(character, *each) for each in zip(pair, angles, strict=True)]
    return Rounded(at, at, left, pair, angles, [ends[0], min(ends), ends[1]])


def closed_straights(outline: Outline, corners: list[Rounded]) -> tuple[list[float], float]:
    """Return the straight before each corner, and the length of the lap.

    The straights are those that the outline's sides have left, each changed by a little so that
    the loop closes. One that is below 0 has no room.
    """
    pieces = [corner.elements(number) for number, corner in enumerate(corners, start=1)]
    turns, sides = turns_rad(outline.corners_m), lengths_m(outline.corners_m)
    cuts = [_cuts(corner, chain, turns) for corner, chain in zip(corners, pieces, strict=True)]
    straights = [
        sides[corner.first - 1] - cuts[number - 1][1] - cuts[number][0]
        for number, corner in enumerate(corners)
    ]
    straights = _closed(straights, pieces)
    corner_m = math.fsum(piece.length_m for chain in pieces for piece in chain)
    return straights, corner_m + math.fsum(straights)


def _cuts(corner: Rounded, chain: list[Element], turns: list[float]) -> tuple[float, float]:
    """Return how much of the sides a corner takes up, before it and after it."""
    if corner.first != corner.last:
        halves = [direction(0.5 * abs(turns[i])) for i in (corner.first, corner.last)]
        before_m, after_m = (
            corner.radii_m[0] * half.sin / half.cos + 0.5 * corner.clothoids_m[0] for half in halves
        )
        return before_m, after_m
    end = poses(Pose(0.0, 0.0, 0.0), chain)[-1]
    heading = direction(end.heading_rad)
    after_m = end.y_m / heading.sin
    return end.x_m - after_m * heading.cos, after_m


def _closed(straights: list[float], pieces: list[list[Element]]) -> list[float]:
    """Return the straights changed, the longer the more, so that the chain ends where it began."""
    heading_rad = 0.0
    straight_headings, east_m, north_m = [], 0.0, 0.0
    for straight_m, chain in zip(straights, pieces, strict=True):
        heading = direction(heading_rad)
        straight_headings.append(heading)
        end = poses(Pose(0.0, 0.0, heading_rad), chain)[-1]
        heading_rad = end.heading_rad
        east_m += straight_m * heading.cos + end.x_m
        north_m += straight_m * heading.sin + end.y_m
    weights = [straight_m * straight_m for straight_m in straights]
    xx = math.fsum(
        w * heading.cos * heading.cos for w, heading in zip(weights, straight_headings, strict=True)
    )
    xy = math.fsum(
        w * heading.cos * heading.sin for w, heading in zip(weights, straight_headings, strict=True)
    )
    yy = math.fsum(
        w * heading.sin * heading.sin for w, heading in zip(weights, straight_headings, strict=True)
    )
    whole = xx * yy - xy * xy
    a, b = (-east_m * yy + north_m * xy) / whole, (-north_m * xx + east_m * xy) / whole
    return [
        straight_m + w * (a * heading.cos + b * heading.sin)
        for straight_m, w, heading in zip(straights, weights, straight_headings, strict=True)
    ]


def turns_of(straights: list[float], corners: list[Rounded]) -> tuple[list[Turn], float]:
    """Return the turns from the middle of the longest straight on, and the straight after them.

    Two straights that stand across each other are free, to take up what rounding left.
    """
    first = max(range(len(straights)), key=straights.__getitem__)
    order = [(first + i) % len(straights) for i in range(len(straights))]
    free = _free(straights, corners, first)
    before_m = round(_AHEAD * straights[first], _LENGTH_DIGITS)
    turns = [
        _turn(number, corners[i], before_m if i == first else straights[i], i in free)
        for number, i in enumerate(order, start=1)
    ]
    return turns, round(straights[first] - before_m, _LENGTH_DIGITS)


def _turn(number: int, corner: Rounded, straight_m: float, free: bool) -> Turn:
    single = len(corner.radii_m) == 1
    return Turn(
        number=number,
        straight_m=round(straight_m, _LENGTH_DIGITS),
        direction="left" if corner.left else "right",
        radius_m=corner.radii_m[0] if single else corner.radii_m,
        angle_deg=corner.angles_deg[0] if single else corner.angles_deg,
        transition_m=corner.clothoids_m[0] if single else corner.clothoids_m,
        free=free,
    )


def _free(straights: list[float], corners: list[Rounded], first: int) -> set[int]:
    """Return the two straights, of the longest but one, that come nearest to a right angle."""
    heading_deg, headings = 0.0, []
    for corner in corners:
        headings.append(heading_deg)
        heading_deg += math.fsum(corner.angles_deg) * (1.0 if corner.left else -1.0)
    able = sorted((i for i in range(len(straights)) if i != first), key=lambda i: -straights[i])[:6]
    pairs = [(one, other) for one in able for other in able if one < other]

    across = [direction((headings[i] - headings[j]) * PI / 180.0).sin for i, j in pairs]
    return set(pairs[max(range(len(pairs)), key=lambda at: abs(across[at]))])
