"""Race a season of bots, as a file says."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.cli.options import AsJson, check_outputs, json_text
from game.cli.progress import LapsBar
from game.cli.studies import Cluster, Workers
from game.cli.study_run import need
from game.files import write_text
from game.league.league_file import League, read_league
from game.league.league_page import (
    STANDING_COLUMNS,
    league_page,
    retirements,
    season_words,
    standing_cells,
)
from game.league.rounds import RoundResult, rounds_of
from game.league.season import LocalRaces, RaceExecutor, Season
from game.league.standings import SeasonStanding, standings
from game.version import __version__
from game.workers.budget import usable_processors

app = typer.Typer()

LeaguePath = Annotated[
    Path, typer.Argument(metavar="FILE", help="The league: a TOML file with bots and circuits.")
]
PageFile = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write a page with charts.")
]


@app.command()
def league(
    file: LeaguePath,
    workers: Workers = None,
    cluster: Cluster = None,
    html: PageFile = None,
    json: AsJson = False,
) -> None:
    """Race a season of bots over circuits and seeds: points, and how strong each bot is."""
    if html is not None:
        need("matplotlib", "--html")
        need("jinja2", "--html")
    if cluster is not None:
        need("distributed", "--cluster")
    check_outputs(html)
    read = read_league(file)
    results = _driven(read, _executor(workers, cluster))
    table = standings([entry.name for entry in read.entries], results, read.file.points)
    if json:
        print(json_text(_report(read, table, results)))
    else:
        _print_season(Console(), read, table, results)
    if html is not None:
        heading = {
            "title": read.file.title,
            "car": read.spec.name,
            "about": _about(read),
            "points": ", ".join(f"{each:g}" for each in read.file.points),
            "command": shlex.join(["leaf-rc", "league", str(file)]),
            "version": __version__,
        }
        write_text(html, league_page(heading, table, results))


def _executor(workers: int | None, cluster: str | None) -> RaceExecutor:
    if cluster is not None:
        from game.league.cluster_races import ClusterRaces  # loads Dask

        return ClusterRaces(cluster)

    return LocalRaces(workers or usable_processors())


def _driven(read: League, executor: RaceExecutor) -> list[RoundResult]:
    """Return the results of all rounds; after an interrupt those driven so far are kept."""
    with LapsBar() as bar:
        rounds = rounds_of(read, lambda name: bar.show(f"qualifying: {name}"))
        laps = sum(each.race.length.laps for each in rounds)
        bar.begin(laps)

        def on_progress(share: float, done: int) -> None:
            done_laps = laps * share / len(rounds)
            bar.show(f"round {min(done + 1, len(rounds))} of {len(rounds)}", done_laps)

        season = Season(rounds, on_progress)
        try:
            results = season.drive(executor)
        except KeyboardInterrupt:
            kept = _counted(season.driven + season.from_cache, "round")
            bar.print_line(f"{kept} driven and kept: run it again to go on")
            raise
        driven = _counted(season.driven, "round")
        bar.print_line(f"{driven} driven, {season.from_cache} taken from earlier runs")
    return results


def _print_season(
    console: Console, read: League, table: Sequence[SeasonStanding], results: Sequence[RoundResult]
) -> None:
    title = f"{read.file.title}: {_about(read)}"
    shown = Table(title=title, box=SIMPLE, collapse_padding=True, pad_edge=False)
    for name in STANDING_COLUMNS:
        shown.add_column(name, justify="left" if name == "bot" else "right", no_wrap=True)
    for place, each in enumerate(table, start=1):
        shown.add_row(*standing_cells(place, each))
    console.print(shown)
    for line in (*retirements(results), *season_words(table)):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _about(read: League) -> str:
    """Return how many rounds there are, and of what."""
    circuits, seeds = len(read.tracks), len(read.file.seeds)
    parts = [
        _counted(circuits * seeds, "round"),
        f"{_counted(circuits, 'circuit')} with {_counted(seeds, 'seed')}",
        _length_text(read),
    ]
    if read.file.energy_cap_kwh:
        parts.append(f"{read.file.energy_cap_kwh:g} kWh a lap")
    return ", ".join(parts)


def _length_text(read: League) -> str:
    laps = read.file.race_laps
    return f"{read.file.minutes:g} min" if laps is None else _counted(laps, "lap")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _report(
    read: League, table: Sequence[SeasonStanding], results: Sequence[RoundResult]
) -> dict[str, Any]:
    return {
        "title": read.file.title,
        "version": __version__,
        "car": read.spec.name,
        "weather": read.spec.weather.name,
        "laps": read.file.race_laps,
        "minutes": read.file.minutes,
        "cap_kwh": read.file.energy_cap_kwh or None,
        "standings": [
            {
                "name": each.name,
                "points": each.points,
                "wins": each.wins,
                "places": each.places,
                "mean_place": each.mean_place,
                "retirements": each.retirements,
                "contacts_per_race": each.contacts_per_race,
                "net_kwh_per_lap": each.net_kwh_per_lap,
                "strength": each.strength.points,
                "strength_spread": each.strength.spread,
            }
            for each in table
        ],
        "rounds": [
            {**_fields(result), "places": [_fields(place) for place in result.places]}
            for result in results
        ],
    }


def _fields(struct: Any) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__}
