"""Read `track.toml` as structs: keys, their ranges, and errors that name the key.

A key that may be None is made for the circuit where the file does not have it (`surroundings`);
the structs whose names begin with Complete have none of those left.
"""

import difflib
import re
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, inspect

from game.errors import InputError
from game.toml_files import TomlTable, read_tables
from game.track.surfaces import Surface, Surfaces

FILE_NAME = "track.toml"

Side = Literal["left", "right"]
Distance = Annotated[float, Meta(ge=0.0, le=50_000.0)]  # along the lap
Lateral = Annotated[float, Meta(ge=-500.0, le=500.0)]  # from the centreline, left positive
SideDistance = Annotated[float, Meta(ge=0.0, le=500.0)]  # from the centreline, to a named side
Length = Annotated[float, Meta(gt=0.0, le=10_000.0)]
Angle = Annotated[float, Meta(gt=0.0, le=360.0)]
Curvature = Annotated[float, Meta(ge=-1.0, le=1.0)]  # 1/m
Coordinate = Annotated[float, Meta(ge=-1e6, le=1e6)]
Height = Annotated[float, Meta(ge=-500.0, le=6_000.0)]
Banking = Annotated[float, Meta(ge=-45.0, le=45.0)]  # degrees
Profile = (
    SideDistance | Annotated[list[tuple[Distance, SideDistance]], Meta(min_length=1)]
)  # the same all along, or [[s, value], ...]


class _TrackTable(TomlTable, frozen=True):
    """A table of a circuit's file has its fields as keys."""


class Official(_TrackTable, frozen=True):
    """Holds figures published about the circuit, which the check compares with it."""

    length_m: Annotated[float, Meta(gt=0.0, le=30_000.0)]
    tolerance_m: Annotated[float, Meta(gt=0.0, le=100.0)]
    left_turns: Annotated[int, Meta(ge=0)]
    right_turns: Annotated[int, Meta(ge=0)]


class Turn(_TrackTable, frozen=True):
    """Describes the straight before a corner, and the corner."""

    number: Annotated[int, Meta(ge=1)]
    straight_m: Annotated[float, Meta(ge=0.0, le=10_000.0)]
    direction: Side
    radius_m: Length | Annotated[list[Length], Meta(min_length=1)]
    angle_deg: Angle | list[Angle]
    transition_m: SideDistance | list[SideDistance]
    name: str = ""
    free: bool = False  # the straight is made longer or shorter to close the loop


class CornerEntry(_TrackTable, frozen=True):
    """Describes a corner of a centreline that is given by its elements."""

    number: Annotated[int, Meta(ge=1)]
    from_m: Distance
    to_m: Distance
    name: str = ""


class BridgeEntry(_TrackTable, frozen=True):
    """Describes a stretch of the lap that runs above the rest, across a part of the lap below."""

    from_m: Distance
    to_m: Distance


class CentrelineEntry(_TrackTable, frozen=True):
    """Gives the start and direction of the lap, and its shape.

    The shape is given either by the turns in order or by the elements.
    """

    x_m: Coordinate
    y_m: Coordinate
    heading_deg: Annotated[float, Meta(ge=-360.0, le=360.0)]
    turns: list[Turn] = msgspec.field(default_factory=list)
    last_straight_m: Annotated[float, Meta(ge=0.0, le=10_000.0)] = 0.0
    # length, curvature at the start and at the end, positive in left turns
    elements: Annotated[list[tuple[Length, Curvature, Curvature]], Meta(max_length=20_000)] = (
        msgspec.field(default_factory=list)
    )
    corners: list[CornerEntry] | None = None  # of the elements; without them they are found
    bridges: list[BridgeEntry] = msgspec.field(default_factory=list)


class Strip(_TrackTable, frozen=True):
    """A strip is a kerb, or painted beyond one."""

    side: Side
    from_m: Distance
    to_m: Distance
    width_m: Annotated[float, Meta(gt=0.0, le=50.0)]
    taper_m: Annotated[float, Meta(ge=0.0, le=500.0)] = 4.0  # from nothing to full width, each end


