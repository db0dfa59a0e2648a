"""Followers of plans that see the other cars of their world, in the form in which its tick runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from game.bot.control_steps import in_steps
from game.bot.driver_noise import EXACT, DriverNoise, Imprecision
from game.bot.follower_tables import FollowerTables, follower_tables
from game.bot.foresight import CarSeen, Foresight, foresight_of, see_car
from game.bot.path_follower import FollowerMemory, decide
from game.bot.plan import Plan
from game.bot.racecraft import KEEN, RacecraftLevel
from game.bot.racing_speeds import racing_plan
from game.bot.side_tables import SideTables
from game.bot.traffic import LaneChoice, lane_choice, wished_lane
from game.compiled import Backend, tick_function
from game.records import arrays, records
from game.simulation.chassis import body_motion
from game.simulation.split_table import SplitMaps
from game.simulation.tick import snapshot_of
from game.simulation.world import World
from game.vehicle.parts import Car
from game.vehicle.state import Controls


class Racer(NamedTuple):
    """Holds one car's parts, memory, choice and noise, each in a list of one."""

    cars: list[Car]
    memories: list[FollowerMemory]
    choices: list[LaneChoice]
    imprecisions: list[Imprecision]


class RacingFollowers:
    """Lets bots in a world of several cars decide; at each turn the cars are looked at once."""

    def __init__(self, world: World) -> None:
        """Raise ValueError for a world without a track."""
        if world.track is None:
            raise ValueError("cars race on a track; the world has none")
        self._world = world
        self._maps = SplitMaps(world.track)
        seen: Any = [CarSeen() for _ in world.starts]
        self._seen = records(seen) if world.backend is Backend.COMPILED else seen
        self._watch = world.bind_observer(watch_all, self._seen)
        self._watched_tick = -1

    def follower(
        self,
        car: int,
        plan: Plan,
        sides: SideTables,
        noise: DriverNoise | None,
        level: RacecraftLevel = KEEN,
    ) -> Callable[[], Controls]:
        """Return a follower of a plan for one of the cars, to be called once a decision.

        level: of its racecraft.
        """
        world, start = self._world, self._world.starts[car]
        assert world.track is not None
        parts = self._maps.car(start.spec, start.setup)
        plan = racing_plan(plan, sides.limits, sides.max_left_mps2)
        tables = follower_tables(world.track, self._maps, start.spec, parts, plan, sides)
        foresight = foresight_of(len(world.starts))
        racer = Racer([parts], [FollowerMemory()], [lane_choice(level)], [EXACT])
        if world.backend is Backend.COMPILED:
            tables = arrays(tables._replace(track=world.track.table_arrays))
            racer, foresight = arrays(racer), arrays(foresight)
        exact = world.bind_observer(decide_among_others, car, racer, tables, self._seen, foresight)
        held = Controls()

        def follow() -> Controls:
            nonlocal held
            if self._watched_tick != world.tick:
                self._watched_tick = world.tick
                self._watch()
            if noise is not None:
                racer.imprecisions[0] = noise.at(world.tick)
            held = in_steps(held, exact())
            return held

        return follow


@tick_function
def watch_all(runtimes: Any, bodies: Any, seen: Any) -> None:
    """Note what is seen of every car."""
    for index in range(len(seen)):
        tick = runtimes[index].state.weather.next_tick
        see_car(seen[index], snapshot_of(runtimes[index], body_motion(bodies, index), tick))


@tick_function
def decide_among_others(
    runtimes: Any,
    bodies: Any,
    own: int,
    racer: Racer,
    tables: FollowerTables,
    seen: Any,
    foresight: Foresight,
) -> Controls:
    """Return the decision for the car at `own`."""
    tick = runtimes[own].state.weather.next_tick
    now = snapshot_of(runtimes[own], body_motion(bodies, own), tick)
    memory = racer.memories[0]
    wish = wished_lane(tables, memory, racer.choices[0], now, seen, own, foresight)
    return decide(racer.cars[0], tables, memory, now, racer.imprecisions[0], wish)
