"""Show the conditions of a day from the command line, with the bot's times and the day's board."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer
from rich.console import Console

from game.boards.board import boards
from game.boards.lap_database import LapDatabase, StoredLap
from game.cli.boards import board_table
from game.cli.options import AsJson, json_text
from game.cli.progress import share_bar
from game.goals.daily import DailyConditions, daily_conditions, read_date
from game.goals.day_target import DayTarget, day_car, make_day_target
from game.track.track import load_track
from game.units import lap_time_text
from game.vehicle.spec import DEFAULT_CAR, load_car

app = typer.Typer()


@app.command()
def daily(
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Another day than today: 2026-05-17.")
    ] = None,
    car: Annotated[str, typer.Option(metavar="C", help="Name of a car.")] = DEFAULT_CAR,
    json: AsJson = False,
) -> None:
    """Show what a day prescribes to everybody, the bot's times, and the laps driven in it."""
    conditions = daily_conditions(datetime.date.today() if date is None else read_date(date))
    spec, track = day_car(conditions, load_car(car)), load_track(conditions.track)
    with share_bar("the bot drives the day") as show:
        target = make_day_target(conditions, spec.id, show)
    stored, damage = LapDatabase().laps(conditions.track)
    laps = [each for each in stored if each.lap.day == conditions.name]
    if json:
        print(json_text(_report(conditions, target, laps)))
        return
    if damage:
        print(damage)
    print(f"{conditions.name}: {track.title}, {spec.weather.words or 'clear noon'}")
    cap = f", {target.cap_kwh:.1f} kWh a lap" if target.cap_kwh else ""
    print(
        f"{conditions.tyre} tyres, starting at {100 * conditions.initial_charge:.0f} % charge{cap}"
    )
    for medal, time_s in target.targets.lap_times.items():
        print(f"{medal.title}: {lap_time_text(time_s)}")
    for key, board in boards(laps).items():
        Console().print(board_table(key, board, len(board)))


def _report(
    conditions: DailyConditions, target: DayTarget, laps: list[StoredLap]
) -> dict[str, object]:
    return {
        **conditions._asdict(),
        "date": conditions.name,
        "cap_kwh": target.cap_kwh or None,
        "bot": {"time_s": target.ghost.time_s, "net_kwh": target.net_kwh},
        "medals_s": {medal.value: time for medal, time in target.targets.lap_times.items()},
        "laps": [
            {"driver": each.lap.driver, "time_s": each.lap.time_s, "net_kwh": each.lap.net_kwh}
            for each in laps
            if each.lap.valid
        ],
    }
