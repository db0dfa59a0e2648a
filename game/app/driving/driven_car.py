"""Keep one car of a drive: who drives it with which setup, where it is, what is recorded of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from game.analysis.lap_log import LapLog
from game.app.car.livery import GHOST, WORKS, Livery
from game.app.driving.energy_cap import CountingListener, within_cap
from game.app.driving.moments import LapMoments, Moment
from game.app.driving.recent import InputSample, Recent
from game.app.driving.rival import Rival, RivalAt
from game.app.view.car_pose import CarPose
from game.drivers.driver import DriverMaker
from game.drivers.driving_help import HelpName
from game.recording.best_lap import BestLap
from game.recording.ghost import GhostRecorder, PoseTape
from game.recording.lap_recorder import Lap, LapRecorder
from game.recording.lap_trace import LapTrace, SavedTrace
from game.session import Listener
from game.simulation.events import Contact
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S, Start, Step
from game.track.elements import Pose
from game.track.track import Track
from game.translation import _
from game.trig import wrap_angle
from game.units import kwh
from game.vehicle.damage import DamageMode
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls

_LOGGED_LAPS: Final = 30  # the last ones, of a drive that may go on for hours


class CarEntry(NamedTuple):
    """An entry says with what a car takes part in a drive."""

    spec: CarSpec
    setup: Setup
    make_driver: DriverMaker
    livery: Livery = WORKS
    damage: DamageMode = "off"
    cap_kwh: float = 0.0  # on a lap's energy, over which it does not count; 0: none
    heard_by: tuple[Listener, ...] = ()  # who else listens to its drives


@dataclass(slots=True)
class Best:
    """Keeps the best valid lap so far, which outlives restarts."""

    time_s: float = math.inf
    sectors_s: tuple[float, ...] = ()


class SavedCar(NamedTuple):
    """Holds what is known of a car's lap under way."""

    trace: SavedTrace
    tape: PoseTape
    recent: tuple[InputSample, ...]
    laps_seen: int
    sectors_seen: int
    s_m: float  # along the lap


