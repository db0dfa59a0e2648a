"""Race bots without a window."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import typer
from rich.console import Console

from game.bot.plan_progress import plan_progress
from game.bot.planning import make_plan
from game.bot.racecraft import RacecraftLevel
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
from game.cli.race_entries import filled_up, named_entries
from game.cli.race_report import print_race, race_report
from game.compiled import Backend
from game.errors import InputError
from game.headless.stint import REFERENCE_BOT, Conditions
from game.racing.energy_plan import plan_energy
from game.racing.field_file import read_field
from game.racing.guarded_race import drive_guarded_race
from game.racing.qualifying import qualified
from game.racing.race import Race, RaceEntry, RaceRun, check_grid, energy_task
from game.racing.race_code import make_race_code
from game.racing.race_length import MAX_MINUTES, RaceLength, planned_length
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, TyreStateMode

app = typer.Typer()

_USUAL_LAPS: Final = 3

GridOrder = Literal["pace", "reversed", "qualifying", "listed"]

Bots = Annotated[
    list[str] | None,
    typer.Option(
        metavar="B[@PACE]",
        help="Who races: a name, or a file my_bot.py; reference@0.95 is slower; repeated.",
    ),
]
Setups = Annotated[
    list[str] | None,
    typer.Option(metavar="S", help="Of all cars; or repeated, one for each --bot."),
]
ReplayFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", resolve_path=True, help="Write it, for watch and verify."),
]

EntriesFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Who races, instead of --bot: bots with pace, setup, tyre, number and livery.",
    ),
]
FieldSize = Annotated[
    int | None,
    typer.Option(min=1, max=64, help="Cars in all; reference bots of many paces fill it up."),
]
TyreName = Annotated[str | None, typer.Option(metavar="TYRE", help="Instead of the setups' tyre.")]
RaceLaps = Annotated[
    int | None, typer.Option(min=1, max=1000, help=f"Of the race; {_USUAL_LAPS} by default.")
]
RaceMinutes = Annotated[
    float | None,
    typer.Option(
        min=0.1,
        max=MAX_MINUTES,
        metavar="MIN",
        help="Instead of laps: the leader's next crossing of the line ends the race.",
    ),
]
Grid = Annotated[
    GridOrder,
    typer.Option(help="Who starts in front: by pace, by a lap each, or as --bot lists them."),
]
Level = Annotated[
    RacecraftLevel,
    typer.Option(help="How near reference bots follow, and for what they try to pass."),
]
EnergyCap = Annotated[
    float | None,
    typer.Option(
        min=0.1,
        max=50.0,
        metavar="KWH",
        help="Net energy for each lap of the race, to be spent anywhere; who uses more is out.",
    ),
]
Seed = Annotated[
    int, typer.Option(min=0, help="Of the start lights and of bots that use random numbers.")
]


@app.command()
def race(
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    bot: Bots = None,
    entries: EntriesFile = None,
    field: FieldSize = None,
    setup: Setups = None,
    tyre: TyreName = None,
    tyre_state: TyreState = None,
    warm_tyres: WarmTyres = False,
    damage: Damage = "off",
    laps: RaceLaps = None,
    minutes: RaceMinutes = None,
    grid: Grid = "qualifying",
    seed: Seed = 0,
    racecraft: Level = "keen",
    energy_cap: EnergyCap = None,
    time_limit: TimeLimit = 1.0,
    plain: Plain = False,
    replay: ReplayFile = None,
    json: AsJson = False,
) -> None:
    """Race bots against each other, without a window."""
    check_outputs(replay)
    spec = chosen_car(car, weather)
    setups = _setups(setup or [None], spec, tyre, tyre_state)
    if entries is None:
        named = named_entries(bot or [], setups, racecraft)
    elif bot or setup or tyre:
        raise InputError(f"--entries {entries}: says that itself; leave out --bot, --setup, --tyre")
    else:
        named = read_field(entries, spec, racecraft)
    raced = filled_up(named, field, setups[0], racecraft)
    circuit = load_track(track)
    check_grid(circuit, len(raced))
    backend = Backend.PLAIN if plain else Backend.COMPILED
    conditions = Conditions(circuit, spec, 1.0, True, warm_tyres, damage, backend, time_limit)
    if entries is not None:
        conditions = dataclasses.replace(conditions, folder=entries.resolve().parent)
    with LapsBar() as bar:
        length = _length(laps, minutes, conditions, raced, bar)
        _prepare(conditions, raced, length.laps, bar)
        ordered = _ordered(grid, conditions, raced, bar)
        wanted = Race(conditions, tuple(ordered), length, seed, replay, cap_kwh=energy_cap or 0.0)
        bar.begin(length.laps)
        _plan_energy(wanted, bar)
        run = drive_guarded_race(wanted, lambda share: bar.show("racing", share * length.laps))
    _report(wanted, run, json)


def _report(race: Race, run: RaceRun, as_json: bool) -> None:
    if as_json:
        print(json_text(race_report(race, run)))
    else:
        print_race(Console(), race, run)


def _plan_energy(race: Race, bar: LapsBar) -> None:
    """Let reference bots plan for the cap on energy, if there is one."""
    for entry in race.entries if race.cap_kwh else ():
        if entry.bot == REFERENCE_BOT:
            plan_energy(energy_task(race, entry), bar.show)


def _setups(
    names: Sequence[str | None], spec: CarSpec, tyre: str | None, tyre_state: TyreStateMode | None
) -> list[Setup]:
    """Return the setups that were named; None: the car's own."""
    chosen = [chosen_setup(name, spec, tyre_state) for name in names]
    return [each if tyre is None else with_tyre(each, tyre, spec) for each in chosen]


def _length(
    laps: int | None,
    minutes: float | None,
    conditions: Conditions,
    entries: Sequence[RaceEntry],
    bar: LapsBar,
) -> RaceLength:
    """Return the length of the race; by minutes, with the laps that the fastest car may drive.

    Raises InputError for two lengths.
    """
    if laps is not None and minutes is not None:
        raise InputError(f"--minutes {minutes:g}: a race has one length: leave out --laps")
    if minutes is None:
        return RaceLength(laps or _USUAL_LAPS)
    cars = [(entry.setup, entry.pace) for entry in entries]
    with plan_progress(bar.planning) as on_round:
        return planned_length(minutes, conditions.track, conditions.spec, cars, on_round)


def _prepare(conditions: Conditions, entries: Sequence[RaceEntry], laps: int, bar: LapsBar) -> None:
    """Make what takes long before the race: plans, and machine code."""
    plans = {}
    for setup in {entry.setup: None for entry in entries}:
        with plan_progress(bar.planning) as on_round:
            plans[setup] = make_plan(conditions.track, conditions.spec, setup, on_round, laps=laps)
    if conditions.backend is Backend.COMPILED:
        track, spec, entry = conditions.track, conditions.spec, entries[0]
        has_bots = any(each.bot == REFERENCE_BOT for each in entries)
        plan = plans[entry.setup] if has_bots else None
        make_race_code(track, spec, entry.setup, plan, bar.making_code)


def _ordered(
    grid: GridOrder, conditions: Conditions, entries: list[RaceEntry], bar: LapsBar
) -> list[RaceEntry]:
    """Return the entries as they stand on the grid."""
    if grid == "listed":
        return entries
    if grid == "qualifying":
        flying = dataclasses.replace(conditions, standing=False)
        return qualified(flying, entries, lambda name: bar.show(f"qualifying: {name}"))
    fastest_first = sorted(entries, key=lambda entry: -entry.pace)
    return fastest_first if grid == "pace" else fastest_first[::-1]
