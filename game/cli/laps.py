"""The commands that drive laps without a window and that verify them."""

from __future__ import annotations

import dataclasses
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console

from game.cli.lap_lines import LapLines
from game.cli.options import DEFAULT_TRACK, AsJson, TrackName, chosen_setup, json_text
from game.cli.progress import LapsBar
from game.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from game.headless.stint import Conditions, Entrant
    from game.recording.laps import Lap
    from game.vehicle.setup import Setup


def lap(
    track: TrackName = DEFAULT_TRACK,
    setup: Annotated[
        list[str] | None,
        typer.Option(metavar="S", help="Name of a saved setup, or a path to one; may be repeated."),
    ] = None,
    tyre: Annotated[
        list[str] | None,
        typer.Option(metavar="[slick|sport]", help="Instead of the setup's tyre; may be repeated."),
    ] = None,
    bot: Annotated[
        list[str] | None,
        typer.Option(metavar="B", help="Who drives: a name, or a file my_bot.py; may be repeated."),
    ] = None,
    laps: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="Laps of each bot with each setup.")
    ] = 1,
    stint: Annotated[
        int, typer.Option(min=1, max=1000, metavar="K", help="Laps from one start, one charge.")
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
    time_limit: Annotated[
        float,
        typer.Option(min=0.001, max=3600.0, metavar="S", help="Seconds a bot may think at a time."),
    ] = 1.0,
    plain: Annotated[
        bool, typer.Option("--plain", help="Drive without machine code, even if it is installed.")
    ] = False,
    telemetry: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write every step of a stint as .csv or .parquet."),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a stint's inputs, for `leaf-rc verify`."),
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
    one_stint = laps <= stint and all(len(each or []) <= 1 for each in (bot, setup, tyre))
    if (telemetry or replay) and not one_stint:
        raise InputError(
            "--telemetry and --replay: are of one stint: one bot, one setup, --laps up to --stint"
        )
    if bot or not one_stint:
        from game.workers import load_ahead

        load_ahead()
    from game.cli.lap_report import lap_report, print_laps
    from game.cli.lap_reporter import TimingDesk
    from game.headless.fleet import drive_in_parallel, drive_serially, split_into_stints
    from game.headless.stint import REFERENCE_BOT, Conditions
    from game.recording.telemetry import check_table_name
    from game.track.track import load_track
    from game.vehicle.spec import load_car

    if telemetry is not None:
        check_table_name(telemetry)
    for path in filter(None, (telemetry, replay)):
        _check_writable(path)
    conditions = Conditions(load_track(track), load_car(), pace, standing, not plain, time_limit)
    bots = bot or [REFERENCE_BOT]
    names: list[str | None] = [*setup] if setup else [None]
    setups = [each for name in names for each in _setups(name, tyre or [])]
    stints = [
        dataclasses.replace(each, telemetry=telemetry, replay=replay)
        for each in split_into_stints(len(bots) * len(setups), laps, stint)
    ]
    interrupted = False
    with LapLines(jsonl) as lines, LapsBar(laps * len(bots) * len(setups)) as bar:
        entrants = _enter(conditions, bots, setups, min(laps, stint), bar)
        desk = TimingDesk(conditions, entrants, lines, bar)
        try:
            if one_stint and bots == [REFERENCE_BOT]:
                drive_serially(conditions, entrants, stints, desk.hear, desk.follow)
            else:
                drive_in_parallel(conditions, entrants, stints, jobs, desk.hear)
        except KeyboardInterrupt:
            interrupted = True
    if json:
        print(json_text(lap_report(conditions, desk.results)))
    else:
        print_laps(Console(stderr=jsonl == "-"), conditions, desk.results, laps)
    if interrupted:
        raise KeyboardInterrupt
    if any(one.lost for one in desk.results):
        raise typer.Exit(1)


def _check_writable(path: Path) -> None:
    """Raises InputError now rather than after the drive; the folder has to be there."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}."):
            why = "is a directory" if path.is_dir() else ""
    except OSError as error:
        why = (error.strerror or "").lower()
    if why:
        raise InputError(f"{path}: cannot be written ({why})")


def _setups(name: str | None, tyres: list[str]) -> list[tuple[str, Setup]]:
    """A setup on each of the tyres, or on its own, with names for them."""
    setup = chosen_setup(name)
    if not tyres:
        return [(name or "default", setup)]
    return [(f"{name}, {tyre}" if name else tyre, _with_tyre(setup, tyre)) for tyre in tyres]


def _with_tyre(setup: Setup, tyre: str) -> Setup:
    try:
        return msgspec.convert({**msgspec.to_builtins(setup), "tyre": tyre}, type(setup))
    except msgspec.ValidationError:
        raise InputError(f"--tyre {tyre}: there is no such tyre; there are slick, sport") from None


def _enter(
    conditions: Conditions,
    bots: list[str],
    setups: list[tuple[str, Setup]],
    laps: int,
    bar: LapsBar,
) -> list[Entrant]:
    """Every bot with every setup; what takes long is made and kept, for processes to load.

    Raises InputError for a bot that cannot be loaded.
    """
    from game.bot.planning import make_plan
    from game.drivers.discovery import find_driver
    from game.headless.stint import (
        REFERENCE_BOT,
        Entrant,
        machine_code_is_missing,
        make_machine_code,
    )

    for bot in bots:
        if bot != REFERENCE_BOT:
            find_driver(bot)
    plans = {
        setup: make_plan(
            conditions.track, conditions.spec, setup, bar.planning, conditions.pace, laps
        )
        for _, setup in setups
    }
    entrants = [Entrant(bot, setup, name, plans[setup]) for bot in bots for name, setup in setups]
    if machine_code_is_missing(conditions):
        bar.show("making machine code, once")
        make_machine_code(conditions, entrants[0])
    return entrants


def verify(replay: Annotated[Path, typer.Argument(help="A replay file.")]) -> None:
    """Re-simulate a replay's inputs, and list its laps; exit 1 unless it ends in the same bits."""
    from game.recording.laps import LapRecorder
    from game.recording.replay import load_replay, resimulate, state_hash
    from game.track.track import load_track
    from game.vehicle.spec import load_car

    recorded = load_replay(replay)
    track, spec = load_track(recorded.track), load_car()
    recorders = [LapRecorder(recorded.step_s, car) for car in range(len(recorded.starts))]
    listeners = [recorder.on_step for recorder in recorders]
    world = resimulate(recorded, track, spec, machine_code=True, listeners=listeners)
    found = state_hash(world)
    if found != recorded.state_hash:
        print(
            f"leaf-rc: {replay}: differs after {recorded.ticks} ticks: recorded by version "
            f"{recorded.program} as {recorded.state_hash}, now {found}",
            file=sys.stderr,
        )
        raise typer.Exit(1)
    for start, recorder in zip(recorded.starts, recorders, strict=True):
        _print_drive(f"{spec.name}, {track.title}", start.setup, recorder.laps)
    print(f"{replay}: {world.time_s:.3f} s re-simulated, the same to the last bit")


def _print_drive(title: str, setup: Setup, laps: Sequence[Lap]) -> None:
    """The laps of a replay, and what of the setup is not the default."""
    from game.cli.lap_report import laps_table
    from game.setups.items import ITEMS
    from game.setups.share_code import code_of

    if laps:
        Console().print(laps_table(laps, title))
    changed = [
        f"{item.label} {item.text(item.of(setup))}"
        for item in ITEMS
        if item.of(setup) != item.default
    ]
    changed += ["split map"] if setup.split_map is not None else []
    print(f"setup {code_of(setup)}: {', '.join(changed) or 'the default'}")
