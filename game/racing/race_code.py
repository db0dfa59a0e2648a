"""Make the machine code of a race before it begins, and say how much of it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.bot.plan import Plan
from game.bot.racing_followers import RacingFollowers, decide_among_others, watch_all
from game.bot.side_lines import side_tables
from game.compiled import Backend, compiling_watched, is_cached, numba_is_installed
from game.headless.stint import TickFunction
from game.quasi_steady.ggv_limits import fill_limits
from game.quasi_steady.speed_passes import run_passes
from game.simulation.tick import advance
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_OF_ALL: Final[tuple[TickFunction, ...]] = (advance, watch_all)
_OF_BOTS: Final[tuple[TickFunction, ...]] = (fill_limits, run_passes, decide_among_others)


def make_race_code(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    plan: Plan | None,
    on_progress: Callable[[float], None],
) -> None:
    """Make what is not kept yet of a race's machine code: its tick, and the reference bots in it.

    plan: of one of those bots; None if there is none among the field. `on_progress` is called with
    how much is made, 0..1, if anything is. Where numba is not installed there is nothing to make.
    """
    wanted = _OF_ALL if plan is None else (*_OF_ALL, *_OF_BOTS)
    missing = [each for each in wanted if not is_cached(each)] if numba_is_installed() else []
    if not missing:
        return
    box = track.grid[0]
    start = Start(spec, setup, Pose(*box[:3]), box.s_m)
    with compiling_watched(missing, on_progress):
        followers = RacingFollowers(World(track, [start], Backend.COMPILED))
        if plan is not None:
            followers.follower(0, plan, side_tables(track, spec, setup, plan), None)
