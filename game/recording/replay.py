"""A drive as its inputs alone: who started where, and what each car's driver did, tick by tick.

Re-simulating the inputs must end in the same bits; `verify` proves it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from game.files import InputError, write_bytes
from game.simulation.world import Start, Step, World
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls

FORMAT = 1


class Held(NamedTuple):
    """Controls and for how many ticks they were held."""

    ticks: Annotated[int, Meta(gt=0)]
    steering: Annotated[int, Meta(ge=-STEERING_STEPS, le=STEERING_STEPS)]
    throttle: Annotated[int, Meta(ge=0, le=PEDAL_STEPS)]
    brake: Annotated[int, Meta(ge=0, le=PEDAL_STEPS)]
    reverse: Annotated[int, Meta(ge=0, le=1)]


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


class ReplayRecorder:
    """Listens to what the drivers of a session do."""

    def __init__(self, controls: Callable[[], Sequence[Controls]], cars: int) -> None:
        self._controls = controls
        self._held: list[list[Held]] = [[] for _ in range(cars)]
        self._tick = 0

    def hear(self, step: Step) -> None:
        """Take note of the controls of a step."""
        tick = step.snapshots[0].tick
        for held, now in zip(self._held, self._controls(), strict=True):
            if held and held[-1][1:] == now:
                held[-1] = Held(held[-1].ticks + tick - self._tick, *now)
            else:
                held.append(Held(tick - self._tick, *now))
        self._tick = tick

    def replay(self, world: World, program: str, track_name: str) -> Replay:
        """All of it, with the state that the world has now."""
        spec = world.starts[0].spec
        return Replay(
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
            held=self._held,
            ticks=world.tick,
            state_hash=state_hash(world),
        )


def state_hash(world: World) -> str:
    """A short name of every bit of the world's state."""
    return hashlib.sha256(world.state_bits()).hexdigest()[:32]


def car_hash(spec: CarSpec) -> str:
    """A short name of every number of a car file."""
    return hashlib.sha256(msgspec.json.encode(spec)).hexdigest()[:16]


def save_replay(replay: Replay, path: Path) -> None:
    """Write a replay file. Raises InputError if it cannot be written."""
    write_bytes(path, gzip.compress(msgspec.json.encode(replay), mtime=0))


def load_replay(path: Path) -> Replay:
    """Read a replay file. Raises InputError if it is none, or of a later format."""
    try:
        content: Any = msgspec.json.decode(gzip.decompress(path.read_bytes()))
        if isinstance(content, dict) and content.get("format", FORMAT) != FORMAT:
            raise InputError(
                f"{path}: is of replay format {content['format']}, this program reads {FORMAT}"
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
    return replay


def resimulate(replay: Replay, track: Track, spec: CarSpec, machine_code: bool) -> World:
    """The world at the end of the replayed inputs. Raises InputError if the car file differs."""
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
        machine_code=machine_code,
        step_s=replay.step_s,
    )
    ends = [_ends(held) for held in replay.held]
    rows = [0] * len(replay.held)
    while world.tick < replay.ticks:
        now = [held[row] for held, row in zip(replay.held, rows, strict=True)]
        until = min(end[row] for end, row in zip(ends, rows, strict=True))
        world.step([Controls(*held[1:]) for held in now], until - world.tick)
        rows = [row + (end[row] == until) for end, row in zip(ends, rows, strict=True)]
    return world


def _ends(held: list[Held]) -> list[int]:
    """The tick at which each row of held controls ends."""
    ends, tick = [], 0
    for row in held:
        tick += row.ticks
        ends.append(tick)
    return ends
