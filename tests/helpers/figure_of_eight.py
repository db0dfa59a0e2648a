"""A figure of eight with a bridge, as a player would write it, driven either way round."""

import math
from pathlib import Path

import msgspec
from oval import OVAL

from game.track.track import build_track
from game.track.track_file import (
    Barrier,
    BridgeEntry,
    CentrelineEntry,
    Grid,
    GroundEntry,
    TrackFile,
    WallsEntry,
)

_WIDE_M, _TIGHT_M = 80.0, 60.0  # radii of the two loops, which both turn by three quarters
_AFTER_M = 40.0  # from the crossing below to the start line
_STRAIGHT_M = _WIDE_M + _TIGHT_M
_THREE_QUARTERS = 1.5 * math.pi
ELEMENTS = [
    (_WIDE_M - _AFTER_M, 0.0, 0.0),
    (_THREE_QUARTERS * _WIDE_M, 1.0 / _WIDE_M, 1.0 / _WIDE_M),
    (_STRAIGHT_M, 0.0, 0.0),
    (_THREE_QUARTERS * _TIGHT_M, -1.0 / _TIGHT_M, -1.0 / _TIGHT_M),
    (_TIGHT_M + _AFTER_M, 0.0, 0.0),
]
LAP_M = sum(length_m for length_m, _, _ in ELEMENTS)
ABOVE_M = ELEMENTS[0][0] + ELEMENTS[1][0] + _WIDE_M  # the crossing on the bridge
BELOW_M = LAP_M - _AFTER_M  # and under it
BRIDGE = BridgeEntry(ABOVE_M - 60.0, ABOVE_M + 60.0)


def figure_of_eight_file(*, backwards=False, bridges=(BRIDGE,)):
    """Return the circuit's file: 12 m wide, walls 12 m from the centreline, crossing squarely."""
    elements, heading_deg = ELEMENTS, 45.0
    if backwards:
        elements = [(length_m, -end, -begin) for length_m, begin, end in reversed(ELEMENTS)]
        heading_deg += 180.0
        bridges = [BridgeEntry(LAP_M - one.to_m, LAP_M - one.from_m) for one in bridges]
    away_m = _AFTER_M * math.sqrt(0.5)
    oval = msgspec.toml.decode(OVAL, type=TrackFile)
    return msgspec.structs.replace(
        oval,
        title="Figure of eight",
        official=None,
        centreline=CentrelineEntry(
            away_m, away_m, heading_deg, elements=elements, bridges=list(bridges)
        ),
        ground=GroundEntry(6.0, 6.0, kerbs=[], paint=[], gravel=[], paved=[]),
        walls=WallsEntry(
            oval.walls.kinds, [Barrier(side, "armco", 12.0) for side in ("left", "right")], free=[]
        ),
        grid=Grid(4, "right", 4.0, 8.0, 3.0),
        pit_lane=False,
    )


def make_figure_of_eight(**changes):
    """Return a figure of eight whose crossing is at the origin."""
    return build_track("eight", figure_of_eight_file(**changes), Path("eight"))
