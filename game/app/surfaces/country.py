"""Paint the country that a circuit lies in, by how it looks and how it is divided."""

from __future__ import annotations

import numpy as np

from game.app.canvas.overlay import Overlay
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Sheet
from game.app.surfaces.land import paint_open_ground
from game.app.surfaces.landscape import landscape_of
from game.app.surfaces.parcels import Parcels, divide_land, paint_fields, parcels_near
from game.app.surfaces.sand import paint_sand
from game.app.surfaces.streets import Streets, paint_streets
from game.arrays import Array
from game.track.track import Track


class Country:
    """Holds the land around one circuit, laid out by the seed in its file."""

    def __init__(self, track: Track, low_m: Array, high_m: Array) -> None:
        """Lay out the land of a box and around it. Raises InputError if its look cannot be read."""
        self.look = landscape_of(track.landscape.kind)
        self.seed = track.landscape.seed
        look = self.look
        outlines = [item.outline_m for item in track.buildings]
        built_m = np.concatenate([track.outline("left", -1), *outlines])
        self.parcels = (
            divide_land(look.parcels, self.seed, built_m, low_m, high_m) if look.parcels else None
        )
        self.streets = Streets(look.streets, self.seed, low_m, high_m) if look.streets else None

    def parcels_near(self, piece: Piece) -> Parcels | None:
        """Return the parcels that may be seen in a piece; None where none is worked."""
        if self.parcels is None:
            return None
        near = parcels_near(piece, self.parcels)
        return near if near.uses.any() else None

    def paint(self, sheet: Sheet, bushes: Overlay | None, parcels: Parcels | None) -> None:
        """Paint the land everywhere, as if there were no circuit.

        bushes: on open ground; parcels: those near, of which some may be worked.
        """
        if self.streets is not None and self.streets.cover(sheet.piece):
            paint_streets(sheet, self.streets)
            return
        paint_open_ground(sheet, self.look.ground, bushes)
        if self.look.sand is not None:
            paint_sand(sheet, self.look.sand)
        if parcels is not None:
            paint_fields(sheet, parcels)
        if self.streets is not None:
            paint_streets(sheet, self.streets)
