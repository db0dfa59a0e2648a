"""Follows a planned line at its speeds, with preview, past other cars and back when lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from game.bot.driver_noise import EXACT, DriverNoise, Imprecision
from game.bot.follower_tables import FollowerTables, follower_tables
from game.bot.lateral_control import STEERING_LEAD_S, LineError, lateral_forces, steering
from game.bot.plan import (
    Plan,
    PlannedSpeed,
    PlanPoint,
    plan_at,
    speed_at,
    usable_grip,
    water_grip_at,
)
from game.bot.recovery import Recovery, is_lost, recovering
from game.bot.speed_control import (
    SPEED_LEAD_S,
    WantedSpeed,
    cool_limits_nm,
    forward_force,
    pedals,
)
from game.bot.traffic import Clearance, Traffic, moved_over, speed_beside
from game.compiled import tick_function
from game.drivers.driver import TICKS_PER_DECISION
from game.drivers.observation import Observation
from game.drivers.steering_law import MIN_SPEED_MPS
from game.scalars import maximum
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import SplitMaps
from game.simulation.world import TICK_S
from game.track.track import Track
from game.trig import wrap_angle
from game.vehicle.parts import Car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, quantised


@dataclass(slots=True)
class FollowerMemory:
    """Holds all that one decision leaves to the next."""

    deviation_m: float = 0.0  # from the line, positive to its left
    aside_m: float = 0.0  # how far the line has moved over from the planned one
    recovery: Recovery = field(default_factory=Recovery)


class PathFollower:
    """Drives one car by a plan: exactly, or with the noise of a driver who is not the fastest."""

    ticks_per_decision = TICKS_PER_DECISION

    def __init__(
        self,
        track: Track,
        spec: CarSpec,
        setup: Setup,
        plan: Plan,
        noise: DriverNoise | None = None,
    ) -> None:
        self._plan = plan
        self._noise = noise
        maps = SplitMaps(track)
        self._car = maps.car(spec, setup)
        self._tables = follower_tables(track, maps, spec, self._car, plan)
        self._memory = FollowerMemory()
        self._traffic = Traffic(self._tables, spec.chassis)

    @property
    def lost(self) -> bool:
        """Return whether the car is being brought back to its line."""
        return self._memory.recovery.lost != 0

    @property
    def deviation_m(self) -> float:
        """Return the distance from the line at the last decision, positive to its left."""
        return self._memory.deviation_m

    def decide(self, observation: Observation) -> Controls:
        """Return the controls for the next sixtieth of a second."""
        now = observation.car
        plan = self._plan
        noise = EXACT if self._noise is None else self._noise.at(now.tick)

        def line_at(s_m: float) -> float:
            return plan.at(s_m).offset_m + noise.wander_m

        clearance = self._traffic.clearance(observation, line_at)
        return decide(self._car, self._tables, self._memory, now, noise, clearance)


@tick_function
def decide(
    car: Car,
    tables: FollowerTables,
    memory: FollowerMemory,
    now: Snapshot,
    noise: Imprecision,
    clearance: Clearance,
) -> Controls:
    """Return the controls for the next sixtieth of a second."""
    here = plan_at(tables.plan, now.s_m)
    line_m = here.offset_m + noise.wander_m
    aside_m = memory.aside_m
    if memory.recovery.lost != 0:  # it finds its way from where it is, as far as that is on track
        aside_m = now.offset_m - line_m
    aside_m = moved_over(tables, now.s_m, line_m, aside_m, clearance)
    deviation_m = now.offset_m - line_m - aside_m
    memory.aside_m = aside_m
    memory.deviation_m = deviation_m
    heading_error_rad = wrap_angle(now.heading_rad - now.track_heading_rad - here.across_rad)
    if is_lost(memory.recovery, deviation_m, heading_error_rad):
        return recovering(memory.recovery, now, deviation_m, heading_error_rad)
    share = noise.speed_share * speed_beside(aside_m)
    soon = plan_at(tables.plan, now.s_m + SPEED_LEAD_S * now.velocity_forward_mps)
    planned = PlannedSpeed(here.speed_mps, soon.accel_mps2)
    grip = tyre_grip(now) * water_grip_at(tables.plan, now.tick * TICK_S)
    if grip < 1.0:
        planned = PlannedSpeed(
            speed_at(tables.plan, now.s_m, grip).speed_mps,
            speed_at(
                tables.plan, now.s_m + SPEED_LEAD_S * now.velocity_forward_mps, grip
            ).accel_mps2,
        )
    wanted = WantedSpeed(
        share * planned.speed_mps, share * share * planned.accel_mps2, clearance.max_accel_mps2
    )
    return _following(car, tables, now, here, deviation_m, wanted)


@tick_function
def tyre_grip(now: Snapshot) -> float:
    """Return the share of their grip that a car's tyres have, up to 1."""
    return usable_grip(
        now.front_left_tyre_grip,
        now.front_right_tyre_grip,
        now.rear_left_tyre_grip,
        now.rear_right_tyre_grip,
    )


@tick_function
def _following(
    car: Car,
    tables: FollowerTables,
    now: Snapshot,
    here: PlanPoint,
    deviation_m: float,
    wanted: WantedSpeed,
) -> Controls:
    """Return the controls of a car that is near its line."""
    forward_mps = maximum(now.velocity_forward_mps, MIN_SPEED_MPS)
    bend = plan_at(tables.plan, now.s_m + STEERING_LEAD_S * forward_mps)
    line = LineError(deviation_m, here.across_rad, bend.curvature_1pm)
    axles = lateral_forces(car, tables, now, line)
    limits_nm = cool_limits_nm(car, now)
    force = forward_force(car, tables, now, axles, wanted, limits_nm)
    position = steering(car, tables, now, axles, force.front_share * force.force_n)
    pressed = pedals(car, tables, now, force.force_n, limits_nm)
    return quantised(position, pressed.throttle, pressed.brake, 0)
