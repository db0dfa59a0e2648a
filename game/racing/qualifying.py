"""Put cars onto the grid by a lap that each drives alone."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence

from game.bot.planning import make_plan
from game.headless.fleet import StintEvent, StintLapDone, drive_in_parallel, drive_serially
from game.headless.stint import REFERENCE_BOT, Conditions, Entrant, Stint
from game.racing.race import RaceEntry


def qualified(
    conditions: Conditions,
    entries: Sequence[RaceEntry],
    on_entry: Callable[[str], None] | None = None,
) -> list[RaceEntry]:
    """Return entries in the order of a flying lap each; those without a valid one come last.

    `on_entry` is called with the name of each whose turn it is. Raises InputError for a bot that
    cannot be loaded.
    """
    times_s = []
    for entry in entries:
        if on_entry is not None:
            on_entry(entry.name)
        times_s.append(_lap_s(conditions, entry))
    order = sorted(range(len(entries)), key=lambda number: times_s[number])
    return [entries[number] for number in order]


def _lap_s(conditions: Conditions, entry: RaceEntry) -> float:
    """Return the time of a bot's lap; infinite if it drives none that counts."""
    conditions = dataclasses.replace(conditions, pace=entry.pace)
    plan = make_plan(conditions.track, conditions.spec, entry.setup, pace=entry.pace)
    entrants = [Entrant(entry.bot, entry.setup, "", plan)]
    times_s = []

    def on_event(event: StintEvent) -> None:
        if isinstance(event, StintLapDone) and event.lap.valid:
            times_s.append(event.lap.time_s)

    stints = [Stint(0, 1, 1, 1)]
    if entry.bot == REFERENCE_BOT:
        drive_serially(conditions, entrants, stints, on_event)
    else:  # it may never come back
        drive_in_parallel(conditions, entrants, stints, 1, on_event)
    return min(times_s, default=math.inf)