class Gravel(_TrackTable, frozen=True):
    """Describes a gravel trap on one side of the track."""

    side: Side
    edges_m: Annotated[
        list[tuple[Distance, SideDistance, SideDistance]], Meta(min_length=2)
    ]  # inner, outer


class Paved(_TrackTable, frozen=True):
    """Describes tarmac that is no part of the track."""

    edges_m: Annotated[list[tuple[Distance, Lateral, Lateral]], Meta(min_length=2)]  # right, left


class GroundEntry(_TrackTable, frozen=True):
    """Holds the widths of the tarmac, kerbs, painted strips, gravel traps and paved areas."""

    left_m: Profile  # tarmac either side of the centreline
    right_m: Profile
    kerbs: list[Strip] | None = None
    paint: list[Strip] | None = None
    gravel: list[Gravel] | None = None
    paved: list[Paved] | None = None


class CompleteGround(GroundEntry, frozen=True, kw_only=True):
    """Holds the ground with all that lies on it."""

    kerbs: list[Strip]
    paint: list[Strip]
    gravel: list[Gravel]
    paved: list[Paved]


class PitLaneEntry(_TrackTable, frozen=True):
    """Describes the pit lane, and its speed limit."""

    path_m: Annotated[list[tuple[Distance, Lateral, Length]], Meta(min_length=2)]  # middle, width
    speed_limit_mps: Length


Material = Literal["armco", "tyres", "concrete"]


class BarrierSection(_TrackTable, frozen=True):
    """Describes a part of a barrier that is of another kind than the rest."""

    kind: Material
    from_m: Distance
    to_m: Distance


class Barrier(_TrackTable, frozen=True):
    """Describes the wall around one side of the lap."""

    side: Side
    kind: Material
    distance_m: Profile
    other: list[BarrierSection] = msgspec.field(default_factory=list)


class FreeWall(_TrackTable, frozen=True):
    """Describes a wall with two ends, to be hit from both sides."""

    kind: Material
    path_m: Annotated[list[tuple[Distance, Lateral]], Meta(min_length=2)]


class WallKind(_TrackTable, frozen=True):
    """Holds the properties of a kind of wall that a car hits."""

    friction: Annotated[float, Meta(ge=0.0, le=2.0)]
    restitution: Annotated[float, Meta(ge=0.0, le=1.0)]
    half_thickness_m: Annotated[float, Meta(gt=0.0, le=5.0)]


class WallKinds(_TrackTable, frozen=True):
    """Holds the properties of all kinds of wall."""

    armco: WallKind
    tyres: WallKind
    concrete: WallKind


class WallsEntry(_TrackTable, frozen=True):
    """Holds the kinds of wall, the barriers around the lap, and the walls with two ends."""

    kinds: WallKinds | None = None
    barriers: list[Barrier] | None = None
    free: list[FreeWall] | None = None


class CompleteWalls(WallsEntry, frozen=True, kw_only=True):
    """Holds the walls with their kinds, all of them."""

    kinds: WallKinds
    barriers: list[Barrier]
    free: list[FreeWall]


class Grid(_TrackTable, frozen=True):
    """Describes the starting grid, whose boxes are staggered."""

    boxes: Annotated[int, Meta(ge=1, le=100)]
    pole: Side
    first_m: SideDistance  # from the line back to the nose of the first box
    spacing_m: Length
    offset_m: SideDistance


class BuildingEntry(_TrackTable, frozen=True):
    """Describes a building behind the walls, which nothing collides with."""

    kind: Literal["pit_building", "grandstand", "building"]
    from_m: Distance
    to_m: Distance
    near_m: Lateral
    far_m: Lateral
    name: str = ""


class RoadProfileEntry(_TrackTable, frozen=True):
    """Holds the heights of the centreline and the banking of the road at places along the lap."""

    heights_m: list[tuple[Distance, Height]] = msgspec.field(default_factory=list)
    # positive where the road falls to the left, as it should in a left turn
    banking_deg: list[tuple[Distance, Banking]] = msgspec.field(default_factory=list)


