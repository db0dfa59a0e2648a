"""Let the reference bot drive the laps that others are compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.analysis.lap_log import LapLog
from game.analysis.lap_profile import LapProfile
from game.bot.bot import bot_alone
from game.compiled import Backend
from game.errors import InputError
from game.session import Session
from game.simulation.world import Start, World
from game.track.track import Track

MOST_LAPS: Final = 5  # estimate: from then on tyres and pack hardly change a lap
_MAX_LAP_S: Final = 900.0  # in which the bot gets round any circuit


def reference_laps(
    track: Track,
    start: Start,
    laps: int,
    on_lap: Callable[[int], None] | None = None,
) -> dict[int, LapProfile]:
    """Return the bot's valid laps from a start, by their numbers, up to `MOST_LAPS` of them.

    on_lap: called with the number of each lap. Raises InputError if none of them is valid.
    """
    laps = min(laps, MOST_LAPS)
    world = World(track, [start], Backend.COMPILED)
    log = LapLog(world.step_s, track.length_m)
    session = Session(world, [bot_alone(world, 1.0, laps)], [log], laps=laps)
    seen = 0
    while len(log.laps) < laps and world.time_s < (laps + 1) * _MAX_LAP_S:
        session.step()
        if len(log.laps) > seen:
            seen = len(log.laps)
            if on_lap is not None:
                on_lap(seen)
    found = {lap.number: log.profile(lap.number) for lap in log.laps if lap.valid}
    if not found:
        raise InputError(f"the reference bot drives no valid lap of {track.title} from there")
    return found


def lap_like(laps: dict[int, LapProfile], number: int) -> LapProfile:
    """Return the lap of this number, or the one nearest to it."""
    return laps[min(laps, key=lambda each: abs(each - number))]
