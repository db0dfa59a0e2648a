"""Play by keys: a bot that only presses them, a reaction time after it saw the reason.

Its keys go through the same filter as a person's, so that its lap shows how well the car can be
driven with keys.
"""

import dataclasses
import math
from collections import deque
from typing import Final, NamedTuple

import numpy as np

from game.bot.path_follower import tyre_grip
from game.bot.plan import GRIP_STEP, Plan, speed_at, usable_grip, water_grip_at
from game.bot.planning import make_plan
from game.drivers.driver import Course
from game.drivers.human_driver import HumanDriver, InputState
from game.drivers.observation import Observation
from game.quasi_steady.point_mass import limit_to_braking
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S
from game.units import G_MPS2
from game.vehicle.parts import make_car
from game.vehicle.state import Controls

REACTION_TICKS: Final = 8  # 33 ms from seeing to pressing, and from one decision to the next
GRIP: Final = 0.86  # share of the tyres' friction that it trusts the car to have, at any speed
BRAKING: Final = 0.66  # share of that grip that it brakes with
LEAD_S: Final = 0.30  # by which it steers before the bend
LINE_RATE_RADPS: Final = 1.6  # how eagerly it goes back to its line
FORESIGHT_S: Final = 0.10  # how far ahead it knows what a key does
KEY_CHANGE_COST: Final = 0.26  # share of the steering that is not worth another key
STRAIGHT: Final = 0.25  # share of the grip that a bend may take and be driven flat out ...
FLAT_OUT_MPS: Final = 3.0  # ... for which it wants to be so much faster than the plan
MAX_CORNERING: Final = 0.98  # share of the grip that a bend takes, for braking in it
SLOWEST_MPS: Final = 5.0  # for which it foresees what a key does
BRAKE_MPS: Final = 1.0  # too fast by so much, it brakes ...
RELEASE_MPS: Final = 0.2  # ... until it is only so much too fast ...
ACCELERATE_MPS: Final = 0.3  # ... and accelerates when it is so much too slow


class HeldKeys(NamedTuple):
    """Holds keys: a side (1 left, -1 right), how much of it, a pedal (1 up, -1 down)."""

    side: int = 0
    hold: str = ""
    pedal: int = 0


STEERING: Final = tuple(
    HeldKeys(side, hold) for side in (0, 1, -1) for hold in ("", "most", "some")
)


