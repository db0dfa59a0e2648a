"""Make circuits nobody has driven: polygons with rounded corners, drawn by a known seed."""

import math
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from game.errors import InputError
from game.files import tracks_folder
from game.track.layout import lay_centreline
from game.track.track import build_track
from game.track.track_file import FILE_NAME, Strip, TrackFile, read_track_file

_MIN_RADIUS_M = 11.0


class Character(NamedTuple):
    """The character of a kind of circuit."""

    vertices: int
    size_m: float
    spikes: float  # how far every other vertex is drawn in, as a share
    stretch: float  # of the x axis
    radius_m: tuple[float, float]
    chicanes: int
    half_width_m: float
    kerb_m: float


CHARACTERS = {
    "hairpins": Character(12, 420.0, 0.45, 1.2, (12.0, 22.0), 0, 6.0, 1.2),
    "fast sweeps": Character(11, 560.0, 0.12, 1.3, (110.0, 260.0), 0, 6.5, 1.5),
    "narrow": Character(14, 330.0, 0.25, 1.2, (18.0, 60.0), 1, 3.6, 0.8),
    "chicanes": Character(7, 430.0, 0.05, 1.4, (35.0, 80.0), 4, 5.5, 1.2),
    "a long straight": Character(9, 330.0, 0.2, 3.4, (20.0, 70.0), 0, 6.0, 1.2),
}


def made_circuit(character, seed=0):
    """Return the first circuit of that character, from this seed on, that can be driven on."""
    for number in range(seed, seed + 300):
        try:
            return _circuit(character, np.random.default_rng(number))
        except (InputError, ValueError, _TooTightError):
            continue
    raise AssertionError(f"no circuit '{character}' from seed {seed}")


class _TooTightError(Exception):
    """A corner of the polygon leaves no room for a radius that cars can drive."""


def _circuit(name, dice):
    character = CHARACTERS[name]
    points_m = _polygon(character, dice)
    sides_m = np.roll(points_m, -1, axis=0) - points_m
    length_m = np.hypot(*sides_m.T)
    heading_rad = np.arctan2(sides_m[:, 1], sides_m[:, 0])
    turn_rad = (heading_rad - np.roll(heading_rad, 1) + np.pi) % (2.0 * np.pi) - np.pi
    tangent = np.tan(0.5 * np.abs(turn_rad))
    room_m = 0.44 * np.minimum(length_m, np.roll(length_m, 1))
    radius_m = np.minimum(dice.uniform(*character.radius_m, len(points_m)), room_m / tangent)
    if radius_m.min() < _MIN_RADIUS_M:
        raise _TooTightError
    cut_m = radius_m * tangent
    # The lap begins in the middle of the longest straight.
    straight_m = length_m - cut_m - np.roll(cut_m, -1)
    first = int(np.argmax(straight_m))
    order = [(first + 1 + step) % len(points_m) for step in range(len(points_m))]
    # Two straights that stand across each other take up what the clothoids shift.
    free = _free(straight_m, heading_rad, first)
    turns = [
        {
            "number": number,
            "straight_m": float(straight_m[at - 1] * (0.5 if number == 1 else 1.0)),
            "direction": "left" if turn_rad[at] > 0.0 else "right",
            "radius_m": float(radius_m[at]),
            "angle_deg": abs(math.degrees(turn_rad[at])),
            "transition_m": float(min(10.0, 0.5 * radius_m[at] * abs(turn_rad[at]))),
            "free": (at - 1) % len(points_m) in free,
        }
        for number, at in enumerate(order, start=1)
    ]
    file = _file(character, name, turns, 0.5 * float(straight_m[first]))
    centreline, corners = lay_centreline(file)
    lap_m = centreline.length_m
    kerbs = [kerb for corner in corners for kerb in _kerbs(corner, character, lap_m)]
    finished = msgspec.structs.replace(
        file,
        ground=msgspec.structs.replace(file.ground, kerbs=kerbs),
        official=msgspec.structs.replace(file.official, length_m=lap_m),
    )
    return build_track(name, finished, Path(name))


