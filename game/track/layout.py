"""Make the centreline of a circuit from the turns or the elements of its file."""

import math
from collections.abc import Sequence
from typing import Final

from game.track.centreline import Centreline
from game.track.corners import Corner, corners_of, find_corners
from game.track.elements import Element, Pose, close_loop, corner_elements, straight
from game.track.track_file import CentrelineEntry, TrackFile, Turn
from game.translation import _
from game.units import PI

_MIN_LENGTH_M: Final = 0.01  # of what has a length at all


def lay_centreline(file: TrackFile) -> tuple[Centreline, tuple[Corner, ...]]:
    """Return the centreline, closed by its free straights, and the corners along it.

    Raises ValueError with one line if a corner cannot be made or the loop cannot be closed.
    """
    entry = file.centreline
    if bool(entry.turns) == bool(entry.elements):
        raise ValueError(_("centreline: give either turns or elements"))
    start = Pose(entry.x_m, entry.y_m, entry.heading_deg * PI / 180.0)
    if entry.elements:
        chain = [Element(f"element {i}", *row) for i, row in enumerate(entry.elements, start=1)]
        centreline = _with_length(start, chain)
        listed = entry.corners
        corners = find_corners(centreline) if listed is None else corners_of(listed, centreline)
        return centreline, corners
    official_m = None if file.official is None else file.official.length_m
    closed = _closed_turns(entry, start, official_m)
    centreline = _with_length(start, closed)
    return centreline, tuple(_corners(entry.turns, closed))


def _with_length(start: Pose, chain: Sequence[Element]) -> Centreline:
    """Return the centreline of a chain. Raises ValueError if it has no length."""
    pieces = tuple(piece for piece in chain if piece.length_m > 0.0)
    if math.fsum(piece.length_m for piece in pieces) < _MIN_LENGTH_M:
        raise ValueError(_("centreline: the lap has a length of 0: make it 100 m or more"))
    return Centreline(start, pieces)


def _closed_turns(entry: CentrelineEntry, start: Pose, official_m: float | None) -> list[Element]:
    chain: list[Element] = []
    free: list[int] = []
    for turn in entry.turns:
        if turn.free:
            free.append(len(chain))
        chain.append(straight(f"straight before T{turn.number}", turn.straight_m))
        chain += _elements_of(turn)
    chain.append(straight("last straight", entry.last_straight_m))
    if len(free) == 3 and official_m is None:
        raise ValueError(
            _(
                "centreline: three straights are free, but no official.length_m says how long the"
                " lap is: mark two"
            )
        )
    return close_loop(start, chain, free, official_m if len(free) == 3 else None)


def _elements_of(turn: Turn) -> list[Element]:
    radii_m, angles_deg, transitions_m = (
        value if isinstance(value, list) else [value]
        for value in (turn.radius_m, turn.angle_deg, turn.transition_m)
    )
    if not isinstance(turn.transition_m, list):
        transitions_m = transitions_m * (len(radii_m) + 1)
    if len(angles_deg) != len(radii_m) or len(transitions_m) != len(radii_m) + 1:
        text = _(
            "turn {number} has {radii} radius_m, {angles} angle_deg and {transitions} transition_m:"
            " give n, n and n + 1 of them"
        )
        raise ValueError(
            text.format(
                number=turn.number,
                radii=len(radii_m),
                angles=len(angles_deg),
                transitions=len(transitions_m),
            )
        )
    sign = 1.0 if turn.direction == "left" else -1.0
    return corner_elements(
        turn.number,
        [sign / radius_m for radius_m in radii_m],
        [sign * angle_deg * PI / 180.0 for angle_deg in angles_deg],
        transitions_m,
    )


def _corners(turns: list[Turn], elements: list[Element]) -> list[Corner]:
    corners = []
    for turn in turns:
        own = [i for i, element in enumerate(elements) if element.corner == turn.number]
        turn_in_m = math.fsum(element.length_m for element in elements[: own[0]])
        exit_m = math.fsum(element.length_m for element in elements[: own[-1] + 1])
        apex_m = 0.5 * (turn_in_m + exit_m)
        corners.append(Corner(turn.number, turn.name, turn.direction, turn_in_m, apex_m, exit_m))
    return corners
