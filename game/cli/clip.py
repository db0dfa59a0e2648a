"""Make a clip of a replay."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from game.app.context.settings import SettingsFile
from game.app.replays.clip_format import GIF, ClipFormat, FilmedPart
from game.app.replays.survey_ahead import player_of
from game.app.tools.clip import check_is_recorded, film, picture_count
from game.app.tools.clip_file import check_clip
from game.app.tools.clip_maker import write_clip
from game.cli.options import PictureSize, picture_size
from game.cli.progress import share_bar
from game.cli.redrive import OpenReplay, ReplayCar, ReplayTrack, open_replay
from game.compiled import Backend
from game.errors import InputError
from game.recording.keyframed_player import Keyframe
from game.recording.lap_recorder import laps_text
from game.recording.replay import Replay
from game.recording.replay_survey import ReplaySurvey, SurveyedLap, survey_parts

app = typer.Typer()

_FPS: Final = 60
_GIF_FPS: Final = 25
_MIN_FPS: Final = 5
_MAX_FPS: Final = 240


@app.command()
def clip(
    replay: Annotated[Path, typer.Argument(help="A replay file.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.mp4|.gif|FOLDER")],
    begin: Annotated[
        float, typer.Option("--from", metavar="SECONDS", help="Of the replay, or of the lap.")
    ] = 0.0,
    end: Annotated[
        float | None, typer.Option("--to", metavar="SECONDS", help="Else to its end.")
    ] = None,
    lap: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="One lap of it, from line to line.")
    ] = None,
    size: PictureSize = "1280x720",
    fps: Annotated[
        int | None,
        typer.Option(
            min=_MIN_FPS,
            max=_MAX_FPS,
            metavar="N",
            help=f"Pictures a second; else {_FPS}, {_GIF_FPS} in {GIF}.",
        ),
    ] = None,
    track: ReplayTrack = None,
    car: ReplayCar = None,
) -> None:
    """Film a replay with your camera and instruments: .mp4 with sound, .gif, or PNG pictures."""
    if fps is None:
        fps = _GIF_FPS if out.suffix == GIF else _FPS
    wanted = ClipFormat(picture_size(size), fps)
    check_clip(out, wanted)
    _check_times(begin, end)
    opened = open_replay(replay, track, car, every_tick=True)
    keyframes, laps = _driven_ahead(opened, None if lap is not None else begin)
    recorded = opened.player.replay
    whole = FilmedPart(0, recorded.ticks) if lap is None else _lap_part(laps, lap, replay)
    _film(opened, _part_of(whole, begin, end, recorded), wanted, keyframes, out)


def _film(
    opened: OpenReplay,
    part: FilmedPart,
    wanted: ClipFormat,
    keyframes: list[Keyframe],
    out: Path,
) -> None:
    """Write a part of a replay as a clip, by the player's settings."""
    recorded, kept = opened.player.replay, SettingsFile()
    if kept.warning:
        print(f"leaf-rc: {kept.warning}", file=sys.stderr)
    count = picture_count(recorded, part, wanted.fps)
    place = opened.circuit, opened.spec
    pictures = film(recorded, place, part, wanted, kept.settings, keyframes)
    with share_bar(f"filming {opened.path.name}") as show:
        write_clip(out, wanted, pictures, lambda number: show(number / count))
    print(f"{out}: {count} pictures, {count / wanted.fps:.2f} s")


def _check_times(begin: float, end: float | None) -> None:
    """Raise InputError for times that no replay has."""
    if not (math.isfinite(begin) and begin >= 0.0):
        raise InputError(f"--from {begin:g}: is not a time in seconds from 0 on")
    if end is not None and not (math.isfinite(end) and end > begin):
        raise InputError(f"--to {end:g}: is not a time after --from {begin:g}")


def _driven_ahead(
    opened: OpenReplay, until_s: float | None
) -> tuple[list[Keyframe], list[SurveyedLap]]:
    """Drive a replay again up to a time, None: to its end, to find moments and laps sooner.

    Return its keyframes, and the laps of its first car.
    """
    recorded = opened.player.replay
    ticks = recorded.ticks if until_s is None else min(until_s / recorded.step_s, recorded.ticks)
    survey = ReplaySurvey(recorded)
    keyframes: list[Keyframe] = []
    player = player_of(recorded, opened.circuit, opened.spec, Backend.COMPILED)
    with share_bar(f"driving {opened.path.name} again") as show:
        for part in survey_parts(player) if ticks > 0 else ():
            survey.add(part)
            keyframes += part.keyframes
            show(min(part.tick / ticks, 1.0))
            check_is_recorded(player)
            if part.tick >= ticks:
                break
    return keyframes, survey.laps[0]


def _lap_part(laps: list[SurveyedLap], number: int, path: Path) -> FilmedPart:
    """Return when a lap was driven. Raises InputError, which names those there are."""
    done = {lap.number: lap for lap in laps if lap.time_s is not None}
    if number not in done:
        raise InputError(
            f"{path}: --lap {number}: {laps_text(done, laps[-1].number if laps else 0)}"
        )
    return FilmedPart(done[number].begin, done[number].end)


def _part_of(whole: FilmedPart, begin: float, end: float | None, replay: Replay) -> FilmedPart:
    """Return what lies between two times since a part's begin. Raises InputError if it has not."""
    length_s = (whole.end - whole.begin) * replay.step_s
    for option, asked in (("--from", begin), ("--to", end)):
        if asked is not None and asked > length_s + 0.5 * replay.step_s:
            raise InputError(f"{option} {asked:g}: it ends after {length_s:.2f} s")
    ticks = [round(asked / replay.step_s) for asked in (begin, length_s if end is None else end)]
    if ticks[0] >= ticks[1]:
        raise InputError(f"--from {begin:g}: nothing is left after it, of {length_s:.2f} s")
    return FilmedPart(whole.begin + ticks[0], whole.begin + ticks[1])
