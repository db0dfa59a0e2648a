"""Define the command that searches the lap of minimum time, by optimal control."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.bot.plan import Plan
from game.bot.planning import make_plan
from game.cli.options import (
    DEFAULT_TRACK,
    DEFAULT_WEATHER,
    AsJson,
    CarName,
    SetupName,
    TrackName,
    WeatherName,
    check_outputs,
    chosen_car,
    chosen_setup,
    json_text,
    subject_text,
)
from game.cli.progress import spinner
from game.cli.study_run import need
from game.errors import InputError
from game.lab.bot_lap import BotLap, drive_bot_lap
from game.optimum.kept_laps import MESH_M, OptimalLap, kept_lap
from game.setups.items import law_beside
from game.setups.share_code import code_of
from game.track.track import Track, load_track
from game.tuning.values import Axis, grid, read_axes
from game.units import lap_time_text
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import DEFAULT_CAR, CarSpec

app = typer.Typer()

_PLOT_SUFFIXES: Final = (".png", ".svg", ".pdf")


class _Task(NamedTuple):
    """Holds what an optimum is searched for."""

    track: Track
    spec: CarSpec
    start: Setup
    mesh_m: float


class _Solved(NamedTuple):
    """Holds an optimal lap and where it comes from."""

    setup: Setup
    lap: OptimalLap
    from_cache: bool


@app.command()
def optimum(
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    setup: SetupName = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=LOW:HIGH:STEP|A,B|NAME",
            help="A value of the setup to change; may be repeated.",
        ),
    ] = None,
    mesh: Annotated[
        float, typer.Option(min=2.0, max=25.0, metavar="METRES", help="Mean interval of the lap.")
    ] = MESH_M,
    plot: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw it beside the bot's lap: .png, .svg or .pdf."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Search the lap of minimum time of a car and its setup, which no driver can beat."""
    need("casadi", "leaf-rc optimum")
    _check_plot(plot)
    spec = chosen_car(car, weather)
    start = on_frozen_tyres(chosen_setup(setup, spec))  # as an optimum's are, so the bot's, too
    axes = read_axes(vary or [], spec)
    setups = grid(start, axes) if axes else [start]
    task = _Task(load_track(track), spec, start, mesh)
    with spinner("optimum") as show:
        show("the bot learns the circuit")
        plan = make_plan(task.track, spec, start)
        solved = _solve_all(task, plan, setups, show)
        show("the bot drives")
        bot = drive_bot_lap(task.track, spec, start, plan)
    if json:
        print(json_text(_report(task, plan, solved, bot, axes)))
    else:
        _print(task, plan, solved, bot, axes)
    if plot is not None:
        from game.lab.optimum_chart import draw_optimum

        title = subject_text(spec, task.track)
        draw_optimum(plot, title, task.track, solved[0].lap, bot)


def _solve_all(task: _Task, plan: Plan, setups: list[Setup], show: Any) -> list[_Solved]:
    """Return the optima, each searched from the one before. Raises NotConvergedError."""
    solved: list[_Solved] = []
    for number, setup in enumerate(setups, 1):
        which = f"setup {number} of {len(setups)}, " if len(setups) > 1 else ""
        lap = kept_lap(task.track, task.spec, setup, task.mesh_m)
        if lap is not None:
            solved.append(_Solved(setup, lap, from_cache=True))
            continue
        near = solved[-1].lap if solved else None
        solved.append(_Solved(setup, _solve(task, plan, setup, near, which, show), False))
    return solved


def _solve(
    task: _Task, plan: Plan, setup: Setup, near: OptimalLap | None, which: str, show: Any
) -> OptimalLap:
    from game.optimum.optimal_lap import NotConvergedError, optimal_lap  # loads CasADi

    def on_progress(mesh: str, iteration: int, cost_s: float, infeasibility: float) -> None:
        missed = f"equations within {infeasibility:.0e}"
        show(f"{which}{mesh}, step {iteration}: {cost_s:.3f} s, {missed}")

    try:
        return optimal_lap(task.track, task.spec, setup, plan, task.mesh_m, near, on_progress)
    except NotConvergedError:
        if near is None:
            raise
    return optimal_lap(task.track, task.spec, setup, plan, task.mesh_m, None, on_progress)


def _report(
    task: _Task, plan: Plan, solved: list[_Solved], bot: BotLap, axes: tuple[Axis, ...]
) -> dict[str, Any]:
    first = solved[0].lap.lap_time_s
    report: dict[str, Any] = {
        "track": task.track.name,
        "car": task.spec.name,
        "car_id": task.spec.id,
        "weather": task.spec.weather.name,
        "mesh_m": task.mesh_m,
        "bot_s": bot.lap_time_s,
        "quasi_steady_s": plan.quasi_steady_s,
        "varied": [axis.item.name for axis in axes],
        "optima": [
            {
                "optimum_s": each.lap.lap_time_s,
                "to_first_s": each.lap.lap_time_s - first,
                "setup": code_of(each.setup, task.spec.id),
                "values": {axis.item.name: axis.item.value_in(each.setup) for axis in axes},
                "iterations": round(each.lap.iterations),
                "infeasibility": each.lap.infeasibility,
                "from_cache": each.from_cache,
            }
            for each in solved
        ],
    }
    if solved[0].setup == task.start:
        report["bot_above"] = bot.lap_time_s / first - 1.0
    return report


def _print(
    task: _Task, plan: Plan, solved: list[_Solved], bot: BotLap, axes: tuple[Axis, ...]
) -> None:
    console = Console()
    law = law_beside([axis.item for axis in axes], task.start)
    title = ", ".join(filter(None, (subject_text(task.spec, task.track), law)))
    table = Table(title=title, box=SIMPLE, collapse_padding=True, pad_edge=False)
    for axis in axes:
        table.add_column("\n".join(axis.item.label.lower().split()), justify="right", no_wrap=True)
    for name in ("optimum", "to first", "steps", "from"):
        table.add_column(name, justify="right", no_wrap=True)
    first_s = solved[0].lap.lap_time_s
    for each in solved:
        table.add_row(
            *(axis.item.text(axis.item.value_in(each.setup)) for axis in axes),
            lap_time_text(each.lap.lap_time_s),
            f"{each.lap.lap_time_s - first_s:+.3f}",
            str(round(each.lap.iterations)),
            "cache" if each.from_cache else "search",
        )
    console.print(table)
    lines = [f"quasi-steady lap of the bot's line {lap_time_text(plan.quasi_steady_s)}"]
    known = [each for each in solved if each.setup == task.start]
    above = f", {bot.lap_time_s / known[0].lap.lap_time_s - 1.0:+.2%}" if known else ""
    lines.append(f"bot {lap_time_text(bot.lap_time_s)}{above}")
    console.print("\n".join(reversed(lines)), highlight=False, soft_wrap=True)


def _check_plot(path: Path | None) -> None:
    """Say now, rather than after the search, what cannot be drawn."""
    if path is None:
        return
    need("matplotlib", "--plot")
    if path.suffix not in _PLOT_SUFFIXES:
        raise InputError(f"--plot {path}: has to end in {', '.join(_PLOT_SUFFIXES)}")
    check_outputs(path)
