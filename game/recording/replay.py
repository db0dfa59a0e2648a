"""A drive as its inputs alone: who started where, and what each car's driver did, tick by tick.

Re-simulating the inputs must end in the same bits; `verify` proves it. A person's lap by keys takes
some 60 kB, a bot's 20.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import msgspec
from msgspec import Meta

from game.compiled import Backend
from game.errors import InputError
from game.files import write_bytes
from game.simulation.world import Start, Step, World
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls

FORMAT: Final = 2  # 1 knew neither cars that were put down elsewhere nor steps of many ticks
_NUMBERS: Final = 5  # of a row of held controls
_PIECE: Final = 2000  # rows that are encoded at once


class Held(NamedTuple):
    """Controls and for how many ticks they were held."""

    ticks: Annotated[int, Meta(gt=0)]
    steering: Annotated[int, Meta(ge=-STEERING_STEPS, le=STEERING_STEPS)]
    throttle: Annotated[int, Meta(ge=0, le=PEDAL_STEPS)]
    brake: Annotated[int, Meta(ge=0, le=PEDAL_STEPS)]
    reverse: Annotated[int, Meta(ge=0, le=1)]


class Placed(NamedTuple):
    """A car put down at rest somewhere else, before the tick of this number."""

    tick: Annotated[int, Meta(ge=0)]
    car: Annotated[int, Meta(ge=0)]
    pose: Pose
    s_m: float


class ReplayedStart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A car as it entered the world."""

    setup: Setup
    pose: Pose
    s_m: float
    speed_mps: float
    timed_from_standstill: bool


class Replay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a replay file: gzipped JSON."""

    format: int
    program: str  # version that wrote it
    track: str
    car: str
    car_hash: str
    step_s: Annotated[float, Meta(gt=0.0, le=1.0)]
    starts: list[ReplayedStart]
    held: list[list[Held]]  # one list a car
    ticks: Annotated[int, Meta(ge=0)]
    state_hash: str
    placed: list[Placed] = []  # in the order of their ticks
    ticks_per_step: Annotated[int, Meta(gt=0)] = 1  # at which listeners heard of it


class Recording(NamedTuple):
    """A drive up to some moment, as `save_replay` writes it."""

    about: Replay  # without what was held
    rows: tuple[array[int], ...]  # one array a car; the numbers of `Held`, one row after another
    ends: tuple[int, ...]  # of each array, for the drive goes on


class ReplayRecorder:
    """Listens to what the drivers of a session do; to be told where cars are put down."""

    def __init__(self, controls: Callable[[], Sequence[Controls]], cars: int) -> None:
        self._controls = controls
        self._last: list[Controls | None] = [None] * cars
        self._rows: list[array[int]] = [array("i") for _ in range(cars)]
        self._placed: list[Placed] = []
        self._tick = 0
        self._ticks_per_step = 1

    def on_step(self, step: Step) -> None:
        """Take note of the controls of a step."""
        tick = step.snapshots[0].tick
        ticks = self._ticks_per_step = tick - self._tick
        for car, now in enumerate(self._controls()):
            rows = self._rows[car]
            if now == self._last[car]:
                rows[-_NUMBERS] += ticks
            else:
                self._last[car] = now
                rows.extend((ticks, *now))
        self._tick = tick

    def place(self, car: int, pose: Pose, s_m: float) -> None:
        """Take note that a car is put down at rest somewhere else."""
        self._placed.append(Placed(self._tick, car, pose, s_m))

    def recording(self, world: World, program: str, track_name: str) -> Recording:
        """All of it, with the state that the world has now; takes no longer for a long drive."""
        spec = world.starts[0].spec
        about = Replay(
            format=FORMAT,
            program=program,
            track=track_name,
            car=spec.name,
            car_hash=car_hash(spec),
            step_s=world.step_s,
            starts=[
                ReplayedStart(
                    start.setup,
                    start.pose,
                    start.s_m,
                    start.speed_mps,
                    start.timed_from_standstill,
                )
                for start in world.starts
            ],
            held=[],
            ticks=world.tick,
            state_hash=state_hash(world),
            placed=self._placed.copy(),
            ticks_per_step=self._ticks_per_step,
        )
        self._last = [None] * len(self._rows)  # what was recorded does not change any more
        return Recording(about, tuple(self._rows), tuple(len(rows) for rows in self._rows))


def state_hash(world: World) -> str:
    """A short name of every bit of the world's state."""
    return hashlib.sha256(world.state_bits()).hexdigest()[:32]


