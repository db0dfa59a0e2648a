"""Play a replay from any moment at once: what was driven through before is kept at intervals.

A keyframe has the world and the listeners as they were, pickled in some 20 kB a car. Going on from
one repeats the drive to the last bit, whatever the cars hit. There is one a second, more often of
many cars, whose ticks take longer, and in long replays no more than 1200 at equal intervals. While
a lone car stands or leans on a wall there is none, nor while one of several touches anything: there
one drives on from the last one, or from the start.
"""

from __future__ import annotations

import math
import pickle
from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple, Protocol

from game.compiled import Backend
from game.recording.replay import Replay
from game.recording.replay_player import ReplayPlayer
from game.simulation.events import Event
from game.simulation.space_log import BoxesMade, SpaceLog
from game.simulation.world import SavedRace, Step, World
from game.track.track import Track
from game.vehicle.spec import CarSpec

_SPACING_S: Final = 1.0
_CARS_OF_A_SPACING: Final = 4  # more cars are kept more often
_MAX_KEYFRAMES: Final = 1200


class StepListener(Protocol):
    """Listens to a drive, and can be pickled."""

    def on_step(self, step: Step) -> None:
        """Take note of a step."""
        ...


class Keyframe(NamedTuple):
    """Keeps a moment of a replay."""

    tick: int
    content: bytes  # the pickled world, listeners, and events of the step under way
    first_box: int = 0  # of those that the space made anew since the keyframe before ...
    boxes: tuple[BoxesMade, ...] = ()  # ... with several cars


class KeyframedPlayer(ReplayPlayer):
    """Drives a replay again, step by step, with listeners that are as a straight drive has them.

    `listeners` are others after each seek.
    """

    def __init__(
        self,
        replay: Replay,
        track: Track,
        spec: CarSpec,
        backend: Backend,
        listeners: Sequence[StepListener] = (),
    ) -> None:
        """Raise InputError if the replay was driven on another circuit or with another car."""
        self.keyframes: list[Keyframe] = []
        self.listeners = tuple(listeners)
        self._begun: tuple[Event, ...] = ()  # of the step under way
        self._new_listeners = pickle.dumps(self.listeners)
        spacing_s = _SPACING_S / max(len(replay.starts) / _CARS_OF_A_SPACING, 1.0)
        self._spacing = max(
            round(spacing_s / replay.step_s), math.ceil(replay.ticks / _MAX_KEYFRAMES), 1
        )
        self._unproved: list[tuple[int, int, bytes]] = []  # keyframes that may turn out inexact
        self._made: list[BoxesMade] = []  # the log of all boxes, as far as it is known
        super().__init__(replay, track, spec, backend)

    @property
    def kept_until(self) -> int:
        """Return the tick of the last keyframe; 0 without one."""
        return self.keyframes[-1].tick if self.keyframes else 0

    def add(self, keyframes: Sequence[Keyframe]) -> None:
        """Add keyframes of the same replay, made by another player with equal listeners."""
        after = bisect_right(keyframes, self.kept_until, key=attrgetter("tick"))
        for keyframe in keyframes[after:]:
            self.keyframes.append(keyframe)
            self._made += keyframe.boxes[len(self._made) - keyframe.first_box :]

    def step(self) -> Step:
        """Drive to the end of the recorded step that is under way. Raises ValueError at the end."""
        if not self.at_end and self.world.space_log is None:
            self._keep_in_step()
        step = super().step()
        if self._begun:
            step, self._begun = step._replace(events=self._begun + step.events), ()
        for listener in self.listeners:
            listener.on_step(step)
        if self.world.space_log is not None:
            self._keep_after_step(self.world.space_log)
        return step

    def _keep_after_step(self, log: SpaceLog) -> None:
        """Save the state of several cars if that is due, and keep those that proved exact."""
        doubtful = log.take_doubts()
        if doubtful is not None:
            self._unproved = [each for each in self._unproved if each[0] < doubtful]
        while self._unproved and (self._unproved[0][0] < log.renewed_tick or self.at_end):
            tick, count, content = self._unproved.pop(0)
            if tick > self.kept_until:  # else it was added from elsewhere
                self._made += log.made[len(self._made) :]
                boxes = tuple(self._made[self._box_count : count])
                self.keyframes.append(Keyframe(tick, content, self._box_count, boxes))
        last = self._unproved[-1][0] if self._unproved else self.kept_until
        if self.tick >= last + self._spacing and self.world.can_be_saved and not self.at_end:
            content = pickle.dumps((self.world.saved_race(), self.listeners, ()))
            self._unproved.append((self.tick, len(log.made), content))

    @property
    def _box_count(self) -> int:
        """Return how many boxes the log had at the last keyframe."""
        last = self.keyframes[-1] if self.keyframes else None
        return 0 if last is None else last.first_box + len(last.boxes)

    def _keep_in_step(self) -> None:
        """If a keyframe is due, drive on by ticks within this step until there can be one."""
        end = self._end_of_step()
        while self.tick >= self.kept_until + self._spacing:
            if self.world.can_be_saved:
                self._keep()
            elif self.tick + 1 == end:
                return
            else:
                self._begun += self.world.advance(self.controls, 1)

    def seek(self, tick: int) -> None:
        """Go to the end of the step that a tick is in. Raises ValueError if there is none."""
        while not self.approach(tick, self.replay.ticks):
            pass

    def approach(self, tick: int, max_ticks: int) -> bool:
        """Come closer to the end of the step that a tick is in, and return whether it is reached.

        A jump to the nearest keyframe before it counts nothing, what is driven from there counts.
        Raises ValueError if there is no such tick.
        """
        self._check(tick)
        per_step = self.replay.ticks_per_step
        tick = min(math.ceil(tick / per_step) * per_step, self.replay.ticks)
        self._jump(tick)
        until = min(tick, self.tick + max_ticks)
        while self.tick < until:
            self.step()
        return self.tick >= tick

    def _jump(self, tick: int) -> None:
        """Go to the last keyframe up to a tick, unless the drive on from here is shorter."""
        place = bisect_right(self.keyframes, tick, key=attrgetter("tick"))
        if place and not self.keyframes[place - 1].tick <= self.tick <= tick:
            content = pickle.loads(self.keyframes[place - 1].content)
            saved, self.listeners, self._begun = content
            self._unproved = []
            if isinstance(saved, SavedRace):
                self.world = self._new_world()
                self.world.restore_race(saved, self._made)
            else:
                self.world.restore(saved)
            self._expect(saved.tick)
        elif tick < self.tick:
            self.world = self._restart()

    def _restart(self) -> World:
        """Return the world before the first tick."""
        self.listeners = pickle.loads(self._new_listeners)
        world = super()._restart()
        world.follow_closely()
        self._begun, self._unproved = (), []
        if not self.keyframes and world.can_be_saved and world.space_log is None:
            self._keep()
        return world

    def _keep(self) -> None:
        content = pickle.dumps((self.world.saved(), self.listeners, self._begun))
        self.keyframes.append(Keyframe(self.tick, content))
