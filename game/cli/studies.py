"""Find out what setups do: sweep, tune and compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console

from game.cli.option_group import takes
from game.cli.options import (
    DEFAULT_TRACK,
    DEFAULT_WEATHER,
    AsJson,
    CarName,
    SetupName,
    TrackName,
    TyreState,
    WeatherName,
    check_outputs,
    chosen_car,
    chosen_setup,
    json_text,
    subject_text,
)
from game.cli.study_files import StudyTerms, comparison_report, study_report, study_table
from game.cli.study_run import StudyRun, StudySubject, need
from game.cli.study_tables import print_comparison, print_outcome
from game.errors import InputError
from game.files import write_text
from game.lab.study_page import study_page
from game.setups.items import law_text
from game.setups.presets import checked_name, is_shipped
from game.setups.presets import save as save_setup
from game.setups.share_code import code_of
from game.tuning.comparison import Comparison
from game.tuning.goal import read_goal
from game.tuning.outcome import Outcome
from game.tuning.study import Study
from game.tuning.values import grid, latin_hypercube, read_axes
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec

app = typer.Typer()

Vary = Annotated[
    list[str],
    typer.Option(
        metavar="NAME=LOW:HIGH:STEP|A,B|NAME",
        help="A value of the setup to change; may be repeated.",
    ),
]
Laps = Annotated[
    int | None, typer.Option(min=1, max=20, help="Flying laps with each setup; 2 unless given.")
]
Workers = Annotated[
    int | None, typer.Option(min=1, max=256, help="Processes; by default one a core.")
]
Cluster = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Drive on a Dask cluster, such as tcp://10.0.0.1:8786."),
]
Cap = Annotated[
    float | None,
    typer.Option(min=0.1, max=50.0, metavar="KWH", help="Cap on the net energy of a lap."),
]
Seed = Annotated[int, typer.Option(min=0, max=2**31, help="Equal seeds give equal setups.")]
CsvFile = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write a table.")]
ReportFile = Annotated[
    Path | None, typer.Option(metavar="FILE.html", help="Write a page with charts.")
]


class StudyOptions(NamedTuple):
    """Holds the options that all studies of many setups have."""

    seed: Seed = 0
    track: TrackName = DEFAULT_TRACK
    car: CarName = DEFAULT_CAR
    weather: WeatherName = DEFAULT_WEATHER
    setup: SetupName = None
    tyre_state: TyreState = None
    cap: Cap = None
    laps: Laps = None
    workers: Workers = None
    cluster: Cluster = None
    csv: CsvFile = None
    report: ReportFile = None
    json: AsJson = False

    def check(self) -> None:
        """Say now, rather than after all laps, what cannot be written."""
        if self.report is not None:
            need("matplotlib", "--report")
            need("jinja2", "--report")
        check_outputs(self.csv, self.report)

    def run(self, command: str, vary: list[str], own: Mapping[str, object]) -> StudyRun:
        """Return the study to be run, which names the command with all that decides its result."""
        words = [command, *(word for text in vary for word in ("--vary", text))]
        options = {**own, "cap": self.cap, "setup": self.setup, "tyre_state": self.tyre_state}
        subject = StudySubject(self.track, self.car, self.weather)
        return StudyRun(words, options, subject, self.laps, self.workers, self.cluster)


@app.command()
@takes(StudyOptions)
def sweep(
    vary: Vary,
    latin: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=100_000,
            metavar="N",
            help="Measure N setups spread evenly instead of a grid.",
        ),
    ] = None,
    *,
    shared: StudyOptions,
) -> None:
    """Measure many setups by laps: which is fastest, by how much, and its cost in energy."""
    shared.check()
    spec = chosen_car(shared.car, shared.weather)
    start = chosen_setup(shared.setup, spec, shared.tyre_state)
    axes = read_axes(vary, spec)
    setups = latin_hypercube(start, axes, latin, shared.seed) if latin else grid(start, axes)
    asked = list(dict.fromkeys([start, *setups]))
    run = shared.run("sweep", vary, {"latin": latin, "seed": shared.seed if latin else None})
    run.measure(lambda study: study.measure(asked), len(asked))
    found = {each: run.found[each] for each in asked}
    goal = read_goal("time", shared.cap)
    _output(run.terms, Outcome(tuple(axis.item for axis in axes), start, found, goal), shared)


@app.command()
@takes(StudyOptions)
def tune(
    vary: Vary,
    goal: Annotated[
        str, typer.Option(help="time, energy, or a sum such as time+0.5*energy (s and kWh).")
    ] = "time",
    budget: Annotated[int, typer.Option(min=2, max=10_000, help="Setups to measure.")] = 64,
    save: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Save the best under a name; replaces yours of that name."
        ),
    ] = None,
    *,
    shared: StudyOptions,
) -> None:
    """Search for the best values of a setup by driving laps."""
    need("optuna", "leaf-rc tune")
    from game.tuning.tune import tune as search  # loads optuna, which the extra `lab` brings

    shared.check()
    if save is not None:
        _check_name(save)
    spec = chosen_car(shared.car, shared.weather)
    start = chosen_setup(shared.setup, spec, shared.tyre_state)
    axes = read_axes(vary, spec)
    aim = read_goal(goal, shared.cap)
    run = shared.run("tune", vary, {"goal": aim.text, "budget": budget, "seed": shared.seed})
    path = [start]

    def find(study: Study) -> None:
        study.measure(path)
        path.extend(search(start, axes, aim, budget, shared.seed, study.measure))

    run.measure(find, budget)
    found = {each: run.found[each] for each in path}
    outcome = Outcome(tuple(axis.item for axis in axes), start, found, aim)
    _output(run.terms, outcome, shared)
    if not shared.json:
        print(f"Drive it: leaf-rc drive --setup {code_of(outcome.ranked[0], spec.id)}")
    if save is not None:
        _save_best(save, outcome, spec)


def _save_best(name: str, outcome: Outcome, spec: CarSpec) -> None:
    about = f"tuned for {outcome.goal.text}"
    saved = save_setup(name, outcome.ranked[0], spec, about, replace=True)
    Console(stderr=True).print(f"kept as '{saved.name}'", markup=False, highlight=False)


@app.command()
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A setup: name, path or code.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    laps: Laps = None,
    json: AsJson = False,
) -> None:
    """Compare two setups by driving laps: the lap, its sectors and its corners."""
    spec = chosen_car(car, weather)
    setups = (chosen_setup(a, spec), chosen_setup(b, spec))
    names = (Path(a).stem if a.endswith(".toml") else a, Path(b).stem if b.endswith(".toml") else b)
    run = StudyRun(("compare", a, b), {}, StudySubject(track, car, weather), laps, workers=2)
    run.measure(lambda study: study.measure(setups), 2)
    for name, each in zip((a, b), setups, strict=True):
        if run.found[each].lost:
            raise InputError(f"setup {name}: {run.found[each].lost}")
    gap = Comparison(run.found[setups[0]], run.found[setups[1]])
    if json:
        print(json_text(comparison_report(run.terms, names, setups, gap)))
    else:
        print_comparison(Console(), f"{_title(run.terms)}, {_laws(setups)}", names, gap)


def _output(terms: StudyTerms, outcome: Outcome, shared: StudyOptions) -> None:
    """Print the results, then write them. Exits with 1 if no setup finished a lap."""
    if shared.json:
        print(json_text(study_report(terms, outcome)), flush=True)
    else:
        print_outcome(Console(), _title(terms), outcome)
    if shared.csv is not None:
        write_text(shared.csv, study_table(terms, outcome))
    if shared.report is not None:
        write_text(shared.report, study_page(terms.heading(), outcome))
    if not outcome.ranked:
        raise typer.Exit(1)


def _check_name(name: str) -> None:
    """Say now, rather than after all laps, that a name cannot be had."""
    name = checked_name(name)
    if is_shipped(name):
        raise InputError(f"--save {name}: a setup of this name ships with leaf-rc: choose another")


def _title(terms: StudyTerms) -> str:
    return subject_text(terms.baseline.spec, terms.baseline.track)


def _laws(setups: tuple[Setup, Setup]) -> str:
    """Return the split law of A and B."""
    a, b = (law_text(setup) for setup in setups)
    return a if a == b else f"A {a}, B {b}"
