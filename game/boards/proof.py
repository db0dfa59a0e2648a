"""Prove laps: drive their replays again, and look whether each lap is in there as it is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import as_completed
from pathlib import Path
from typing import NamedTuple

from game.boards.kept_lap import KeptLap
from game.boards.setup_class import setup_class_of
from game.compiled import Backend
from game.digests import drive_digests, physics_digest
from game.errors import InputError
from game.progress import OnProgress
from game.recording.lap_recorder import Lap, LapRecorder
from game.recording.replay import Replay, load_replay
from game.recording.replay_player import ReplayPlayer
from game.track.track import Track, load_track, track_names
from game.track.variants import split_name
from game.units import kwh
from game.vehicle.setup import default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, car_names, in_weather, load_car
from game.workers.messages import WorkerSpec
from game.workers.pool import WorkerPool
from game.workers.worker import WorkerLostError
from game.workers.worker_loop import ParentLink


class Claim(NamedTuple):
    """Says that a replay in a file has a lap."""

    replay: Path
    lap: KeptLap


class ProofResult(NamedTuple):
    """Holds what came of driving a lap's replay again."""

    physics: str = ""  # by which it was proved; empty if it was not
    reason: str = ""  # why not, in one line
    is_false: bool = False  # the replay ends in its recorded state, and the lap is not in it

    @property
    def is_proved(self) -> bool:
        """Return whether the lap is in its replay as it is kept."""
        return bool(self.physics)


class _ReplayTask(NamedTuple):
    """Holds the laps that one replay is to prove."""

    replay: Path
    laps: tuple[KeptLap, ...]


def prove(
    claims: Sequence[Claim], jobs: int, on_progress: OnProgress | None = None
) -> list[ProofResult]:
    """Return what came of each claim, in their order. Each replay is driven once.

    jobs: replays that are driven at once, in processes; with 1 they are driven in this one.
    """
    numbers: defaultdict[Path, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        numbers[claim.replay].append(number)
    tasks = [
        _ReplayTask(path, tuple(claims[number].lap for number in found))
        for path, found in numbers.items()
    ]
    results: dict[int, ProofResult] = {}
    for done, (task, answers) in enumerate(_answers(tasks, jobs), 1):
        results |= zip(numbers[task.replay], answers, strict=True)
        if on_progress is not None:
            on_progress(done / len(tasks))
    return [results[number] for number in range(len(claims))]


def _answers(
    tasks: Sequence[_ReplayTask], jobs: int
) -> Iterator[tuple[_ReplayTask, list[ProofResult]]]:
    """Yield each task with its results, as they come in."""
    if jobs == 1 or len(tasks) == 1:
        for task in tasks:
            yield task, _proved(task)
        return
    pool = WorkerPool(WorkerSpec(_prover), min(jobs, len(tasks)))
    try:
        futures = {pool.submit(task): task for task in tasks}
        for future in as_completed(futures):
            task = futures[future]
            try:
                yield task, future.result()
            except WorkerLostError as error:
                yield task, [ProofResult(reason=str(error)) for _ in task.laps]
    finally:
        pool.end()


def _prover(link: ParentLink) -> Callable[[_ReplayTask], list[ProofResult]]:  # noqa: ARG001 - nothing to report
    """Return the function that answers a worker's tasks."""
    return _proved


class DrivenReplay(NamedTuple):
    """Holds a replay that ended as it was recorded, and the laps of each of its cars."""

    replay: Replay
    track: Track
    spec: CarSpec
    laps: Sequence[Sequence[Lap]]


def drive_again(path: Path) -> DrivenReplay:
    """Drive a replay to its end.

    Raises InputError if it is none, if its circuit or car is not here, or if it ends in another
    state than the recorded one.
    """
    replay = load_replay(path)
    track, spec = _circuit_of(replay), _car_of(replay)
    player = ReplayPlayer(replay, track, spec, Backend.COMPILED)
    laps = _driven(player)
    if player.diverged_tick is not None:
        raise InputError(_divergence(player, player.diverged_tick))
    return DrivenReplay(replay, track, spec, laps)


def _proved(task: _ReplayTask) -> list[ProofResult]:
    """Return the results on the laps of one replay."""
    try:
        driven = drive_again(task.replay)
    except InputError as error:
        return [ProofResult(reason=str(error)) for _ in task.laps]
    return [_compared(lap, driven) for lap in task.laps]


def _circuit_of(replay: Replay) -> Track:
    """Return a replay's circuit: one of the known names, for it may come from anybody."""
    if split_name(replay.track).base not in track_names():
        raise InputError(f"its circuit '{replay.track}' is not here")
    return load_track(replay.track)


def _car_of(replay: Replay) -> CarSpec:
    car_id = replay.car_id or DEFAULT_CAR
    if car_id not in car_names():
        raise InputError(f"its car '{car_id}' is not here")
    return in_weather(load_car(car_id), replay.weather)


def _driven(player: ReplayPlayer) -> list[list[Lap]]:
    """Drive a replay to its end, and return the laps of each car."""
    recorders = [LapRecorder(player.replay.step_s, car) for car in range(len(player.replay.starts))]
    while not player.at_end:
        step = player.step()
        for recorder in recorders:
            recorder.on_step(step)
    return [recorder.laps for recorder in recorders]


def _divergence(player: ReplayPlayer, tick: int) -> str:
    replay = player.replay
    if player.has_other_physics:
        return f"driven with the physics of version {replay.program}"
    return f"its replay no longer ends as it did: other after {tick * replay.step_s:.3f} s"


def _compared(kept: KeptLap, driven: DrivenReplay) -> ProofResult:
    """Return whether a lap is in its replay with everything that its board says of it."""
    laps = driven.laps[kept.replay_car] if kept.replay_car < len(driven.laps) else ()
    lap = next((each for each in laps if each.number == kept.replay_lap), None)
    if lap is None or not lap.valid:
        return ProofResult(reason=f"its replay has no valid lap {kept.replay_lap}", is_false=True)
    setup = driven.replay.starts[kept.replay_car].setup
    same = _sameness(kept, lap, driven.track, driven.spec)
    differing = ["setup"] if kept.setup != setup else []
    differing += [name for name, is_same in same if not is_same]
    if differing:
        reason = f"its replay has another {', '.join(differing)}"
        return ProofResult(reason=reason, is_false=True)
    return ProofResult(physics_digest())


def _sameness(kept: KeptLap, lap: Lap, track: Track, spec: CarSpec) -> Iterable[tuple[str, bool]]:
    """Yield each thing that a board says of a lap, and whether its replay says the same."""
    now = drive_digests(track, spec)
    was = kept.digests or now
    yield "time", kept.time_s == lap.time_s
    yield "sector times", kept.sectors_s == lap.sectors_s
    yield "tyre", kept.tyre == kept.setup.tyre
    yield "circuit", kept.track == track.name and was.track == now.track
    yield "car", was.car == now.car
    names_now = ("", spec.weather.name)  # versions before noted none
    yield "weather", was.weather == now.weather and kept.weather in names_now
    usual = default_setup(spec)
    yield "class of setup", kept.setup_class in ("", setup_class_of(kept.setup, usual))
    yield "energy drawn", kept.drawn_kwh == kwh(lap.drawn_j)
    yield "energy regained", kept.regained_kwh == kwh(lap.regained_j)
