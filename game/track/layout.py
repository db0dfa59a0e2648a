"""Makes the centreline of a circuit from the corners of its file."""

import math
from dataclasses import dataclass

from game.track.centreline import Centreline
from game.track.elements import Element, Pose, close_loop, corner_elements, straight
from game.track.track_file import Side, TrackFile, Turn
from game.units import PI


@dataclass(frozen=True)
class Corner:
    """A numbered corner and where it lies on the lap."""

    number: int
    name: str
    inside: Side  # the side to which it turns
    turn_in_m: float
    apex_m: float  # halfway through the corner
    exit_m: float


def lay_centreline(file: TrackFile) -> tuple[Centreline, tuple[Corner, ...]]:
    """Return the centreline, closed by its free straights, and the corners along it.

    Raises ValueError with one line if a corner cannot be made or the loop cannot be closed.
    """
    elements: list[Element] = []
    free: list[int] = []
    for turn in file.centreline.turns:
        if turn.free:
            free.append(len(elements))
        elements.append(straight(f"straight before T{turn.number}", turn.straight_m))
        elements += _elements_of(turn)
    elements.append(straight("last straight", file.centreline.last_straight_m))
    length_m = file.official.length_m if len(free) == 3 else None
    start = Pose(file.centreline.x_m, file.centreline.y_m, file.centreline.heading_deg * PI / 180.0)
    closed = close_loop(start, elements, free, length_m)
    centreline = Centreline(start, tuple(piece for piece in closed if piece.length_m > 0.0))
    return centreline, tuple(_corners(file.centreline.turns, closed))


def _elements_of(turn: Turn) -> list[Element]:
    radii_m, angles_deg, transitions_m = (
        value if isinstance(value, list) else [value]
        for value in (turn.radius_m, turn.angle_deg, turn.transition_m)
    )
    if not isinstance(turn.transition_m, list):
        transitions_m = transitions_m * (len(radii_m) + 1)
    if len(angles_deg) != len(radii_m) or len(transitions_m) != len(radii_m) + 1:
        raise ValueError(
            f"turn {turn.number} has {len(radii_m)} radius_m, {len(angles_deg)} angle_deg and"
            f" {len(transitions_m)} transition_m: give n, n and n + 1 of them"
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
