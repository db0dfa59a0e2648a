"""Try the reference bot on made circuits, which it sees for the first time.

A lap is measured by what a quasi-steady calculation gives for the bot's own minimum-time line: the
lap time with all of the car's grip, a cool battery and cool motors (`Plan.quasi_steady_s`). A bot
that drives exactly as planned is some 0.65 % above it, as it plans with 98.5 % of the grip. A
battery that gets hot, as in the third lap of a long circuit, costs another per cent.

A trial is kept when it is done, so that an interrupted run goes on where it was.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.bot.plan_cache import fastest_path, write_plan
from game.bot.planning import REHEARSING, work_out_plan
from game.digests import car_digest, digest_of, track_digest
from game.errors import UnfinishedLapError
from game.files import cache_folder
from game.headless.stint import Conditions, drive_laps
from game.kept_results import keep_result, read_result
from game.lab.trials import LAPS, LapsInARow
from game.program_digest import program_digest
from game.track.characters import CHARACTERS, CharacterName
from game.track.maker import MIN_LENGTH_M, make_track_file
from game.track.track import Track, build_track
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec, load_car

MEDIAN_LOSS: Final = 0.01  # above the quasi-steady lap time, at most
WORST_LOSS: Final = 0.02
_SHORTEST_M: Final = 1200.0  # of the lengths of made circuits, which are so many steps,
_LONGER_M: Final = 480.0  # each so much longer, in an order that mixes them with the characters
_LENGTHS: Final = 11
_LENGTH_STRIDE: Final = 4
_MAX_BYTES: Final = 100_000  # of a kept trial; one takes some 400


class MadeCircuit(NamedTuple):
    """Names a circuit that nobody has driven, and the tyre to drive it with."""

    seed: int
    length_m: float
    character: CharacterName
    tyre: str

    @property
    def track(self) -> Track:
        """Return the circuit, made and built."""
        file = make_track_file(self.seed, self.length_m, self.character)
        return build_track(f"{self.character}-{self.length_m:g}-{self.seed}", file, Path("made"))


class CircuitTrial(LapsInARow, msgspec.Struct, frozen=True):
    """Holds the result of a first plan and of laps in a row on a made circuit."""

    seed: int
    length_m: float
    character: str
    tyre: str
    valid_laps: int  # of those in a row
    plan_cpu_s: float  # that the plan took, with its rehearsals
    rehearsals: int
    quasi_steady_s: float
    planned_s: float
    best_s: float | None = None  # None if it did not get round
    slowest_s: float | None = None


class Losses(NamedTuple):
    """Holds how far laps are above the quasi-steady time on several circuits, as shares."""

    median: float
    worst: float

    @property
    def small_enough(self) -> bool:
        """Return whether the bot is as near the quasi-steady time as it has to be."""
        return self.median <= MEDIAN_LOSS and self.worst <= WORST_LOSS


def made_circuits(spec: CarSpec, seeds: Iterable[int]) -> list[MadeCircuit]:
    """Return circuits of all characters and of many lengths, each with all tyres of a car."""
    return [
        MadeCircuit(
            seed,
            _SHORTEST_M + _LONGER_M * (seed * _LENGTH_STRIDE % _LENGTHS),
            CHARACTERS[seed % len(CHARACTERS)],
            tyre,
        )
        for seed in seeds
        for tyre in spec.tyres
    ]


def circuit_trial(spec: CarSpec, circuit: MadeCircuit) -> CircuitTrial:
    """Return the trial on a circuit, driven now unless it was driven by this program before."""
    track = circuit.track
    path = _path(spec, track, circuit.tyre)
    trial = read_result(path, _MAX_BYTES, msgspec.json.Decoder(CircuitTrial).decode)
    if trial is None:
        trial = drive_circuit(spec, circuit, track)
        keep_result(path, msgspec.json.encode(trial))
    return trial


def drive_circuit(spec: CarSpec, circuit: MadeCircuit, track: Track) -> CircuitTrial:
    """Plan for a made circuit as if nobody had driven it, and drive laps in a row."""
    setup = msgspec.structs.replace(default_setup(spec), tyre=circuit.tyre, tyre_state="frozen")
    rehearsals = 0

    def on_round(activity: str, _lap_time_s: float) -> None:
        nonlocal rehearsals
        rehearsals += activity == REHEARSING

    _load_machine_code()
    began_s = time.process_time()
    plan = work_out_plan(track, spec, setup, on_round)
    plan_cpu_s = time.process_time() - began_s
    write_plan(plan, fastest_path(track, spec, setup))
    valid_laps, times_s = _laps(track, spec, setup)
    return CircuitTrial(
        *circuit,
        valid_laps=valid_laps,
        plan_cpu_s=round(plan_cpu_s, 2),
        rehearsals=rehearsals,
        quasi_steady_s=plan.quasi_steady_s,
        planned_s=plan.lap_time_s,
        best_s=min(times_s, default=None),
        slowest_s=max(times_s, default=None),
    )


def losses(trials: Sequence[CircuitTrial]) -> Losses:
    """Return the median and the worst loss of trials; none without a trial."""
    each = [trial.loss for trial in trials] or [0.0]
    return Losses(statistics.median(each), max(each))


def _laps(track: Track, spec: CarSpec, setup: Setup) -> tuple[int, list[float]]:
    """Return how many of the laps in a row were valid, and their times; none if one was lost."""
    try:
        run = drive_laps(Conditions(track, spec), setup, laps=LAPS)
    except UnfinishedLapError:
        return 0, []
    return sum(lap.valid for lap in run.laps), [lap.time_s for lap in run.laps]


@cache
def _load_machine_code() -> None:
    """Plan once for the shortest circuit, so that loading code does not count as planning."""
    spec = load_car()
    file = make_track_file(0, MIN_LENGTH_M, "fast")
    work_out_plan(build_track("first", file, Path("made")), spec, default_setup(spec))


def _path(spec: CarSpec, track: Track, tyre: str) -> Path:
    key = digest_of(
        program_digest("game.lab.circuit_trials"), track_digest(track), car_digest(spec), tyre
    )
    return cache_folder() / "trials" / f"{track.name}-{key}.json"
