"""Plan how fast the reference bot may go so that a race keeps a cap on energy.

It saves by lifting at a top speed, long before it would have to brake: drag rises with the square
of the speed, and a straight's last metres per second win little time. On Ricardo Tormo a lap with a
tenth less energy takes 1.6 % longer so, and 3.2 % longer at a slower pace everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta
from scipy.optimize import brentq

from game.bot.driver_noise import driver_noise
from game.bot.lone_follower import bind_follower
from game.bot.plan import Plan
from game.bot.planning import make_plan
from game.bot.start import give_up_s, standing_start
from game.compiled import Backend
from game.digests import car_digest, digest_of, track_digest
from game.drivers.driver import TICKS_PER_DECISION
from game.errors import InputError
from game.files import cache_folder
from game.headless.stint import Conditions
from game.kept_results import keep_result, read_result
from game.program_digest import program_digest
from game.simulation.snapshot import Snapshot
from game.simulation.world import World
from game.units import kwh
from game.vehicle.setup import Setup
from game.vehicle.state import PEDAL_STEPS, Controls
from game.weather.weather import weather_digest

_SLOWEST_MPS: Final = 15.0  # top speed that is tried to keep a cap
_FADE_MPS: Final = 1.0  # below a top speed the throttle is released over so much
_ACCURACY_MPS: Final = 0.2  # the rest is put right on the way
_RESERVE: Final = 0.005  # of the cap, for what cannot be foreseen near the end
_MARK_M: Final = 50.0
_MAX_BYTES: Final = 200_000  # of a kept plan; one takes some 5,000

_Used = Annotated[list[float], Meta(min_length=2)]


class EnergyTask(NamedTuple):
    """Says what is to be planned for: the bot's car, its race and the cap."""

    conditions: Conditions
    setup: Setup
    pace: float
    laps: int
    cap_kwh: float  # for each lap of the race, to be spent anywhere


class EnergyPlan(msgspec.Struct, frozen=True):
    """Holds the top speed for a race, and what the bot has used at marks along the way."""

    budget_j: float  # for the whole race, the reserve taken off
    top_speed_mps: float
    mark_m: float
    first_lap_j: _Used  # used at the marks of the lap from the grid; to its end
    further_lap_j: _Used  # and of each further lap, from its own beginning

    def used_j(self, distance_m: float) -> float:
        """Return what is planned to be used up to a distance from the first crossing of the line.

        Before the line it is what is used on the grid and on the way to it.
        """
        lap_m = self.mark_m * (len(self.first_lap_j) - 1)
        laps = max(math.floor(distance_m / lap_m), 0)
        within_m = max(distance_m - laps * lap_m, 0.0)
        if laps == 0:
            return self._at(self.first_lap_j, within_m)
        before_j = self.first_lap_j[-1] + (laps - 1) * self.further_lap_j[-1]
        return before_j + self._at(self.further_lap_j, within_m)

    def race_j(self, laps: int) -> float:
        """Return what is used in so many laps."""
        return self.first_lap_j[-1] + (laps - 1) * self.further_lap_j[-1]

    def _at(self, used_j: list[float], within_m: float) -> float:
        place = within_m / self.mark_m
        mark = min(int(place), len(used_j) - 2)
        return used_j[mark] + (place - mark) * (used_j[mark + 1] - used_j[mark])


def plan_energy(task: EnergyTask, on_progress: Callable[[str], None] | None = None) -> EnergyPlan:
    """Return the fastest plan within a cap: from the cache, or driven now and kept.

    If there is none, it is that of the least energy. Raises InputError if the bot does not get
    round.
    """
    path = cache_folder() / "energy" / f"{task.conditions.track.name}-{_key(task)}.json"
    kept = read_result(path, _MAX_BYTES, msgspec.json.Decoder(EnergyPlan).decode)
    if kept is not None:
        return kept
    plan = _driven_plan(task, on_progress or (lambda _: None))
    keep_result(path, msgspec.json.encode(plan))
    return plan