def car_hash(spec: CarSpec) -> str:
    """A short name of every number of a car file."""
    return hashlib.sha256(msgspec.json.encode(spec)).hexdigest()[:16]


def save_replay(recording: Recording, path: Path) -> None:
    """Write a replay file. Raises InputError if it cannot be written."""
    held = [
        msgspec.Raw(b"[%s]" % b",".join(_pieces(rows, end)))
        for rows, end in zip(recording.rows, recording.ends, strict=True)
    ]
    content = msgspec.structs.asdict(recording.about) | {"held": held}
    write_bytes(path, gzip.compress(msgspec.json.encode(content), mtime=0))


def load_replay(path: Path) -> Replay:
    """Read a replay file. Raises InputError if it is none, or of a later format."""
    try:
        content: Any = msgspec.json.decode(gzip.decompress(path.read_bytes()))
        if isinstance(content, dict) and content.get("format", FORMAT) not in range(1, FORMAT + 1):
            raise InputError(
                f"{path}: is of replay format {content['format']}, this program reads up to "
                f"{FORMAT}"
            )
        replay = msgspec.convert(content, Replay)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except (OSError, EOFError, msgspec.MsgspecError) as error:
        raise InputError(f"{path}: is not a replay of leaf-rc ({error})") from None
    if len(replay.held) != len(replay.starts) or any(
        sum(row.ticks for row in held) != replay.ticks for held in replay.held
    ):
        raise InputError(f"{path}: its controls do not cover its {replay.ticks} ticks")
    if any(
        placed.car >= len(replay.starts) or placed.tick > replay.ticks for placed in replay.placed
    ):
        raise InputError(f"{path}: puts a car down that it has not, or after its end")
    return replay


def resimulate(
    replay: Replay,
    track: Track,
    spec: CarSpec,
    backend: Backend,
    listeners: Sequence[Callable[[Step], None]] = (),
) -> World:
    """The world at the end of the replayed inputs; listeners are called with every step.

    Raises InputError if the car file differs.
    """
    if replay.car_hash != car_hash(spec):
        raise InputError(f"the replay was driven with another '{replay.car}' car file")
    world = World(
        track,
        [
            Start(
                spec,
                start.setup,
                start.pose,
                start.s_m,
                start.speed_mps,
                start.timed_from_standstill,
            )
            for start in replay.starts
        ],
        backend=backend,
        step_s=replay.step_s,
    )
    ends = [_ends(held) for held in replay.held]
    rows = [0] * len(replay.held)
    placed = deque(sorted(replay.placed, key=lambda each: each.tick))
    while True:
        while placed and placed[0].tick == world.tick:
            world.place(*placed.popleft()[1:])
        if world.tick == replay.ticks:
            return world
        now = [held[row] for held, row in zip(replay.held, rows, strict=True)]
        until = min(
            world.tick + replay.ticks_per_step,
            *(end[row] for end, row in zip(ends, rows, strict=True)),
            *([placed[0].tick] if placed else []),
        )
        step = world.step([Controls(*held[1:]) for held in now], until - world.tick)
        for on_step in listeners:
            on_step(step)
        rows = [row + (end[row] == until) for end, row in zip(ends, rows, strict=True)]


def _pieces(rows: array[int], end: int) -> Iterator[bytes]:
    """The rows as JSON without the outer brackets, some at a time: others in this process go on."""
    for begin in range(0, end, _NUMBERS * _PIECE):
        numbers = iter(rows[begin : min(begin + _NUMBERS * _PIECE, end)])
        yield msgspec.json.encode(list(zip(*[numbers] * _NUMBERS, strict=True)))[1:-1]
        time.sleep(0.0)


def _ends(held: list[Held]) -> list[int]:
    """The tick at which each row of held controls ends."""
    ends, tick = [], 0
    for row in held:
        tick += row.ticks
        ends.append(tick)
    return ends
