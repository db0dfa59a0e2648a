"""Make what stands beside a lap where the circuit's file says nothing.

A key that is absent is made; an empty list, or `pit_lane = false`, means that there is none. What
the file gives stays as it is, and what is made keeps clear of it.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from game.arrays import Array, Mask
from game.track.bands import profile, sketch_bands
from game.track.centreline import Centreline
from game.track.corners import Corner
from game.track.defaults import track_defaults
from game.track.landscapes import landscape_of_seed
from game.track.made_kerbs import made_kerbs, made_paint
from game.track.made_pits import Pits, made_pits, made_stands
from game.track.made_run_off import (
    RunOff,
    SideSpace,
    barrier_m,
    gravel_of,
    made_barrier,
    made_traps,
    needed_run_off,
    paved_of,
)
from game.track.sketch import SIDES, Sketch, sketch_lap
from game.track.track_file import (
    BuildingEntry,
    CompleteFile,
    CompleteGround,
    CompleteWalls,
    Grid,
    GroundEntry,
    LandscapeEntry,
    PitLaneEntry,
    Side,
    TrackFile,
    WallsEntry,
)

_CITY_WIDTH_M: Final = 10.6  # a narrower circuit with tight corners lies in a city
_CITY_RADIUS_M: Final = 20.0
_CITY_TIGHT: Final = 0.2  # of its corners, and more
_SECTORS: Final = 3
_SHIFTED: Final = 0.12  # of the lap, by which a sector line may make way for a corner
_AFTER_M: Final = 12.0  # from a corner to a sector line
_BEFORE_GRID_M: Final = 8.0  # of the straight, free behind the last box
_PAVED_FREE_M: Final = 1.9  # from a paved way to a barrier
_GRAVEL_FREE_M: Final = 1.5
_FREE_M: Final = 0.9  # from the track to a barrier
_NO_WALLS: Final = WallsEntry()


def completed(file: TrackFile, centreline: Centreline, corners: tuple[Corner, ...]) -> CompleteFile:
    """Return a circuit's file with all that it leaves out made for it."""
    sketch = sketch_lap(centreline, corners, file.centreline, file.ground)
    landscape = file.landscape or _landscape(sketch, imported=file.source is not None)
    pits = made_pits(sketch) if file.pit_lane is None else None
    lane = pits.lane if pits else file.pit_lane or None
    ground = _painted(file.ground, sketch, city=landscape.kind == "city")
    site = _Roadsides(sketch, file, ground, lane, landscape)
    walls = site.walls(pits)
    default = track_defaults()
    return CompleteFile(
        title=file.title,
        credit=file.credit,
        centreline=file.centreline,
        official=file.official,
        profile=file.profile,
        sectors=_sectors(sketch) if file.sectors is None else file.sectors,
        ground=site.ground_with_run_off(),
        surfaces=file.surfaces or default.surfaces,
        walls=walls,
        grid=file.grid or _grid(sketch),
        pit_lane=lane or False,
        buildings=site.buildings(pits) if file.buildings is None else file.buildings,
        landscape=landscape,
    )


class _Roadsides:
    """Adds barriers and run-off to a circuit with its ground."""

    def __init__(
        self,
        sketch: Sketch,
        file: TrackFile,
        ground: CompleteGround,
        lane: PitLaneEntry | None,
        landscape: LandscapeEntry,
    ) -> None:
        self._sketch, self._file, self._ground = sketch, file, ground
        self._city = landscape.kind == "city"
        frames = sketch.frames
        self._bands = sketch_bands(ground, lane, frames.s_m, frames.length_m)
        self._lane = {side: _lane_beside(sketch, lane, side) for side in SIDES}
        self._needed_run_off = self._run_off()
        self._given = {
            barrier.side: barrier for barrier in (file.walls or _NO_WALLS).barriers or []
        }
        self._barrier_m = {side: self._barrier(side) for side in SIDES}

    def walls(self, pits: Pits | None) -> CompleteWalls:
        """Return the walls: those of the file, and made ones where it has none."""
        given = self._file.walls or _NO_WALLS
        barriers = given.barriers
        if barriers is None:
            barriers = [
                made_barrier(
                    self._sketch, side, self._barrier_m[side], self._needed_run_off, city=self._city
                )
                for side in SIDES
            ]
        free = given.free
        if free is None:
            free = [pits.wall] if pits else []
        return CompleteWalls(
            kinds=given.kinds or track_defaults().kinds, barriers=barriers, free=free
        )

    def ground_with_run_off(self) -> CompleteGround:
        """Return the ground with gravel and paved run-off where the file says nothing of them."""
        given = self._file.ground
        if given.gravel is not None and given.paved is not None:
            return self._ground
        beside = {
            side: SideSpace(self._edges_m(side)[:, 2], self._barrier_m[side], self._taken(side))
            for side in SIDES
        }
        traps = made_traps(self._sketch, self._needed_run_off, beside, city=self._city)
        return msgspec.structs.replace(
            self._ground,
            gravel=gravel_of(traps) if given.gravel is None else given.gravel,
            paved=paved_of(traps) if given.paved is None else given.paved,
        )

    def buildings(self, pits: Pits | None) -> list[BuildingEntry]:
        """Return the garages and the grandstands."""
        built = [pits.garages] if pits and pits.garages else []
        return [*built, *made_stands(self._sketch, self._barrier_m, built)]

    def _run_off(self) -> RunOff:
        """Return the run-off that is to be made: none beside the pit lane."""
        run_off = needed_run_off(self._sketch, city=self._city)
        given = self._file.ground
        for side in SIDES:
            paved = run_off.paved[side]
            given_there = np.where(paved, given.paved is not None, given.gravel is not None)
            none = given_there | self._lane[side]
            run_off.depth_m[side] = np.where(none, 0.0, run_off.depth_m[side])
        return run_off

    def _barrier(self, side: Side) -> Array:
        """Return how far from the centreline the barrier of a side stands at the samples."""
        if side in self._given:
            frames = self._sketch.frames
            return profile(frames.s_m, self._given[side].distance_m, frames.length_m)
        return barrier_m(
            self._sketch, side, self._needed_run_off, self._needed_m(side), city=self._city
        )

    def _needed_m(self, side: Side) -> Array:
        """Return how far from the centreline a barrier is clear of all that the ground has."""
        edges_m, bands = self._edges_m(side), self._bands
        gravel_m = np.where(edges_m[:, 4] > edges_m[:, 3], edges_m[:, 4] + _GRAVEL_FREE_M, 0.0)
        outer_m = bands.paved_left_m if side == "left" else -bands.paved_right_m
        paved_m = np.where(bands.paved_left_m > bands.paved_right_m, outer_m + _PAVED_FREE_M, 0.0)
        return np.maximum(np.maximum(edges_m[:, 2] + _FREE_M, gravel_m), paved_m)

    def _taken(self, side: Side) -> Mask:
        """Return where the ground of a side is something already: gravel, or a paved way."""
        edges_m, bands = self._edges_m(side), self._bands
        paved = bands.paved_left_m > bands.paved_right_m
        return (edges_m[:, 4] > edges_m[:, 3]) | paved

    def _edges_m(self, side: Side) -> Array:
        return self._bands.left_m if side == "left" else self._bands.right_m


