"""Read the landscapes that a circuit may lie in: their colours, sizes and shares.

All landscapes are painted by the same code. What one has and another has not is a table that may be
left out: parcels, hedges, sand, streets.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal

from msgspec import Meta

from game.files import assets_folder
from game.toml_files import Metres, Share, TomlTable, read_toml
from game.track.track_file import LandscapeKind

_FOLDER: Final = "landscapes"
_GOLDEN_ANGLE_RAD: Final = 2.399963  # turns by it never come back to where one was

Tone = Annotated[float, Meta(ge=0.0, le=255.0)]
LandColour = tuple[Tone, Tone, Tone]
NoiseLevel = Annotated[float, Meta(ge=-10.0, le=10.0)]  # of noise of unit deviation
Strength = Annotated[float, Meta(ge=0.0, le=4.0)]
Count = Annotated[int, Meta(ge=1, le=400)]


class OpenGround(TomlTable, frozen=True):
    """Describes the ground that nobody works."""

    bare: LandColour
    grown: LandColour
    scrub: LandColour
    bare_between: tuple[NoiseLevel, NoiseLevel]  # levels of noise from all grown to all bare
    scrub_share: Share
    light: Strength  # how much light and dark vary


class Grass(TomlTable, frozen=True):
    """Describes the ground between the track and its barriers, which is tended."""

    mown: LandColour
    bleached: LandColour
    worn: LandColour  # where wheels run off the road
    bleached_between: tuple[NoiseLevel, NoiseLevel]
    stripes: Strength  # of a mower


class ServiceRoad(TomlTable, frozen=True):
    """Describes the way behind the barriers."""

    surface: LandColour
    grown: LandColour
    between_m: tuple[Metres, Metres]  # from the barriers
    ruts: Share


class Rows(TomlTable, frozen=True):
    """Describes trees that are planted in rows."""

    species: str
    along_m: Metres
    across_m: Metres
    radius_m: tuple[Metres, Metres]
    missing: Share


class FieldPlan(TomlTable, frozen=True):
    """Describes a use of parcels."""

    name: str
    share: Share  # of all parcels; those left over are not worked
    colour: LandColour
    opacity: Share
    row_m: Metres  # between the rows of the plough or the mower
    row_strength: Strength
    planted: Rows | None = None


class Hedges(TomlTable, frozen=True):
    """Describes bushes and trees along the borders of parcels."""

    share: Share  # of all borders
    species: tuple[str, ...]  # the first one is the hedge, the others are trees in it
    trees: Share
    spacing_m: Metres
    radius_m: tuple[Metres, Metres]  # of the hedge


class ParcelPlan(TomlTable, frozen=True):
    """Says how the land is divided into parcels."""

    long_m: Metres
    deep_m: Metres
    jitter: Share  # of a side
    clear_m: Metres  # from what is built to the middle of the nearest parcel that is worked
    path_m: Metres  # half the width of a path between parcels
    along: Share  # of the parcels that are worked along their long side
    path: LandColour
    path_other: LandColour
    path_share: Share
    fields: Annotated[tuple[FieldPlan, ...], Meta(min_length=1)]
    hedges: Hedges | None = None


class Species(TomlTable, frozen=True):
    """Describes a kind of tree, bush or stone: its colour, size and shape."""

    name: str
    colour: LandColour
    radius_m: tuple[Metres, Metres]  # of the crown
    height: Strength  # as a share of the radius
    clumps: Count = 1  # of leaves, or spokes of branches
    clump: Share = 0.2  # radius of a clump, as a share of the crown's
    gaps: Share = 0.0  # between leaves
    fruit: Share = 0.0  # of the pixels
    shape: Literal["broadleaf", "conifer", "palm", "stone"] = "broadleaf"


class BushPlan(TomlTable, frozen=True):
    """Describes low growth on open ground, in clumps."""

    spacing_m: Annotated[float, Meta(ge=0.5, le=100.0)]  # between the places where one may grow
    density: Share  # of the places in the midst of a clump that have one
    clump_m: tuple[Metres, Metres]  # from clump to clump
    species: Annotated[tuple[Species, ...], Meta(min_length=1)]


class TreePlan(TomlTable, frozen=True):
    """Describes the trees that grow wild, and lists all species that there are."""

    spacing_m: Metres
    density: Share  # of the places that have a tree
    grove: Share  # by which it varies from place to place
    density_between: tuple[Share, Share]
    grove_m: tuple[Metres, Metres]
    fade_m: Metres  # over which they get fewer where the painted objects end
    clear_m: Metres  # from what is taken
    follow: tuple[NoiseLevel, ...]  # levels of noise at which the next species begins
    in_fields: Share
    at_borders: Share
    species: Annotated[tuple[Species, ...], Meta(min_length=1)]

    def number(self, name: str) -> int:
        """Return the place of a species in their list."""
        return next(index for index, each in enumerate(self.species) if each.name == name)


class Sand(TomlTable, frozen=True):
    """Describes bare sand in ripples and dunes, dry washes, and rock that comes through."""

    ripple_m: Metres
    ripples: Strength
    dunes: Strength
    wash: LandColour
    rock: LandColour
    rock_level: NoiseLevel  # the higher, the less


class Use(TomlTable, frozen=True):
    """Describes a use of the blocks between streets."""

    name: Literal["houses", "flats", "hall", "park", "square", "car_park"]
    share: Share  # of the blocks; the last use has what is left over
    ground: LandColour
    other: LandColour
    trees: Share  # of the places where one may stand


class StreetPlan(TomlTable, frozen=True):
    """Describes the streets of a city, what lies between them, and the colours of its roofs."""

    block_m: tuple[Metres, Metres]
    jitter: Share  # of a block's side
    street_m: Metres  # half the width of the carriageway
    avenue_m: Metres
    avenue_every: Count
    pavement_m: Metres
    asphalt: LandColour
    pavement: LandColour
    lines: LandColour
    parked: Share  # of the places beside the carriageways
    tiles: tuple[LandColour, ...]
    slates: tuple[LandColour, ...]
    flat_roofs: tuple[LandColour, ...]
    cars: tuple[LandColour, ...]
    tree_m: Metres  # between the trees of a street
    tree_rows: Share  # of the places beside streets that are no avenues
    tree_species: tuple[str, ...]
    uses: Annotated[tuple[Use, ...], Meta(min_length=1)]


class Landscape(TomlTable, frozen=True):
    """Holds the whole of a landscape's file."""

    ground: OpenGround
    grass: Grass
    service_road: ServiceRoad
    trees: TreePlan
    bushes: BushPlan | None = None
    sand: Sand | None = None
    parcels: ParcelPlan | None = None
    streets: StreetPlan | None = None


@cache
def landscape_of(kind: LandscapeKind) -> Landscape:
    """Return how a landscape is painted. Raises InputError if its file cannot be read."""
    return read_toml(assets_folder() / _FOLDER / f"{kind}.toml", Landscape)


def heading_rad(first_rad: float, seed: int) -> float:
    """Return the way that fields and streets run in the layout of a seed."""
    return first_rad + seed % 100_000 * _GOLDEN_ANGLE_RAD


def layout_seed(base: int, seed: int) -> int:
    """Return a small seed for hashes, other than those of other layouts and of other bases."""
    return base + 16 * (seed % 30_000)
