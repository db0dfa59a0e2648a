"""Sample a circuit about every metre: frames for drawing and walls, tables for the tick."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

import numpy as np
import numpy.typing as npt

from game.arrays import Array, Indices, Mask
from game.track.bands import Bands
from game.track.centreline import Centreline
from game.track.levels import BRIDGE, Tiers, all_that_meet, sample_tiers
from game.track.nearest import NOT_SEARCHED, nearest_points
from game.track.road_profile import RoadProfile
from game.track.surfaces import Surfaces
from game.track.tables import LEVEL_ROAD, RoadSample, Sample, SurfaceProperties, TrackTables
from game.track.track_file import BridgeEntry
from game.trig_arrays import directions

_STEP_M = 1.0  # an arc of that length departs from the tightest clothoid by less than a millimetre


@dataclass(frozen=True)
class Frames:
    """Samples the centreline: distance, place, heading and its cosine and sine, curvature, tier.

    All arrays have the shape (n,).
    """

    length_m: float
    s_m: Array
    x_m: Array
    y_m: Array
    heading_rad: Array
    cos: Array
    sin: Array
    curvature_1pm: Array
    tier: Tiers  # as `levels` has them

    def points(self, index: Indices, offset_m: Array) -> Array:
        """Return the places, shape (m, 2), at samples and offsets to the left of shape (m,)."""
        return np.column_stack(
            [
                self.x_m[index] - offset_m * self.sin[index],
                self.y_m[index] + offset_m * self.cos[index],
            ]
        )

    def along(self, offset_m: Array) -> Array:
        """Return the closed line of points at an offset of shape (n,) from every sample, (n, 2)."""
        return self.points(np.arange(len(self.s_m)), offset_m)

    @property
    def places_m(self) -> Array:
        """Return the places of the samples, shape (n, 2)."""
        return np.column_stack([self.x_m, self.y_m])

    @property
    def has_bridges(self) -> bool:
        """Return whether a part of the lap runs above the rest."""
        return bool((self.tier == BRIDGE).any())

    def position(self, s_m: npt.ArrayLike) -> Array:
        """Return the places of the samples nearest to distances of shape (n,), shape (n, 2)."""
        places = np.asarray(s_m, float) / self.length_m * len(self.s_m)
        index = np.rint(places).astype(int) % len(self.s_m)
        return np.column_stack([self.x_m[index], self.y_m[index]])

    def nearest(
        self, x_m: Array, y_m: Array, within_m: float = math.inf, tier: int | None = None
    ) -> Indices:
        """Return the index of the sample nearest to each place, as `nearest_points` finds it.

        With a tier it is the nearest of those that what is on this tier may touch.
        """
        if tier is None or not self.has_bridges:
            return nearest_points(x_m, y_m, self.places_m, within_m)
        met = np.flatnonzero(all_that_meet(self.tier, tier))
        found = nearest_points(x_m, y_m, self.places_m[met], within_m)
        return np.where(found == NOT_SEARCHED, NOT_SEARCHED, met[found])

    def index_at(self, s_m: float) -> int:
        """Return the index of the sample nearest to a distance along the lap."""
        count = len(self.s_m)
        return round(s_m / self.length_m * count) % count

    def tier_at(self, s_m: float) -> int:
        """Return the tier of the road at a distance along the lap."""
        return int(self.tier[self.index_at(s_m)])

    def from_samples(self, index: Indices, x_m: Array, y_m: Array) -> tuple[Array, Array]:
        """Return how far each place lies ahead and to the left of the sample of that index."""
        east_m, north_m = x_m - self.x_m[index], y_m - self.y_m[index]
        cos, sin = self.cos[index], self.sin[index]
        return east_m * cos + north_m * sin, north_m * cos - east_m * sin

    def are_beside(self, index: Indices, x_m: Array, y_m: Array) -> Mask:
        """Return whether each place lies beside its nearest sample of some tiers, shape (n,).

        Where a road goes on as a bridge, what is under the bridge lies ahead of the last sample.
        """
        ahead_m, _left_m = self.from_samples(index, x_m, y_m)
        beside: Mask = np.abs(ahead_m) <= 2.0 * self.length_m / len(self.s_m)
        return beside


def sample_frames(
    centreline: Centreline, bridges: Sequence[BridgeEntry] = (), step_m: float = _STEP_M
) -> Frames:
    """Return samples that divide the lap into equal steps as near to a step as can be."""
    count = max(round(centreline.length_m / step_m), 3)
    s_m: Array = np.arange(count, dtype=np.float64) * (centreline.length_m / count)
    poses = centreline.poses(s_m)
    tangents = directions(poses[:, 2])
    return Frames(
        centreline.length_m,
        s_m,
        poses[:, 0].copy(),
        poses[:, 1].copy(),
        poses[:, 2].copy(),
        tangents.cos,
        tangents.sin,
        centreline.curvature_1pm(s_m),
        sample_tiers(bridges, s_m, centreline.length_m),
    )


def sample_tables(
    frames: Frames, bands: Bands, surfaces: Surfaces, profile: RoadProfile
) -> TrackTables:
    """Return the tables that the tick reads, as lists."""
    kinds = surfaces.in_order()
    # Only the bands nearest the centre can count as track: up to the first that does not.
    last = 0
    while last < 2 and kinds[last + 1].counts_as_track:
        last += 1
    count = len(frames.s_m)
    numbers = zip(
        frames.x_m.tolist(),
        frames.y_m.tolist(),
        frames.cos.tolist(),
        frames.sin.tolist(),
        frames.heading_rad.tolist(),
        frames.curvature_1pm.tolist(),
        map(tuple, bands.left_m.tolist()),
        map(tuple, bands.right_m.tolist()),
        bands.paved_left_m.tolist(),
        bands.paved_right_m.tolist(),
        bands.left_m[:, last].tolist(),
        bands.right_m[:, last].tolist(),
        strict=True,
    )
    return TrackTables(
        endless=0,
        sample_count=count,
        step_m=frames.length_m / count,
        length_m=frames.length_m,
        min_left_m=float(bands.left_m[:, 0].min()),
        min_right_m=float(bands.right_m[:, 0].min()),
        bridged=int(frames.has_bridges),
        samples=list(starmap(Sample, numbers)),
        surfaces=[
            SurfaceProperties(
                grip=kind.grip,
                rolling_resistance=kind.rolling_resistance,
                slow_rolling_resistance=kind.resistance_when_slow,
                slow_speed_mps=kind.slow_speed_mps,
                height_m=kind.height_m,
                roughness_m=kind.roughness_m,
                counts_as_track=int(kind.counts_as_track),
            )
            for kind in kinds
        ],
        tiers=frames.tier.tolist(),
        hilly=int(not profile.is_level),
        profile=_road_samples(profile),
    )


def _road_samples(profile: RoadProfile) -> list[RoadSample]:
    if profile.is_level:
        return [LEVEL_ROAD]
    samples = list(starmap(RoadSample, zip(*(column.tolist() for column in profile), strict=True)))
    return [*samples, *samples[:2]]
