"""Report a race to people and programs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.cli.options import subject_text
from game.racing.contact_energy import CarContact
from game.racing.race import Race, RaceRun
from game.racing.race_log import GainedPlace
from game.racing.race_result import Classified, RaceResult
from game.units import kwh, lap_time_text


def race_report(race: Race, run: RaceRun) -> dict[str, Any]:
    """Return the whole report."""
    result, names = run.result, [entry.name for entry in race.entries]
    return {
        "car": race.conditions.spec.name,
        "track": race.conditions.track.name,
        "weather": race.conditions.spec.weather.name,
        "laps": None if race.length.is_by_minutes else race.length.laps,
        "minutes": race.length.minutes or None,
        "laps_driven": result.laps_driven,
        "seed": race.seed,
        "cap_kwh": race.cap_kwh or None,
        "results": [_classified(race, each) for each in result.classified],
        "penalties": [
            {"name": names[each.car], **each._asdict(), "car": each.car + 1}
            for each in result.penalties
        ],
        "places_gained": [_gained(names, each) for each in result.gained],
        "contacts": [_contact(names, each) for each in result.contacts],
        "state_hash": run.state_hash,
        "realtime_factor": run.realtime_factor,
    }


def print_race(console: Console, race: Race, run: RaceRun) -> None:
    """Print the result as a table, and what race control has noted below it."""
    result, conditions = run.result, race.conditions
    subject = subject_text(conditions.spec, conditions.track)
    about = ", ".join(_about(race, result))
    table = Table(title=f"{subject}: {about}", box=SIMPLE, collapse_padding=True, pad_edge=False)
    for name in ("place", "driver", "grid", "laps", "time", "best lap", "kWh", "contacts"):
        table.add_column(name, justify="left" if name == "driver" else "right", no_wrap=True)
    for each in result.classified:
        contacts = sum(each.car in contact.cars for contact in result.contacts)
        table.add_row(
            str(each.place) if not each.retired else "-",
            race.entries[each.car].name,
            str(each.grid),
            str(each.laps),
            _time_text(each),
            lap_time_text(each.best_lap_s) if math.isfinite(each.best_lap_s) else "",
            f"{kwh(each.net_j):.2f}",
            str(contacts),
        )
    console.print(table)
    for line in _notes(race, run):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _about(race: Race, result: RaceResult) -> Iterator[str]:
    """Give how long the race was, and what energy each car had."""
    length = race.length
    laps = result.laps_driven if length.is_by_minutes else length.laps
    if length.is_by_minutes:
        yield _counted(length.minutes, "minute")
    yield _counted(laps, "lap")
    if race.cap_kwh:
        yield f"{length.laps * race.cap_kwh:.2f} kWh"


def _counted(count: float, noun: str) -> str:
    return f"{count:g} {noun}" if count == 1 else f"{count:g} {noun}s"


def _notes(race: Race, run: RaceRun) -> list[str]:
    """Return what race control has noted, a line each."""
    names, result = [entry.name for entry in race.entries], run.result
    notes = []
    fastest = result.fastest_lap
    if fastest is not None:
        best = lap_time_text(fastest.best_lap_s)
        notes.append(f"fastest lap: {names[fastest.car]}, {best}")
    notes += [
        f"{names[each.car]}: {each.time_s:g} s for {each.offence} at {each.s_m:.0f} m"
        for each in result.penalties
    ]
    notes += [_gained_text(names, each) for each in result.gained]
    retired = [each for each in result.classified if each.retired]
    notes += [f"{names[each.car]}: {_out_text(each)}" for each in retired]
    lost_j = math.fsum(contact.lost_j for contact in result.contacts)
    if result.contacts:
        hardest_j = max(contact.lost_j for contact in result.contacts)
        notes.append(
            f"contacts: {len(result.contacts)}, {lost_j / 1e3:.1f} kJ in all, "
            f"{hardest_j / 1e3:.1f} kJ the hardest"
        )
    notes.append(f"driven {run.realtime_factor:.1f} times as fast as the clock")
    return notes


def _gained_text(names: list[str], each: GainedPlace) -> str:
    """Return whom a car was told to let by, and whether it did."""
    passed = " and ".join(names[car] for car in each.passed)
    outcome = "nobody left to be let by" if each.outcome == "dropped" else each.outcome
    told = f"told to let {passed} by for {each.offence} at {each.s_m:.0f} m"
    return f"{names[each.car]}: {told}: {outcome}"


def _out_text(each: Classified) -> str:
    return each.retired if each.is_disqualified else f"out: {each.retired}"


def _time_text(each: Classified) -> str:
    """Return the time of the winner, and the gap of who drove as many laps."""
    if not math.isfinite(each.time_s):
        return ""
    if each.place == 1:
        return lap_time_text(each.time_s)
    return f"+{each.gap_s:.3f}" if math.isfinite(each.gap_s) else "lapped"


def _classified(race: Race, each: Classified) -> dict[str, Any]:
    entry = race.entries[each.car]
    return {
        "place": each.place,
        "car": each.car + 1,
        "name": entry.name,
        "bot": entry.bot,
        "pace": entry.pace,
        "racecraft": entry.level,
        "grid": each.grid,
        "laps": each.laps,
        "time_s": _finite(each.time_s),
        "gap_s": _finite(each.gap_s),
        "penalty_s": each.penalty_s,
        "best_lap_s": _finite(each.best_lap_s),
        "lap_times_s": each.lap_times_s,
        "net_kwh": kwh(each.net_j),
        "retired": each.retired or None,
        "disqualified": each.is_disqualified,
    }


def _contact(names: list[str], each: CarContact) -> dict[str, Any]:
    return {
        "names": [names[car] for car in each.cars],
        "race_s": each.race_s,
        "s_m": each.s_m,
        "impulse_ns": each.impulse_ns,
        "lost_j": each.lost_j,
        "to_blame": None if each.to_blame is None else names[each.to_blame],
    }


def _gained(names: list[str], each: GainedPlace) -> dict[str, Any]:
    return {
        "name": names[each.car],
        "passed": [names[car] for car in each.passed],
        "offence": each.offence,
        "race_s": each.race_s,
        "s_m": each.s_m,
        "outcome": each.outcome,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