def _painted(given: GroundEntry, sketch: Sketch, *, city: bool) -> CompleteGround:
    """Return the ground of a file with kerbs and paint."""
    kerbs = made_kerbs(sketch) if given.kerbs is None else given.kerbs
    paint = given.paint
    if paint is None:
        paint = [] if city else made_paint(sketch, kerbs)
    return CompleteGround(
        left_m=given.left_m,
        right_m=given.right_m,
        kerbs=kerbs,
        paint=paint,
        gravel=given.gravel or [],
        paved=given.paved or [],
    )


def _lane_beside(sketch: Sketch, lane: PitLaneEntry | None, side: Side) -> Mask:
    """Return at which samples the pit lane lies beside the track on a side."""
    s_m = sketch.frames.s_m
    if lane is None:
        return np.zeros(len(s_m), bool)
    outermost_m = max((mid_m for _, mid_m, _ in lane.path_m), key=abs)
    begin_m, end_m = lane.path_m[0][0], lane.path_m[-1][0]
    inside = np.mod(s_m - begin_m, sketch.length_m) <= (end_m - begin_m) % sketch.length_m
    return inside & ((outermost_m > 0.0) == (side == "left"))


def _landscape(sketch: Sketch, *, imported: bool) -> LandscapeEntry:
    """Return a landscape that suits a lap: a city around a narrow and twisting one.

    Nothing is known of the land around an imported one: meadows are the least surprise.
    """
    seed = round(1000.0 * sketch.length_m)
    if imported:
        return landscape_of_seed(seed, "meadows")
    width_m = float((sketch.edge_m["left"] + sketch.edge_m["right"]).min())
    tight = 0
    for corner in sketch.corners:
        at = sketch.between(corner.turn_in_m, corner.exit_m)
        tight += bool(np.abs(sketch.frames.curvature_1pm[at]).max() > 1.0 / _CITY_RADIUS_M)
    if width_m <= _CITY_WIDTH_M and tight >= max(_CITY_TIGHT * len(sketch.corners), 2.0):
        return landscape_of_seed(seed, "city")
    return landscape_of_seed(seed)


def _sectors(sketch: Sketch) -> list[float]:
    """Return where sectors begin, as shares of the lap: of similar length, not within a corner."""
    lap_m = sketch.length_m
    shares = []
    for number in range(1, _SECTORS):
        wanted_m = lap_m * number / _SECTORS
        beside_m = [wanted_m]
        for corner in sketch.corners:
            beside_m += [corner.turn_in_m - _AFTER_M, corner.exit_m + _AFTER_M]
        free_m = [
            s_m
            for s_m in beside_m
            if abs(s_m - wanted_m) <= _SHIFTED * lap_m and not sketch.in_corner(s_m)
        ]
        nearest_m = min(free_m, key=lambda s_m: abs(s_m - wanted_m), default=wanted_m)
        shares.append(round(nearest_m / lap_m, 4))
    return shares


def _grid(sketch: Sketch) -> Grid:
    """Return a grid that fits the straight before the line, pole on the inside of Turn 1."""
    sizes = track_defaults().grid
    fit = (sketch.before_line_m() - sizes.first_m - _BEFORE_GRID_M) / sizes.spacing_m
    at = sketch.between(-sizes.max_boxes * sizes.spacing_m, 0.0)
    edge_m = min(float(sketch.edge_m[side][at].min()) for side in SIDES)
    first = min(sketch.corners, key=lambda corner: corner.turn_in_m % sketch.length_m, default=None)
    return Grid(
        boxes=max(sizes.min_boxes, min(int(max(fit, 0.0)), sizes.max_boxes)),
        pole=first.inside if first else "right",
        first_m=sizes.first_m,
        spacing_m=sizes.spacing_m,
        offset_m=round(min(sizes.offset_m, 0.5 * edge_m), 1),
    )
