"""Report laps to people and programs: a table, a JSON object, a JSON line a lap."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.bot.stint_plan import PlannedLap, planned_stint
from game.cli.damage_report import damage_lines, damage_object
from game.cli.options import subject_text
from game.headless.fleet import LapsLost, StintLapDone
from game.headless.results import Results
from game.headless.stint import REFERENCE_BOT, Conditions, Entrant, start_of
from game.optimum.kept_laps import kept_lap
from game.recording.lap_recorder import Lap, LapTyres
from game.units import bar, celsius, kmh, kwh, lap_time_text


def lap_report(conditions: Conditions, results: Sequence[Results]) -> dict[str, Any]:
    """Return the whole report: the run of one entrant, or a list of the runs of several."""
    if len(results) == 1:
        return _heading(conditions) | _run(conditions, results[0])
    return _heading(conditions) | {"runs": [_run(conditions, one) for one in results]}


def lap_line(conditions: Conditions, entrant: Entrant, done: StintLapDone) -> dict[str, Any]:
    """Return a lap on its own."""
    return _heading(conditions) | _who(entrant) | _lap(conditions, done)


def loss_lines(
    conditions: Conditions, entrant: Entrant, lost: LapsLost
) -> Iterator[dict[str, Any]]:
    """Return a line for each lost lap."""
    whose = _heading(conditions) | _who(entrant) | {"stint": lost.stint.number}
    for number in range(lost.first_lap, lost.last_lap + 1):
        yield whose | {"lap": number, "lost": lost.reason}


def loss_text(entrant: Entrant, lost: LapsLost) -> str:
    """Return lost laps as a person reads of them."""
    laps = f"lap {lost.first_lap}"
    if lost.last_lap > lost.first_lap:
        laps = f"laps {lost.first_lap} to {lost.last_lap}"
    who = f"bot {Path(entrant.bot).name}, setup {Path(entrant.setup_name).name}"
    return f"leaf-rc: {who}: {laps} lost: {lost.reason}"


def print_laps(
    console: Console, conditions: Conditions, results: Sequence[Results], asked: int
) -> None:
    """Print every lap of a single stint; else a summary, a row an entrant.

    asked: laps that each entrant was to drive.
    """
    if len(results) == 1 and {done.stint.number for done in results[0].laps} == {1}:
        _print_stint(console, conditions, results[0])
    else:
        _print_summary(console, conditions, results, asked)


def laps_table(laps: Sequence[Lap], title: str) -> Table:
    """Return a row a lap; there is at least one."""
    table = Table(title=title, box=SIMPLE)
    sectors = [f"S{number}" for number in range(1, len(laps[0].sectors_s) + 1)]
    for name in ("lap", "time", *sectors, "valid", "kWh", "regen", "km/h"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in laps:
        table.add_row(
            str(one.number),
            lap_time_text(one.time_s),
            *(f"{sector:.3f}" for sector in one.sectors_s),
            "yes" if one.valid else "no",
            f"{kwh(one.drawn_j):.2f}",
            f"{kwh(one.regained_j):.2f}",
            f"{kmh(one.top_speed_mps):.1f}",
        )
    return table


def tyres_table(laps: Sequence[Lap]) -> Table | None:
    """Return the tyres at the end of each lap, a row a lap; None for tyres that stay as they are.

    Four numbers are those of front left, front right, rear left and rear right; grip is the lowest.
    """
    known = [(one.number, one.tyres) for one in laps if one.tyres is not None]
    if not any(max(tyres.wear) > 0.0 for _, tyres in known):
        return None
    table = Table(
        title="tyres at the line: front left, right, rear left, right",
        box=SIMPLE,
        collapse_padding=True,  # tyres of 100 degrees and more fit into 80 letters, too
        pad_edge=False,
    )
    for name in ("lap", "tread \N{DEGREE SIGN}C", "carcass \N{DEGREE SIGN}C", "bar", "wear %"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("grip", justify="right", no_wrap=True)
    for number, tyres in known:
        table.add_row(
            str(number),
            " ".join(f"{celsius(each):.0f}" for each in tyres.tread_k),
            " ".join(f"{celsius(each):.0f}" for each in tyres.carcass_k),
            " ".join(f"{bar(each):.2f}" for each in tyres.pressure_pa),
            " ".join(f"{100.0 * each:.0f}" for each in tyres.wear),
            f"{min(tyres.grip):.3f}",
        )
    return table


def _tyres_report(tyres: LapTyres | None) -> dict[str, Any] | None:
    """Return the tyres at the end of a lap: front left, front right, rear left, rear right."""
    if tyres is None:
        return None
    return {
        "tread_c": [round(celsius(each), 2) for each in tyres.tread_k],
        "carcass_c": [round(celsius(each), 2) for each in tyres.carcass_k],
        "pressure_bar": [round(bar(each), 3) for each in tyres.pressure_pa],
        "wear": list(tyres.wear),
        "flat_spot": list(tyres.flat_spot),
        "grip": list(tyres.grip),
    }


def _heading(conditions: Conditions) -> dict[str, Any]:
    return {
        "track": conditions.track.name,
        "car": conditions.spec.name,
        "car_id": conditions.spec.id,
        "pace": conditions.pace,
        "standing": conditions.standing,
        "warm_tyres": conditions.warm_tyres,
        "damage": conditions.damage,
        "weather": conditions.spec.weather.name,
    }


def _who(entrant: Entrant) -> dict[str, Any]:
    return {
        "bot": entrant.bot,
        "setup_name": entrant.setup_name,
        "setup": msgspec.to_builtins(entrant.setup),
    }


def _lap(conditions: Conditions, done: StintLapDone) -> dict[str, Any]:
    lap = done.lap
    return {
        "stint": done.stint.number,
        "lap": lap.number,
        "time_s": lap.time_s,
        "sectors_s": lap.sectors_s,
        "valid": lap.valid,
        "energy_kwh": kwh(lap.drawn_j),
        "regen_kwh": kwh(lap.regained_j),
        "top_speed_kmh": kmh(lap.top_speed_mps),
        "excursions": [dataclasses.asdict(each) for each in lap.excursions],
        "tyres": _tyres_report(lap.tyres),
        "damage": damage_object(lap, conditions.spec),
    }


def _foreseen(conditions: Conditions, results: Results) -> list[PlannedLap]:
    """Return the laps of a first stint as the plan foresees them.

    A plan knows nothing of a standing start, nor of another bot.
    """
    entrant = results.entrant
    if conditions.standing or entrant.bot != REFERENCE_BOT:
        return []
    laps = sum(done.stint.number == 1 for done in results.laps)
    return planned_stint(conditions.track, entrant.plan, start_of(conditions, entrant), laps)


def _run(conditions: Conditions, results: Results) -> dict[str, Any]:
    optimum_s = _optimum(conditions, results)
    return _who(results.entrant) | {
        "laps": [_lap(conditions, done) for done in results.laps],
        "lost": [
            {"first_lap": lost.first_lap, "last_lap": lost.last_lap, "why": lost.reason}
            for lost in results.lost
        ],
        "planned": [lap._asdict() for lap in _foreseen(conditions, results)],
        "valid_laps": results.valid_laps,
        "best_s": results.best_s,
        "median_s": results.median_s,
        "spread_s": results.spread_s,
        "repeats": results.repeats,
        "quasi_steady_s": results.entrant.plan.quasi_steady_s,
        "optimum_s": optimum_s,
        "above_optimum": _above(results.best_s, optimum_s),
        "ticks": results.ticks,
        "wall_s": results.wall_s,
        "realtime_factor": results.realtime_factor,
        "state_hash": results.state_hash,
        "compiled": results.compiled,
    }


def _optimum(conditions: Conditions, results: Results) -> float | None:
    """Return the optimal lap time of a car with its setup, if it has been searched."""
    lap = kept_lap(conditions.track, conditions.spec, results.entrant.setup)
    return None if lap is None else lap.lap_time_s


def _above(best_s: float | None, optimum_s: float | None) -> float | None:
    """Return by what share of it the best lap is slower than the optimum."""
    return None if best_s is None or optimum_s is None else best_s / optimum_s - 1.0


def _print_stint(console: Console, conditions: Conditions, results: Results) -> None:
    title = (
        f"{subject_text(conditions.spec, conditions.track)}, bot {Path(results.entrant.bot).name}"
    )
    laps = [done.lap for done in results.laps]
    console.print(laps_table(laps, title))
    tyres = tyres_table(laps)
    if tyres is not None:
        console.print(tyres)
    for line in damage_lines(laps, conditions.spec):
        console.print(line, highlight=False, soft_wrap=True)
    if planned := _foreseen(conditions, results):
        console.print(_planned_table(planned, laps))
    form = "compiled" if results.compiled else "plain Python"
    optimum_s = _optimum(conditions, results)
    above = _above(results.best_s, optimum_s)
    if optimum_s is not None:
        best = "" if above is None else f"; the best lap is {100.0 * above:.2f} % above it"
        text = f"optimum {lap_time_text(optimum_s)} on warm, new tyres{best}"
        console.print(text, highlight=False)
    console.print(
        f"quasi-steady lap of this line {lap_time_text(results.entrant.plan.quasi_steady_s)}; "
        f"{results.realtime_factor:,.0f} times real time, {form}; state {results.state_hash}",
        highlight=False,
        soft_wrap=True,
    )


def _planned_table(planned: Sequence[PlannedLap], laps: Sequence[Lap]) -> Table:
    """Return what the plan foresees of tyres and pack, a row a lap; off is the driven lap's."""
    table = Table(title="planned, with tyres and pack at the line", box=SIMPLE)
    for name in ("lap", "planned", "off %", "grip", "wear %", "charge %", "pack \N{DEGREE SIGN}C"):
        table.add_column(name, justify="right", no_wrap=True)
    for foreseen, driven in zip(planned, laps, strict=False):
        table.add_row(
            str(driven.number),
            lap_time_text(foreseen.time_s),
            f"{100.0 * (driven.time_s / foreseen.time_s - 1.0):+.2f}",
            f"{foreseen.grip:.3f}",
            f"{100.0 * foreseen.wear:.0f}",
            f"{100.0 * foreseen.charge:.0f}",
            f"{celsius(foreseen.battery_k):.0f}",
        )
    return table


