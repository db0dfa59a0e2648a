"""Hold a drive until the start lights go out, or until a countdown after a pause has run.

While a drive is held its simulation makes no tick: a replay knows nothing of the wait.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.sound.one_shots import OneShot

LIGHTS: Final = 5
COUNTS: Final = 3

_FIRST_LIGHT_S: Final = 0.35
_LIGHT_S: Final = 0.45  # from light to light
_ALL_LIT_S: Final = 0.75  # until they go out
_COUNT_S: Final = 0.6


class _Signal(NamedTuple):
    """A signal is a moment of a wait, and says what is heard of it."""

    at_s: float
    one_shot: OneShot


_Wait = tuple[_Signal, ...]  # the signals in order; with the last one the wait is over

_START: Final[_Wait] = (
    *(_Signal(_FIRST_LIGHT_S + number * _LIGHT_S, "light") for number in range(LIGHTS)),
    _Signal(_FIRST_LIGHT_S + (LIGHTS - 1) * _LIGHT_S + _ALL_LIT_S, "go"),
)
_RESUME: Final[_Wait] = (
    *(_Signal(number * _COUNT_S, "light") for number in range(COUNTS)),
    _Signal(COUNTS * _COUNT_S, "go"),
)
_NONE: Final[_Wait] = ()


class Hold:
    """Holds one drive back until its wait is over, if it has one."""

    def __init__(self) -> None:
        self._wait = _NONE
        self._time_s = 0.0
        self._given = 0  # signals so far

    def begin_lights(self) -> None:
        """Hold the drive until the start lights go out."""
        self._begin(_START)

    def begin_countdown(self) -> None:
        """Hold the drive until a countdown has run."""
        self._begin(_RESUME)

    def release(self) -> None:
        """Let the drive go on at once."""
        self._wait = _NONE

    @property
    def active(self) -> bool:
        """Return whether the drive is held."""
        return bool(self._wait)

    @property
    def on_the_grid(self) -> bool:
        """Return whether the drive is held by the start lights."""
        return self._wait is _START

    @property
    def lights(self) -> int:
        """Return the number of start lights that are lit."""
        return self._given if self._wait is _START else 0

    @property
    def count(self) -> int:
        """Return the number that the countdown shows; 0 without one."""
        return COUNTS + 1 - self._given if self._wait is _RESUME and self._given else 0

    @property
    def since_signal_s(self) -> float:
        """Return how long ago the last signal came; the drive is held, and one has come."""
        return self._time_s - self._wait[self._given - 1].at_s

    def update(self, frame_s: float) -> tuple[OneShot, ...]:
        """Move on by a frame; return what is heard of it."""
        if not self._wait:
            return ()
        self._time_s += frame_s
        due = [
            signal.one_shot for signal in self._wait[self._given :] if signal.at_s <= self._time_s
        ]
        self._given += len(due)
        if self._given == len(self._wait):
            self._wait = _NONE
        return tuple(due)

    def _begin(self, wait: _Wait) -> None:
        self._wait, self._time_s, self._given = wait, 0.0, 0
