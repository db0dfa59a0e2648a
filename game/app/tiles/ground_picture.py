"""Keep the ground around a view laid, and change gradually from one scale of tiles to another.

Laying all tiles of a view anew takes longer than a frame has. So while a camera zooms, the ground
is drawn on from the tiles it has, and a few tiles of the next scale are laid beside them in each
frame; when all are there the two change places. The tiles that a moving view comes to are laid
before it reaches them, too; where one has not come by then, what stands in for it, and over that
the tile itself when it is there.
"""

from __future__ import annotations

from typing import Final

import pygame

from game.app.tiles.mosaic import NO_LIMIT, USUAL_ROOM, Finish, Mosaic, keys_in
from game.app.tiles.tile_detail import DETAILS, TileDetail, detail_for
from game.app.tiles.tile_store import TileStore
from game.app.tiles.tiles import TileKey
from game.app.view.camera import View

_LAID_A_FRAME: Final = 2  # tiles that are not in view yet
_PATIENCE: Final = 1.3  # enlarged or shrunk by so much beyond its limit, ground changes at once
_PRESSING: Final = 1.15  # the same, from where on what stands in for the next ground is laid, too
_VERY_SOON: Final = 0.25  # of the way to a view that is likely soon
_SAME_ZOOM: Final = 1.1  # views that differ by more, from frame to frame, are not one motion
_SAME_PLACE: Final = 0.25  # of a view's width


class GroundPicture:
    """Draws the ground around one view, as it moves and zooms."""

    def __init__(self, finish: Finish | None = None) -> None:
        """Call `finish` with the pixels of every tile that has been laid, to be changed."""
        self._shown, self._next = Mosaic(finish), Mosaic(finish)
        self._outdated: list[TileKey] = []
        self._stood_in: set[TileKey] = set()  # tiles in whose place others are laid ahead
        self._laid_a_frame = _LAID_A_FRAME if finish is None else 1
        self._detail = DETAILS[-1]
        self._before: View | None = None

    def detail_for(self, view: View) -> TileDetail:
        """Return how the ground of a view would be laid after the one last drawn."""
        return detail_for(view, self._detail)

    def reserve(self, view: View) -> None:
        """Take all memory now that views of this size and turn need at any usual zoom."""
        for detail in DETAILS[1:]:
            farthest = view._replace(pixels_per_m=detail.farthest(_PATIENCE))
            self._shown.reserve(farthest, *detail)
            self._next.reserve(farthest, *detail)

    def change(self, view: View) -> None:
        """Draw next in the way that suits a view, at once."""
        self._detail = detail_for(view, self._detail)
        self._next.clear()

    def forget(self, tile: pygame.Surface) -> None:
        """Lay this tile again before it is shown: it has been drawn onto."""
        self._shown.forget(tile)
        self._next.forget(tile)

    def finish_again(self) -> None:
        """Lay all tiles anew, a few a frame: they are to be finished in another way from now on."""
        self._outdated = self._shown.laid()
        self._next.clear()

    def draw(
        self, surface: pygame.Surface, view: View, store: TileStore, soon: View | None = None
    ) -> None:
        """Fill the surface with the view's ground as far as it is painted.

        soon: a view that is likely before long, to be made ready after this one.
        """
        wanted = detail_for(view, self._detail)
        is_changing = (
            wanted != self._detail
            and self._may_wait(view)
            and self._lacks_next(view, wanted, store)
        )
        if wanted != self._detail and not is_changing:
            self._shown, self._next = self._next, self._shown
            self._next.clear()
            self._detail = wanted
        self._before = view
        room = _room(view, self._detail)
        spare = NO_LIMIT if soon is None else self._laid_a_frame
        spare = self._shown.draw(surface, view, *self._detail, store.get, room, spare)
        is_busy = soon is not None and self._lay_ahead(view, soon, store)
        if self._outdated and spare and not (is_busy or is_changing):
            self._shown.lay_again(self._outdated.pop())

    def _lay_ahead(self, view: View, soon: View, store: TileStore) -> bool:
        """Lay some of the tiles that will be seen where none lies that is seen now.

        Returns whether it has.
        """
        keys = keys_in(soon, detail_for(soon, self._detail).scale)
        store.request(keys)
        if keys[0].scale != self._detail.scale:
            return False
        ahead = [key for key in keys if not self._shown.has(key) and store.has(key)]
        self._stood_in = {key for key in self._stood_in if self._shown.has(key)}
        ahead += [key for key in self._stood_in if store.has(key)]
        ahead = ahead or self._pressing(view, soon)
        if not ahead:
            return False
        seen, is_laid = keys_in(view, self._detail.scale), False
        for key in ahead[: self._laid_a_frame]:
            self._stood_in.discard(key)
            if self._shown.key_under(key) not in seen:
                self._shown.lay(key, store.get(key))
                is_laid = True
                if not store.has(key):
                    self._stood_in.add(key)
        return is_laid

    def _pressing(self, view: View, soon: View) -> list[TileKey]:
        """Return tiles that are not laid and will be seen in no time.

        What stands in for one that has not come by then is laid, too, one after another: a whole
        row of them, when it comes into view, takes longer than a frame has.
        """
        very_soon = view._replace(
            x_m=view.x_m + _VERY_SOON * (soon.x_m - view.x_m),
            y_m=view.y_m + _VERY_SOON * (soon.y_m - view.y_m),
        )
        keys = keys_in(very_soon, self._detail.scale)
        return [key for key in keys if not self._shown.has(key)]

    def _may_wait(self, view: View) -> bool:
        """Return whether the ground that is shown will do for a few frames more."""
        before = self._before
        return (
            before is not None
            and (view.width, view.height) == (before.width, before.height)
            and abs(view.x_m - before.x_m) < 2.0 * _SAME_PLACE * view.half_width_m
            and abs(view.y_m - before.y_m) < 2.0 * _SAME_PLACE * view.half_width_m
            and 1.0 / _SAME_ZOOM < view.pixels_per_m / before.pixels_per_m < _SAME_ZOOM
            and self._detail.is_near(view.pixels_per_m, _PATIENCE)
        )

    def _lacks_next(self, view: View, detail: TileDetail, store: TileStore) -> bool:
        """Lay some tiles of the next scale that are in memory; return whether more are needed."""
        self._next.fit(view, *detail, _room(view, detail))
        keys = keys_in(view, detail.scale)
        store.request(keys)
        missing = [key for key in keys if not self._next.has(key)]
        here = [key for key in missing if store.has(key)]
        if not here and not self._detail.is_near(view.pixels_per_m, _PRESSING):
            here = missing  # as all would be at once, when there is no time left
        for key in here[: self._laid_a_frame]:
            self._next.lay(key, store.get(key))
        return len(missing) > min(len(here), self._laid_a_frame) or not all(map(store.has, keys))


def _room(view: View, detail: TileDetail) -> float:
    """Return how far a view may zoom out before its ground is laid in another way."""
    farthest = detail.farthest(_PATIENCE)
    return view.pixels_per_m / farthest if farthest > 0.0 else USUAL_ROOM
