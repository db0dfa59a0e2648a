"""One drive in the window: a session with its history of two pictures, restarts and resets."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from dataclasses import dataclass

from game.app.driving.recent import Recent
from game.app.view.car_pose import CarPose
from game.drivers.driver import DriverMaker
from game.recording.best_lap import BestLap
from game.recording.ghost import GhostRecorder
from game.recording.lap_recorder import Lap, LapRecorder
from game.recording.lap_trace import LapTrace
from game.recording.replay_recorder import Recording, ReplayRecorder
from game.session import Session
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.track.track import Track
from game.trig import wrap_angle
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec


@dataclass(slots=True)
class Best:
    """The best valid lap so far; it outlives restarts."""

    time_s: float = math.inf
    sectors_s: tuple[float, ...] = ()


class Drive:
    """A car on a track with whoever drives it."""

    def __init__(self, track: Track, spec: CarSpec, setup: Setup, make_driver: DriverMaker) -> None:
        self.track = track
        self.spec = spec
        self.setup = setup
        self.best = Best()
        self.best_before = Best()  # what the lap just finished was measured against
        self.trace = LapTrace(TICK_S, track.length_m)
        self.ghost = GhostRecorder(TICK_S)
        self.on_lap: Callable[[Lap], None] = _nobody  # told of every finished lap
        self.against: BestLap | None = None  # the lap of an earlier drive that it began with
        self.cap_kwh = 0.0  # on a lap's energy, what is regained taken off; 0: none
        self._make_driver = make_driver
        self.restart()

    def restart(self) -> None:
        """Begin anew on pole: a fresh world on the same track, the best lap kept."""
        box = self.track.grid[0]
        self.begin(Start(self.spec, self.setup, Pose(*box[:3]), box.s_m))

    def begin(self, start: Start) -> None:
        """Begin anew from this start."""
        self.world = World(self.track, [start])
        self.trace.restart()
        self.ghost.restart()
        self.recent = Recent(self.world.step_s)
        self._inputs = ReplayRecorder(self.world, lambda: self.session.controls)
        self.began = datetime.datetime.now()  # by the clock on the player's wall
        self.session = Session(
            self.world,
            [self._make_driver()],
            [self.trace, self.recent, self.ghost, self._inputs],
            ticks_per_step=1,
        )
        self.before = self.now
        self.hit_ns = 0.0  # the hardest contact of the last frame's ticks
        self._laps_seen = 0

    def reset_to_track(self) -> None:
        """Put the car at rest on the centre line beside where it is."""
        s_m = self.now.s_m
        pose = self.track.centreline.pose(s_m)
        self.session.place(0, pose, s_m)
        self._inputs.place(0, pose, s_m)
        self.before = self.now

    def race(self, against: BestLap) -> None:
        """Let an earlier lap be the best so far, the ghost's too."""
        self.against = against
        self.best = Best(against.time_s, against.sectors_s)
        self.trace.best, self.ghost.best = against.trace, against.ghost

    def recording(self) -> Recording:
        """The drive up to now, to be replayed."""
        return self._inputs.recording()

    def step(self, ticks: int) -> None:
        """Run so many ticks."""
        self.hit_ns = 0.0
        for _ in range(ticks):
            self.before = self.now
            self.session.step()
            self.hit_ns = max(self.hit_ns, self.now.impulse_ns)
            if len(self.laps.laps) > self._laps_seen:
                self._take_best()

    @property
    def laps(self) -> LapRecorder:
        """The laps of the player's car."""
        return self.session.lap_recorders[0]

    @property
    def now(self) -> Snapshot:
        """The car after the last tick."""
        return self.session.snapshots[0]

    def pose(self, fraction: float) -> CarPose:
        """The car `fraction` of a tick after the tick before the last."""
        before, now = self.before, self.now
        turned_rad = wrap_angle(now.heading_rad - before.heading_rad)
        return CarPose(
            before.x_m + fraction * (now.x_m - before.x_m),
            before.y_m + fraction * (now.y_m - before.y_m),
            before.heading_rad + fraction * turned_rad,
            before.steering_rad + fraction * (now.steering_rad - before.steering_rad),
        )

    def ghost_pose(self, fraction: float) -> CarPose | None:
        """Where the best lap was, so long after the line."""
        now = self.now
        if self.ghost.best is None or now.lap == 0:
            return None
        time_s = (now.tick - 1 + fraction) * self.world.step_s - now.lap_start_s
        pose = self.ghost.best.pose_at(time_s)
        return None if pose is None else CarPose(*pose)

    @property
    def time_s(self) -> float:
        """Simulated time since the start."""
        return self.world.time_s

    def _take_best(self) -> None:
        self._laps_seen = len(self.laps.laps)
        lap = self.laps.laps[-1]
        self.on_lap(lap)
        self.best_before = self.best
        if lap.valid and lap.time_s < self.best.time_s:
            self.best = Best(lap.time_s, lap.sectors_s)


def _nobody(_: Lap) -> None:
    """Where nobody wants to know of laps."""