class KeyboardPlayer:
    """Drives the reference bot's line, as well as keys allow."""

    ticks_per_decision = 1

    def __init__(self) -> None:
        self.keys = InputState()
        self.presses = 0  # of keys since the start

    def reset(self, course: Course) -> None:
        """Learn the circuit."""
        plan = make_plan(course.track, course.spec, course.setup)
        tyre = make_car(course.spec, course.setup).tyre
        self._grip_mps2 = GRIP * tyre.friction_left * G_MPS2
        levels = [plan.speed_mps, *plan.slower_speed_mps]  # for tyres with less and less grip
        best_mps, *slower_mps = (
            target_speeds(
                dataclasses.replace(plan, speed_mps=speed_mps),
                (1.0 - GRIP_STEP * level) * self._grip_mps2,
            )
            for level, speed_mps in enumerate(levels)
        )
        self._plan = dataclasses.replace(
            plan,
            speed_mps=np.array(best_mps),
            slower_speed_mps=np.array(slower_mps).reshape(plan.slower_speed_mps.shape),
        )
        self._driver = HumanDriver(self.keys, course.spec, course.setup)
        self._chosen = HeldKeys()
        self._coming: deque[HeldKeys] = deque([HeldKeys()])

    def decide(self, observation: Observation) -> Controls:
        """Press what was decided a reaction time ago, and decide again."""
        now = observation.car
        if now.tick % REACTION_TICKS == 0:
            self._press(self._coming.popleft())
            self._coming.append(self.choose(now, self._driver.filtered.share))
        return self._driver.decide(observation)

    def choose(self, now: Snapshot, share: float) -> HeldKeys:
        """Return the keys to be held a reaction time from now; share: what steering has reached,
        -1..1.
        """
        self._chosen = self._steer(now, share)._replace(pedal=self._pedal(now))
        return self._chosen

    def _press(self, pressed: HeldKeys) -> None:
        keys = self.keys
        names = ("left", "right", "some", "most", "up", "down")
        before = [getattr(keys, name) for name in names]
        keys.left, keys.right = pressed.side > 0, pressed.side < 0
        keys.some, keys.most = pressed.hold == "some", pressed.hold == "most"
        keys.up, keys.down = pressed.pedal > 0, pressed.pedal < 0
        after = [getattr(keys, name) for name in names]
        self.presses += sum(now and not was for now, was in zip(after, before, strict=True))

    def _steer(self, now: Snapshot, share: float) -> HeldKeys:
        """Return the keys that soon steer nearest to what the line needs, unless the present ones
        do.
        """
        speed_mps = max(now.velocity_forward_mps, SLOWEST_MPS)
        course_rad = now.heading_rad + math.atan2(now.velocity_left_mps, speed_mps)
        line = self._plan.at(now.s_m)
        course_error_rad = course_rad - now.track_heading_rad - line.across_rad
        across_mps = speed_mps * math.sin(course_error_rad)
        beside_m = now.offset_m - line.offset_m
        left_mps2 = (
            speed_mps**2 * self._plan.at(now.s_m + LEAD_S * speed_mps).curvature_1pm
            - LINE_RATE_RADPS**2 * (beside_m + REACTION_TICKS * TICK_S * across_mps)
            - 2.0 * LINE_RATE_RADPS * across_mps
        )
        grip_mps2 = usable_grip(*now.wet_grip) * tyre_grip(now) * self._grip_mps2
        wanted = min(max(left_mps2 / grip_mps2, -1.0), 1.0)
        share = self._soon(share, self._chosen, REACTION_TICKS * TICK_S)

        def miss(keys: HeldKeys) -> float:
            same = keys == self._chosen._replace(pedal=0)
            return abs(self._soon(share, keys, FORESIGHT_S) - wanted) + (
                0 if same else KEY_CHANGE_COST
            )

        return min(STEERING, key=miss)

    def _soon(self, share: float, keys: HeldKeys, time_s: float) -> float:
        """Return the steering that keys lead to in some time, as a person has learnt it."""
        settings = self.keys.settings
        holds = {"": 1.0, "most": settings.most_share, "some": settings.some_share}
        target = keys.side * holds[keys.hold]
        falls = target * share >= 0.0 and abs(target) < abs(share)
        rise_s = 0.5 * (settings.slow_rise_s + settings.fast_rise_s)
        most = time_s / (settings.return_s if falls else rise_s)
        return share + min(max(target - share, -most), most)

    def _pedal(self, now: Snapshot) -> int:
        """Return 1 for full throttle, -1 for full brake, 0 for neither."""
        speed_mps = now.velocity_forward_mps
        soon_s = 2 * REACTION_TICKS * TICK_S
        soon_m = now.s_m + soon_s * speed_mps
        grip = tyre_grip(now) * water_grip_at(self._plan.table, now.tick * TICK_S)
        missing_mps = (
            speed_at(self._plan.table, soon_m, grip).speed_mps
            - speed_mps
            - soon_s * now.accel_forward_mps2
        )
        if missing_mps < (-RELEASE_MPS if self._chosen.pedal < 0 else -BRAKE_MPS):
            return -1
        holds = 0.5 if self._chosen.pedal > 0 else 0.0
        return 1 if missing_mps > ACCELERATE_MPS - holds else 0


def target_speeds(plan: Plan, grip_mps2: float) -> list[float]:
    """Return the speed at every station: the plan's in bends, and braking earlier than it does."""
    bends = [abs(curvature) for curvature in plan.curvature_1pm.tolist()]
    target_mps = [
        speed_mps + (FLAT_OUT_MPS if bend_1pm * speed_mps**2 < STRAIGHT * grip_mps2 else 0.0)
        for speed_mps, bend_1pm in zip(plan.speed_mps.tolist(), bends, strict=True)
    ]

    def braking_mps2(index: int, speed_mps: float) -> float:
        used = min(bends[index] * speed_mps**2 / grip_mps2, MAX_CORNERING)
        return BRAKING * grip_mps2 * math.sqrt(1.0 - used * used)

    limit_to_braking(target_mps, plan.station_m, braking_mps2)
    return target_mps
