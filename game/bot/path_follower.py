"""Follows a planned line at its speeds, with preview, past other cars and back when lost."""

from __future__ import annotations

from game.bot.driver_noise import DriverNoise
from game.bot.lateral_control import STEERING_LEAD_S, LateralControl, LineError
from game.bot.plan import Plan
from game.bot.recovery import Recovery
from game.bot.speed_control import SPEED_LEAD_S, SpeedControl, WantedSpeed
from game.bot.traffic import Traffic
from game.drivers.driver import TICKS_PER_DECISION
from game.drivers.observation import Observation
from game.drivers.steering_law import MIN_SPEED_MPS
from game.simulation.split_table import SplitMaps
from game.track.surfaces import TARMAC
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls, controls


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
        self.deviation_m = 0.0  # from the line, positive to its left, at the last decision
        self._plan = plan
        self._noise = noise
        self._recovery = Recovery()
        self._traffic = Traffic(track, spec.chassis)
        maps = SplitMaps(track)
        car = maps.car(spec, setup)
        self._lateral = LateralControl(car, track.tables.surfaces[TARMAC].grip)
        self._speed = SpeedControl(track, car, maps, setup)

    @property
    def lost(self) -> bool:
        """Return whether the car is being brought back to its line."""
        return self._recovery.lost

    def decide(self, observation: Observation) -> Controls:
        """Return the controls for the next sixtieth of a second."""
        now = observation.car
        plan = self._plan
        wander_m, speed_share = 0.0, 1.0
        if self._noise is not None:
            wander_m = self._noise.wander_m(now.tick)
            speed_share = self._noise.speed_share(now.tick)

        def line_at(s_m: float) -> float:
            return plan.at(s_m).offset_m + wander_m

        traffic = self._traffic.plan(observation, line_at, speed_share, self.lost)
        here = plan.at(now.s_m)
        deviation_m = now.offset_m - (here.offset_m + wander_m) - traffic.aside_m
        self.deviation_m = deviation_m
        recovering = self._recovery.controls(now, deviation_m, here.across_rad)
        if recovering is not None:
            return recovering
        forward_mps = max(now.velocity_forward_mps, MIN_SPEED_MPS)
        curvature_1pm = plan.at(now.s_m + STEERING_LEAD_S * forward_mps).curvature_1pm
        line = LineError(deviation_m, here.across_rad, curvature_1pm)
        axles = self._lateral.lateral_forces(now, line)
        soon = plan.at(now.s_m + SPEED_LEAD_S * now.velocity_forward_mps)
        share = traffic.speed_share
        wanted = WantedSpeed(
            share * here.speed_mps, share * share * soon.accel_mps2, traffic.max_accel_mps2
        )
        force = self._speed.forward_force(now, axles, wanted)
        return controls(
            self._lateral.steering(now, axles, force.front_share * force.force_n),
            *self._speed.pedals(now, force.force_n),
        )
