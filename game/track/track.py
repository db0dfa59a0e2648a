"""Load a circuit from its `track.toml`, check it, and sample it for the tick."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from game.arrays import Array
from game.errors import InputError
from game.files import player_folder, tracks_folder
from game.records import arrays
from game.track.bands import Bands, sample_bands
from game.track.centreline import Centreline
from game.track.corners import Corner
from game.track.facilities import Building, GridBox, PitLane, building_outline, grid_boxes, pit_lane
from game.track.faults import closure_findings, length_findings
from game.track.findings import Finding
from game.track.gates import Gate, place_gates
from game.track.layout import lay_centreline
from game.track.levels import GROUND
from game.track.overlaps import overlap_findings
from game.track.places import place_findings
from game.track.road_profile import RoadProfile, sample_profile
from game.track.sampling import Frames, sample_frames, sample_tables
from game.track.surroundings import completed
from game.track.tables import BANDS, TrackTables
from game.track.track_file import (
    FILE_NAME,
    CompleteFile,
    LandscapeEntry,
    Official,
    Side,
    TrackFile,
    read_track_file,
)
from game.track.variants import split_name, variant_file
from game.track.walls import Wall, barrier_distances_m, barrier_walls, free_walls
from game.track.wet_places import WetPlace, wet_places

_MAX_TOLD: Final = 20  # names of circuits that an error lists
_ALIKE: Final = 4  # names that it lists of more circuits than that

DEFAULT_TRACK = "ricardo_tormo"

_APPROACH_M = 60.0  # before a corner, from where it counts as near


@dataclass(frozen=True, repr=False)
class Track:
    """Describes a circuit. Distances run from the start line; offsets are positive to the left."""

    name: str
    title: str
    credit: str
    centreline: Centreline
    bands: Bands
    tables: TrackTables
    walls: tuple[Wall, ...]
    corners: tuple[Corner, ...]
    sectors_m: tuple[float, ...]  # where each sector begins; the first at 0
    gates: tuple[Gate, ...]
    grid: tuple[GridBox, ...]  # pole first
    pit_lane: PitLane | None
    buildings: tuple[Building, ...]
    landscape: LandscapeEntry
    official: Official | None
    frames: Frames
    profile: RoadProfile  # at the frames' samples

    def __repr__(self) -> str:
        """Return the name alone, as the samples are too many to print."""
        return f"Track({self.name!r})"

    @property
    def length_m(self) -> float:
        """Return the length of a lap along the centreline."""
        return self.centreline.length_m

    @cached_property
    def table_arrays(self) -> TrackTables:
        """Return the tables for compiled code, made once for all worlds on this track."""
        made: TrackTables = arrays(self.tables)
        return made

    @cached_property
    def wet_places(self) -> list[WetPlace]:
        """Return what the water on the road depends on, at places that divide the lap evenly."""
        edges_m = self.bands.left_m[:, 0], self.bands.right_m[:, 0]
        return wet_places(self.frames.curvature_1pm, *edges_m, self.profile, self.length_m)

    def corner_near(self, s_m: float) -> Corner | None:
        """Return the corner at a place on the lap, or the one that comes within 60 m, if any."""
        nearest, farthest_m = None, -1.0
        for corner in self.corners:
            zone_m = (s_m - corner.turn_in_m + _APPROACH_M) % self.length_m
            # Of two that overlap it is the earlier one: the car is farther into its zone.
            if farthest_m < zone_m <= corner.exit_m - corner.turn_in_m + _APPROACH_M:
                nearest, farthest_m = corner, zone_m
        return nearest

    def level_at(self, s_m: float) -> int:
        """Return the level of the road at a place on the lap: 1 on a bridge, else 0."""
        return int(self.levels[self.frames.index_at(s_m)])

    @cached_property
    def levels(self) -> npt.NDArray[np.int64]:
        """Return the level of the road at the samples, shape (n,): 1 on a bridge, else 0."""
        return np.where(self.frames.tier != GROUND, 1, 0)

    def band_edges(self, side: Side) -> Array:
        """Return the distances of the bands' edges from the centreline, shape (n, 5)."""
        return self.bands.left_m if side == "left" else self.bands.right_m

    def outline(self, side: Side, band: int) -> Array:
        """Return a band's outer edge as a closed line, (n, 2); band -1 is the centreline."""
        if not -1 <= band < BANDS:
            raise ValueError(f"band {band} is not one of -1..{BANDS - 1}")
        if band == -1:
            return self.frames.along(np.zeros(self.tables.sample_count))
        sign = 1.0 if side == "left" else -1.0
        return self.frames.along(sign * self.band_edges(side)[:, band])


def track_names() -> list[str]:
    """Return the names of all circuits that ship or that the player saved."""
    return sorted(_names_in(tracks_folder()) | _names_in(player_folder() / "tracks"))


def load_track(name_or_path: str) -> Track:
    """Return the circuit of that name, or in that folder or file, or a variant of it.

    An unchanged file that is loaded again gives the same circuit.

    Raises InputError with one line if it cannot be found, read, or driven on.
    """
    named = read_track(name_or_path)
    return _built(named.name, named.path, msgspec.json.encode(named.file))


