"""Find the times on a circuit: the player's best, the bot's, and the medal that is won."""

from __future__ import annotations

import math
from typing import NamedTuple

from game.boards.lap_database import circuit_folder
from game.bot.planning import plan_if_ready
from game.digests import drive_digests
from game.errors import InputError
from game.goals.medals import Medal, MedalTimes, medal_reached
from game.goals.target_files import find_targets
from game.goals.targets import reference_setup
from game.recording.best_lap import best_path, comparable_best
from game.track.track import Track
from game.vehicle.spec import CarSpec


class CircuitTimes(NamedTuple):
    """Holds the times on a circuit, of one car on one tyre."""

    best_s: float  # of the player, infinite without a lap
    bot_s: float  # infinite as long as the bot does not know the circuit
    medal: Medal | None
    medal_times: MedalTimes  # none as long as the bot has not driven them


def circuit_times(track: Track, spec: CarSpec, tyre: str) -> CircuitTimes:
    """Return the times of a car on a tyre that are known on a circuit."""
    best_s = _best_s(track, spec, tyre)
    targets = find_targets(track, spec, tyre)
    times = {} if targets is None else targets.lap_times
    bot_s = times[Medal.AUTHOR] if Medal.AUTHOR in times else _planned_s(track, spec, tyre)
    return CircuitTimes(best_s, bot_s, medal_reached(times, best_s), times)


def _best_s(track: Track, spec: CarSpec, tyre: str) -> float:
    """Return the player's best time there, infinite without one that still counts."""
    digests = drive_digests(track, spec)
    path = best_path(circuit_folder(track.name), tyre, spec.id, digests.weather)
    try:
        best = comparable_best(path, digests)
    except InputError:
        return math.inf  # the circuit itself reports the damage to the player
    return math.inf if best is None else best.time_s


def _planned_s(track: Track, spec: CarSpec, tyre: str) -> float:
    """Return the time that the bot plans for a lap, infinite if it has no plan yet."""
    plan = plan_if_ready(track, spec, reference_setup(spec, tyre))
    return math.inf if plan is None else plan.lap_time_s