def _polygon(character, dice):
    """Return the corners of a polygon that no ray from its middle meets twice, shape (n, 2)."""
    count = character.vertices
    angle_rad = 2.0 * np.pi * (np.arange(count) + dice.uniform(-0.25, 0.25, count)) / count
    away_m = character.size_m * dice.uniform(0.8, 1.2, count)
    away_m[1::2] *= 1.0 - character.spikes
    points_m = np.column_stack([np.cos(angle_rad), np.sin(angle_rad)]) * away_m[:, None]
    points_m[:, 0] *= character.stretch
    sides_m = np.hypot(*(np.roll(points_m, -1, axis=0) - points_m).T)
    for side in sorted(np.argsort(sides_m)[-character.chicanes :], reverse=True)[
        : character.chicanes
    ]:
        start, end = points_m[side], points_m[(side + 1) % len(points_m)]
        along = (end - start) / np.hypot(*(end - start))
        left = np.array([-along[1], along[0]])
        middle = 0.5 * (start + end)
        shift_m = 14.0 + 8.0 * dice.random()
        points_m = np.insert(
            points_m,
            side + 1,
            [middle - 34.0 * along, middle + shift_m * left, middle + 34.0 * along],
            axis=0,
        )
    return points_m


def _free(straight_m, heading_rad, first):
    """Return the two sides, of those long enough, that come nearest to a right angle."""
    able = [side for side in np.argsort(straight_m)[::-1][:6] if side != first]
    pairs = [(one, other) for one in able for other in able if one < other]
    return max(pairs, key=lambda pair: abs(math.sin(heading_rad[pair[0]] - heading_rad[pair[1]])))


def _file(character, name, turns, last_straight_m):
    half_m = character.half_width_m
    shipped = read_track_file(tracks_folder() / "ricardo_tormo" / FILE_NAME)
    made = {
        "title": name,
        "credit": "dice",
        "official": {"length_m": 5000.0, "tolerance_m": 99.0, "left_turns": 1, "right_turns": 0},
        "centreline": {
            "x_m": 0.0,
            "y_m": 0.0,
            "heading_deg": 0.0,
            "turns": turns,
            "last_straight_m": last_straight_m,
        },
        "sectors": [0.33, 0.66],
        "ground": {
            "left_m": half_m,
            "right_m": half_m,
            "kerbs": [],
            "paint": [],
            "gravel": [],
            "paved": [],
        },
        "surfaces": msgspec.to_builtins(shipped.surfaces),
        "walls": {
            "kinds": msgspec.to_builtins(shipped.walls.kinds),
            "barriers": [
                {"side": side, "kind": "armco", "distance_m": half_m + 4.0}
                for side in ("left", "right")
            ],
            "free": [],
        },
        "pit_lane": False,
        "buildings": [],
        "landscape": {"kind": "orchards"},
        "grid": {
            "boxes": 8,
            "pole": "right",
            "first_m": 4.0,
            "spacing_m": 8.0,
            "offset_m": 0.5 * half_m,
        },
    }
    return msgspec.convert(made, TrackFile)


def _kerbs(corner, character, lap_m):
    """Return one kerb inside the apex and one outside the exit."""
    inside = corner.inside
    outside = "right" if inside == "left" else "left"
    half_m = min(20.0, 0.5 * (corner.exit_m - corner.turn_in_m))
    places = (
        (inside, corner.apex_m - half_m, corner.apex_m + half_m),
        (outside, corner.exit_m - 0.5 * half_m, corner.exit_m + 2.0 * half_m),
    )
    return [
        msgspec.convert(
            {
                "side": side,
                "from_m": begin % lap_m,
                "to_m": end % lap_m,
                "width_m": character.kerb_m,
            },
            Strip,
        )
        for side, begin, end in places
    ]
