"""Lead a world back to where it was in its drive, to the last bit.

It keeps the controls of all ticks, and states of the world from ticks at which nothing of the
physics engine's memory is lost (`World.can_be_saved`). From the last one before a tick the controls
are driven again, so that even a contact under way goes on as it did. Where there is none, as with
several cars, they are driven from the start.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from game.recording.replay import CarPlacement
from game.simulation.world import SavedWorld, Step, World
from game.track.elements import Pose
from game.vehicle.state import Controls

_SPACING_S: Final = 0.5  # between two states, of the last minute
_LATELY_S: Final = 60.0
_LONG_SPACING_S: Final = 10.0  # of those before


class DriveMoment(NamedTuple):
    """Names a moment of a drive."""

    tick: int
    placements: int  # of cars that were put down elsewhere, up to then


class _Held(NamedTuple):
    """Holds the controls of all cars up to the end of a tick."""

    end: int
    controls: tuple[Controls, ...]


class _KeptWorld(NamedTuple):
    """Keeps the world of a moment."""

    moment: DriveMoment
    saved: SavedWorld


class SavedHistory(NamedTuple):
    """Holds the way to a moment, which can be come back to when another way was taken since."""

    moment: DriveMoment
    held: tuple[_Held, ...]
    placed: tuple[CarPlacement, ...]
    keyframes: tuple[_KeptWorld, ...]


class WorldHistory:
    """Listens to the drive of a world from its start; what puts cars down calls `place`, too.

    controls: gives the controls that the cars are driven with now. `world` is another one after
    `go_back` where the first could not be restored.
    """

    def __init__(self, world: World, controls: Callable[[], Sequence[Controls]]) -> None:
        self.world = world
        self._controls = controls
        self._held: list[_Held] = []
        self._placed: list[CarPlacement] = []
        self._keyframes: list[_KeptWorld] = []
        self._spacing = round(_SPACING_S / world.step_s)
        self._follow()
        self._keep_if_due()

    @property
    def now(self) -> DriveMoment:
        """Return the moment that the drive is at."""
        return DriveMoment(self.world.tick, len(self._placed))

    def on_step(self, step: Step) -> None:  # noqa: ARG002
        """Note the controls of a step, and now and then the state that it led to."""
        tick, controls = self.world.tick, tuple(self._controls())
        if self._held and self._held[-1].controls == controls:
            self._held[-1] = _Held(tick, controls)
        else:
            self._held.append(_Held(tick, controls))
        self._keep_if_due()

    def place(self, car: int, pose: Pose, s_m: float) -> None:
        """Note that a car was put down at rest somewhere else."""
        self._placed.append(CarPlacement(self.world.tick, car, pose, s_m))

    def saved(self) -> SavedHistory:
        """Return the way to where the drive is, for `restore`."""
        return SavedHistory(
            self.now, tuple(self._held), tuple(self._placed), tuple(self._keyframes)
        )

    def restore(self, saved: SavedHistory) -> None:
        """Return to where a way led, whatever was driven since."""
        self._held, self._placed = list(saved.held), list(saved.placed)
        self._keyframes = list(saved.keyframes)
        self.go_back(saved.moment)

    def go_back(self, moment: DriveMoment) -> None:
        """Return to a moment of this drive; what came after it is forgotten."""
        kept = bisect_right(self._keyframes, moment, key=attrgetter("moment"))
        del self._keyframes[kept:]
        begin = self._begin()
        while self.world.tick < moment.tick or begin.placements < moment.placements:
            begin = self._drive_on(begin, moment)
        del self._placed[moment.placements :]
        ends = bisect_left(self._held, moment.tick, key=attrgetter("end"))
        if ends < len(self._held):
            self._held[ends] = _Held(moment.tick, self._held[ends].controls)
            del self._held[ends + 1 :]

    def _begin(self) -> DriveMoment:
        """Put the world to the last keyframe, or to the start where there is none."""
        if self._keyframes:
            keyframe = self._keyframes[-1]
            self.world.restore(keyframe.saved)
            return keyframe.moment
        old = self.world
        self.world = World(old.track, old.starts, old.backend, old.step_s)
        self._follow()
        return DriveMoment(0, 0)

    def _drive_on(self, begin: DriveMoment, moment: DriveMoment) -> DriveMoment:
        """Drive on to the next placement, end of held controls, or the moment itself."""
        world, placed = self.world, self._placed[begin.placements : moment.placements]
        if placed and placed[0].tick == world.tick:
            world.place(*placed[0][1:])
            return begin._replace(placements=begin.placements + 1)
        held = self._held[bisect_right(self._held, world.tick, key=attrgetter("end"))]
        until = min(held.end, moment.tick, *(each.tick for each in placed[:1]))
        world.advance(held.controls, until - world.tick)
        return DriveMoment(world.tick, begin.placements)

    @property
    def _is_of_one_car(self) -> bool:
        return len(self.world.starts) == 1

    def _follow(self) -> None:
        """Let states be kept, of a lone car: those of several are known to be exact only later."""
        if self._is_of_one_car:
            self.world.follow_closely()

    def _keep_if_due(self) -> None:
        world = self.world
        if not self._is_of_one_car:
            return
        since = world.tick - self._keyframes[-1].moment.tick if self._keyframes else self._spacing
        if since >= self._spacing and world.can_be_saved:
            self._keyframes.append(_KeptWorld(self.now, world.saved()))
            self._thin()

    def _thin(self) -> None:
        """Forget most of the states of long ago."""
        lately = self.world.tick - round(_LATELY_S / self.world.step_s)
        spacing = round(_LONG_SPACING_S / self.world.step_s)
        kept: list[_KeptWorld] = []
        for keyframe in self._keyframes:
            tick = keyframe.moment.tick
            if tick >= lately or not kept or tick >= kept[-1].moment.tick + spacing:
                kept.append(keyframe)
        self._keyframes = kept
