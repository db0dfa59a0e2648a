"""Build a centreline of elements: curvature changes linearly along each.

A straight has none, an arc has a constant one, a clothoid leads from one to another. Poses are
integrated with `trig.py` alone, one number at a time, so that every machine makes the same
circuit to the last bit.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from game.translation import _
from game.trig import direction, sine

# Gauss-Legendre on 0..1, 8 points: a clothoid that turns by 1 rad ends within 3e-14 of its length,
# one that turns by 3 rad within 1e-9. Abramowitz and Stegun, table 25.4.
NODES = (
    (0.0198550717512318842, 0.0506142681451881296),
    (0.1016667612931866302, 0.1111905172266872353),
    (0.2372337950418355071, 0.1568533229389436437),
    (0.4082826787521750976, 0.1813418916891809914),
    (0.5917173212478249024, 0.1813418916891809914),
    (0.7627662049581644929, 0.1568533229389436437),
    (0.8983332387068133698, 0.1111905172266872353),
    (0.9801449282487681158, 0.0506142681451881296),
)


class Pose(NamedTuple):
    """Describes a place on the plane with a heading."""

    x_m: float
    y_m: float
    heading_rad: float  # anticlockwise from the x axis, not wrapped


class Element(NamedTuple):
    """Describes a piece of centreline; curvatures are positive in left turns."""

    name: str
    length_m: float
    start_curvature_1pm: float
    end_curvature_1pm: float
    corner: int | None = None  # the number of the corner that it is a part of

    @property
    def turning_rad(self) -> float:
        """Return by how much the heading changes over the element."""
        return 0.5 * (self.start_curvature_1pm + self.end_curvature_1pm) * self.length_m


def curvature_at(element: Element, along_m: float) -> float:
    """Return the curvature at a distance into the element, 1/m."""
    slope = (element.end_curvature_1pm - element.start_curvature_1pm) / element.length_m
    return element.start_curvature_1pm + slope * along_m


def pose_after(start: Pose, element: Element, along_m: float) -> Pose:
    """Return the pose at a distance into an element that begins at `start`."""
    x_m, y_m, heading_rad = start
    start_1pm = element.start_curvature_1pm
    change_1pm2 = (element.end_curvature_1pm - start_1pm) / element.length_m
    end_rad = heading_rad + along_m * (start_1pm + 0.5 * change_1pm2 * along_m)
    if change_1pm2 == 0.0:
        # The chord of an arc is parallel to the tangent at its middle, and shorter by sin(v)/v,
        # with v half its turn.
        half_rad = 0.5 * start_1pm * along_m
        chord_m = along_m if half_rad == 0.0 else along_m * sine(half_rad) / half_rad
        chord = direction(heading_rad + half_rad)
        return Pose(x_m + chord_m * chord.cos, y_m + chord_m * chord.sin, end_rad)
    sum_x = sum_y = 0.0
    for node, weight in NODES:
        u_m = along_m * node
        tangent = direction(heading_rad + u_m * (start_1pm + 0.5 * change_1pm2 * u_m))
        sum_x += weight * tangent.cos
        sum_y += weight * tangent.sin
    return Pose(x_m + along_m * sum_x, y_m + along_m * sum_y, end_rad)


def poses(start: Pose, elements: Iterable[Element]) -> list[Pose]:
    """Return the poses at which the elements begin, and after them the one where the chain ends."""
    chain = [start]
    for element in elements:
        chain.append(pose_after(chain[-1], element, element.length_m))
    return chain


def straight(name: str, length_m: float) -> Element:
    """Return a straight of that length."""
    return Element(name, length_m, 0.0, 0.0)


def corner_elements(
    number: int,
    curvatures_1pm: Sequence[float],
    angles_rad: Sequence[float],
    transitions_m: Sequence[float],
) -> list[Element]:
    """Return the elements of a corner: clothoid in, arcs joined by clothoids, clothoid out.

    curvatures_1pm, angles_rad: of the n arcs, all of one sign. transitions_m: n + 1 lengths; the
    angle of an arc includes the turning of the first or last transition and half of that between
    two arcs.
    Raises ValueError if the transitions turn more than the angle has.
    """
    ends = [0.0, *curvatures_1pm, 0.0]
    joints = [
        Element(f"T{number}.clothoid{i + 1}", length_m, ends[i], ends[i + 1], number)
        for i, length_m in enumerate(transitions_m)
    ]
    last = len(curvatures_1pm) - 1
    pieces = [joints[0]]
    for i, (curvature_1pm, angle_rad) in enumerate(zip(curvatures_1pm, angles_rad, strict=True)):
        before_rad = joints[i].turning_rad * (1.0 if i == 0 else 0.5)
        after_rad = joints[i + 1].turning_rad * (1.0 if i == last else 0.5)
        length_m = (angle_rad - before_rad - after_rad) / curvature_1pm
        if length_m < 0.0:
            text = _("the transitions of T{number} turn more than its angle")
            raise ValueError(text.format(number=number))
        arc = Element(f"T{number}.arc{i + 1}", length_m, curvature_1pm, curvature_1pm, number)
        pieces += [arc, joints[i + 1]]
    return [piece for piece in pieces if piece.length_m > 0.0]


def close_loop(
    start: Pose, elements: Sequence[Element], free: Sequence[int], length_m: float | None
) -> list[Element]:
    """Return the chain with its free straights lengthened so that it ends where it began.

    free: indices of straights, two to close x and y, three if the total is to be `length_m` too;
    none leaves the chain as it is. Newton's method; as a straight only shifts what follows it, the
    first step is already exact. Raises ValueError if these straights cannot do it.
    """
    chain = list(elements)
    unknowns = len(free)
    if unknowns == 0:
        return chain
    if unknowns != (2 if length_m is None else 3):
        text = _("{count} straights are free: mark 2 to close the loop, 3 to give it a length too")
        raise ValueError(text.format(count=unknowns))
    for _step in range(2):
        places = poses(start, chain)
        gap = [start.x_m - places[-1].x_m, start.y_m - places[-1].y_m]
        tangents = [direction(places[index].heading_rad) for index in free]
        rows = [[tangent.cos for tangent in tangents], [tangent.sin for tangent in tangents]]
        if length_m is not None:
            gap.append(length_m - math.fsum(element.length_m for element in chain))
            rows.append([1.0] * unknowns)
        for index, change_m in zip(free, _solve(rows, gap), strict=True):
            element = chain[index]
            chain[index] = straight(element.name, element.length_m + change_m)
    for index in free:
        if chain[index].length_m <= 0.0:
            text = _("closing the loop makes {name} {length:.3f} m long")
            raise ValueError(text.format(name=chain[index].name, length=chain[index].length_m))
    return chain


def _determinant(rows: Sequence[Sequence[float]]) -> float:
    if len(rows) == 2:
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
    return sum(
        rows[0][i]
        * (
            rows[1][(i + 1) % 3] * rows[2][(i + 2) % 3]
            - rows[1][(i + 2) % 3] * rows[2][(i + 1) % 3]
        )
        for i in range(3)
    )


def _solve(rows: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve two or three linear equations by Cramer's rule."""
    whole = _determinant(rows)
    if abs(whole) < 1e-6:
        raise ValueError(_("the free straights point the same way: free others"))
    return [
        _determinant(
            [
                [right[r] if c == column else value for c, value in enumerate(row)]
                for r, row in enumerate(rows)
            ]
        )
        / whole
        for column in range(len(rows))
    ]