class NamedFile(NamedTuple):
    """Describes the file of a circuit, which may be a variant of what the path holds."""

    name: str
    path: Path
    file: TrackFile


def read_track(name_or_path: str) -> NamedFile:
    """Return the file of the circuit of that name, or in that folder or file, or a variant of it.

    Raises InputError with one line if it cannot be found or read.
    """
    wanted = split_name(name_or_path)
    path = _find(wanted.base)
    file = read_track_file(path)
    try:
        file = variant_file(file, wanted.words)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    return NamedFile(path.resolve().parent.name + wanted.suffix, path, file)


@lru_cache(maxsize=8)
def _built(name: str, path: Path, file: bytes) -> Track:
    return build_track(name, msgspec.json.decode(file, type=TrackFile), path)


class Draft(NamedTuple):
    """Holds as much of a circuit that cannot be driven on as can be drawn."""

    name: str
    title: str
    centreline: Centreline
    corners: tuple[Corner, ...]
    file: TrackFile


class UnfitTrackError(InputError):
    """A circuit cannot be driven on. The message is the first of the findings."""

    findings: list[Finding]
    draft: Draft


class _Laid(NamedTuple):
    """Holds a circuit's line, all that is to stand beside it, and both sampled."""

    centreline: Centreline
    corners: tuple[Corner, ...]
    whole: CompleteFile
    frames: Frames
    bands: Bands
    profile: RoadProfile


def build_track(name: str, file: TrackFile, path: Path) -> Track:
    """Return a file's circuit; `path` is for the errors only. Raises InputError."""
    bridges = file.centreline.bridges
    try:
        centreline, corners, whole, frames, bands, profile = _laid(name, file, path)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    kinds = whole.walls.kinds
    barriers = [
        (entry, barrier_distances_m(entry, bridges, frames, bands))
        for entry in whole.walls.barriers
    ]
    sectors_m = (0.0, *(share * frames.length_m for share in whole.sectors))
    return Track(
        name=name,
        title=whole.title,
        credit=whole.credit,
        centreline=centreline,
        bands=bands,
        tables=sample_tables(frames, bands, whole.surfaces, profile),
        walls=(
            *(
                wall
                for entry, distance_m in barriers
                for wall in barrier_walls(entry, distance_m, kinds, frames)
            ),
            *(wall for entry in whole.walls.free for wall in free_walls(entry, kinds, frames)),
        ),
        corners=corners,
        sectors_m=sectors_m,
        gates=place_gates(
            centreline, frames, sectors_m, np.maximum(*(distance_m for _, distance_m in barriers))
        ),
        grid=grid_boxes(whole.grid, centreline),
        pit_lane=pit_lane(whole.pit_lane, frames) if whole.pit_lane else None,
        buildings=tuple(building_outline(entry, centreline) for entry in whole.buildings),
        landscape=whole.landscape,
        official=whole.official,
        frames=frames,
        profile=profile,
    )


def _laid(name: str, file: TrackFile, path: Path) -> _Laid:
    """Return a circuit laid out.

    Raises UnfitTrackError with what is wrong with its line, or else with its road; ValueError if it
    has none.
    """
    centreline, corners = lay_centreline(file)
    draft = Draft(name, file.title, centreline, corners, file)
    findings = [
        *closure_findings(centreline),
        *length_findings(centreline, file.official),
        *place_findings(file, centreline.length_m),
    ]
    _refuse(findings, draft, path)
    whole = completed(file, centreline, corners)
    frames = sample_frames(centreline, file.centreline.bridges)
    bands = sample_bands(whole.ground, whole.pit_lane or None, frames.s_m, frames.length_m)
    _refuse(overlap_findings(frames, bands), draft, path)
    profile = sample_profile(whole.profile, frames.s_m, frames.length_m)
    return _Laid(centreline, corners, whole, frames, bands, profile)


def _refuse(findings: list[Finding], draft: Draft, path: Path) -> None:
    if findings:
        error = UnfitTrackError(f"{path}: {findings[0].key}: {findings[0].message}")
        error.findings, error.draft = findings, draft
        raise error


def _find(name_or_path: str) -> Path:
    for folder in (tracks_folder(), player_folder() / "tracks"):
        if name_or_path in _names_in(folder):
            return folder / name_or_path / FILE_NAME
    path = Path(name_or_path)
    if path.is_dir():
        return path / FILE_NAME
    if path.exists() and path.suffix != Path(FILE_NAME).suffix:
        raise InputError(
            f"{path}: is no circuit's file ({FILE_NAME}); if it has the points of one, "
            "'leaf-rc track import' makes a circuit of them"
        )
    if path.suffix == Path(FILE_NAME).suffix:
        return path
    raise InputError(f"{name_or_path}: no such track; there are {_known(name_or_path)}")


def _known(name: str) -> str:
    """Return the names of all circuits, or those most like a name that is not among too many."""
    names = track_names()
    if len(names) <= _MAX_TOLD:
        return ", ".join(names)
    alike = difflib.get_close_matches(name, names, _ALIKE, cutoff=0.0)
    return f"{len(names)}, most like it {', '.join(alike)}; 'leaf-rc track list' has all"


def _names_in(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob(f"*/{FILE_NAME}")}
