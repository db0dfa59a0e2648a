"""Log laps of the reference bot as a logger in the car would record them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from game.arrays import Array
from game.bot.bot import bot_alone
from game.bot.planning import make_plan
from game.bot.start import flying_start, give_up_s
from game.drivers.driver import TICKS_PER_DECISION
from game.errors import UnfinishedLapError
from game.lab.courses import MeasuredCar, speed_of
from game.recording.lap_recorder import Lap
from game.session import Session
from game.simulation.world import Step, World
from game.track.track import Track

FULL_THROTTLE: Final = 0.99


@dataclass(frozen=True)
class StintEnergy:
    """Adds up, since the start, where the energy went."""

    battery_j: float
    motor_j: float
    brake_j: float
    tyres_j: float  # by slip
    shafts_j: float  # what the motors gave
    braked_j: float  # what they took back


@dataclass(frozen=True)
class StintLog:
    """Holds the laps of a stint; arrays have shape (n,), one number for each decision."""

    laps: tuple[Lap, ...]
    energy: tuple[StintEnergy, ...]  # at the end of each lap, and one before the first
    lap: Array
    speed_mps: Array
    throttle: Array
    pack_k: Array
    shafts_w: Array  # of both motors
    full_power_w: float  # that both motors may give

    @property
    def best_s(self) -> float:
        """Return the time of the fastest lap."""
        return min(lap.time_s for lap in self.laps)

    def column(self, name: str, lap: int) -> Array:
        """Return a column of one lap."""
        column: Array = getattr(self, name)[self.lap == lap]
        return column


class _Logger:
    """Notes the car after every step, and its energy whenever a lap ends."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.rows: list[tuple[float, ...]] = []
        self.energy: list[StintEnergy] = []
        self._given_j = self._taken_j = 0.0
        self._lap = 0

    def on_step(self, step: Step) -> None:
        """Note a step."""
        now = step.snapshots[0]
        shafts_w = now.front_power_w + now.rear_power_w
        seconds = TICKS_PER_DECISION * self._world.step_s
        self._given_j += max(0.0, shafts_w) * seconds
        self._taken_j += max(0.0, -shafts_w) * seconds
        if now.lap != self._lap:
            self._lap = now.lap
            self.energy.append(self._energy_so_far())
        self.rows.append(
            (now.lap, speed_of(now), now.throttle, now.battery_temperature_k, shafts_w)
        )

    def _energy_so_far(self) -> StintEnergy:
        ledger = self._world.runtime(0).state.ledger
        return StintEnergy(
            ledger.battery_heat_j,
            ledger.motor_heat_j,
            ledger.brake_heat_j,
            ledger.tyre_heat_j,
            self._given_j,
            self._taken_j,
        )


def drive_stint_log(car: MeasuredCar, track: Track, laps: int) -> StintLog:
    """Let the reference bot drive so many laps from a flying start, the tyres cold.

    Raises UnfinishedLapError.
    """
    plan = make_plan(track, car.spec, car.setup, laps=laps)
    world = World(track, [flying_start(car.spec, car.setup, plan)], backend=car.backend)
    logger = _Logger(world)
    session = Session(world, [bot_alone(world, 1.0, laps)], [logger], laps=laps)
    (recorder,) = session.lap_recorders
    timeout_s = 2.0 * give_up_s(plan, laps)
    while len(recorder.laps) < laps:
        session.step()
        if world.time_s > timeout_s:
            raise UnfinishedLapError(f"the bot did not finish {laps} laps of {track.name}")
    lap, speed_mps, throttle, pack_k, shafts_w = np.array(logger.rows).T
    peak_w = sum(motor.peak_power_w for motor in (car.spec.front_motor, car.spec.rear_motor))
    return StintLog(
        laps=tuple(recorder.laps),
        energy=tuple(logger.energy),
        lap=lap,
        speed_mps=speed_mps,
        throttle=throttle,
        pack_k=pack_k,
        shafts_w=shafts_w,
        full_power_w=peak_w,
    )