class Source(_TrackTable, frozen=True):
    """Names the file that a circuit was imported from, and how near the line is to its points."""

    file: str
    format: str
    licence: str = ""
    points: Annotated[int, Meta(ge=0)] = 0
    rms_m: Annotated[float, Meta(ge=0.0)] = 0.0
    max_m: Annotated[float, Meta(ge=0.0)] = 0.0


LandscapeKind = Literal["orchards", "meadows", "woodland", "desert", "city"]


class LandscapeEntry(_TrackTable, frozen=True):
    """Describes the land that a circuit lies in, as it is painted."""

    kind: LandscapeKind
    seed: Annotated[int, Meta(ge=0, lt=2**31)] = 0  # each lays the land out differently


class TrackFile(_TrackTable, frozen=True, kw_only=True):
    """Holds the whole of a `track.toml`."""

    title: str
    credit: str
    centreline: CentrelineEntry
    ground: GroundEntry
    profile: RoadProfileEntry | None = None  # without it the road is flat
    sectors: list[Annotated[float, Meta(gt=0.0, lt=1.0)]] | None = None
    surfaces: Surfaces | None = None
    walls: WallsEntry | None = None
    grid: Grid | None = None
    official: Official | None = None
    pit_lane: PitLaneEntry | Literal[False] | None = None  # False: there is none
    buildings: list[BuildingEntry] | None = None
    landscape: LandscapeEntry | None = None
    source: Source | None = None


class CompleteFile(TrackFile, frozen=True, kw_only=True):
    """Holds a `track.toml` with all that is made for the circuit where it says nothing."""

    sectors: list[float]
    ground: CompleteGround
    surfaces: Surfaces
    walls: CompleteWalls
    grid: Grid
    pit_lane: PitLaneEntry | Literal[False]
    buildings: list[BuildingEntry]
    landscape: LandscapeEntry


def read_track_file(path: Path) -> TrackFile:
    """Return the file, every value in its range. Raises InputError with one line."""
    content = read_tables(path)
    try:
        return msgspec.convert(content, TrackFile)
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {_explained(str(error))}") from None


def _explained(message: str) -> str:
    """Return msgspec's sentence after its place, with the nearest known key for an unknown one."""
    sentence, _, path = message.partition(" - at `$")
    place = path.rstrip("`").lstrip(".")
    if sentence.startswith("Invalid enum value"):
        sentence += f", expected one of {', '.join(_words_at(place))}"
    unknown = re.search(r"unknown field `(.*)`", sentence)
    if unknown:
        key = f"{place}.{unknown[1]}".lstrip(".")
        near = difflib.get_close_matches(unknown[1], _known_keys(), 1)
        return f"{key} is not a key" + (f": did you mean {near[0]}?" if near else "")
    missing = re.search(r"missing required field `(.*)`", sentence)
    if missing:
        return f"{place}.{missing[1]}".lstrip(".") + " is missing: add it"
    return f"{place}: {sentence[:1].lower()}{sentence[1:]}" if place else sentence


def _words_at(place: str) -> list[str]:
    """Return the words that may stand at a key, such as `walls.barriers[0].kind`."""
    at: list[inspect.Type] = [inspect.type_info(TrackFile)]
    for key in re.sub(r"\[[^]]*\]", "", place).split("."):
        fields = [field for each in _unpacked(at) for field in getattr(each, "fields", ())]
        at = [field.type for field in fields if field.encode_name == key]
    return [str(word) for each in _unpacked(at) for word in getattr(each, "values", ())]


def _unpacked(types: list[inspect.Type]) -> list[inspect.Type]:
    """Return types with the members of unions and the items of lists in their place."""
    inner: list[inspect.Type] = []
    for each in types:
        if isinstance(each, inspect.UnionType):
            inner += _unpacked(list(each.types))
        elif isinstance(each, inspect.ListType):
            inner += _unpacked([each.item_type])
        else:
            inner.append(each)
    return inner


def _known_keys() -> list[str]:
    kinds: list[type[msgspec.Struct]] = [*_TrackTable.__subclasses__(), Surfaces, Surface]
    return [name for kind in kinds for name in kind.__struct_fields__]
