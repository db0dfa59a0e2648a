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


class _Loop(NamedTuple):
    """Keeps what is driven again and again: from a state of its own to a place on the lap."""

    begin: _Kept
    end_m: float


class Practice:
    """Keeps states of one drive, and leads back to them."""

    def __init__(self, drive: Drive) -> None:
        self._kept: _Kept | None = None
        self._loop: _Loop | None = None
        self.speed = SPEEDS[0]
        self._drive = drive
        self._noted: deque[KeptState] = deque(maxlen=round(_LONGEST_S / _NOTED_S))
        self._drive_number = drive.number
        self._first_tick: int | None = None  # that was noted; None: nothing was driven yet

    @property
    def is_on(self) -> bool:
        """Return whether the drive is practised, and its laps do not count."""
        return self._drive.is_practice

    @property
    def is_looping(self) -> bool:
        """Return whether a corner is driven again and again."""
        return self._loop is not None

    @property
    def is_at_start(self) -> bool:
        """Return whether the drive is where it began, as far back as one can rewind."""
        return self._first_tick is None or self._drive.world.tick <= self._first_tick

    def keep(self) -> None:
        """Keep the drive as it is now."""
        self._follow_restart()
        self._kept = self._all_of_now()

    def go_back(self) -> bool:
        """Return to the state that was kept, else to the start of the loop; whether there is one.

        A state beyond the end of the loop ends the loop, which would lead away from it at once.
        """
        self._follow_restart()
        kept = self._kept or (self._loop.begin if self._loop else None)
        if kept is None:
            return False
        self._come_back(kept)
        if self._loop is not None and self._is_past(self._loop):
            self._loop = None
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
        if self._loop is not None or not track.corners:
            self._loop = None
            return False
        following = min(track.corners, key=lambda each: (each.exit_m - s_m) % track.length_m)
        end_m = (following.exit_m + _AFTER_CORNER_M) % track.length_m
        self._loop = _Loop(self._all_of_now(), end_m)
        self._drive.begin_practice()
        return True

    def after_step(self) -> bool:
        """Note the drive now and then; return whether the end of a loop led back to its start."""
        self._follow_restart()
        tick = self._drive.world.tick
        due = round(_NOTED_S / self._drive.world.step_s)
        if self._first_tick is None:
            self._first_tick = tick
        if not self._noted or tick >= self._noted[-1].moment.tick + due:
            self._noted.append(self._state())
        if self._loop is None or not self._is_past(self._loop):
            return False
        self._come_back(self._loop.begin)
        return True

    def _is_past(self, loop: _Loop) -> bool:
        """Return whether the car has come past the end of the loop since its start."""
        followed, length_m = self._drive.followed, self._drive.track.length_m
        begin_m = loop.begin.state.cars[followed.number].s_m
        way_m = (followed.now.s_m - begin_m) % length_m
        return (loop.end_m - begin_m) % length_m <= way_m < _ONWARDS * length_m

    def _follow_restart(self) -> None:
        """If the drive began anew, forget what was kept before; time runs as usual again."""
        if self._drive.number == self._drive_number:
            return
        self._drive_number = self._drive.number
        self._kept = self._loop = self._first_tick = None
        self.speed = SPEEDS[0]
        self._noted.clear()

    def _all_of_now(self) -> _Kept:
        return _Kept(self._state(), self._history().saved(), tuple(self._noted))

    def _come_back(self, kept: _Kept) -> None:
        self._return_to(kept.state, kept.way)
        self._noted.clear()
        self._noted.extend(kept.noted)

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
