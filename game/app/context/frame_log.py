"""Note how long each part of the last frame took, and what it did."""

from __future__ import annotations

import time


class FrameLog:
    """Notes when each part of a frame is done; a part's time runs from the end of the last one."""

    def __init__(self) -> None:
        self.parts_ms: dict[str, float] = {}
        self._marked_s = 0.0

    @property
    def total_ms(self) -> float:
        """Return the time of the frame so far."""
        return sum(self.parts_ms.values())

    def begin(self) -> None:
        """Begin a frame."""
        self.parts_ms = {}
        self._marked_s = time.perf_counter()

    def done(self, part: str) -> None:
        """Note that a part is over; parts of one name are added up."""
        now_s = time.perf_counter()
        spent_ms = 1000.0 * (now_s - self._marked_s)
        self.parts_ms[part] = self.parts_ms.get(part, 0.0) + spent_ms
        self._marked_s = now_s
