"""Make laid ground wet: asphalt dark and glossy, puddles where water stands, a line that dries.

The tiles in memory stay dry. As one is laid, it is darkened by the water that lies there now, the
sky is mirrored in what shines, and the fourth byte of a pixel, which nothing else needs, says how
much it shines: from it the sky's own movement is drawn (`sheen.py`).
"""

from __future__ import annotations

import math
from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from game.app.canvas.noise import NoiseLayer, noise
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import smoothstep
from game.app.canvas.warp import Pixels
from game.app.surfaces.track_fields import TrackFieldSampler
from game.app.tiles.tiles import SCALES, TileKey
from game.arrays import FloatArray
from game.simulation.swept_road import unfilled_now
from game.simulation.water_now import WaterNow
from game.simulation.wet_road import COLUMN_M, WaterAcross, water_beside, water_now, wet_road
from game.track.track import Track
from game.weather.water import WaterRow
from game.weather.weather import Weather

_SIDE: Final = 128  # of what is known of a tile, in points
_COARSE: Final = (64, 256)  # of where its points are on the lap: 1 m apart, or as many as these
_MAX_KEPT: Final = 192  # tiles, eighty kilobytes each
_STEP_MM: Final = 0.02  # by which water changes before the ground is laid anew
_SWEPT_AGAIN_S: Final = 10.0  # between two looks at what cars have swept
_DAMP_MM: Final = 0.1  # with so much water asphalt is two thirds as dark as it gets
_PUDDLE_MM: Final = (0.55, 1.25)  # from a little water in a hollow to a puddle; estimates
_HOLLOWS: Final = NoiseLayer(7.0, seed=201)
_SMALL_HOLLOWS: Final = NoiseLayer(2.2, seed=202)
_GUTTER_M: Final = 2.2  # beside the edge, where water runs to
_ROAD_DARK: Final = 0.52  # of dry asphalt's brightness, that is lost; estimates from photographs
_LAND_DARK: Final = 0.28
_FILM_SHINE: Final = 0.045  # of the sky's brightness
_PUDDLE_SHINE: Final = 0.24
_SKY: Final = (228.0, 214.0, 198.0)  # blue, green, red, of a grey sky
_ASIDE_M: Final = np.arange(0.0, 10.0, 0.1)  # from the line that is driven
_BYTE: Final = np.float32(1.0 / 255.0)


_Bytes = npt.NDArray[np.uint8]


class _Relief(NamedTuple):
    """Says of the points of a tile, 0..255: how much is road, line, and hollow."""

    road: _Bytes
    driven: _Bytes
    hollow: _Bytes
    # Of coarser points: where they are among the cells that cars sweep.
    column: FloatArray
    place: FloatArray


class _Water(NamedTuple):
    """Holds the water of a moment, and the shares of it that cars have swept away.

    swept: shape (places + 1, columns), the last place is the first one again.
    """

    depths: WaterRow
    swept: FloatArray


