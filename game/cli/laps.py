"""Drive laps without a window."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from game.bot.plan import Plan
from game.bot.plan_progress import plan_progress
from game.bot.planning import make_plan
from game.cli.lap_lines import LapLines
from game.cli.lap_report import lap_report, print_laps
from game.cli.lap_reporter import LapReporter
from game.cli.options import (
    DEFAULT_TRACK,
    DEFAULT_WEATHER,
    AsJson,
    CarName,
    Damage,
    Plain,
    TimeLimit,
    TrackName,
    TyreState,
    WarmTyres,
    WeatherName,
    check_outputs,
    chosen_car,
    chosen_setup,
    json_text,
    with_tyre,
)
from game.cli.progress import LapsBar
from game.compiled import Backend
from game.drivers.discovery import find_driver
from game.errors import InputError
from game.files import reason
from game.headless.fleet import (
    drive_in_parallel,
    drive_serially,
    prepare_processes,
    split_into_stints,
)
from game.headless.results import Results
from game.headless.stint import (
    REFERENCE_BOT,
    Conditions,
    Entrant,
    Stint,
    make_machine_code,
    missing_machine_code,
)
from game.recording.telemetry_file import FORMATS, check_table_name, marker_path
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, TyreStateMode

app = typer.Typer()


@app.command()
def lap(
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    setup: Annotated[
        list[str] | None,
        typer.Option(metavar="S", help="Name of a saved setup, or a path to one; may be repeated."),
    ] = None,
    tyre: Annotated[
        list[str] | None,
        typer.Option(metavar="TYRE", help="Instead of the setup's tyre; may be repeated."),
    ] = None,
    tyre_state: TyreState = None,
    warm_tyres: WarmTyres = False,
    damage: Damage = "off",
    bot: Annotated[
        list[str] | None,
        typer.Option(metavar="B", help="Who drives: a name, or a file my_bot.py; may be repeated."),
    ] = None,
    laps: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="Laps of each bot with each setup.")
    ] = 1,
    stint: Annotated[
        int, typer.Option(min=1, max=1000, metavar="K", help="Laps from one start, on one charge.")
    ] = 5,
    jobs: Annotated[
        int, typer.Option(min=1, max=256, metavar="J", help="Stints driven at once.")
    ] = 1,
    standing: Annotated[
        bool, typer.Option("--standing", help="Start each stint at rest on pole, not flying.")
    ] = False,
    pace: Annotated[
        float, typer.Option(min=0.5, max=1.0, help="Reference bot: laps take 1/pace as long.")
    ] = 1.0,
    time_limit: TimeLimit = 1.0,
    plain: Plain = False,
    telemetry: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            resolve_path=True,
            help=f"Write each step of a stint as {FORMATS}.",
        ),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", resolve_path=True, help="Write a stint's inputs, for `leaf-rc verify`."
        ),
    ] = None,
    jsonl: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Append a JSON line a lap as it comes in; - prints."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Drive laps with bots, without a window."""
    if json and jsonl == "-":
        raise InputError("--json and --jsonl -: only one of them can have standard output")
    spec = chosen_car(car, weather)
    request = LapRequest(
        bots=bot or [REFERENCE_BOT],
        setups=_named_setups(setup or [None], tyre or [], tyre_state, spec),
        laps=laps,
        laps_per_stint=stint,
        jobs=jobs,
        telemetry=telemetry,
        replay=replay,
    )
    request.check()
    if not request.is_driven_here:
        prepare_processes()
    backend = Backend.PLAIN if plain else Backend.COMPILED
    conditions = Conditions(
        load_track(track), spec, pace, standing, warm_tyres, damage, backend, time_limit
    )
    results, interrupted = _drive(request, conditions, jsonl)
    if json:
        print(json_text(lap_report(conditions, results)))
    else:
        print_laps(Console(stderr=jsonl == "-"), conditions, results, laps)
    if interrupted:
        raise KeyboardInterrupt
    if any(one.lost for one in results):
        raise typer.Exit(1)


