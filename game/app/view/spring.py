"""Let values follow others without overshooting, their acceleration bounded: nothing jerks."""

from __future__ import annotations

import math
from typing import Final

_STEP_S: Final = 1.0 / 240.0  # shorter than any frame, so that the way hardly hangs on their rate


class Spring:
    """Follows a target as a mass on a critically damped spring would."""

    def __init__(self, rate_ps: float, max_accel_ps2: float, max_rate_ps: float = math.inf) -> None:
        """Reach a target after some four times 1 / `rate_ps`."""
        self.value = 0.0
        self.speed_ps = 0.0
        self.rate_ps = rate_ps
        self._max_accel_ps2 = max_accel_ps2
        self._max_rate_ps = max_rate_ps

    def jump(self, value: float) -> None:
        """Rest at a value."""
        self.value, self.speed_ps = value, 0.0

    def stop(self) -> None:
        """Rest at the present value."""
        self.speed_ps = 0.0

    def follow(self, target: float, frame_s: float) -> float:
        """Move on by a frame towards a target, and return the value."""
        steps = max(math.ceil(frame_s / _STEP_S - 1e-9), 1)
        step_s = frame_s / steps
        value, speed_ps, rate_ps = self.value, self.speed_ps, self.rate_ps
        max_accel_ps2, max_rate_ps = self._max_accel_ps2, self._max_rate_ps
        for _ in range(steps):
            accel = rate_ps * rate_ps * (target - value) - 2.0 * rate_ps * speed_ps
            accel = min(max(accel, -max_accel_ps2), max_accel_ps2)
            speed_ps = min(max(speed_ps + accel * step_s, -max_rate_ps), max_rate_ps)
            value += speed_ps * step_s
        self.value, self.speed_ps = value, speed_ps
        return value
