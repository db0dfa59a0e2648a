"""Divide a lap among its corners: each has the way from where it is braked for to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from game.analysis.lap_profile import LapProfile
from game.track.corners import Corner
from game.track.track import Track


class CornerStretch(NamedTuple):
    """Holds a corner with its part of the lap, in marks: from `begin` to `end`."""

    corner: Corner
    begin: int
    end: int
    turn_in: int
    leave: int  # where the corner ends


def corner_stretches(track: Track, profiles: Sequence[LapProfile]) -> tuple[CornerStretch, ...]:
    """Return the stretches of a lap, from the line to the line, for all of these laps alike.

    One ends where the first of the laps is at its fastest before the next corner, and begins to
    brake; so what is lost on a straight belongs to the corner before it. None lies across the line.
    """
    corners = track.corners
    if not corners or not profiles:
        return ()
    marks = profiles[0].marks
    borders = [0]
    for before, after in pairwise(corners):
        first = max(marks.nearest(before.apex_m), borders[-1])
        last = max(marks.nearest(after.apex_m), first)
        fastest = (
            last - int(np.argmax(profile.columns.speed_mps[first : last + 1][::-1]))
            for profile in profiles
        )
        borders.append(min(fastest))
    borders.append(marks.total)
    return tuple(
        CornerStretch(
            corner, begin, end, marks.nearest(corner.turn_in_m), marks.nearest(corner.exit_m)
        )
        for corner, (begin, end) in zip(corners, pairwise(borders), strict=True)
    )
