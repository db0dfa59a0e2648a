"""Vary a circuit: mirrored, driven the other way, or both, by words behind its name.

    ricardo_tormo+mirror    ricardo_tormo+reverse    ricardo_tormo+mirror+reverse

All that a file says is carried over exactly. In both, what was on the left is on the right; on the
way back every distance is counted from the other end of the lap as well. What the file leaves to
be made is made for the variant.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeVar

import msgspec

from game.errors import InputError
from game.track.centreline import Centreline
from game.track.layout import lay_centreline
from game.track.track_file import (
    BarrierSection,
    BridgeEntry,
    BuildingEntry,
    CentrelineEntry,
    CornerEntry,
    GroundEntry,
    Profile,
    RoadProfileEntry,
    Side,
    Strip,
    TrackFile,
    Turn,
    WallsEntry,
)
from game.translation import N_, _

MIRROR: Final = "mirror"
REVERSE: Final = "reverse"
VARIANTS: Final = {MIRROR: N_("{circuit}, mirrored"), REVERSE: N_("{circuit}, reversed")}
_SIGN: Final = "+"

Entry = TypeVar("Entry", Strip, BarrierSection, BuildingEntry, CornerEntry, BridgeEntry)
T = TypeVar("T")


class VariantName(NamedTuple):
    """Holds the name of a circuit, and the words behind it in the order of `VARIANTS`."""

    base: str
    words: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """Return the words as they stand behind a name."""
        return "".join(_SIGN + word for word in self.words)


def split_name(name: str) -> VariantName:
    """Return the parts of a circuit's name. Raises InputError if a word is there twice."""
    base, found = name, []
    while _SIGN in base and (word := base.rpartition(_SIGN)[2]) in VARIANTS:
        base = base.rpartition(_SIGN)[0]
        found.append(word)
    if len(set(found)) < len(found):
        raise InputError(f"{name}: says '{found[0]}' twice")
    return VariantName(base, tuple(word for word in VARIANTS if word in found))


def variant_file(file: TrackFile, words: tuple[str, ...]) -> TrackFile:
    """Return the file of a variant. Raises ValueError if its centreline cannot be laid."""
    for word in words:
        changed = _mirrored(file) if word == MIRROR else _reversed(file)
        title = _(VARIANTS[word]).format(circuit=file.title)
        file = msgspec.structs.replace(changed, title=title)
    return file


def _mirrored(file: TrackFile) -> TrackFile:
    """Return the circuit as it is seen in a mirror that lies along the x axis."""
    entry = file.centreline
    line = msgspec.structs.replace(
        entry,
        y_m=-entry.y_m,
        heading_deg=-entry.heading_deg,
        turns=[_turned(turn) for turn in entry.turns],
        elements=[(length_m, -start, -end) for length_m, start, end in entry.elements],
    )
    return _sides_changed(msgspec.structs.replace(file, centreline=line), _DistanceMap(None))


def _reversed(file: TrackFile) -> TrackFile:
    """Return the circuit driven the other way."""
    entry = file.centreline
    laid, _corners = lay_centreline(file)
    turned_deg = -180.0 if entry.heading_deg > 0.0 else 180.0
    line = msgspec.structs.replace(
        entry,
        heading_deg=entry.heading_deg + turned_deg,
        elements=[(length_m, -end, -start) for length_m, start, end in reversed(entry.elements)],
    )
    if entry.turns:
        line = _with_turns_back(line, laid)
    back = msgspec.structs.replace(file, centreline=line)
    laid, _corners = lay_centreline(back)
    return _sides_changed(_stands_renamed(back, file), _DistanceMap(laid.length_m))


def _with_turns_back(entry: CentrelineEntry, laid: Centreline) -> CentrelineEntry:
    """Return an entry with its turns in the other order; its straights have closed the loop."""
    straights_m = {each.name: each.length_m for each in laid.elements if each.corner is None}
    numbers = [turn.number for turn in entry.turns]
    after_m = [straights_m.get(f"straight before T{number}", 0.0) for number in numbers]
    after_m.append(entry.last_straight_m)
    turns = [
        msgspec.structs.replace(
            _turned(turn),
            number=number,
            straight_m=straight_m,
            radius_m=_back(turn.radius_m),
            angle_deg=_back(turn.angle_deg),
            transition_m=_back(turn.transition_m),
            free=False,
        )
        for number, turn, straight_m in zip(
            numbers, reversed(entry.turns), reversed(after_m[1:]), strict=True
        )
    ]
    return msgspec.structs.replace(entry, turns=turns, last_straight_m=after_m[0])


def _turned(turn: Turn) -> Turn:
    return msgspec.structs.replace(turn, direction=_other(turn.direction))


def _back(value: float | list[float]) -> float | list[float]:
    return value[::-1] if isinstance(value, list) else value


def _stands_renamed(back: TrackFile, file: TrackFile) -> TrackFile:
    """Return a reversed circuit whose stands have the new numbers of their corners."""
    entry = file.centreline
    numbers = [each.number for each in entry.turns or entry.corners or ()]
    new = {f"T{number}": f"T{other}" for number, other in zip(numbers, numbers[::-1], strict=True)}
    buildings = file.buildings and [
        msgspec.structs.replace(building, name=new.get(building.name, building.name))
        for building in file.buildings
    ]
    return msgspec.structs.replace(back, buildings=buildings)


