"""Choose how finely the world is painted before it is scaled to the window.

Text and instruments are not concerned: they are drawn at the window's own resolution.
"""

from __future__ import annotations

import math
import statistics
from typing import Final, NamedTuple

AUTOMATIC: Final = 0  # percent
MIN_PERCENT: Final = 50
MAX_PERCENT: Final = 200

# The percent that the automatic choice goes through. From 70 to 90, painting fewer pixels and
# smoothing them takes longer than painting all of the window's.
_STEPS: Final = (50, 60, 100)
_SQUARES: Final = (3, 2)  # pixels of the window, either way, to one of the world, coarsest first
_FULL_PERCENT: Final = 100  # of the window's pixels, which need no scaling
_FULL_PX: Final = 1920 * 1080  # windows up to here begin at 100 %
_BEGIN_PX: Final = 1280 * 720  # larger windows begin with about so many pixels of world
_JUDGED_FRAMES: Final = 90
_TOO_SLOW_MS: Final = 10.5  # median: a sixtieth of a second has 16.7, of which others need some
_TOO_SLOW_SQUARES_MS: Final = 12.5  # larger squares are plain to see: taken to hold 60 a second
_QUICK_MS: Final = 8.0  # a finer step is taken if its frames are likely to be quicker than this
_PATIENCE: Final = 4  # judgements that ask for a finer step before it is taken
_MAX_PATIENCE: Final = 64  # judgements at most, where the finer step was too slow before


class Resolution(NamedTuple):
    """Says how the world reaches the window."""

    percent: int  # of the window's pixels, either way
    smooth: bool = True  # whether enlarged pixels run into each other; it takes longer

    @property
    def scale(self) -> float:
        """Return the pixels of the world's surface to one of the window: equal squares."""
        return self.percent / 100.0 if self.smooth else 1.0 / round(100.0 / self.percent)


class RenderScale:
    """Gives the resolution for a window; the automatic choice follows how long frames take."""

    def __init__(self, percent: int = AUTOMATIC) -> None:
        self._percent = percent
        self._size = (0, 0)
        self._found = Resolution(100)
        self._choices: list[Resolution] = [self._found]  # coarsest first
        self._frames_ms: list[float] = []
        self._worlds_ms: list[float] = []
        self._scalings_ms: list[float] = []
        self._asked = 0
        self._patience = _PATIENCE

    def apply(self, percent: int) -> None:
        """Use this percentage from now on, or find one where it is `AUTOMATIC`."""
        if percent != self._percent:
            self._percent = percent
            self._size = (0, 0)

    def resolution(self, size: tuple[int, int]) -> Resolution:
        """Return how finely the world is painted for a window of this size."""
        if self._percent != AUTOMATIC:
            return Resolution(min(max(self._percent, MIN_PERCENT), MAX_PERCENT))
        if size != self._size:
            self._begin(size)
        return self._found

    def judge(self, frame_ms: float, world_ms: float, scaling_ms: float = 0.0) -> None:
        """Take note of a frame, of how long its world took, and of that how long scaling it."""
        if self._percent != AUTOMATIC or world_ms == 0.0:
            return
        self._frames_ms.append(frame_ms)
        self._worlds_ms.append(world_ms)
        self._scalings_ms.append(scaling_ms)
        if len(self._frames_ms) < _JUDGED_FRAMES:
            return
        notes = self._frames_ms, self._worlds_ms, self._scalings_ms
        frame_ms, world_ms, scaling_ms = map(statistics.median, notes)
        for note in notes:
            note.clear()
        if frame_ms > (_TOO_SLOW_MS if self._found.smooth else _TOO_SLOW_SQUARES_MS):
            self._coarser()
        elif self._likely_ms(frame_ms, world_ms, scaling_ms) < _QUICK_MS:
            self._asked += 1
            if self._asked >= self._patience:
                self._finer()
        else:
            self._asked = 0

    def _begin(self, size: tuple[int, int]) -> None:
        pixels = size[0] * size[1]
        percent = 100.0 if pixels <= _FULL_PX else 100.0 * math.sqrt(_BEGIN_PX / pixels)
        self._size = size
        self._choices = _choices(pixels)
        self._found = Resolution(min(_STEPS, key=lambda step: abs(step - percent)))
        self._frames_ms, self._worlds_ms, self._scalings_ms = [], [], []
        self._asked, self._patience = 0, _PATIENCE

    def _coarser(self) -> None:
        self._found = self._choices[max(self._choices.index(self._found) - 1, 0)]
        self._asked = 0
        self._patience = min(2 * self._patience, _MAX_PATIENCE)

    def _finer(self) -> None:
        self._asked = 0
        self._found = self._next()

    def _next(self) -> Resolution:
        """Return the next finer step, or this one if there is none."""
        index = self._choices.index(self._found) + 1
        return self._choices[min(index, len(self._choices) - 1)]

    def _likely_ms(self, frame_ms: float, world_ms: float, scaling_ms: float) -> float:
        """Return how long frames likely take at the next finer step; infinity without one."""
        finer = self._next()
        if finer == self._found:
            return math.inf
        if finer.percent == self._found.percent:
            return frame_ms + world_ms  # smoothing takes as long as all else at most
        if finer.percent == _FULL_PERCENT:
            frame_ms -= scaling_ms
        return frame_ms + (world_ms - scaling_ms) * ((finer.scale / self._found.scale) ** 2 - 1.0)


def _choices(pixels: int) -> list[Resolution]:
    """Return the automatic choices for a window of so many pixels, coarsest first.

    Below half of the window's pixels come squares, which are the fastest to enlarge: of two pixels
    a side, and in the largest windows of three.
    """
    squares = [side for side in _SQUARES if side == 2 or pixels >= _BEGIN_PX * side * side]
    coarse = [Resolution(round(100 / side), smooth=False) for side in squares]
    return [*coarse, *map(Resolution, _STEPS)]