class CarSource(Protocol):
    """Has the cars of a drive as they are now: a session, or a replay."""

    @property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return the cars after the last tick."""
        ...

    @property
    def lap_recorders(self) -> tuple[LapRecorder, ...]:
        """Return the laps of each car."""
        ...

    @property
    def controls(self) -> tuple[Controls, ...]:
        """Return what each car is driven with."""
        ...


class DrivenCar:
    """A driven car is a car of a drive. Its best lap outlives restarts, which `begin` announces."""

    def __init__(self, number: int, entry: CarEntry, track: Track) -> None:
        """Make a car; its number is its place among those of the drive, from 0."""
        self.number = number
        self._length_m = track.length_m
        self.entry = entry
        self.best = Best()
        self.best_before = Best()  # what the lap just finished was measured against
        self.trace = LapTrace(TICK_S, track.length_m, number, track.sectors_m)
        self.ghost_recorder = GhostRecorder(TICK_S, number)
        self.on_lap: Callable[[Lap], None] = _ignore
        self.help_by_lap: dict[int, HelpName] = {}  # by the number of the lap
        self.on_moment: Callable[[Moment], None] = _ignore_moment
        self.moments = LapMoments()
        self.ghosts_from_start = False  # of the drive rather than of the lap
        self.find_rivals: Callable[[], tuple[Rival, ...]] = self.own_best  # that drive along
        self.against: BestLap | None = None  # the lap of an earlier drive that it began with
        self.hit_ns = 0.0  # the hardest contact of the last frame's ticks

    @property
    def spec(self) -> CarSpec:
        """Return the car's specification."""
        return self.entry.spec

    @property
    def setup(self) -> Setup:
        """Return the car's setup."""
        return self.entry.setup

    def start_at(self, pose: Pose, s_m: float) -> Start:
        """Return how the car enters the world at rest."""
        return Start(self.spec, self.setup, pose, s_m, damage=self.entry.damage)

    def listeners(self) -> tuple[Listener, ...]:
        """Return the listeners that record the next session, from its start."""
        self.trace.restart()
        self.ghost_recorder.restart()
        self.recent = Recent(TICK_S, self.number)
        self.log = LapLog(TICK_S, self._length_m, self.number, _LOGGED_LAPS)
        trace, ghosts = map(self._counting, (self.trace, self.ghost_recorder))
        return trace, self.recent, self.log, ghosts, *self.entry.heard_by

    def _counting(self, listener: Listener) -> CountingListener:
        return CountingListener(listener, self.number, lambda: self._counts(self.laps.laps[-1]))

    def _counts(self, lap: Lap) -> bool:
        """Return whether a lap counts if it is valid."""
        return not self.is_practice and within_cap(kwh(lap.net_j), self.entry.cap_kwh)

    def begin(self, session: CarSource) -> None:
        """Take part in a session that has just been made with the car's listeners."""
        self._session = session
        self.is_practice = False
        self.hit_ns = 0.0
        self._laps_seen = 0
        self._sectors_seen = 0
        self.skip_motion()

    def begin_practice(self) -> None:
        """Let no lap count any more until the next start."""
        self.is_practice = True
        self.log.begin_practice()

    def skip_motion(self) -> None:
        """Draw the car at once where it is now: it was placed there and did not drive there."""
        self.before = self.now

    def saved(self) -> SavedCar:
        """Return what is known of the lap under way, for `restore`; not what was best so far."""
        return SavedCar(
            self.trace.saved(),
            self.ghost_recorder.saved(),
            self.recent.saved(),
            self._laps_seen,
            self._sectors_seen,
            self.now.s_m,
        )

    def restore(self, saved: SavedCar) -> None:
        """Continue with a lap under way, once the session is as it was then."""
        self.trace.restore(saved.trace)
        self.ghost_recorder.restore(saved.tape)
        self.recent.restore(saved.recent)
        self._laps_seen, self._sectors_seen = saved.laps_seen, saved.sectors_seen
        self.hit_ns = 0.0
        self.skip_motion()

    def race(self, against: BestLap) -> None:
        """Let an earlier lap be the best so far, and the lap of the ghost."""
        self.against = against
        self.best = Best(against.time_s, against.sectors_s)
        self.moments.race(against.sectors_s)
        self.trace.race(against.trace, against.sectors_s)
        self.ghost_recorder.best = against.ghost

    def begin_frame(self) -> None:
        """Forget the contacts of the frame before."""
        self.hit_ns = 0.0

    def before_tick(self) -> None:
        """Keep the snapshot that the next tick begins with."""
        self.before = self.now

    def after_tick(self, step: Step) -> None:
        """Take note of contacts and of a finished lap."""
        self.hit_ns = max(self.hit_ns, self.now.impulse_ns)
        for event in step.events:
            if isinstance(event, Contact) and event.car == self.number:
                self.hit_ns = max(self.hit_ns, event.impulse_ns)
        if len(self.laps.laps) > self._laps_seen:
            self._finish_lap()
        elif len(self.laps.sectors_s) > self._sectors_seen:
            self._finish_sector()
        self._sectors_seen = len(self.laps.sectors_s)

    @property
    def laps(self) -> LapRecorder:
        """Return the laps since the start of the drive."""
        return self._session.lap_recorders[self.number]

    @property
    def now(self) -> Snapshot:
        """Return the car after the last tick."""
        return self._session.snapshots[self.number]

    @property
    def in_reverse(self) -> bool:
        """Return whether the driver has chosen to drive backwards."""
        return bool(self._session.controls[self.number].reverse)

    def pose(self, fraction: float) -> CarPose:
        """Return the car `fraction` of a tick after the tick before the last."""
        before, now = self.before, self.now
        turned_rad = wrap_angle(now.heading_rad - before.heading_rad)
        return CarPose(
            before.x_m + fraction * (now.x_m - before.x_m),
            before.y_m + fraction * (now.y_m - before.y_m),
            before.heading_rad + fraction * turned_rad,
            before.steering_rad + fraction * (now.steering_rad - before.steering_rad),
        )

    def own_best(self) -> tuple[Rival, ...]:
        """Return the car's best lap as the one that drives along, once there is one."""
        best = self.ghost_recorder.best
        return () if best is None else (Rival(_("Best"), GHOST, best),)

    @property
    def ghosts(self) -> tuple[Rival, ...]:
        """Return the laps that drive along with this car, the most important first."""
        return self.find_rivals()

    def ghosts_at(self, fraction: float) -> tuple[RivalAt, ...]:
        """Return the ghosts where they were at this time of the lap; none before the first lap."""
        now = self.now
        if now.lap == 0 and not self.ghosts_from_start:
            return ()
        begin_s = 0.0 if self.ghosts_from_start else now.lap_start_s
        time_s = max((now.tick - 1 + fraction) * TICK_S - begin_s, 0.0)
        poses = ((ghost, ghost.lap.pose_at(time_s)) for ghost in self.ghosts)
        return tuple(RivalAt(ghost, CarPose(*pose)) for ghost, pose in poses if pose is not None)

    def _finish_lap(self) -> None:
        self._laps_seen = len(self.laps.laps)
        lap = self.laps.laps[-1]
        if self.is_practice:
            self.laps.laps[-1] = lap._replace(valid=False)
            return
        self.on_lap(lap)
        if not self._counts(lap):
            lap = lap._replace(valid=False)
        self.best_before = self.best
        if lap.valid and lap.time_s < self.best.time_s:
            self.best = Best(lap.time_s, lap.sectors_s)
        self.on_moment(self.moments.lap(lap, self.best_before.time_s))

    def _finish_sector(self) -> None:
        if self.is_practice:
            return
        times_s = self.laps.sectors_s
        valid = bool(self.now.lap_valid)
        moment = self.moments.sector(len(times_s), times_s[-1], valid=valid)
        if moment is not None:
            self.on_moment(moment)


def _ignore(_lap: Lap) -> None:
    """Ignore a finished lap."""


def _ignore_moment(_moment: Moment) -> None:
    """Ignore a moment."""
