"""Teach a driver from the command line."""

from __future__ import annotations

import importlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.cli.options import DEFAULT_TRACK, CarName, TrackName, check_outputs
from game.errors import InputError
from game.files import write_bytes
from game.track.track import load_track
from game.units import lap_time_text
from game.vehicle.spec import DEFAULT_CAR

if TYPE_CHECKING:
    from game.lab.learn import Stage, Trial

app = typer.Typer()


@app.command()
def learn(
    save: Annotated[Path | None, typer.Option(help="Where to save the driver (.zip).")] = None,
    picture: Annotated[Path | None, typer.Option(help="Where to save the curve (.jpg).")] = None,
    decisions: Annotated[
        int | None, typer.Option(min=1, help="How many decisions to learn for; else 4,000,000.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random numbers.")] = 0,
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
) -> None:
    """Teach a driver from nothing by reinforcement learning, and report how far it gets."""
    check_outputs(save, picture)
    load_track(track)  # before anything is learnt: what is wrong with it comes first
    lab = _lab()
    driver, stages = lab.learn(decisions or lab.DECISIONS, seed, _show, car, track)
    trial = lab.try_out(lambda observations: lab.act(driver, observations), car, track)
    print(f"before  {_sentence(stages[0].trial)}\nafter   {_sentence(trial)}")
    if save is not None:
        content = io.BytesIO()
        driver.save(content)
        write_bytes(save, content.getvalue())
    if picture is not None:
        write_bytes(picture, lab.learning_curve(stages, track))


def _lab() -> Any:
    """Import what learns. Raises InputError without its extra."""
    try:
        return importlib.import_module("game.lab.learn")
    except ModuleNotFoundError as error:
        raise InputError(
            f"learning needs the extra 'learn': pip install 'leaf-rc[learn]' ({error})"
        ) from None


def _sentence(trial: Trial) -> str:
    if trial.lap_time_s is None:
        lap = f"{trial.covered_m:.0f} m from pole position ({trial.end or 'time is up'})"
    else:
        lap = f"a {'valid' if trial.lap_valid else 'void'} lap: {lap_time_text(trial.lap_time_s)}"
    return f"{lap}; {trial.anywhere_m:.0f} m in a minute from anywhere"


def _show(stage: Stage) -> None:
    print(
        f"{stage.wall_s:5.0f} s  {stage.decisions / 1e6:4.1f} M decisions  "
        f"episodes of {stage.episode_m:4.0f} m  {_sentence(stage.trial)}",
        flush=True,
    )
