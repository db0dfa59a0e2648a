"""Show a replay as a drive: played on, sought through, with another lap beside it."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Final

from game.app.car.livery import BESIDE_GHOST, LIVERIES, Livery
from game.app.driving.drive import Drive
from game.app.driving.driven_car import Best, CarEntry, DrivenCar
from game.app.driving.race_field import labelled_liveries
from game.app.driving.recent import Recent
from game.app.driving.rival import Rival, RivalAt
from game.app.replays.survey_ahead import player_of
from game.app.view.car_pose import CarPose
from game.compiled import Backend
from game.drivers.driver import BaseDriver
from game.recording.keyframed_player import KeyframedPlayer
from game.recording.lap_recorder import LapRecorder
from game.recording.lap_trace import LapTrace
from game.recording.replay import Replay
from game.recording.replay_survey import ComparedLap
from game.simulation.snapshot import Snapshot
from game.simulation.world import Start
from game.track.track import Track
from game.translation import _
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls

_STEPS_AT_ONCE: Final = 8  # that are driven between two looks at the clock


class ReplayDrive(Drive):
    """Plays a replay in the window; nobody drives, nothing is kept.

    A step is one of the recorded drive. Raises InputError if the replay was driven on another
    circuit or with another car.
    """

    def __init__(
        self, replay: Replay, track: Track, spec: CarSpec, liveries: Sequence[Livery]
    ) -> None:
        """liveries: of the first cars where there are no labels; others have what is left."""
        self.player = player_of(replay, track, spec, Backend.PLAIN)
        self.compared: ComparedLap | None = None
        self.by_distance = True  # the other lap is seen at the same place; else at the same time
        self._sought: int | None = None  # the tick that is being sought
        if replay.labels:
            liveries = labelled_liveries(replay.labels)
        else:
            others = [each for each in LIVERIES if each not in (*liveries, BESIDE_GHOST)]
            liveries = [*liveries, *(others or LIVERIES)]
        super().__init__(
            track,
            [
                CarEntry(spec, start.setup, BaseDriver, liveries[number % len(liveries)])
                for number, start in enumerate(replay.starts)
            ],
        )

    def new_car(self, number: int, entry: CarEntry) -> ReplayedCar:
        """Return a car of the replay."""
        return ReplayedCar(number, entry, self.track, self)

    def begin(self, *starts: Start) -> None:  # noqa: ARG002 - they are the replay's
        """Go to the start of the replay."""
        self.history = None
        self.source = ReplaySource(self.player)
        for car in self.cars:
            car.begin(self.source)
        self.player.seek(0)
        self._arrive()

    def reset_to_track(self, car: DrivenCar | None = None) -> None:
        """Leave the car where it was."""

    @property
    def replay(self) -> Replay:
        """Return the replay."""
        return self.player.replay

    @property
    def followed_name(self) -> str:
        """Return the name of the followed car; its number where the replay has no names."""
        labels = self.replay.labels
        if labels:
            return labels[self.followed.number].name
        return _("Car {number}").format(number=self.followed.entry.livery.number)

    @property
    def tick(self) -> int:
        """Return the tick that is shown, or the one that is being sought."""
        return self.player.tick if self._sought is None else self._sought

    @property
    def time_s(self) -> float:
        """Return the simulated time since the start."""
        return self.player.world.time_s

    @property
    def is_seeking(self) -> bool:
        """Return whether the tick that was asked for is not reached yet."""
        return self._sought is not None

    def step(self, ticks: int) -> None:
        """Play on by so many steps of the recorded drive, or to its end."""
        for car in self.cars:
            car.begin_frame()
        for _number in range(ticks):
            if self.player.at_end:
                break
            for car in self.cars:
                car.before_tick()
            step = self.player.step()
            self.source.snapshots = step.snapshots
            for car in self.cars:
                car.after_tick(step)

    def seek(self, tick: int) -> None:
        """Ask for a tick, or for the nearest one that the replay has."""
        self._sought = min(max(tick, 0), self.replay.ticks)

    def approach(self, budget_s: float) -> bool:
        """Come closer to what was asked for in so much time, and return whether it is reached."""
        if self._sought is None:
            return True
        end_s = time.perf_counter() + budget_s
        steps = _STEPS_AT_ONCE * self.replay.ticks_per_step
        while not self.player.approach(self._sought, steps):
            if time.perf_counter() > end_s:
                return False
        self._sought = None
        self._arrive()
        return True

    def follow(self, number: int) -> None:
        """Follow another car, by its number."""
        self.followed = self.cars[number % len(self.cars)]

    def _arrive(self) -> None:
        """Let everything be as it is at the moment that was sought."""
        self.world = self.player.world
        self.source.snapshots = self.player.world.snapshots()
        for car in self.cars:
            car.begin_frame()
            laps = [lap for lap in self.source.lap_recorders[car.number].laps if lap.valid]
            best = min(laps, key=lambda lap: lap.time_s, default=None)
            car.best = Best() if best is None else Best(best.time_s, best.sectors_s)
            car.best_before = car.best
            car.begin(self.source)


class ReplaySource:
    """Has the cars of a replay as a session has those of a drive."""

    def __init__(self, player: KeyframedPlayer) -> None:
        self._player = player
        self.snapshots: tuple[Snapshot, ...] = player.world.snapshots()

    @property
    def lap_recorders(self) -> tuple[LapRecorder, ...]:
        """Return the laps of each car up to now."""
        return tuple(each for each in self._player.listeners if isinstance(each, LapRecorder))

    @property
    def traces(self) -> tuple[LapTrace, ...]:
        """Return the trace of each car's lap up to now."""
        return tuple(each for each in self._player.listeners if isinstance(each, LapTrace))

    @property
    def recents(self) -> tuple[Recent, ...]:
        """Return the last seconds of each car."""
        return tuple(each for each in self._player.listeners if isinstance(each, Recent))

    @property
    def controls(self) -> tuple[Controls, ...]:
        """Return what each car is driven with."""
        return self._player.controls


class ReplayedCar(DrivenCar):
    """A car of a replay, which has the lap that it is compared with as its only ghost."""

    def __init__(self, number: int, entry: CarEntry, track: Track, drive: ReplayDrive) -> None:
        super().__init__(number, entry, track)
        self.listeners()  # stay empty: a replay has listeners of its own, and keeps no laps
        self._drive = drive

    def begin(self, session: ReplaySource) -> None:  # type: ignore[override]
        """Take what is recorded of the car from a replay."""
        super().begin(session)
        self.trace, self.recent = session.traces[self.number], session.recents[self.number]
        self._laps_seen = len(self.laps.laps)
        self._sectors_seen = len(self.laps.sectors_s)

    def ghosts_at(self, fraction: float) -> tuple[RivalAt, ...]:
        """Return the other lap, at the same place or at the same time since the line."""
        lap = self._drive.compared
        if lap is None or self.now.lap == 0:
            return ()
        step_s, ago_ticks = self._drive.replay.step_s, self.now.tick - self.before.tick
        ago_s = (1.0 - fraction) * ago_ticks * step_s
        if self._drive.by_distance:
            now_m = self.trace.lap_share * self._length_m
            speed_mps = math.hypot(self.now.velocity_forward_mps, self.now.velocity_left_mps)
            time_s = lap.traced.time_at(now_m - ago_s * speed_mps)
        else:
            time_s = max(self.now.tick * step_s - ago_s - self.now.lap_start_s, 0.0)
        pose = lap.ghost.pose_at(time_s)
        if pose is None:
            return ()
        return (RivalAt(Rival(lap.name, BESIDE_GHOST, lap.ghost), CarPose(*pose)),)