class _DistanceMap(NamedTuple):
    """Maps distances along a circuit to those along its variant."""

    lap_m: float | None  # of a reversed lap; None: distances stay

    def place(self, s_m: float) -> float:
        """Return a distance, from 0 to the lap's length."""
        return s_m if self.lap_m is None else max(self.lap_m - s_m, 0.0)

    def stretch(self, entry: Entry) -> Entry:
        """Return an entry with `from_m` and `to_m` at its new place."""
        if self.lap_m is None:
            return entry
        ends = {"from_m": self.place(entry.to_m), "to_m": self.place(entry.from_m)}
        return msgspec.structs.replace(entry, **ends)

    def in_order(self, rows: list[T]) -> list[T]:
        """Return rows in driving order, their distances as they were."""
        return rows if self.lap_m is None else rows[::-1]

    def profile(self, value: Profile) -> Profile:
        """Return a profile of distances to one side."""
        if not isinstance(value, list):
            return value
        return [(self.place(s_m), width_m) for s_m, width_m in self.in_order(value)]


def _sides_changed(file: TrackFile, along: _DistanceMap) -> TrackFile:
    """Return a file whose tables but the centreline's have left for right."""
    entry, lane, official = file.centreline, file.pit_lane, file.official
    return msgspec.structs.replace(
        file,
        centreline=msgspec.structs.replace(
            entry,
            corners=_corners(entry.corners, along),
            bridges=[along.stretch(bridge) for bridge in along.in_order(entry.bridges)],
        ),
        sectors=_sectors(file.sectors, along),
        official=official
        and msgspec.structs.replace(
            official, left_turns=official.right_turns, right_turns=official.left_turns
        ),
        ground=_ground(file.ground, along),
        profile=file.profile and _road_profile(file.profile, along),
        walls=file.walls and _walls(file.walls, along),
        grid=file.grid and msgspec.structs.replace(file.grid, pole=_other(file.grid.pole)),
        pit_lane=lane
        and msgspec.structs.replace(
            lane,
            path_m=[(along.place(s), -mid, width) for s, mid, width in along.in_order(lane.path_m)],
        ),
        buildings=file.buildings
        and [
            msgspec.structs.replace(along.stretch(each), near_m=-each.near_m, far_m=-each.far_m)
            for each in file.buildings
        ],
    )


def _corners(corners: list[CornerEntry] | None, along: _DistanceMap) -> list[CornerEntry] | None:
    if corners is None:
        return None
    numbers = [corner.number for corner in corners]
    return [
        msgspec.structs.replace(along.stretch(corner), number=number)
        for number, corner in zip(numbers, along.in_order(corners), strict=True)
    ]


def _sectors(shares: list[float] | None, along: _DistanceMap) -> list[float] | None:
    if shares is None or along.lap_m is None:
        return shares
    return [1.0 - share for share in reversed(shares)]


def _ground(ground: GroundEntry, along: _DistanceMap) -> GroundEntry:
    return msgspec.structs.replace(
        ground,
        left_m=along.profile(ground.right_m),
        right_m=along.profile(ground.left_m),
        kerbs=ground.kerbs and [_strip(strip, along) for strip in ground.kerbs],
        paint=ground.paint and [_strip(strip, along) for strip in ground.paint],
        gravel=ground.gravel
        and [
            msgspec.structs.replace(
                trap,
                side=_other(trap.side),
                edges_m=[(along.place(s), *edges) for s, *edges in along.in_order(trap.edges_m)],
            )
            for trap in ground.gravel
        ],
        paved=ground.paved
        and [
            msgspec.structs.replace(
                area,
                edges_m=[
                    (along.place(s), -left, -right)
                    for s, right, left in along.in_order(area.edges_m)
                ],
            )
            for area in ground.paved
        ],
    )


def _road_profile(profile: RoadProfileEntry, along: _DistanceMap) -> RoadProfileEntry:
    """Return heights at their new places, and banking that falls to the other side."""
    return RoadProfileEntry(
        [(along.place(s), height_m) for s, height_m in along.in_order(profile.heights_m)],
        [(along.place(s), -angle_deg) for s, angle_deg in along.in_order(profile.banking_deg)],
    )


def _strip(strip: Strip, along: _DistanceMap) -> Strip:
    return msgspec.structs.replace(along.stretch(strip), side=_other(strip.side))


def _walls(walls: WallsEntry, along: _DistanceMap) -> WallsEntry:
    return msgspec.structs.replace(
        walls,
        barriers=walls.barriers
        and [
            msgspec.structs.replace(
                barrier,
                side=_other(barrier.side),
                distance_m=along.profile(barrier.distance_m),
                other=[along.stretch(section) for section in barrier.other],
            )
            for barrier in walls.barriers
        ],
        free=walls.free
        and [
            msgspec.structs.replace(
                wall,
                path_m=[(along.place(s), -offset) for s, offset in along.in_order(wall.path_m)],
            )
            for wall in walls.free
        ],
    )


def _other(side: Side) -> Side:
    return "right" if side == "left" else "left"
