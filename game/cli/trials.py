"""Try the reference bot and the predictions."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, Final

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from game.bot.planning import make_plan
from game.cli.options import (
    DEFAULT_TRACK,
    DEFAULT_WEATHER,
    AsJson,
    CarName,
    TrackName,
    WeatherName,
    chosen_car,
    json_text,
)
from game.lab.agreement import SPLITS, Agreement, agreement_of, setups_to_compare
from game.lab.circuit_trials import (
    MEDIAN_LOSS,
    WORST_LOSS,
    CircuitTrial,
    circuit_trial,
    losses,
    made_circuits,
)
from game.lab.trials import (
    LAPS,
    MAX_RECOVERY_S,
    SetupTrial,
    drive_setup,
    in_parallel,
    random_pose,
    random_setup,
    time_to_recover,
)
from game.setups.items import law_text
from game.track.track import load_track
from game.tuning.baseline import make_baseline
from game.tuning.executors import LocalExecutor
from game.tuning.measure import LAPS as MEASURED_LAPS
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.study import Study
from game.vehicle.setup import default_setup
from game.vehicle.spec import DEFAULT_CAR

app = typer.Typer()
_SHOWN: Final = 5  # setups in the table, the slowest ones


@app.command()
def trials(
    setups: Annotated[int, typer.Option(min=0, help="Random setups, each on all tyres.")] = 50,
    poses: Annotated[int, typer.Option(min=0, help="Random poses to come back from.")] = 200,
    circuits: Annotated[int, typer.Option(min=0, help="Made circuits, each on all tyres.")] = 30,
    seed: Annotated[int, typer.Option(min=0, help="Number of the first of each.")] = 0,
    jobs: Annotated[int, typer.Option(min=1, help="Processes at once.")] = os.cpu_count() or 1,
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    json: AsJson = False,
) -> None:
    """Try the reference bot with random setups, from random poses and on circuits made for it.

    Laps are measured by the quasi-steady lap time of the bot's own line with all of the car's grip
    and a cool battery, on a wet road with the water of the start. Circuits that were tried before
    are not driven again: an interrupted run goes on. Exit 1 if the bot fails once, or is too slow
    on the made circuits.
    """
    circuit, spec = load_track(track), chosen_car(car, weather)
    seeds = range(seed, seed + setups)
    cases = [random_setup(spec, number, tyre) for number in seeds for tyre in spec.tyres]
    incidents = [random_pose(circuit, spec, number) for number in range(seed, seed + poses)]
    made = made_circuits(spec, range(seed, seed + circuits))
    driven = in_parallel(jobs, "setups", partial(drive_setup, circuit, spec), cases)
    if cases and not json:
        _print_setups(driven, len(spec.tyres), seed)
    recovery_s: list[float | None] = []
    if incidents:
        plan = make_plan(circuit, spec, default_setup(spec))
        recovery_s = in_parallel(jobs, "poses", partial(time_to_recover, circuit, plan), incidents)
        if not json:
            _print_poses(recovery_s, seed)
    lapped = in_parallel(jobs, "circuits", partial(circuit_trial, spec), made)
    if json:
        rows = [{**msgspec.to_builtins(trial), "loss": trial.loss} for trial in lapped]
        print(json_text({"setups": driven, "back_s": recovery_s, "circuits": rows}))
    elif made:
        _print_circuits(lapped)
    done = all(trial.finished for trial in driven) and all(trial.finished for trial in lapped)
    if None in recovery_s or not done or not losses(lapped).small_enough:
        raise typer.Exit(1)


@app.command()
def agreement(
    jobs: Annotated[int, typer.Option(min=1, help="Processes at once.")] = os.cpu_count() or 1,
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
) -> None:
    """Set predictions against laps over the torque split, under both of its laws.

    Exit 1 if they do not agree.
    """
    spec = chosen_car(car, weather)
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
    _print_agreement(found, law_text(default_setup(spec)))
    if not all(each.holds for each in found.values()):
        raise typer.Exit(1)


def _print_setups(trials: Sequence[SetupTrial], tyres: int, seed: int) -> None:
    finished = sum(trial.finished for trial in trials)
    console = Console()
    console.print(f"{finished} of {len(trials)} setups finished {LAPS} valid laps in a row")
    median = statistics.median(trial.loss for trial in trials)
    console.print(f"above quasi-steady: {median:.1%} in the median")
    table = Table(box=SIMPLE)
    for column in ("setup", "tyre", "charge", "valid laps", "above quasi-steady"):
        table.add_column(column, justify="right")
    ordered = sorted(enumerate(trials), key=lambda numbered: -numbered[1].loss)
    for index, trial in ordered[:_SHOWN]:
        table.add_row(
            str(seed + index // tyres),
            trial.setup.tyre,
            f"{trial.setup.initial_charge:.0%}",
            str(trial.valid_laps),
            f"{trial.loss:.1%}",
        )
    console.print(table)


def _print_circuits(trials: Sequence[CircuitTrial]) -> None:
    finished = sum(trial.finished for trial in trials)
    console = Console()
    console.print(f"{finished} of {len(trials)} circuits finished {LAPS} valid laps in a row")
    median, worst = losses(trials)
    verdict = "near enough" if losses(trials).small_enough else "TOO SLOW"
    console.print(
        f"above quasi-steady: {median:.2%} in the median (at most {MEDIAN_LOSS:.0%}), "
        f"{worst:.2%} in the worst case (at most {WORST_LOSS:.0%}): {verdict}",
        soft_wrap=True,
    )
    title = "Seconds; quasi-steady: the bot's own line with all of the car's grip"
    table = Table(box=SIMPLE, title=title, collapse_padding=True, pad_edge=False)
    for title in _CIRCUIT_COLUMNS:
        table.add_column(title, justify="right")
    for trial in sorted(trials, key=lambda trial: -trial.loss):
        table.add_row(*(text(trial) for text in _CIRCUIT_COLUMNS.values()))
    console.print(table)


def _print_poses(recovery_s: Sequence[float | None], seed: int) -> None:
    times_s = [time_s for time_s in recovery_s if time_s is not None]
    print(f"{len(times_s)} of {len(recovery_s)} cars came back within {MAX_RECOVERY_S:.0f} s")
    if times_s:
        middle_s, slowest_s = statistics.median(times_s), max(times_s)
        print(f"the median of them in {middle_s:.1f} s, the slowest in {slowest_s:.1f} s")
    for pose, time_s in enumerate(recovery_s, seed):
        if time_s is None:
            print(f"not back: from pose {pose}")


def _seconds(time_s: float | None) -> str:
    return "" if time_s is None else f"{time_s:.2f}"


_CIRCUIT_COLUMNS: Final[Mapping[str, Callable[[CircuitTrial], str]]] = {
    "circuit": lambda trial: f"{trial.character}-{trial.length_m:g}-{trial.seed}",
    "tyre": lambda trial: trial.tyre,
    "CPU": lambda trial: f"{trial.plan_cpu_s:.1f}",
    "rehearsals": lambda trial: str(trial.rehearsals),
    "quasi-steady": lambda trial: _seconds(trial.quasi_steady_s),
    "valid": lambda trial: str(trial.valid_laps),
    "best": lambda trial: _seconds(trial.best_s),
    "slowest": lambda trial: _seconds(trial.slowest_s),
    "over": lambda trial: f"{trial.loss:.2%}",
}

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


def _print_agreement(found: Mapping[str, Agreement], law: str) -> None:
    title = f"Prediction minus laps, for the worst of all splits; {law} unless another is named"
    table = Table(box=SIMPLE, title=title)
    table.add_column("")
    for name in found:
        table.add_column(name, justify="right")
    for name, text in _ROWS.items():
        table.add_row(name, *(text(each) for each in found.values()))
    Console().print(table)
