"""Cars on the grid of an oval, moved by hand."""

import pytest
from oval import make_oval

from game.racing.race_control import RaceControl
from game.racing.race_length import RaceLength
from game.simulation.events import LapDone, LapStarted, LapVoid
from game.simulation.world import TICK_S, Start, Step, World
from game.track.elements import Pose
from game.vehicle.setup import Setup

STEP_TICKS = 24  # a tenth of a second


@pytest.fixture(scope="session")
def oval():
    return make_oval()


class MovedCars:
    """Moves cars along the lap at constant speeds, and tells race control."""

    def __init__(self, oval, spec, cars, length, cap_kwh):
        boxes = oval.grid[:cars]
        starts = [Start(spec, Setup(), Pose(*box[:3]), box.s_m) for box in boxes]
        self.world = World(oval, starts)
        self.lap_m = oval.length_m
        self.control = RaceControl(self.world, length, cap_kwh=cap_kwh)
        self.snapshots = list(self.world.snapshots())
        self.distance_m = [car.s_m - self.lap_m for car in self.snapshots]
        self.crossed = [0] * cars
        self.is_within_limits = True  # a lap that ends

    def wait_for_the_start(self):
        while self.control.race_s < 0.0:
            self.step([0.0] * len(self.snapshots))

    def put(self, *distances_m):
        """Put the cars down so far from the line, on the lap that they are on."""
        for car, distance_m in enumerate(distances_m):
            self.distance_m[car] = distance_m
            self.control.timing.cars[car].distance_m = distance_m
            self.control.timing.cars[car]._s_m = distance_m % self.lap_m

    def use_j(self, *net_j):
        """Each car takes so much from its battery, or regains it."""
        for car, used_j in enumerate(net_j):
            before = self.snapshots[car]
            self.snapshots[car] = before._replace(
                battery_drawn_j=before.battery_drawn_j + max(used_j, 0.0),
                battery_regained_j=before.battery_regained_j + max(-used_j, 0.0),
            )

    def step(self, speeds_mps, events=(), voided=()):
        """A tenth of a second at these speeds; voided: cars whose lap at the line is none."""
        self.world.tick += STEP_TICKS
        found = list(events)
        for car, speed_mps in enumerate(speeds_mps):
            before_m = self.distance_m[car]
            self.distance_m[car] += speed_mps * STEP_TICKS * TICK_S
            if before_m // self.lap_m < self.distance_m[car] // self.lap_m:
                found += self._crossing(car, speed_mps, car in voided)
            self.snapshots[car] = self.snapshots[car]._replace(
                tick=self.world.tick,
                s_m=self.distance_m[car] % self.lap_m,
                velocity_forward_mps=speed_mps,
            )
        self.control.on_step(Step(tuple(self.snapshots), tuple(found)))

    def _crossing(self, car, speed_mps, is_void):
        beyond_s = self.distance_m[car] % self.lap_m / speed_mps
        crossing_s = self.world.time_s - beyond_s
        self.crossed[car] += 1
        ended = []
        if self.crossed[car] > 1:
            tick = self.world.tick
            done = LapDone(car, tick, 0.0, self.is_within_limits)
            ended.append(LapVoid(car, tick, 0.0, 1) if is_void else done)
        return [*ended, LapStarted(car, self.world.tick, crossing_s, self.crossed[car])]


@pytest.fixture(scope="session")
def cars(oval, spec):
    """Makes cars on the grid, for a race of so many laps, or of minutes."""

    def made(count, laps=2, cap_kwh=0.0, minutes=0.0):
        return MovedCars(oval, spec, count, RaceLength(laps, minutes), cap_kwh)

    return made
