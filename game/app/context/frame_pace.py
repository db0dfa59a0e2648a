"""Wait for the next frame: until the screen shows one, or for a fixed time, never both."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

_WITHOUT_VSYNC: Final = 1.5  # times the screen's rate: frames that come so fast are not held back
_JUDGED_FRAMES: Final = 120


class FramePace:
    """Holds each frame back until it is due."""

    def __init__(
        self,
        rate_hz: float,
        *,
        vsync: bool,
        clock_s: Callable[[], float] = time.perf_counter,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Rely on the screen for the pace with `vsync`; if it turns out not to wait, wait here."""
        self._period_s = 1.0 / rate_hz
        self._vsync = vsync
        self._clock_s = clock_s
        self._sleep = sleep
        self._due_s = clock_s()
        self._judged_from_s = self._due_s
        self._judged = 0

    @property
    def caps(self) -> bool:
        """Return whether frames are held back by time rather than by the screen."""
        return not self._vsync

    def wait(self) -> None:
        """Return when the next frame is due."""
        if self._vsync:
            self._judge()
            return
        now_s = self._clock_s()
        self._due_s += self._period_s
        if self._due_s < now_s:
            self._due_s = now_s  # late: the time lost is not made up by a rush of frames
            return
        self._sleep(self._due_s - now_s)

    def _judge(self) -> None:
        """Measure whether the screen holds frames back: graphics drivers may be set not to."""
        self._judged += 1
        if self._judged < _JUDGED_FRAMES:
            return
        now_s = self._clock_s()
        mean_s = (now_s - self._judged_from_s) / self._judged
        if mean_s * _WITHOUT_VSYNC < self._period_s:
            self._vsync = False
            self._due_s = now_s
        self._judged, self._judged_from_s = 0, now_s
