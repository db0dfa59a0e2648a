"""An oval whose road rises, falls and is banked."""

import math
from pathlib import Path

import msgspec
from oval import OVAL

from game.track.tables import slope_at
from game.track.track import build_track
from game.track.track_file import RoadProfileEntry, TrackFile

LAP_M = 400.0 + 100.0 * math.pi
HEIGHTS_M = [(0.0, 12.0), (180.0, 9.5), (357.0, 2.0), (560.0, 6.0)]
BANKING_DEG = [(80.0, 0.0), (140.0, 6.0), (220.0, 6.0), (290.0, 0.0)]


def oval_file(heights_m=HEIGHTS_M, banking_deg=BANKING_DEG):
    """Return the file of the oval of `oval.py` with these heights and this banking."""
    file = msgspec.toml.decode(OVAL, type=TrackFile)
    entry = RoadProfileEntry([*heights_m], [*banking_deg])
    return msgspec.structs.replace(file, profile=entry)


def hilly_oval(heights_m=HEIGHTS_M, banking_deg=BANKING_DEG):
    """Return the oval of `oval.py` with these heights and this banking."""
    return build_track("hilly", oval_file(heights_m, banking_deg), Path("hilly"))


def height_at(tables, s_m, offset_m):
    """Return the height of the road, or of the land beside it, at a place."""
    return slope_at(tables, s_m, offset_m, 0.0).height_m
