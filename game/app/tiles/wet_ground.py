"""Make laid ground wet: asphalt dark and glossy, puddles where water stands, a line that dries.

The tiles in memory stay dry. As one is laid, it is darkened by the water that lies there now, the
sky is mirrored in what shines, and the fourth byte of a pixel, which nothing else needs, says how
much it shines: from it the sky's own movement is drawn (`sheen.py`).

Tiles are painted with all the rubber on their line. Where the weather says how much of it lies
there, the line is as pale as it lacks, and what cars lay darkens the road where they drive.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from functools import cached_property
from threading import Lock
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from game.app.canvas.noise import NoiseLayer, noise
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import smoothstep
from game.app.canvas.warp import Pixels
from game.app.surfaces.driven_line import circuit_line
from game.app.surfaces.track_fields import TrackFields, TrackFieldSampler
from game.app.tiles.tiles import SCALES, TileKey
from game.arrays import FloatArray
from game.simulation.swept_road import unfilled_now
from game.simulation.water_now import WaterNow
from game.simulation.wet_road import (
    COLUMN_M,
    WaterAcross,
    rubber_now,
    water_beside,
    water_now,
    wet_road,
)
from game.track.track import Track
from game.weather.water import WaterRow
from game.weather.weather import Weather

_SIDE: Final = 128  # of what is known of a tile, in points
_COARSE: Final = (64, 256)  # of where its points are on the lap: 1 m apart, or as many as these
_MAX_KEPT: Final = 192  # tiles, eighty kilobytes each
_STEP_MM: Final = 0.02  # by which water changes before the ground is laid anew
_STEP_RUBBER: Final = 0.02  # the same
_CELLS_AGAIN_S: Final = 10.0  # between two looks at what cars have swept and laid
_DAMP_MM: Final = 0.1  # with so much water asphalt is two thirds as dark as it gets
_PUDDLE_MM: Final = (0.55, 1.25)  # from a little water in a hollow to a puddle; estimates
_HOLLOWS: Final = NoiseLayer(7.0, seed=201)
_SMALL_HOLLOWS: Final = NoiseLayer(2.2, seed=202)
_GUTTER_M: Final = 2.2  # beside the edge, where water runs to
_ROAD_DARK: Final = 0.52  # of dry asphalt's brightness, that is lost; estimates from photographs
_LAND_DARK: Final = 0.28
# About what `surfaces.rubber` paints: how dark where cars brake or corner hard, how much of that
# elsewhere, and its deviation about the line.
_RUBBER_DARK: Final = 0.40
_EVERYWHERE: Final = 0.3
_RUBBER_LINE_M: Final = 1.3
_BRIGHTEST: Final = 1.5  # that a point without its rubber gets, over how it is painted
_FILM_SHINE: Final = 0.045  # of the sky's brightness
_PUDDLE_SHINE: Final = 0.24
_SKY: Final = (228.0, 214.0, 198.0)  # blue, green, red, of a grey sky
_ASIDE_M: Final = np.arange(0.0, 10.0, 0.1)  # from the line that is driven
_BYTE: Final = np.float32(1.0 / 255.0)


_Bytes = npt.NDArray[np.uint8]

_NO_RUBBER: Final = np.zeros((_SIDE, _SIDE), np.uint8)  # of tiles of a road that keeps its own


class _Relief(NamedTuple):
    """Says of the points of a tile, 0..255: how much is road, line, hollow and painted rubber."""

    road: _Bytes
    driven: _Bytes
    hollow: _Bytes
    rubber: _Bytes
    # Of coarser points: where they are among the cells that cars change.
    column: FloatArray
    place: FloatArray


class _Cover(NamedTuple):
    """Holds the water and the rubber of a moment, and what cars have swept away and laid of them.

    swept, laid: shape (places + 1, columns), the last place is the first one again.
    """

    depths: WaterRow
    swept: FloatArray
    line_rubber: float
    laid: FloatArray


class _Film(NamedTuple):
    """Holds what is kept of a tile's colours, of so much, and what is added, with the gloss."""

    kept: _Bytes
    whole: float  # for colours that stay as they are
    added: _Bytes

    def part(self, around: TileKey, key: TileKey) -> _Film:
        """Return the part of a tile's film that lies in a finer tile."""
        times = round(key.scale / around.scale)
        side = max(_SIDE // times, 1)
        left = key.column % times * _SIDE // times
        top = _SIDE - side - key.row % times * _SIDE // times
        block = slice(top, top + side), slice(left, left + side)
        return _Film(self.kept[block], self.whole, self.added[block])


class WetGround:
    """Makes the ground of one circuit as wet and as rubbered as it is at a moment of a drive."""

    def __init__(self, track: Track, weather: Weather) -> None:
        self._road = road = wet_road(track, weather)
        self._track = track
        places = track.wet_places
        around = (*places, places[0])  # the last is the first again
        self._at_m = np.arange(len(around)) * (track.length_m / len(places))
        self._line_m = np.array([place.line_m for place in around])
        self._deeper = np.array([place.deeper for place in around])
        across = WaterAcross(0.0, 0.0, 1.0, 1)
        self._driven = [water_beside(across, aside_m).driven for aside_m in _ASIDE_M.tolist()]
        self._lock = Lock()  # of what is kept: tiles are prepared in another thread
        self._reliefs: OrderedDict[TileKey, _Relief] = OrderedDict()
        self._films: dict[TileKey, tuple[_Cover, _Film]] = {}
        cells = np.zeros((len(road.places) + 1, road.columns), np.float32)
        self._cover = _Cover(water_now(road, 0.0), cells, rubber_now(road, 0.0).line, cells)
        self._cells_at_s = 0.0  # when the cells were looked at

    @cached_property
    def _sampler(self) -> TrackFieldSampler:
        """Return what samples the circuit; it needs the painted line only where rubber changes."""
        line_m = circuit_line(self._track) if self._road.rubbering else None
        return TrackFieldSampler(self._track, line_m)

    def look_at(self, water: WaterNow) -> bool:
        """Take the road of a moment; return whether it looks other than before."""
        before, rubber = self._cover, rubber_now(self._road, water.time_s)
        depths, swept, laid = water_now(self._road, water.time_s), before.swept, before.laid
        changes_m = [abs(new - old) for new, old in zip(depths, before.depths, strict=True)]
        changes = [abs(rubber.line - before.line_rubber)]
        if abs(water.time_s - self._cells_at_s) >= _CELLS_AGAIN_S:
            self._cells_at_s = water.time_s
            swept = self._cells(water, 0, unfilled_now(self._road, water.time_s))
            changes_m.append(float(np.abs(swept - before.swept).max()) * depths.beside_m)
            if self._road.rubbering:
                laid = self._cells(water, self._road.water_cells, rubber.left)
                changes.append(float(np.abs(laid - before.laid).max()))
        if 1000.0 * max(changes_m) < _STEP_MM and max(changes) < _STEP_RUBBER:
            return False
        self._cover = _Cover(depths, swept, rubber.line, laid)
        return True

    def _cells(self, water: WaterNow, first: int, left: float) -> FloatArray:
        """Return what cars have done by the cells from one on; left: of what was at the start."""
        cells = np.array(water.cells[first : first + self._road.water_cells], np.float32)
        cells = cells.reshape(-1, self._road.columns)
        return np.vstack([cells, cells[:1]]) * np.float32(left)

    def wet(self, pixels: Pixels, key: TileKey) -> None:
        """Make a tile wet that has just been laid, at whatever size."""
        film = self._film(key)
        if film is None:
            pixels[:] = cv2.convertScaleAbs(pixels, alpha=1.0 - _land_dark(self._cover.depths))
            pixels[:, :, 3] = 0
            return
        size = pixels.shape[1::-1]
        wet = cv2.multiply(pixels, cv2.resize(film.kept, size), scale=1.0 / film.whole)
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
                # The coarsest stay: they are found out slowest, and any view may need them at once.
                finer = (old for old in self._reliefs if old.scale > SCALES[0])
                oldest = next(finer, key)
                del self._reliefs[oldest]
                self._films.pop(oldest, None)
        return sampled

    def _film_of(self, key: TileKey, relief: _Relief) -> _Film | None:
        """Return what water and rubber there are now do to a tile of this relief."""
        if not relief.road.any():
            return None
        cover = self._cover
        known = self._films.get(key)
        if known is None or known[0] is not cover:
            known = self._films[key] = cover, _film(relief, cover)
        return known[1]

    def _sampled(self, piece: Piece) -> _Relief:
        points = piece._replace(pixels_per_m=_SIDE / piece.side_m, pixels=_SIDE)
        if not self._sampler.may_reach(piece):
            none = np.zeros((_SIDE, _SIDE), np.uint8)
            nowhere = np.zeros((1, 1), np.float32)
            return _Relief(none, none, none, none, nowhere, nowhere)
        side = min(max(round(piece.side_m), _COARSE[0]), _COARSE[1])
        coarse = piece._replace(pixels_per_m=side / piece.side_m, pixels=side)
        whole = slice(0, side)
        fields = self._sampler.sample_road(coarse).block(whole, whole)
        line_m = np.interp(fields.s_m, self._at_m, self._line_m)
        deeper = np.interp(fields.s_m, self._at_m, self._deeper)
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
            _bytes(_enlarged(_painted_rubber(fields))) if self._road.rubbering else _NO_RUBBER,
            column.astype(np.float32),
            place.astype(np.float32),
        )


