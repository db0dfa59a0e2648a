"""List, prove, export and import boards of laps from the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from game.boards.board import BoardKey, boards, changes_since
from game.boards.board_file import SUFFIX
from game.boards.exchange import enter_replay, export_laps, import_laps, replay_path
from game.boards.kept_lap import KeptLap, has_this_physics
from game.boards.lap_database import LapDatabase, StoredLap
from game.boards.proof import Claim, prove
from game.cli.options import AsJson, check_outputs, json_text
from game.cli.progress import share_bar
from game.errors import InputError
from game.units import lap_time_text
from game.workers.budget import usable_processors

app = typer.Typer(help="Boards of laps: list, prove, export and import them.")

_SHOWN: Final = 10  # laps of a board, unless all are asked for

CircuitName = Annotated[
    str | None, typer.Option("--track", metavar="T", help="Of this circuit alone.")
]
TyreName = Annotated[str | None, typer.Option("--tyre", metavar="TYRE", help="On this tyre alone.")]
DayName = Annotated[
    str | None, typer.Option("--day", metavar="DATE", help="Of this day's conditions alone.")
]
Jobs = Annotated[int | None, typer.Option(min=1, max=256, metavar="J", help="Replays at once.")]
BoardPath = Annotated[Path, typer.Argument(metavar="FILE", help=f"A board file, *{SUFFIX}.")]


@app.command("list")
def board_list(
    track: CircuitName = None,
    tyre: TyreName = None,
    day: DayName = None,
    whole: Annotated[bool, typer.Option("--all", help="List every lap of a board.")] = False,
    json: AsJson = False,
) -> None:
    """List the laps that count, with how they were driven; only those of one board compare."""
    found = _chosen_boards(track, tyre, day)
    if json:
        print(json_text({"boards": [_board_row(key, laps) for key, laps in found.items()]}))
        return
    if not found:
        print("there is no lap on a board yet: every valid lap in the window is entered")
    for key, laps in found.items():
        Console().print(board_table(key, laps, len(laps) if whole else _SHOWN))


@app.command("verify")
def board_verify(
    track: CircuitName = None,
    tyre: TyreName = None,
    day: DayName = None,
    jobs: Jobs = None,
) -> None:
    """Drive the replays of all laps again; exit 1 if a lap is not in its replay."""
    database = LapDatabase()
    found = _chosen_boards(track, tyre, day)
    stored = [each for laps in found.values() for each in laps]
    claims = [Claim(replay_path(each.lap), each.lap) for each in stored]
    with share_bar("driving the replays again") as show:
        results = prove(claims, jobs or usable_processors(), show)
    # A lap of other physics keeps what proved it in its own version.
    database.note_proofs(
        [
            (each.number, result.physics)
            for each, result in zip(stored, results, strict=True)
            if result.is_proved or result.is_false
        ]
    )
    for each, result in zip(stored, results, strict=True):
        if not result.is_proved:
            print(f"{_lap_words(each.lap)}: {result.reason}")
    proved = sum(result.is_proved for result in results)
    print(f"{proved} of {len(stored)} laps proved")
    if any(result.is_false for result in results):
        raise typer.Exit(1)


@app.command("enter")
def board_enter(
    replays: Annotated[list[Path], typer.Argument(metavar="REPLAY...", help="Replay files.")],
    driver: Annotated[
        str, typer.Option(metavar="NAME", help="Who drove; by default yourself.")
    ] = "",
    bot: Annotated[bool, typer.Option("--bot", help="The driver is a bot.")] = False,
) -> None:
    """Put the valid laps of replays on the board, a bot's too: each is driven again."""
    for path in replays:
        for lap in enter_replay(path, LapDatabase(), driver.strip(), is_bot=bot):
            print(_lap_words(lap))