def _print_summary(
    console: Console, conditions: Conditions, results: Sequence[Results], asked: int
) -> None:
    title = subject_text(conditions.spec, conditions.track)
    table = Table(title=title, box=SIMPLE, collapse_padding=True, pad_edge=False)
    table.add_column("bot", overflow="fold")
    table.add_column("setup", overflow="fold")
    for name in ("valid", "best", "median", "spread", "kWh", "regen", "quasi-steady"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in results:
        table.add_row(
            Path(one.entrant.bot).name,
            Path(one.entrant.setup_name).name,
            f"{one.valid_laps}/{asked}",
            _time(one.best_s),
            _time(one.median_s),
            "-" if one.spread_s is None else f"{one.spread_s:.3f}",
            _energy(one.median_drawn_j),
            _energy(one.median_regained_j),
            lap_time_text(one.entrant.plan.quasi_steady_s),
        )
    console.print(table)
    console.print(
        "spread: interquartile range; kWh and regen: medians; all of valid laps", highlight=False
    )
    for one in results:
        if one.repeats > 1:
            console.print(_repeats_text(one), highlight=False, soft_wrap=True)


def _repeats_text(results: Results) -> str:
    remedy = "; with --pace below 1 it varies" if results.entrant.bot == REFERENCE_BOT else ""
    return (
        f"bot {Path(results.entrant.bot).name} drove {results.repeats} stints equal to the bit: "
        f"there is no spread to measure{remedy}"
    )


def _time(time_s: float | None) -> str:
    return "-" if time_s is None else lap_time_text(time_s)


def _energy(energy_j: float | None) -> str:
    return "-" if energy_j is None else f"{kwh(energy_j):.2f}"
