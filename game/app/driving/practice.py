"""Go back in a drive: to a state that the player kept, or some seconds; such laps do not count.

The world comes back to the last bit, with what the instruments and the player's inputs had reached.
"""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

from game.app.driving.drive import Drive
from game.app.driving.driven_car import SavedCar
from game.drivers.human_driver import HumanDriver, SavedInputs
from game.recording.world_history import DriveMoment, SavedHistory, WorldHistory
from game.session import SavedSession

SPEEDS: Final = (1.0, 0.75, 0.5, 0.25)  # of time
REWIND_S: Final = 5.0
_NOTED_S: Final = 0.5  # between two states that one can rewind to
_LONGEST_S: Final = 60.0  # that one can rewind in all
_AFTER_CORNER_M: Final = 40.0  # that a loop goes on for
_ONWARDS: Final = 0.9  # of a lap; who is farther than that turned back behind the start of the loop


class KeptState(NamedTuple):
    """Keeps a drive as it was."""

    moment: DriveMoment
    session: SavedSession
    cars: tuple[SavedCar, ...]
    inputs: tuple[SavedInputs | None, ...]  # one for each driver; None for a bot


class _Kept(NamedTuple):
    """Keeps the state that the player comes back to, from whatever was driven since."""

    state: KeptState
    way: SavedHistory
    noted: tuple[KeptState, ...]  # before it


class Practice:
    """Keeps states of one drive, and leads back to them."""

    def __init__(self, drive: Drive) -> None:
        self._kept: _Kept | None = None
        self.loop_end_m: float | None = None  # along the lap; None: nothing is driven in a loop
        self.speed = SPEEDS[0]
        self._drive = drive
        self._noted: deque[KeptState] = deque(maxlen=round(_LONGEST_S / _NOTED_S))
        self._drive_number = drive.number

    @property
    def is_on(self) -> bool:
        """Return whether the drive is practised, and its laps do not count."""
        return self._drive.is_practice

    def keep(self) -> None:
        """Keep the drive as it is now."""
        self._follow_restart()
        self._kept = _Kept(self._state(), self._history().saved(), tuple(self._noted))

    def go_back(self) -> bool:
        """Return to the state that was kept, and whether there is one."""
        self._follow_restart()
        if self._kept is None:
            return False
        state, way, noted = self._kept
        self._return_to(state, way)
        self._noted.clear()
        self._noted.extend(noted)
        return True

    def rewind(self) -> bool:
        """Go back some seconds, to the start if that is nearer; return whether it was possible."""
        self._follow_restart()
        step_s = self._drive.world.step_s
        until = self._drive.world.tick - round(REWIND_S / step_s)
        while len(self._noted) > 1 and self._noted[-1].moment.tick > until:
            self._noted.pop()
        if not self._noted:
            return False
        state = self._noted[-1]
        self._return_to(state, state.moment)
        return True

    def slow_down(self) -> float:
        """Let time run at the next slower speed, after the slowest as usual; return it."""
        self._follow_restart()
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]
        if self.speed < 1.0:
            self._drive.begin_practice()
        return self.speed

    def loop_corner(self) -> bool:
        """Drive from here to the end of the next corner again and again, or no longer.

        Returns whether it is so from now on.
        """
        self._follow_restart()
        track, s_m = self._drive.track, self._drive.followed.now.s_m
        if self.loop_end_m is not None or not track.corners:
            self.loop_end_m = None
            return False
        self.keep()
        following = min(track.corners, key=lambda each: (each.exit_m - s_m) % track.length_m)
        self.loop_end_m = (following.exit_m + _AFTER_CORNER_M) % track.length_m
        self._drive.begin_practice()
        return True

    def after_step(self) -> bool:
        """Note the drive now and then; return whether the end of a loop led back to its start."""
        self._follow_restart()
        tick = self._drive.world.tick
        due = round(_NOTED_S / self._drive.world.step_s)
        if not self._noted or tick >= self._noted[-1].moment.tick + due:
            self._noted.append(self._state())
        if self.loop_end_m is None or self._kept is None:
            return False
        return self._is_past(self.loop_end_m, self._kept.state) and self.go_back()

    def _is_past(self, end_m: float, begin: KeptState) -> bool:
        """Return whether the car has come past the end of the loop since its start."""
        followed, length_m = self._drive.followed, self._drive.track.length_m
        begin_m = begin.cars[followed.number].s_m
        way_m = (followed.now.s_m - begin_m) % length_m
        return (end_m - begin_m) % length_m <= way_m < _ONWARDS * length_m

    def _follow_restart(self) -> None:
        """If the drive began anew, forget what was kept before; time runs as usual again."""
        if self._drive.number == self._drive_number:
            return
        self._drive_number = self._drive.number
        self._kept = self.loop_end_m = None
        self.speed = SPEEDS[0]
        self._noted.clear()

    def _state(self) -> KeptState:
        drive = self._drive
        return KeptState(
            self._history().now,
            drive.session.saved(),
            tuple(car.saved() for car in drive.cars),
            tuple(
                each.saved() if isinstance(each, HumanDriver) else None
                for each in drive.session.drivers
            ),
        )

    def _history(self) -> WorldHistory:
        history = self._drive.history
        if history is None:
            raise ValueError("the drive has no history")
        return history

    def _return_to(self, state: KeptState, to: DriveMoment | SavedHistory) -> None:
        drive = self._drive
        drive.go_back(to, state.session)
        for car, saved in zip(drive.cars, state.cars, strict=True):
            car.restore(saved)
        for driver, inputs in zip(drive.session.drivers, state.inputs, strict=True):
            if isinstance(driver, HumanDriver) and inputs is not None:
                driver.restore(inputs)
