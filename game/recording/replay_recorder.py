"""Record the inputs of a drive while it goes on, and write them as a replay."""

from __future__ import annotations

import gzip
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.digests import drive_digests
from game.files import write_bytes
from game.recording.car_label import CarLabel
from game.recording.held_controls import ROW, Whole, merged, packed_controls, rows_of
from game.recording.replay import (
    FORMAT,
    CarPlacement,
    Checkpoint,
    Replay,
    ReplayedStart,
    state_hash,
)
from game.simulation.world import Step, World
from game.track.elements import Pose
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls
from game.version import __version__

_CHECKPOINT_S: Final = 10.0  # between two hashes of the state


class Recording(NamedTuple):
    """Holds a drive up to some moment, as `save_replay` writes it."""

    about: Replay  # without the controls
    rows: tuple[array[int], ...]  # one array a car; the numbers of `HeldControls`, row after row
    ends: tuple[int, ...]  # of each array, for the drive goes on


class ReplayRecorder:
    """Listens to a drive; code that puts a car down elsewhere calls `place` here too.

    controls: gives the controls that the cars are driven with now; labels: of the cars, if they
    have any.
    """

    def __init__(
        self,
        world: World,
        controls: Callable[[], Sequence[Controls]],
        labels: Sequence[CarLabel] = (),
    ) -> None:
        cars = range(len(world.starts))
        self._world = world
        self._controls = controls
        self._labels = list(labels)
        self._last: list[Controls | None] = [None for _ in cars]
        self._rows: list[array[int]] = [array("i") for _ in cars]
        self._placed: list[CarPlacement] = []
        self._checkpoints: list[Checkpoint] = []
        self._next_checkpoint = self._checkpoint_ticks = round(_CHECKPOINT_S / world.step_s)
        self._tick = 0
        self._ticks_per_step = 1

    def on_step(self, step: Step) -> None:  # noqa: ARG002
        """Record the controls of a step."""
        tick = self._world.tick
        ticks = self._ticks_per_step = tick - self._tick
        for car, now in enumerate(self._controls()):
            rows = self._rows[car]
            if now == self._last[car]:
                rows[-ROW] += ticks
            else:
                self._last[car] = now
                rows.extend((ticks, *now))
        self._tick = tick
        if tick >= self._next_checkpoint:
            self._checkpoints.append(Checkpoint(tick, state_hash(self._world)))
            self._next_checkpoint = tick + self._checkpoint_ticks

    def place(self, car: int, pose: Pose, s_m: float) -> None:
        """Record that a car is put down at rest somewhere else."""
        self._placed.append(CarPlacement(self._tick, car, pose, s_m))

    def recording(self) -> Recording:
        """Return all of it, with the state that the world has now; as quickly for a long drive.

        Raises ValueError for a world without a track, or with cars of several kinds.
        """
        world = self._world
        track, spec = world.track, _only_kind(world)
        if track is None:
            raise ValueError("a replay names its track; the world has none")
        about = Replay(
            format=FORMAT,
            program=__version__,
            track=track.name,
            car=spec.name,
            step_s=world.step_s,
            starts=[ReplayedStart.of(start) for start in world.starts],
            held=[],
            ticks=world.tick,
            state_hash=state_hash(world),
            placed=self._placed.copy(),
            ticks_per_step=self._ticks_per_step,
            car_id=spec.id,
            digests=drive_digests(track, spec, [start.setup for start in world.starts]),
            checkpoints=self._checkpoints.copy(),
            weather=spec.weather,
            labels=self._labels,
        )
        self._last = [None for _ in self._last]  # rows that were handed out do not change any more
        return Recording(about, tuple(self._rows), tuple(len(rows) for rows in self._rows))


def replay_of(recording: Recording) -> Replay:
    """Return a recording as the replay that would be read from its file."""
    held = [merged(rows) for rows in _rows_of_cars(recording)]
    return msgspec.structs.replace(recording.about, held=held)


def save_replay(recording: Recording, path: Path) -> None:
    """Write a replay file. Raises InputError if it cannot be written."""
    about = gzip.compress(msgspec.json.encode(recording.about), mtime=0)
    write_bytes(path, about + packed_controls(_rows_of_cars(recording)))


def _rows_of_cars(recording: Recording) -> list[Whole]:
    # Of copies: an array that is looked into cannot grow, and the drive goes on.
    return [rows_of(rows[:end]) for rows, end in zip(recording.rows, recording.ends, strict=True)]


def _only_kind(world: World) -> CarSpec:
    spec, *others = (start.spec for start in world.starts)
    if any(other != spec for other in others):
        raise ValueError("a replay has cars of one kind; the world has several")
    return spec
