"""Describe a car's picture as data: `NAME.look.toml`, beside the car's own file.

The frame is the car's: x forward from the middle of its length; `aside` is the distance from its
middle line to either side. A car of another size than the look was drawn for is drawn stretched.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from game.files import assets_folder
from game.toml_files import TomlTable, read_toml
from game.vehicle.spec import DEFAULT_CAR, CarSpec

Pair = tuple[float, float]
Triple = tuple[float, float, float]


class Edge(TomlTable, frozen=True):
    """An edge is a line across the car: where it crosses the middle line, and how it is swept.

    Each entry (a, b, n) of the sweep moves it forward by a * (aside / b) ** n.
    """

    middle_m: float
    sweep: tuple[Triple, ...] = ()


class BodyLook(TomlTable, frozen=True):
    """Describes the outline of the body."""

    half_widths_m: tuple[Pair, ...]  # places along it and half widths there, from tail to nose
    nose: Edge
    tail: Edge
    nose_radius_m: float  # where the sides meet the nose
    tail_radius_m: float


class SplitterLook(TomlTable, frozen=True):
    """Describes a lip before the nose, as far as the car is long, and a blade along each sill."""

    lip_half_width_m: float
    lip_begin_m: float
    blade_half_width_m: float
    blade_m: Pair


class DiffuserLook(TomlTable, frozen=True):
    """Describes the diffuser below the tail."""

    half_width_m: float
    front_m: float
    short_of_tail_m: float  # it ends so far before the car does


class MirrorLook(TomlTable, frozen=True):
    """Describes an ellipse on each side of the car."""

    middle_m: Pair  # x and aside
    radius_m: float
    stretch: Pair  # the ellipse is so much shorter and narrower than a circle
    sweep: float  # back, per metre aside of `sweep_from_m`
    sweep_from_m: float


class GlassLook(TomlTable, frozen=True):
    """Describes all glass, with its frame."""

    half_width_m: float
    windscreen: Edge
    rear_m: float
    rear_sweep: float  # of the rear edge, forward per metre aside
    taper: float  # of the cabin towards the tail
    taper_m: Pair  # from so far behind the middle, over so much
    taper_power: float


class RoofLook(TomlTable, frozen=True):
    """Describes the roof between the glass; it tapers as the glass does."""

    half_width_m: float
    front: Edge
    rear_m: float


class WingLook(TomlTable, frozen=True):
    """Describes the plane, which ends where the car ends, and its end plates."""

    front: Edge
    half_width_m: float
    plate_front_m: float
    plate_aside_m: float
    plate_half_width_m: float
    rise_m: float  # from the tail up to the wing


class FenderLook(TomlTable, frozen=True):
    """Describes the shoulders over the axles."""

    rise_m: float
    half_lengths_m: Pair  # front and rear
    edge_m: float
    aside_m: Pair  # they rise from the first to the second
    rim_m: float


class SpineLook(TomlTable, frozen=True):
    """Describes a rise along the bonnet that narrows towards the nose."""

    rise_m: float
    aside_m: Pair  # it rises from the first to the second
    narrowing: float
    narrowing_m: Pair  # from a place on, over so much
    along_m: Triple  # middle, half length, edge


class HollowLook(TomlTable, frozen=True):
    """Describes a hollow on both sides."""

    depth_m: float
    along_m: Triple  # middle, half length, edge
    aside_m: Triple  # middle, half width, edge


class TrayLook(TomlTable, frozen=True):
    """Describes a hollow across the middle line."""

    depth_m: float
    half_width_m: float
    along_m: Pair
    rim_m: float


class HeightLook(TomlTable, frozen=True):
    """Gives the heights of the body; between the places of a pair a height is reached smoothly."""

    edge_m: float
    bonnet_rise_m: float
    bonnet_m: Pair
    rim_m: float  # the body's edge is rounded over so much
    deck_rise_m: float
    deck_rim_m: float
    deck_m: Pair
    cabin_rise_m: float
    cabin_front_m: Pair
    cabin_front_sweep: float
    cabin_rear_m: Pair
    cabin_sides_m: Pair
    cabin_camber: float
    cabin_camber_half_m: float
    fenders: FenderLook
    spine: SpineLook
    channels: HollowLook
    tray: TrayLook
    intakes: HollowLook


class TyreLook(TomlTable, frozen=True):
    """Describes a tyre from above."""

    length_m: float
    width_m: float
    radius_m: float  # of its corners
    beyond_track_m: float  # so far its middle lies outside of half the track width


class CarLook(TomlTable, frozen=True):
    """Describes the whole look of a car but for its colours."""

    drawn_length_m: float
    drawn_width_m: float
    body: BodyLook
    splitter: SplitterLook
    diffuser: DiffuserLook
    mirrors: MirrorLook
    glass: GlassLook
    roof: RoofLook
    wing: WingLook
    height: HeightLook
    tyres: TyreLook


def load_look(spec: CarSpec) -> CarLook:
    """Load the look of a car; one without a look file beside its own looks like the default car.

    Raises InputError if the file cannot be used.
    """
    path = Path(spec.folder) / f"{spec.id}.look.toml"
    if not path.exists():
        path = assets_folder() / "cars" / f"{DEFAULT_CAR}.look.toml"
    return _read_look(path)


@cache
def _read_look(path: Path) -> CarLook:
    return read_toml(path, CarLook)
