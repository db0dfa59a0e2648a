"""An oval, written as a player would write it."""

from pathlib import Path

import msgspec

from game.track.track import build_track
from game.track.track_file import TrackFile

SURFACE = "grip = 1.0\nrolling_resistance = 0.015\nroughness_m = 0.0\ncounts_as_track = {}\n"
KINDS = {
    "tarmac": "true",
    "kerb": "true",
    "paint": "true",
    "grass": "false",
    "gravel": "false",
    "pit_lane": "false",
}

OVAL = """
title = "Oval"
credit = "nobody"
sectors = [0.25, 0.6]
buildings = []
landscape = { kind = "orchards" }

[official]
length_m = 714.16
tolerance_m = 0.01
left_turns = 2
right_turns = 0

[centreline]
x_m = 0.0
y_m = 0.0
heading_deg = 0.0
last_straight_m = 100.0
[[centreline.turns]]
number = 1
straight_m = 100.0
direction = "left"
radius_m = 50.0
angle_deg = 180.0
transition_m = 0.0
[[centreline.turns]]
number = 2
straight_m = 200.0
direction = "left"
radius_m = 50.0
angle_deg = 180.0
transition_m = 0.0

[ground]
left_m = 6.0
right_m = [[0, 6.0], [300, 8.0]]
kerbs = [{ side = "right", from_m = 20, to_m = 60, width_m = 1.0, taper_m = 5.0 }]
paint = [{ side = "right", from_m = 30, to_m = 60, width_m = 2.0, taper_m = 0.0 }]
gravel = [{ side = "right", edges_m = [[100, 12, 12], [180, 12, 30], [257, 12, 12]] }]
paved = [{ edges_m = [[650, 12, 16], [50, 12, 16]] }]

[walls]
free = [{ kind = "concrete", path_m = [[700, 10], [60, 10]] }]
[[walls.barriers]]
side = "left"
kind = "armco"
distance_m = 20.0
[[walls.barriers]]
side = "right"
kind = "armco"
distance_m = 40.0
other = [{ kind = "tyres", from_m = 600, to_m = 50 }]

[walls.kinds]
armco = { friction = 0.4, restitution = 0.1, half_thickness_m = 0.2 }
tyres = { friction = 0.8, restitution = 0.1, half_thickness_m = 0.6 }
concrete = { friction = 0.5, restitution = 0.2, half_thickness_m = 0.3 }

[grid]
boxes = 24
pole = "right"
first_m = 4.0
spacing_m = 8.0
offset_m = 3.0

[pit_lane]
speed_limit_mps = 16.0
path_m = [[400, -14, 4], [500, -14, 4]]

""" + "\n".join(f"[surfaces.{name}]\n{SURFACE.format(track)}" for name, track in KINDS.items())


SMALL_OVAL = OVAL
for _old, _new in (
    ("length_m = 714.16", "length_m = 317.08"),
    ("last_straight_m = 100.0", "last_straight_m = 40.0"),
    ("straight_m = 100.0\ndir", "straight_m = 40.0\ndir"),
    ("straight_m = 200.0", "straight_m = 80.0"),
    ("radius_m = 50.0", "radius_m = 25.0"),
    ("[300, 8.0]", "[200, 8.0]"),
    ("[650, 12, 16]", "[290, 12, 16]"),
    ("[700, 10]", "[305, 10]"),
    ("from_m = 600", "from_m = 280"),
    ("boxes = 24", "boxes = 8"),
    ("[[400, -14, 4], [500, -14, 4]]", "[[125, -14, 4], [190, -14, 4]]"),
):
    assert _old in SMALL_OVAL
    SMALL_OVAL = SMALL_OVAL.replace(_old, _new)


def make_oval(content=OVAL):
    """Return an oval: two straights of 200 m, 100 m apart, and two half circles; 12 m wide.

    That of `SMALL_OVAL` has straights of 80 m, 50 m apart, for tests in which laps are driven.
    """
    file = msgspec.toml.decode(content, type=TrackFile)
    return build_track("oval", file, Path("oval"))
