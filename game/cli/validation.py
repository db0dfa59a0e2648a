"""Define the command that compares the simulation with published figures of the car."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.cli.options import (
    AsJson,
    CarName,
    SetupName,
    TyreState,
    check_outputs,
    chosen_setup,
    json_text,
)
from game.cli.progress import spinner
from game.cli.study_run import need
from game.cli.study_tables import print_line
from game.errors import InputError
from game.files import write_text
from game.setups.share_code import code_of
from game.validation.car_under_test import CarsUnderTest
from game.validation.commonroad import PeerAnswer, answers_beside, is_installed
from game.validation.judging import RULE, JudgedFigure, Judgement, is_slow, judge_figures
from game.validation.manoeuvres import drive_manoeuvres
from game.validation.page import validation_page
from game.validation.published import PublishedFigure, published_figures
from game.validation.report import (
    NO_PEERS,
    PEERS_NOTE,
    PEERS_TITLE,
    as_data,
    claim_text,
    details,
    deviation_text,
    judgement_text,
    misses,
    peer_data,
    peer_rows,
    simulated_text,
    summary,
)
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, load_car
from game.version import __version__

app = typer.Typer()

_STYLES: Final = {
    Judgement.WITHIN: "green",
    Judgement.OUTSIDE: "red",
    Judgement.NO_VERDICT: "dim",
    Judgement.NOT_COMPARABLE: "dim",
}
_NARROWEST: Final = 112  # characters; a narrower terminal breaks the lines of a table
_DETAILED: Final = 5  # figures at most that are shown with everything about them


@app.command()
def validate(
    car: CarName = DEFAULT_CAR,
    setup: SetupName = None,
    tyre_state: TyreState = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A figure, or all of a group; may be repeated."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out what takes laps.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page with charts.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a figure is missed for no known reason.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Set the simulation beside every published figure of the car, and drive manoeuvres by ISO
    names.
    """
    if html is not None:
        need("matplotlib", "--html")
        need("jinja2", "--html")
        check_outputs(html)
    spec = load_car(car)
    base = chosen_setup(setup, spec, tyre_state)
    figures = _chosen(spec, only or [], quick)
    cars = CarsUnderTest(spec, base)
    judged = _judge(figures, cars)
    peers = [] if only or quick else _drive_peers(cars)
    if json:
        report = {"car": spec.name, "rule": RULE, "figures": list(map(as_data, judged))}
        print(json_text(report | {"peers": list(map(peer_data, peers))}))
    else:
        _print(spec.name if setup is None else f"{spec.name}, setup {setup}", judged)
        if not (only or quick):
            _print_peers(peers)
    if html is not None:
        _write_page(html, spec, base, cars, judged, peers)
    if strict and any(each.is_unexplained for each in judged):
        raise typer.Exit(1)


def _chosen(spec: CarSpec, only: Sequence[str], quick: bool) -> list[PublishedFigure]:
    """Return the figures that are asked for. Raises InputError for a name that there is not."""
    figures = published_figures(spec)
    if not figures:
        raise InputError(
            f"{spec.id}: nothing is published of this car: there is no validation/{spec.id}.toml"
        )
    wanted = {name.casefold() for name in only}
    for name in only:
        if not any(name.casefold() in _names(figure) for figure in figures):
            groups = ", ".join(f"'{title}'" for title, _ in groupby(figures, lambda f: f.group))
            raise InputError(f"--only {name}: there is no such figure; the groups are {groups}")
    return [
        figure
        for figure in figures
        if not only or _names(figure) & wanted
        if not (quick and is_slow(figure))
    ]


def _names(figure: PublishedFigure) -> set[str]:
    """Return the names that a figure is asked for by."""
    return {figure.name, figure.group.casefold()}


def _judge(figures: Sequence[PublishedFigure], cars: CarsUnderTest) -> list[JudgedFigure]:
    with spinner("validate") as show:

        def on_figure(number: int, figure: PublishedFigure) -> None:
            show(f"{number + 1} of {len(figures)}, {figure.title}")

        return judge_figures(figures, cars, on_figure)


def _drive_peers(cars: CarsUnderTest) -> list[PeerAnswer]:
    """Return what CommonRoad's cars do beside ours; nothing if they are not installed."""
    if not is_installed():
        return []
    with spinner("validate") as show:
        show(PEERS_TITLE)
        return answers_beside(cars.car({}, {}))


def _print_peers(peers: Sequence[PeerAnswer]) -> None:
    console = Console()
    if not peers:
        print_line(console, NO_PEERS)
        return
    names, *rows = peer_rows(peers)
    table = Table(title=PEERS_TITLE, box=SIMPLE)
    for name in names:
        table.add_column(name, justify="right" if name else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    print_line(console, PEERS_NOTE)


def _print(title: str, judged: Sequence[JudgedFigure]) -> None:
    console = Console()
    console.width = max(_NARROWEST, console.width)
    if len(judged) <= _DETAILED:
        for each in judged:
            _print_details(console, each)
    else:
        console.print(_table(title, judged))
        for line in misses(judged):
            print_line(console, f"outside: {line}")
        print_line(console, RULE)
        print_line(
            console, "leaf-rc validate --only NAME shows a figure's source and how it is measured."
        )
    print_line(console, f"{summary(judged)}.")


def _table(title: str, judged: Sequence[JudgedFigure]) -> Table:
    table = Table(title=title, box=SIMPLE, collapse_padding=True, pad_edge=False)
    table.add_column("name", no_wrap=True)
    table.add_column("figure", ratio=1)
    table.add_column("claimed", justify="right", no_wrap=True)
    for name in ("simulated", "deviation"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for name, group in groupby(judged, key=lambda each: each.figure.group):
        table.add_row("", name, style="bold")
        for each in group:
            table.add_row(
                each.figure.name,
                each.figure.title,
                claim_text(each.figure),
                simulated_text(each),
                deviation_text(each),
                f"[{_STYLES[each.judgement]}]{judgement_text(each)}[/]",
            )
    return table


def _print_details(console: Console, judged: JudgedFigure) -> None:
    table = Table(title=judged.figure.title, box=SIMPLE, show_header=False, title_justify="left")
    table.add_column(no_wrap=True, style="dim")
    table.add_column()
    for name, words in details(judged):
        table.add_row(name, words)
    console.print(table)


def _write_page(
    path: Path,
    spec: CarSpec,
    base: Setup,
    cars: CarsUnderTest,
    judged: Sequence[JudgedFigure],
    peers: Sequence[PeerAnswer],
) -> None:
    with spinner("manoeuvres") as show:
        driven = drive_manoeuvres(cars.car({}, {}), show)
        heading = {
            "command": shlex.join(["leaf-rc", *sys.argv[1:]]),
            "version": __version__,
            "car": spec.name,
            "setup": code_of(base, spec.id),
        }
        write_text(path, validation_page(heading, judged, driven, peers))