@app.command("export")
def board_export(
    path: BoardPath,
    driver: Annotated[
        str, typer.Option(metavar="NAME", help="Your name, under which your laps are listed.")
    ],
    track: CircuitName = None,
    tyre: TyreName = None,
    day: DayName = None,
) -> None:
    """Write laps and the replays that prove them as one file, for others to import."""
    if not driver.strip():
        raise InputError("--driver: is empty: name the driver of your laps")
    check_outputs(path)
    stored = [each for laps in _chosen_boards(track, tyre, day).values() for each in laps]
    exported = export_laps(path, stored, driver.strip())
    for fault in exported.faults:
        print(f"left out: {fault}")
    if not exported.laps:
        raise InputError(f"{path}: is not written: there is no lap to export")
    print(f"{path}: {exported.laps} laps")


@app.command("import")
def board_import(path: BoardPath, jobs: Jobs = None) -> None:
    """Take in the laps of others: each is driven again from its replay before it counts."""
    with share_bar("driving the replays again") as show:
        result = import_laps(path, LapDatabase(), jobs or usable_processors(), show)
    for lap, reason in result.refused:
        print(f"refused: {_lap_words(lap)}: {reason}")
    for lap, reason in result.unproved:
        print(f"not proved here: {_lap_words(lap)}: {reason}")
    print(f"{path}: {result.new} new laps, {result.known} known already")
    if result.refused:
        raise typer.Exit(1)


def _chosen_boards(
    track: str | None, tyre: str | None, day: str | None
) -> Mapping[BoardKey, Sequence[StoredLap]]:
    stored, damage = LapDatabase().laps(track)
    if damage:
        print(damage)
    return {
        key: laps
        for key, laps in boards(stored).items()
        if tyre in (None, key.tyre) and day in (None, key.day)
    }


def _lap_words(lap: KeptLap) -> str:
    driver = lap.driver or "you"
    return f"{lap_time_text(lap.time_s)} by {driver} on {lap.track}, {lap.date:%Y-%m-%d %H:%M}"


def _board_words(key: BoardKey) -> str:
    """Return what all laps of a board have in common."""
    changes = changes_since(key)
    words = [
        key.track,
        key.car_id,
        f"{key.tyre} tyres",
        key.weather if key.weather != "clear_noon" else "",
        f"{key.help} help" if key.help else "",
        f"{key.setup_class} setup" if key.setup_class else "",
        "bots" if key.is_bot else "",
        f"day {key.day}" if key.day else "",
        f"driven with {changes}" if changes else "",
    ]
    return ", ".join(filter(None, words))


def board_table(key: BoardKey, laps: Sequence[StoredLap], count: int) -> Table:
    """Return the first laps of a board as a table."""
    rest = f"; {len(laps) - count} more" if len(laps) > count else ""
    table = Table(title=escape(_board_words(key) + rest), box=SIMPLE, title_justify="left")
    for name in ("", "time", "gap", "driver", "net kWh", "date", "proof", "setup"):
        table.add_column(
            name, justify="right" if name in ("", "time", "gap", "net kWh") else "left"
        )
    for place, each in enumerate(laps[:count], 1):
        lap = each.lap
        gap_s = lap.time_s - laps[0].lap.time_s
        table.add_row(
            str(place),
            lap_time_text(lap.time_s),
            f"+{gap_s:.3f}" if place > 1 else "",
            escape(lap.driver) or "you",
            f"{lap.net_kwh:.3f}",
            f"{lap.date:%Y-%m-%d %H:%M}",
            "proved" if each.proof else "",
            lap.setup_code,
        )
    return table


def _board_row(key: BoardKey, laps: Sequence[StoredLap]) -> dict[str, Any]:
    return {
        **key._asdict(),
        "this_physics": has_this_physics(key.digests),
        "changes_since": changes_since(key),
        "laps": [{"proof": each.proof, **_lap_row(each.lap)} for each in laps],
    }


def _lap_row(lap: KeptLap) -> dict[str, Any]:
    return {
        "time_s": lap.time_s,
        "sectors_s": lap.sectors_s,
        "driver": lap.driver,
        "date": lap.date.isoformat(),
        "net_kwh": lap.net_kwh,
        "program": lap.program,
        "setup_code": lap.setup_code,
        "replay": str(replay_path(lap)),
        "replay_lap": lap.replay_lap,
    }
