"""Keep a drive as its inputs alone: who started where, and what each driver did, by ticks.

Re-simulating the inputs must end in the same bits; `replay_player` does it. A person's lap by keys
takes some 15 kB, a bot's 7.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from game.digests import DriveDigests
from game.errors import InputError
from game.files import read_gzip
from game.recording.car_label import CarLabel
from game.recording.held_controls import HeldControls, unpacked_controls
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.damage import DamageMode
from game.vehicle.setup import FORMER_SPLIT_LAW, Setup
from game.vehicle.spec import CarSpec
from game.weather.weather import CLEAR_NOON, Weather

# 1 had neither cars that were put down elsewhere nor steps of many ticks; 2 had neither digests
# nor hashes of the state along the way; 3 did not name the split law; up to 4 the controls were
# among the JSON.
FORMAT: Final = 5
_FIRST_WITH_SPLIT_LAW: Final = 4
_FIRST_WITH_PACKED_CONTROLS: Final = 5

REPLAY_SUFFIX: Final = ".replay"
MAX_BYTES: Final = 128_000_000  # of what a replay unpacks to: some seven hours by keys
_MAX_TICKS: Final = 7 * 24 * 3600 * 240  # a week
_MAX_CARS: Final = 64
_MAX_TICKS_PER_STEP: Final = 240
_MAX_PLACE_M: Final = 1e6  # from the circuit's origin, along either axis and along the lap
_MAX_SPEED_MPS: Final = 300.0


class CarPlacement(NamedTuple):
    """Puts a car down at rest somewhere else, before the tick of this number."""

    tick: Annotated[int, Meta(ge=0)]
    car: Annotated[int, Meta(ge=0)]
    pose: Pose
    s_m: float


class Checkpoint(NamedTuple):
    """Names the state of the world after this tick, before cars are put down there."""

    tick: Annotated[int, Meta(gt=0)]
    state_hash: str


class ReplayedStart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Describes a car as it entered the world."""

    setup: Setup
    pose: Pose
    s_m: float
    speed_mps: Annotated[float, Meta(ge=-_MAX_SPEED_MPS, le=_MAX_SPEED_MPS)]
    timed_from_standstill: bool
    warm_tyres: bool = False
    damage: DamageMode = "off"

    @classmethod
    def of(cls, start: Start) -> ReplayedStart:
        """Return what a replay keeps of a start: all but the car, which it names once."""
        return cls(*start[1:])

    def with_car(self, spec: CarSpec) -> Start:
        """Return the start again."""
        return Start(spec, *msgspec.structs.astuple(self))


class Replay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holds the content of a replay file. All cars are of one kind.

    The file is gzipped JSON of all but `held`, and `packed_controls` of that behind it.
    """

    format: int
    program: str  # version that wrote it
    track: str
    car: str  # as it is called
    step_s: Annotated[float, Meta(ge=1e-5, le=1.0)]
    starts: Annotated[list[ReplayedStart], Meta(min_length=1, max_length=_MAX_CARS)]
    held: list[list[HeldControls]]  # one list a car
    ticks: Annotated[int, Meta(ge=0, le=_MAX_TICKS)]
    state_hash: str  # at the end
    placed: list[CarPlacement] = []  # in the order of their ticks
    # At which listeners were called: laps' energy is as of the ends of steps.
    ticks_per_step: Annotated[int, Meta(gt=0, le=_MAX_TICKS_PER_STEP)] = 1
    car_id: str = ""  # name of the car's file; unknown before format 3, as the next two are
    digests: DriveDigests | None = None
    checkpoints: list[Checkpoint] = []  # in the order of their ticks
    car_hash: str = ""  # of formats 1 and 2, by a rule that is no longer known
    weather: Weather = CLEAR_NOON  # as in all replays from before there was any other
    labels: list[CarLabel] = []  # of the cars; none, or one for each


class _ReplayHead(msgspec.Struct, frozen=True):
    """Holds the part of a replay that says how to read the others."""

    format: int = FORMAT


def state_hash(world: World) -> str:
    """Return a short name of every bit of the world's state."""
    return hashlib.sha256(world.state_bits()).hexdigest()[:32]


def load_replay(path: Path) -> Replay:
    """Read a replay file. Raises InputError if it is none, or of a later format."""
    content, packed = read_gzip(path, MAX_BYTES)
    try:
        number = msgspec.json.decode(content, type=_ReplayHead).format
        if number not in range(1, FORMAT + 1):
            raise InputError(
                f"{path}: is of replay format {number}, this program reads up to {FORMAT}"
            )
        replay = msgspec.json.decode(content, type=Replay)
        if number < _FIRST_WITH_SPLIT_LAW:
            replay = _with_former_law(replay)
        if number >= _FIRST_WITH_PACKED_CONTROLS:
            held = unpacked_controls(packed, len(replay.starts), replay.ticks)
            replay = msgspec.structs.replace(replay, held=held)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: is not a replay of leaf-rc ({error})") from None
    if len(replay.held) != len(replay.starts) or any(
        sum(row.ticks for row in held) != replay.ticks for held in replay.held
    ):
        raise InputError(f"{path}: its controls do not cover its {replay.ticks} ticks")
    places = [(*start.pose, start.s_m) for start in replay.starts]
    places += [(*placed.pose, placed.s_m) for placed in replay.placed]
    if any(abs(number) > _MAX_PLACE_M for place in places for number in place):
        raise InputError(f"{path}: puts a car down more than {_MAX_PLACE_M / 1e3:g} km away")
    if any(
        placed.car >= len(replay.starts) or placed.tick > replay.ticks for placed in replay.placed
    ):
        raise InputError(f"{path}: puts a car down that does not exist, or after its end")
    if replay.labels and len(replay.labels) != len(replay.starts):
        raise InputError(f"{path}: has labels for {len(replay.labels)} cars of another number")
    if any(check.tick > replay.ticks for check in replay.checkpoints):
        raise InputError(f"{path}: has the state of the world after its end")
    return replay


def _with_former_law(replay: Replay) -> Replay:
    """Return a replay of when there was one split law."""
    replace = msgspec.structs.replace
    starts = [
        replace(start, setup=replace(start.setup, split_law=FORMER_SPLIT_LAW))
        for start in replay.starts
    ]
    return replace(replay, starts=starts)
