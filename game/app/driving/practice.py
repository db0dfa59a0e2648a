"""Go back in a drive: to a state that the player kept, or some seconds; such laps do not count.

The world comes back to the last bit, with what the instruments and the player's inputs had reached.
"""

from __future__ import annotations

from collections import deque
from typing import Final, NamedTuple

from game.app.driving.drive import Drive
from game.app.driving.driven_car import SavedCar
from game.drivers.human_driver import HumanDriver, SavedInputs
from game.recording.world_history import DriveMoment
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


class Practice:
    """Keeps states of one drive, and leads back to them."""

    def __init__(self, drive: Drive) -> None:
        self.kept: KeptState | None = None
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
        self.kept = self._state()

    def go_back(self) -> bool:
        """Return to the state that was kept, and whether there is one."""
        if self.kept is None:
            return False
        self._return_to(self.kept)
        return True

    def rewind(self) -> bool:
        """Go back some seconds, to the start if that is nearer; return whether it was possible."""
        step_s = self._drive.world.step_s
        until = self._drive.world.tick - round(REWIND_S / step_s)
        while len(self._noted) > 1 and self._noted[-1].moment.tick > until:
            self._noted.pop()
        if not self._noted:
            return False
        self._return_to(self._noted[-1])
        return True

    def slow_down(self) -> float:
        """Let time run at the next slower speed, after the slowest as usual; return it."""
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]
        if self.speed < 1.0:
            self._drive.begin_practice()
        return self.speed

    def loop_corner(self) -> bool:
        """Drive from here to the end of the next corner again and again, or no longer.

        Returns whether it is so from now on.
        """
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
        if self._drive.number != self._drive_number:
            self._begin_anew()
        tick = self._drive.world.tick
        due = round(_NOTED_S / self._drive.world.step_s)
        if not self._noted or tick >= self._noted[-1].moment.tick + due:
            self._noted.append(self._state())
        if self.loop_end_m is None or self.kept is None:
            return False
        return self._is_past(self.loop_end_m, self.kept) and self.go_back()

    def _is_past(self, end_m: float, begin: KeptState) -> bool:
        """Return whether the car has come past the end of the loop since its start."""
        followed, length_m = self._drive.followed, self._drive.track.length_m
        begin_m = begin.cars[followed.number].s_m
        way_m = (followed.now.s_m - begin_m) % length_m
        return (end_m - begin_m) % length_m <= way_m < _ONWARDS * length_m

    def _begin_anew(self) -> None:
        """Forget what was kept of an earlier drive; time runs as usual again."""
        self._drive_number = self._drive.number
        self.kept = self.loop_end_m = None
        self.speed = SPEEDS[0]
        self._noted.clear()

    def _state(self) -> KeptState:
        drive, history = self._drive, self._drive.history
        if history is None:
            raise ValueError("the drive has no history")
        return KeptState(
            history.now,
            drive.session.saved(),
            tuple(car.saved() for car in drive.cars),
            tuple(
                each.saved() if isinstance(each, HumanDriver) else None
                for each in drive.session.drivers
            ),
        )

    def _return_to(self, state: KeptState) -> None:
        drive = self._drive
        drive.go_back(state.moment, state.session)
        for car, saved in zip(drive.cars, state.cars, strict=True):
            car.restore(saved)
        for driver, inputs in zip(drive.session.drivers, state.inputs, strict=True):
            if isinstance(driver, HumanDriver) and inputs is not None:
                driver.restore(inputs)
        while self._noted and self._noted[-1].moment > state.moment:
            self._noted.pop()