def _painted_rubber(fields: TrackFields) -> FloatArray:
    """Return how much rubber is painted, 0..1."""
    load = np.maximum(np.abs(fields.cornering), fields.braking)
    rubber: FloatArray = np.exp(-0.5 * np.square(fields.line_m / _RUBBER_LINE_M))
    rubber *= _EVERYWHERE + (1.0 - _EVERYWHERE) * load
    return rubber


def _enlarged(field: FloatArray) -> FloatArray:
    return np.asarray(cv2.resize(field.astype(np.float32), (_SIDE, _SIDE)), np.float32)


def _bytes(share: FloatArray) -> _Bytes:
    return np.asarray(255.0 * np.clip(share, 0.0, 1.0), np.uint8)


def _land_dark(water: WaterRow) -> float:
    """Return how much of its brightness open ground has lost."""
    return _LAND_DARK * (1.0 - math.exp(-1000.0 * water.beside_m / _DAMP_MM))


def _film(relief: _Relief, cover: _Cover) -> _Film:
    """Return what water does to the points of a tile: darker, with the sky in it, shining.

    And what rubber does that is not as it is painted.
    """
    road, driven, hollow = (part * _BYTE for part in relief[:3])
    beside_mm, line_mm = 1000.0 * cover.depths.beside_m, 1000.0 * cover.depths.line_m
    film_mm = np.float32(beside_mm) + driven * np.float32(line_mm - beside_mm)
    film_mm *= 1.0 - _in_cells(cover.swept, relief)
    damp = 1.0 - np.exp(film_mm * np.float32(-1.0 / _DAMP_MM))
    puddle = smoothstep(2.0 * hollow * film_mm, *_PUDDLE_MM)
    land = np.float32(_land_dark(cover.depths))
    dark = land + road * (np.float32(_ROAD_DARK) * damp - land)
    shine = road * (np.float32(_FILM_SHINE) * damp + np.float32(_PUDDLE_SHINE) * puddle)
    gloss = road * (np.float32(0.3) * damp + np.float32(0.7) * puddle)
    kept = np.zeros((_SIDE, _SIDE, 4), np.uint8)
    bright, whole = 1.0 - dark, 255.0
    if cover.line_rubber < 1.0 or cover.laid.any():
        whole /= _BRIGHTEST
        bright *= _rubbered(relief, cover)
    kept[:, :, :3] = (whole * bright)[:, :, None]
    added = np.empty((_SIDE, _SIDE, 4), np.uint8)
    for channel, bright in enumerate(_SKY):
        added[:, :, channel] = bright * shine
    added[:, :, 3] = 255.0 * gloss
    return _Film(kept, whole, added)


def _in_cells(values: FloatArray, relief: _Relief) -> FloatArray:
    """Return what the cells have at the points of a tile."""
    found = cv2.remap(values, relief.column, relief.place, cv2.INTER_LINEAR)
    return _enlarged(np.asarray(found, np.float32))


def _rubbered(relief: _Relief, cover: _Cover) -> FloatArray:
    """Return how bright the points of a tile are with their rubber, over how they are painted."""
    painted = relief.rubber * _BYTE
    there = 1.0 - (1.0 - painted * np.float32(cover.line_rubber)) * (
        1.0 - _in_cells(cover.laid, relief)
    )
    darkest = np.float32(_RUBBER_DARK) * relief.road * _BYTE
    bright: FloatArray = (1.0 - darkest * there) / (1.0 - darkest * painted)
    return bright
