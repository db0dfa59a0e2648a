"""The commands that try the reference bot, and the predictions, on all that a setup can be."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Final

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from game.bot.planning import make_plan
from game.cli.options import DEFAULT_TRACK, AsJson, CarName, TrackName, json_text
from game.lab.agreement import SPLITS, Agreement, agreement_of, setups_to_compare
from game.lab.trials import (
    LAPS,
    MAX_RECOVERY_S,
    MEDIAN_LOSS,
    WORST_LOSS,
    MadeCircuit,
    SetupTrial,
    drive_circuit,
    drive_setup,
    in_parallel,
    made_circuits,
    random_pose,
    random_setup,
    time_to_recover,
)
from game.track.track import load_track
from game.tuning.baseline import make_baseline
from game.tuning.executors import LocalExecutor
from game.tuning.measure import LAPS as MEASURED_LAPS
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.study import Study
from game.vehicle.setup import default_setup
from game.vehicle.spec import DEFAULT_CAR, load_car

app = typer.Typer()
_SHOWN: Final = 5  # setups in the table, the slowest ones


@app.command()
def trials(
    setups: Annotated[int, typer.Option(min=0, help="Random setups, each on all tyres.")] = 50,
    poses: Annotated[int, typer.Option(min=0, help="Random poses to come back from.")] = 200,
    circuits: Annotated[int, typer.Option(min=0, help="Made circuits, each on all tyres.")] = 30,
    jobs: Annotated[int, typer.Option(min=1, help="Processes at once.")] = 1,
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    json: AsJson = False,
) -> None:
    """Try the reference bot with random setups, from random poses and on circuits made for it.

    Exit 1 if it fails once, or is too slow on the made circuits.
    """
    circuit, spec = load_track(track), load_car(car)
    plan = make_plan(circuit, spec, default_setup(spec))
    cases = [random_setup(spec, seed, tyre) for seed in range(setups) for tyre in spec.tyres]
    troubles = [random_pose(circuit, spec, seed) for seed in range(poses)]
    driven = in_parallel(jobs, "setups", partial(drive_setup, circuit, spec), cases)
    recovery_s = in_parallel(jobs, "poses", partial(time_to_recover, circuit, plan), troubles)
    made = made_circuits(spec, circuits)
    lapped = in_parallel(jobs, "circuits", partial(drive_circuit, spec), made)
    if json:
        rows = [
            {**one._asdict(), "valid_laps": trial.valid_laps, "loss": trial.loss}
            for one, trial in zip(made, lapped, strict=True)
        ]
        print(json_text({"setups": driven, "back_s": recovery_s, "circuits": rows}))
    else:
        _print_setups(driven, len(spec.tyres))
        _print_poses(recovery_s)
        _print_circuits(made, lapped)
    done = all(trial.finished for trial in (*driven, *lapped))
    if None in recovery_s or not done or not _near_the_limit(lapped):
        raise typer.Exit(1)


@app.command()
def agreement(
    jobs: Annotated[int, typer.Option(min=1, help="Processes at once.")] = os.cpu_count() or 1,
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
) -> None:
    """Set predictions against laps over the torque split; exit 1 if they do not agree."""
    spec = load_car(car)
    setups = setups_to_compare(spec)
    baseline = make_baseline(load_track(track), spec)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("driving", total=len(setups) * len(SPLITS))
        executor = LocalExecutor(baseline, MEASURED_LAPS, jobs)
        study = Study(
            MeasurementCache(baseline), MEASURED_LAPS, executor, lambda *_: bar.advance(task)
        )
        try:
            found = {
                name: agreement_of(baseline, setup, SPLITS, study) for name, setup in setups.items()
            }
        finally:
            executor.close()
    _print_agreement(found)
    if not all(each.holds for each in found.values()):
        raise typer.Exit(1)


def _print_setups(trials: Sequence[SetupTrial], tyres: int) -> None:
    finished = sum(trial.finished for trial in trials)
    console = Console()
    console.print(f"{finished} of {len(trials)} setups finished {LAPS} valid laps in a row")
    if not trials:
        return
    median = statistics.median(trial.loss for trial in trials)
    console.print(f"over the limit: {median:.1%} in the median")
    table = Table(box=SIMPLE)
    for column in ("setup", "tyre", "charge", "valid laps", "over the limit"):
        table.add_column(column, justify="right")
    ordered = sorted(enumerate(trials), key=lambda numbered: -numbered[1].loss)
    for index, trial in ordered[:_SHOWN]:
        table.add_row(
            str(index // tyres),
            trial.setup.tyre,
            f"{trial.setup.initial_charge:.0%}",
            str(trial.valid_laps),
            f"{trial.loss:.1%}",
        )
    console.print(table)


def _near_the_limit(lapped: Sequence[SetupTrial]) -> bool:
    """Return whether laps of made circuits are as near the limit as they are to be."""
    losses = [trial.loss for trial in lapped] or [0.0]
    return statistics.median(losses) <= MEDIAN_LOSS and max(losses) <= WORST_LOSS


def _print_circuits(made: Sequence[MadeCircuit], lapped: Sequence[SetupTrial]) -> None:
    finished = sum(trial.finished for trial in lapped)
    console = Console()
    console.print(f"{finished} of {len(lapped)} circuits finished {LAPS} valid laps in a row")
    if not lapped:
        return
    losses = [trial.loss for trial in lapped]
    middle, worst = statistics.median(losses), max(losses)
    console.print(f"over the limit: {middle:.1%} in the median, {worst:.1%} at the worst")
    table = Table(box=SIMPLE)
    for column in ("seed", "length", "character", "tyre", "valid laps", "over the limit"):
        table.add_column(column, justify="right")
    for one, trial in sorted(zip(made, lapped, strict=True), key=lambda row: -row[1].loss)[:_SHOWN]:
        cells = (str(one.seed), f"{one.length_m:g} m", one.character, one.tyre)
        table.add_row(*cells, str(trial.valid_laps), f"{trial.loss:.2%}")
    console.print(table)


def _print_poses(recovery_s: Sequence[float | None]) -> None:
    times_s = [time_s for time_s in recovery_s if time_s is not None]
    print(f"{len(times_s)} of {len(recovery_s)} cars came back within {MAX_RECOVERY_S:.0f} s")
    if times_s:
        middle_s, slowest_s = statistics.median(times_s), max(times_s)
        print(f"the median of them in {middle_s:.1f} s, the slowest in {slowest_s:.1f} s")
    for pose, time_s in enumerate(recovery_s):
        if time_s is None:
            print(f"not back: from pose {pose}")


_ROWS: Final[Mapping[str, Callable[[Agreement], str]]] = {
    "best split, predicted": lambda each: f"{each.best[0]:.2f}",
    "best split, driven": lambda each: f"{each.best[1]:.2f}",
    "lap time against 50 : 50, s": lambda each: f"{max(each.misses_s, key=abs):+.3f}",
    "energy drawn": lambda each: f"{each.worst('drawn_kwh'):+.1%}",
    "energy regained": lambda each: f"{each.worst('regained_kwh'):+.1%}",
    "understeer, °/g": lambda each: f"{each.worst_balance('understeer_deg_per_g'):+.2f}",
    "front at its limit, of the lap": lambda each: f"{each.worst_balance('front_limited'):+.1%}",
    "rear at its limit, of the lap": lambda each: f"{each.worst_balance('rear_limited'):+.1%}",
    "": lambda each: "agrees" if each.holds else "DOES NOT AGREE",
}


def _print_agreement(found: Mapping[str, Agreement]) -> None:
    table = Table(box=SIMPLE, title="Prediction less laps, at the worst of all splits")
    table.add_column("")
    for name in found:
        table.add_column(name, justify="right")
    for title, text in _ROWS.items():
        table.add_row(title, *(text(each) for each in found.values()))
    Console().print(table)
