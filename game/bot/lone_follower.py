"""Follow a plan with the only car of a world, in the form in which the world's tick runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from game.bot.driver_noise import EXACT, DriverNoise, Imprecision
from game.bot.follower_tables import FollowerTables, follower_tables
from game.bot.lane import ALONE
from game.bot.path_follower import FollowerMemory, decide
from game.bot.plan import Plan
from game.compiled import Backend, tick_function
from game.records import arrays, records
from game.simulation.chassis import body_motion
from game.simulation.split_table import SplitMaps
from game.simulation.tick import snapshot_of
from game.simulation.world import World
from game.vehicle.state import Controls


class Decision(NamedTuple):
    """Holds a follower's decision, and the place and the state of the car that it was made for."""

    controls: Controls
    s_m: float
    deviation_m: float  # from the line, positive to its left
    lost: bool  # while the car is being brought back to its line
    charge: float


def bind_follower(
    world: World, plan: Plan, noise: DriverNoise | None = None
) -> Callable[[], Decision]:
    """Return a follower of a plan for the only car of a world, to be called once a decision.

    It decides as a `ObservingFollower` does, to the bit, and runs compiled if the tick does. Raises
    ValueError for several cars, or without a track.
    """
    if world.track is None or len(world.starts) != 1:
        raise ValueError("one car alone on a track is expected")
    (start,) = world.starts
    maps = SplitMaps(world.track)
    car = maps.car(start.spec, start.setup)
    tables = follower_tables(world.track, maps, start.spec, car, plan)
    cars: Any = [car]
    memories: Any = [FollowerMemory()]
    imprecisions: Any = [EXACT]
    if world.backend is Backend.COMPILED:
        tables = arrays(tables._replace(track=world.track.table_arrays))
        cars, memories, imprecisions = records(cars), records(memories), records(imprecisions)
    exact = world.bind_observer(decide_alone, cars, tables, memories, imprecisions)
    if noise is None:
        return exact

    def imprecise() -> Decision:
        imprecisions[0] = noise.at(world.tick)
        return exact()

    return imprecise


@tick_function
def decide_alone(
    runtimes: Any,
    bodies: Any,
    cars: Any,
    tables: FollowerTables,
    memories: Any,
    imprecisions: Sequence[Imprecision],
) -> Decision:
    """Return the decision for the first car, as if there were no other."""
    now = snapshot_of(runtimes[0], body_motion(bodies, 0), runtimes[0].state.weather.next_tick)
    memory = memories[0]
    controls = decide(cars[0], tables, memory, now, imprecisions[0], ALONE)
    lost = memory.recovery.lost != 0
    return Decision(controls, now.s_m, memory.deviation_m, lost, now.charge)