def lifted(decided: Controls, speed_mps: float, top_speed_mps: float) -> Controls:
    """Return controls with the throttle released towards a top speed."""
    share = (top_speed_mps - speed_mps) / _FADE_MPS
    if share >= 1.0:
        return decided
    throttle = max(int(share * PEDAL_STEPS), 0)
    return decided._replace(throttle=min(decided.throttle, throttle))


def net_used_j(car: Snapshot) -> float:
    """Return the energy that a car has drawn from its battery, what is regained taken off."""
    return car.battery_drawn_j - car.battery_regained_j


def _driven_plan(task: EnergyTask, on_progress: Callable[[str], None]) -> EnergyPlan:
    budget_j = (1.0 - _RESERVE) * task.laps * task.cap_kwh / kwh(1.0)
    conditions = task.conditions
    plan = make_plan(conditions.track, conditions.spec, task.setup, pace=task.pace, laps=task.laps)
    driven: dict[float, EnergyPlan] = {}

    def missing_j(top_speed_mps: float) -> float:
        on_progress(f"saving energy: up to {3.6 * top_speed_mps:.0f} km/h")
        found = driven[top_speed_mps] = _driven_at(task, plan, budget_j, top_speed_mps)
        return found.race_j(task.laps) - budget_j

    fastest_mps = _FADE_MPS + float(plan.speed_mps.max())  # there nothing is saved
    if missing_j(fastest_mps) <= 0.0:
        return driven[fastest_mps]
    if missing_j(_SLOWEST_MPS) > 0.0:
        return driven[_SLOWEST_MPS]
    best_mps = brentq(missing_j, _SLOWEST_MPS, fastest_mps, xtol=_ACCURACY_MPS)
    if best_mps not in driven:
        missing_j(best_mps)
    return driven[best_mps]


def _driven_at(task: EnergyTask, plan: Plan, budget_j: float, top_speed_mps: float) -> EnergyPlan:
    """Return the plan of a top speed: a lap from the grid, and if there are more, a further one."""
    conditions = task.conditions
    track, spec = conditions.track, conditions.spec
    laps = min(task.laps, 2)
    start = standing_start(spec, task.setup, track)._replace(warm_tyres=conditions.warm_tyres)
    world = World(track, [start], Backend.COMPILED)
    decide = bind_follower(world, plan, driver_noise(task.pace))
    marks = round(track.length_m / _MARK_M)
    mark_m = track.length_m / marks
    used_j: list[float] = []
    car = world.snapshots()[0]
    distance_m = math.remainder(car.s_m, track.length_m)
    last_s = give_up_s(plan, laps + 1) * float(plan.speed_mps.max()) / _SLOWEST_MPS
    while len(used_j) <= laps * marks:
        if world.time_s > last_s:
            raise InputError(f"the bot does not get round {track.name} at {top_speed_mps:.0f} m/s")
        held = lifted(decide().controls, car.velocity_forward_mps, top_speed_mps)
        before_m = car.s_m
        car = world.step([held], TICKS_PER_DECISION).snapshots[0]
        distance_m += math.remainder(car.s_m - before_m, track.length_m)
        while distance_m >= len(used_j) * mark_m and len(used_j) <= laps * marks:
            used_j.append(net_used_j(car))
    first, further = used_j[: marks + 1], used_j[marks:]
    if laps == 1:
        further = first
    return EnergyPlan(
        budget_j, top_speed_mps, mark_m, first, [each - further[0] for each in further]
    )


def _key(task: EnergyTask) -> str:
    conditions = task.conditions
    return digest_of(
        program_digest("game.racing.energy_plan"),
        track_digest(conditions.track),
        car_digest(conditions.spec),
        weather_digest(conditions.spec.weather),
        msgspec.json.encode(task.setup),
        repr((conditions.warm_tyres, task.pace, task.laps, task.cap_kwh)),
    )
