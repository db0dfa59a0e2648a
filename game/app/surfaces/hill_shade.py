"""Shade the ground of a hilly circuit: what faces the sun is lighter, what turns away is darker."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.sheet import Sheet, shows, smoothstep
from game.app.canvas.sun import SUN_SHADOW
from game.app.surfaces.track_fields import TrackFields
from game.arrays import Array
from game.track.track import Track

_EXAGGERATED: Final = 1.6  # times what the sun does: a slope is hard to see from above
_MOST: Final = 0.16  # of the light, more or less
_WHOLE_M: Final = 14.0  # beyond the tarmac, up to where the land slopes as the road does ...
_GONE_M: Final = 48.0  # ... and where nothing is known of it


class HillShade:
    """Holds how light the road is along the lap of a hilly circuit."""

    def __init__(self, track: Track) -> None:
        frames, profile = track.frames, track.profile
        falls_east = -profile.grade * frames.cos - profile.crossfall * frames.sin
        falls_north = -profile.grade * frames.sin + profile.crossfall * frames.cos
        east, north = SUN_SHADOW  # a slope that falls the way that shadows do faces away
        light: Array = -(falls_east * east + falls_north * north) * _EXAGGERATED
        self.light = np.clip(light, -_MOST, _MOST)
        self._s_m = np.append(frames.s_m, track.length_m)
        self._light_there = np.append(self.light, self.light[0])

    def paint(self, sheet: Sheet, fields: TrackFields) -> None:
        """Make the ground of a block lighter and darker."""
        near = 1.0 - smoothstep(fields.corners_beyond_tarmac_m(), _WHOLE_M, _GONE_M)
        if not shows(near):
            return
        light = near * np.interp(fields.corners_along_m(), self._s_m, self._light_there)
        sheet.multiply(fields.between_corners((1.0 + light).astype(np.float32)))


def hill_shade(track: Track) -> HillShade | None:
    """Return the shade of a circuit's hills; None if it is flat."""
    return HillShade(track) if track.tables.hilly else None