class _Film(NamedTuple):
    """Holds what is kept of a tile's colours, of 255, and what is added to them, with the gloss."""

    kept: _Bytes
    added: _Bytes

    def part(self, around: TileKey, key: TileKey) -> _Film:
        """Return the part of a tile's film that lies in a finer tile."""
        times = round(key.scale / around.scale)
        side = max(_SIDE // times, 1)
        left = key.column % times * _SIDE // times
        top = _SIDE - side - key.row % times * _SIDE // times
        block = slice(top, top + side), slice(left, left + side)
        return _Film(self.kept[block], self.added[block])


class WetGround:
    """Makes the ground of one circuit as wet as it is at a moment of a drive."""

    def __init__(self, track: Track, weather: Weather) -> None:
        self._road = road = wet_road(track, weather)
        self._sampler = TrackFieldSampler(track, None)
        places = track.wet_places
        self._at_m = np.arange(len(places)) * (track.length_m / len(places))
        self._length_m = track.length_m
        self._line_m = np.array([place.line_m for place in places])
        self._deeper = np.array([place.deeper for place in places])
        across = WaterAcross(0.0, 0.0, 1.0, 1)
        self._driven = [water_beside(across, aside_m).driven for aside_m in _ASIDE_M.tolist()]
        self._lock = Lock()  # of what is kept: tiles are prepared in another thread
        self._reliefs: OrderedDict[TileKey, _Relief] = OrderedDict()
        self._films: dict[TileKey, tuple[_Water, _Film]] = {}
        cells = np.zeros((len(road.places) + 1, road.columns), np.float32)
        self._water = _Water(water_now(road, 0.0), cells)
        self._swept_at_s = 0.0  # when the cells were looked at

    def look_at(self, water: WaterNow) -> bool:
        """Take the water of a moment; return whether it looks other than before."""
        depths, swept = water_now(self._road, water.time_s), self._water.swept
        changes_m = [abs(new - old) for new, old in zip(depths, self._water.depths, strict=True)]
        if abs(water.time_s - self._swept_at_s) >= _SWEPT_AGAIN_S:
            self._swept_at_s = water.time_s
            swept = self._swept(water)
            changed = float(np.abs(swept - self._water.swept).max())
            changes_m.append(changed * depths.beside_m)
        if 1000.0 * max(changes_m) < _STEP_MM:
            return False
        self._water = _Water(depths, swept)
        return True

    def _swept(self, water: WaterNow) -> FloatArray:
        cells = np.array(water.cells[: self._road.water_cells], np.float32)
        cells = cells.reshape(-1, self._road.columns)
        share = np.float32(unfilled_now(self._road, water.time_s))
        return np.vstack([cells, cells[:1]]) * share

    def wet(self, pixels: Pixels, key: TileKey) -> None:
        """Make a tile wet that has just been laid, at whatever size."""
        film = self._film(key)
        if film is None:
            pixels[:] = cv2.convertScaleAbs(pixels, alpha=1.0 - _land_dark(self._water.depths))
            pixels[:, :, 3] = 0
            return
        size = pixels.shape[1::-1]
        wet = cv2.multiply(pixels, cv2.resize(film.kept, size), scale=1.0 / 255.0)
        cv2.add(wet, cv2.resize(film.added, size), dst=pixels)

    def prepare(self, key: TileKey) -> None:
        """Find out all that is needed of a tile before it is laid; in any thread."""
        self._film_of(key, self._relief(key))

    def _film(self, key: TileKey) -> _Film | None:
        """Return what water does to a tile; None where there is no road.

        A tile that is not prepared is one that stands in for another: a part of what is known of
        the coarser one that it was made of is as good.
        """
        if key not in self._reliefs:
            for scale in sorted((each for each in SCALES if each < key.scale), reverse=True):
                around = key.coarser(scale)
                relief = self._reliefs.get(around)
                if relief is not None:
                    film = self._film_of(around, relief)
                    return None if film is None else film.part(around, key)
        return self._film_of(key, self._relief(key))

    def _relief(self, key: TileKey) -> _Relief:
        with self._lock:
            found = self._reliefs.get(key)
            if found is not None:
                self._reliefs.move_to_end(key)
                return found
        sampled = self._sampled(key.piece)
        with self._lock:
            self._reliefs[key] = sampled
            if len(self._reliefs) > _MAX_KEPT:
                oldest, _ = self._reliefs.popitem(last=False)
                self._films.pop(oldest, None)
        return sampled

    def _film_of(self, key: TileKey, relief: _Relief) -> _Film | None:
        """Return what the water there is now does to a tile of this relief."""
        if not relief.road.any():
            return None
        water = self._water
        known = self._films.get(key)
        if known is None or known[0] is not water:
            known = self._films[key] = water, _film(relief, water)
        return known[1]

    def _sampled(self, piece: Piece) -> _Relief:
        points = piece._replace(pixels_per_m=_SIDE / piece.side_m, pixels=_SIDE)
        if not self._sampler.may_reach(piece):
            none = np.zeros((_SIDE, _SIDE), np.uint8)
            nowhere = np.zeros((1, 1), np.float32)
            return _Relief(none, none, none, nowhere, nowhere)
        side = min(max(round(piece.side_m), _COARSE[0]), _COARSE[1])
        coarse = piece._replace(pixels_per_m=side / piece.side_m, pixels=side)
        whole = slice(0, side)
        fields = self._sampler.sample(coarse).block(whole, whole)
        line_m = np.interp(fields.s_m, self._at_m, self._line_m, period=self._length_m)
        deeper = np.interp(fields.s_m, self._at_m, self._deeper, period=self._length_m)
        driven = np.interp(np.abs(fields.offset_m - line_m), _ASIDE_M, self._driven)
        tarmac_m, paved_m, driven, deeper = (
            _enlarged(field) for field in (fields.tarmac_m, fields.paved_m, driven, deeper)
        )
        edge_m = np.minimum(tarmac_m, -paved_m)
        road = np.clip(0.5 - edge_m * points.pixels_per_m, 0.0, 1.0)
        block = slice(0, _SIDE)
        rough = noise(points, _HOLLOWS).block(block, block)
        rough = rough + 0.5 * noise(points, _SMALL_HOLLOWS).block(block, block)
        gutter = smoothstep(tarmac_m, -_GUTTER_M, 0.0)
        hollow = (0.55 + 0.42 * rough + 0.5 * gutter) * deeper
        column = (fields.offset_m + self._road.right_m) / COLUMN_M
        place = fields.s_m / self._road.place_m
        return _Relief(
            _bytes(road),
            _bytes(driven),
            _bytes(0.5 * hollow),
            column.astype(np.float32),
            place.astype(np.float32),
        )


def _enlarged(field: FloatArray) -> FloatArray:
    return np.asarray(cv2.resize(field.astype(np.float32), (_SIDE, _SIDE)), np.float32)


def _bytes(share: FloatArray) -> _Bytes:
    return np.asarray(255.0 * np.clip(share, 0.0, 1.0), np.uint8)


def _land_dark(water: WaterRow) -> float:
    """Return how much of its brightness open ground has lost."""
    return _LAND_DARK * (1.0 - math.exp(-1000.0 * water.beside_m / _DAMP_MM))


def _film(relief: _Relief, water: _Water) -> _Film:
    """Return what water does to the points of a tile: darker, with the sky in it, shining."""
    road, driven, hollow = (part * _BYTE for part in relief[:3])
    beside_mm, line_mm = 1000.0 * water.depths.beside_m, 1000.0 * water.depths.line_m
    film_mm = np.float32(beside_mm) + driven * np.float32(line_mm - beside_mm)
    swept = cv2.remap(water.swept, relief.column, relief.place, cv2.INTER_LINEAR)
    film_mm *= 1.0 - _enlarged(np.asarray(swept, np.float32))
    damp = 1.0 - np.exp(film_mm * np.float32(-1.0 / _DAMP_MM))
    puddle = smoothstep(2.0 * hollow * film_mm, *_PUDDLE_MM)
    land = np.float32(_land_dark(water.depths))
    dark = land + road * (np.float32(_ROAD_DARK) * damp - land)
    shine = road * (np.float32(_FILM_SHINE) * damp + np.float32(_PUDDLE_SHINE) * puddle)
    gloss = road * (np.float32(0.3) * damp + np.float32(0.7) * puddle)
    kept = np.zeros((_SIDE, _SIDE, 4), np.uint8)
    kept[:, :, :3] = (255.0 * (1.0 - dark))[:, :, None]
    added = np.empty((_SIDE, _SIDE, 4), np.uint8)
    for channel, bright in enumerate(_SKY):
        added[:, :, channel] = bright * shine
    added[:, :, 3] = 255.0 * gloss
    return _Film(kept, added)