@dataclass(frozen=True)
class LapRequest:
    """Says what the user wants: who drives how many laps with which setups."""

    bots: Sequence[str]
    setups: Sequence[tuple[str, Setup]]  # with their names
    laps: int  # of each bot with each setup
    laps_per_stint: int
    jobs: int
    telemetry: Path | None
    replay: Path | None

    @property
    def is_one_stint(self) -> bool:
        """Return whether one bot drives one setup from one start."""
        return len(self.bots) * len(self.setups) == 1 and self.laps <= self.laps_per_stint

    @property
    def is_driven_here(self) -> bool:
        """Return whether this process drives: the reference bot is known not to hang."""
        return self.is_one_stint and list(self.bots) == [REFERENCE_BOT]

    def check(self) -> None:
        """Raise InputError for files that cannot be written, now rather than after the laps."""
        if (self.telemetry or self.replay) and not self.is_one_stint:
            raise InputError(
                "--telemetry and --replay: are of one stint: one bot, one setup, "
                "--laps up to --stint"
            )
        markers = None
        if self.telemetry is not None:
            check_table_name(self.telemetry)
            markers = marker_path(self.telemetry)
        for path in filter(None, (self.telemetry, self.replay)):
            _check_writable(path)
        check_outputs(self.telemetry, markers, self.replay)

    def stints(self) -> list[Stint]:
        """Return the stints to be driven, with the files that they leave."""
        entrants = len(self.bots) * len(self.setups)
        return [
            dataclasses.replace(each, telemetry=self.telemetry, replay=self.replay)
            for each in split_into_stints(entrants, self.laps, self.laps_per_stint)
        ]


def _drive(
    request: LapRequest, conditions: Conditions, jsonl: str | None
) -> tuple[Sequence[Results], bool]:
    """Drive what is asked for; return the results, and whether an interrupt cut it short."""
    stints = request.stints()
    all_laps = request.laps * len(request.bots) * len(request.setups)
    with LapLines(jsonl) as lines, LapsBar(all_laps) as bar:
        entrants = _enter(request, conditions, bar)
        reporter = LapReporter(conditions, entrants, lines, bar)
        try:
            if request.is_driven_here:
                drive_serially(
                    conditions, entrants, stints, reporter.on_event, reporter.on_progress
                )
            else:
                drive_in_parallel(conditions, entrants, stints, request.jobs, reporter.on_event)
        except KeyboardInterrupt:
            return reporter.results, True
    return reporter.results, False


def _check_writable(path: Path) -> None:
    """Raise InputError now rather than after the drive; the folder has to be there."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}."):
            why = "is a directory" if path.is_dir() else ""
    except OSError as error:
        why = reason(error)
    if why:
        raise InputError(f"{path}: cannot be written ({why})")


def _named_setups(
    names: Sequence[str | None],
    tyres: Sequence[str],
    tyre_state: TyreStateMode | None,
    spec: CarSpec,
) -> list[tuple[str, Setup]]:
    """Return each setup on each of the tyres, or on its own, with names for them."""
    return [
        each
        for name in names
        for each in _on_tyres(name, chosen_setup(name, spec, tyre_state), tyres, spec)
    ]


def _on_tyres(
    name: str | None, setup: Setup, tyres: Sequence[str], spec: CarSpec
) -> list[tuple[str, Setup]]:
    if not tyres:
        return [(name or "default", setup)]
    return [(f"{name}, {tyre}" if name else tyre, with_tyre(setup, tyre, spec)) for tyre in tyres]


def _enter(request: LapRequest, conditions: Conditions, bar: LapsBar) -> list[Entrant]:
    """Enter every bot with every setup; what takes long is prepared here, for processes to load.

    Raises InputError for a bot that cannot be loaded.
    """
    for bot in request.bots:
        if bot != REFERENCE_BOT:
            find_driver(bot)
    laps = min(request.laps, request.laps_per_stint)
    plans = {setup: _planned(conditions, setup, laps, bar) for _, setup in request.setups}
    entrants = [
        Entrant(bot, setup, name, plans[setup])
        for bot in request.bots
        for name, setup in request.setups
    ]
    by_reference_bot = request.laps * sum(each.bot == REFERENCE_BOT for each in entrants)
    if missing := missing_machine_code(conditions, by_reference_bot):
        bar.show("making machine code, once")
        make_machine_code(conditions, entrants[0], missing, bar.making_code)
    return entrants


def _planned(conditions: Conditions, setup: Setup, laps: int, bar: LapsBar) -> Plan:
    with plan_progress(bar.planning) as on_round:
        return make_plan(conditions.track, conditions.spec, setup, on_round, conditions.pace, laps)
