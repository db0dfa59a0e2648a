"""Write laps of replays as a page."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from game.analysis.lap_log import LapLog
from game.analysis.lap_profile import LapProfile
from game.analysis.reference_lap import MOST_LAPS, lap_like, reference_laps
from game.cli.options import check_outputs
from game.cli.progress import spinner
from game.cli.redrive import OpenReplay, ReplayCar, ReplayTrack, drive_recorded, open_replay
from game.cli.study_run import need
from game.digests import track_digest
from game.errors import InputError
from game.files import write_text
from game.lab.report_charts import NamedLap
from game.lab.report_page import report_page
from game.recording.lap_recorder import Lap, laps_text
from game.setups.share_code import code_of
from game.version import __version__

app = typer.Typer()

_MOST: Final = 4  # laps of replays on a page
_BOT: Final = "the bot"


@app.command("report")
def report_command(
    files: Annotated[
        list[Path], typer.Argument(metavar="REPLAY... OUT.html", help="Replays, then the page.")
    ],
    lap: Annotated[
        list[int] | None,
        typer.Option(
            min=1,
            metavar="N",
            help="A lap, else the best: of the only replay, or one for each of them in turn.",
        ),
    ] = None,
    against: Annotated[
        Literal["best", "reference"],
        typer.Option(help="Compare with the best of the laps, or with the reference bot's."),
    ] = "best",
    track: ReplayTrack = None,
    car: ReplayCar = None,
) -> None:
    """Write laps as one page: curves over the distance, maps, corners, and why time is lost."""
    *replays, out = files
    _check(replays, out, lap or [])
    opened = [open_replay(path, track, car) for path in replays]
    _check_circuits(opened)
    chosen: list[list[int] | None] = [[each] for each in lap or []] or [None] * len(replays)
    if lap and len(replays) == 1:
        chosen = [lap]
    laps: list[NamedLap] = []
    setups = []
    for each, numbers in zip(opened, chosen, strict=True):
        found = _laps(each, numbers)
        laps += found
        start = each.player.replay.starts[0]
        code = code_of(start.setup, each.spec.id)
        setups += [{"name": one.name, "words": f"{each.path}, setup {code}"} for one in found]
    reference = min(laps, key=lambda one: (not one.profile.lap.valid, one.profile.lap.time_s))
    if against == "reference":
        reference = NamedLap(_BOT, _bots_lap(opened[0], laps[0].profile.lap.number))
        laps.append(reference)
        setups.append({"name": _BOT, "words": f"from the start of {opened[0].path}, its setup"})
    heading = {
        "command": shlex.join(["leaf-rc", *sys.argv[1:]]),
        "version": __version__,
        "car": opened[0].spec.name,
        "setups": setups,
    }
    write_text(out, report_page(heading, opened[0].circuit, laps, reference))
    print(out)


def _check(replays: Sequence[Path], out: Path, laps: Sequence[int]) -> None:
    """Raise InputError for what cannot be, now rather than after all drives."""
    if out.suffix != ".html" or not replays:
        raise InputError(f"{out}: name the replays first, and last the page to write, as .html")
    need("matplotlib", "report")
    need("jinja2", "report")
    check_outputs(out)
    if max(len(replays), len(laps)) > _MOST:
        raise InputError(f"a page has {_MOST} laps at most")
    if laps and len(replays) > 1 and len(laps) != len(replays):
        raise InputError(f"--lap: name one for each of the {len(replays)} replays, or none")


def _check_circuits(opened: Sequence[OpenReplay]) -> None:
    first = opened[0]
    for each in opened[1:]:
        if track_digest(each.circuit) != track_digest(first.circuit):
            raise InputError(
                f"{each.path}: was driven on '{each.circuit.name}', {first.path} on "
                f"'{first.circuit.name}': laps of one circuit compare"
            )


def _laps(opened: OpenReplay, numbers: Sequence[int] | None) -> list[NamedLap]:
    """Drive a replay again; return its laps of these numbers, or the best valid one, or the best.

    Raises InputError if it has no such lap.
    """
    log = LapLog(opened.player.replay.step_s, opened.circuit.length_m)
    drive_recorded(opened, [log])
    if not log.laps:
        raise InputError(f"{opened.path}: has no finished lap")
    if numbers is None:
        numbers = [_best(log.laps).number]
    name = opened.path.stem
    kept = {lap.number for lap in log.laps}
    for number in numbers:
        if number not in kept:
            under_way = int(opened.player.world.snapshots()[0].lap)
            raise InputError(f"{opened.path}: --lap {number}: {laps_text(kept, under_way)}")
    return [NamedLap(f"{name} lap {number}", log.profile(number)) for number in numbers]


def _best(laps: Sequence[Lap]) -> Lap:
    return min(laps, key=lambda lap: (not lap.valid, lap.time_s))


def _bots_lap(opened: OpenReplay, number: int) -> LapProfile:
    """Return the bot's lap of the same number, from the same start with the same setup."""
    start = opened.player.replay.starts[0].with_car(opened.spec)
    with spinner("the bot plans and drives") as show:
        laps = reference_laps(
            opened.circuit,
            start,
            min(number, MOST_LAPS),
            lambda lap: show(f"lap {lap} of {min(number, MOST_LAPS)}"),
        )
    return lap_like(laps, number)
