"""Drive the inputs of a replay again: step by step, to any tick, or to the end."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque

import msgspec

from game.compiled import Backend
from game.digests import drive_digests
from game.errors import InputError
from game.recording.ghost import GhostLap, GhostRecorder
from game.recording.held_controls import HeldControls
from game.recording.replay import Replay, state_hash
from game.simulation.world import Step, World
from game.track.track import Track
from game.vehicle.spec import CarSpec, in_weather
from game.vehicle.state import Controls


class ReplayPlayer:
    """Drives a replay again, in its own weather.

    `world` is as it was recorded after `tick` ticks, and may be looked at in every way; seeking
    back makes a new one. `diverged_tick` is the first tick at which the recorded state was found
    to be another, None as long as it was not: replays of format 3 are checked every ten seconds
    and at their end, older ones at their end only.
    """

    def __init__(self, replay: Replay, track: Track, spec: CarSpec, backend: Backend) -> None:
        """Raise InputError if the replay was driven on another circuit, or with another car or in
        other weather than it says.
        """
        spec = in_weather(spec, replay.weather)
        self.replay = replay
        self.diverged_tick: int | None = None
        now = drive_digests(track, spec, [start.setup for start in replay.starts])
        recorded = replay.digests or now
        self.has_other_physics = recorded.physics != now.physics
        if msgspec.structs.replace(recorded, physics=now.physics) != now:
            raise InputError(
                f"the replay on '{replay.track}' with '{replay.car}' was driven with "
                f"{recorded.differences(now)}; what has these names now has changed since"
            )
        self._track, self._spec, self._backend = track, spec, backend
        self._ends = [_ends(held) for held in replay.held]
        self.world = self._restart()

    @property
    def tick(self) -> int:
        """Return how many ticks were driven."""
        return self.world.tick

    @property
    def controls(self) -> tuple[Controls, ...]:
        """Return what the cars are driven with from here on; at the end, what they were."""
        return tuple(
            Controls(*held[min(row, len(held) - 1)][1:]) if held else Controls()
            for held, row in zip(self.replay.held, self._rows, strict=True)
        )

    @property
    def at_end(self) -> bool:
        """Return whether there is no further step."""
        return self.tick == self.replay.ticks

    @property
    def diverged(self) -> bool:
        """Return whether the drive was found to differ from the recorded one."""
        return self.diverged_tick is not None

    def step(self) -> Step:
        """Drive to the end of the recorded step that is under way. Raises ValueError at the end."""
        if self.at_end:
            raise ValueError(f"the replay has ended after {self.tick} ticks")
        step = self.world.step(self.controls, self._end_of_step() - self.tick)
        self._arrive()
        return step

    def seek(self, tick: int) -> None:
        """Drive on to a tick; to an earlier one, from the start again.

        Raises ValueError unless the replay has that tick.
        """
        self._check(tick)
        if tick < self.tick:
            self.world = self._restart()
        while self.tick < tick:
            self.world.advance(self.controls, self._next_stop(tick) - self.tick)
            self._arrive()

    def _check(self, tick: int) -> None:
        """Raise ValueError unless the replay has a tick."""
        if not 0 <= tick <= self.replay.ticks:
            raise ValueError(f"tick {tick} is not in the replay's 0..{self.replay.ticks}")

    def _restart(self) -> World:
        """Return the world before the first tick."""
        self._expect(-1)
        self.world = self._new_world()
        self._arrive()
        return self.world

    def _new_world(self) -> World:
        return World(
            self._track,
            [start.with_car(self._spec) for start in self.replay.starts],
            backend=self._backend,
            step_s=self.replay.step_s,
        )

    def _expect(self, tick: int) -> None:
        """Look forward to what comes after a tick: controls, placements, checkpoints."""
        self._rows = [bisect_right(ends, tick) for ends in self._ends]
        placed = sorted(self.replay.placed, key=lambda placed: placed.tick)
        self._placements = deque(each for each in placed if each.tick > tick)
        self._checkpoints = deque(
            each for each in sorted(self.replay.checkpoints) if each.tick > tick
        )

    def _end_of_step(self) -> int:
        """Return the tick at which the recorded step that is under way ends."""
        ticks = self.replay.ticks_per_step
        return self._next_stop((self.tick // ticks + 1) * ticks)

    def _next_stop(self, tick: int) -> int:
        """Return the next tick up to this one at which there is something to do."""
        ends = (end[row] for end, row in zip(self._ends, self._rows, strict=True))
        due = (queue[0].tick for queue in (self._placements, self._checkpoints) if queue)
        return min(tick, *ends, *due)

    def _arrive(self) -> None:
        """Check the state where it was recorded, put cars down, go to the next controls."""
        tick = self.tick
        while self._checkpoints and self._checkpoints[0].tick == tick:
            self._compare(self._checkpoints.popleft().state_hash)
        while self._placements and self._placements[0].tick == tick:
            placed = self._placements.popleft()
            self.world.place(placed.car, placed.pose, placed.s_m)
        self._rows = [
            row + (row < len(end) and end[row] == tick)
            for end, row in zip(self._ends, self._rows, strict=True)
        ]
        if self.at_end:
            self._compare(self.replay.state_hash)

    def _compare(self, recorded: str) -> None:
        if not self.diverged and state_hash(self.world) != recorded:
            self.diverged_tick = self.tick


def best_ghost(player: ReplayPlayer) -> GhostLap:
    """Return a ghost of the best valid lap of a replay, whichever of its cars drove it.

    Raises InputError if no lap is valid, or if the drive is found to differ from the recorded one.
    """
    player.seek(0)
    cars = range(len(player.replay.starts))
    recorders = [GhostRecorder(player.replay.step_s, car) for car in cars]
    while not player.at_end:
        step = player.step()
        for recorder in recorders:
            recorder.on_step(step)
    if player.diverged_tick is not None:
        raise InputError(
            f"differs from the drive it was recorded from after {player.diverged_tick} of "
            f"{player.replay.ticks} ticks"
        )
    ghosts = [recorder.best for recorder in recorders if recorder.best is not None]
    if not ghosts:
        raise InputError("has no valid lap")
    return min(ghosts, key=lambda ghost: ghost.time_s)


def _ends(held: list[HeldControls]) -> list[int]:
    """Return the tick at which each row of held controls ends."""
    ends, tick = [], 0
    for row in held:
        tick += row.ticks
        ends.append(tick)
    return ends
