"""Rumble a controller: let the driver feel the road."""

from __future__ import annotations

import time
from typing import Final, Protocol

from game.app.view.road_feel import RoadFeel

LASTS_MS: Final = 150  # so that it ends by itself when nobody renews it, as in a pause

_EVERY_S: Final = 0.05  # more often than this some controllers stutter
_LOOSE: Final = 0.6  # of the kerb's
_FAINT: Final = 0.02


class Shaker(Protocol):
    """A shaker is a device with two motors, or none."""

    def shake(self, low: float, high: float, duration_ms: int) -> None:
        """Run the motors, each 0..1, for a while."""
        ...


class Rumble:
    """Drives a device's motors, renewing a command no more often than they can bear."""

    def __init__(self) -> None:
        self._last_s = 0.0
        self._runs = False

    def update(self, device: Shaker, road: RoadFeel, strength: float) -> None:
        """Play the road and hits on the low motor, slip and hits on the high one."""
        now_s = time.perf_counter()
        if now_s - self._last_s < _EVERY_S:
            return
        self._last_s = now_s
        low = strength * max(road.kerb, _LOOSE * road.loose, road.flat_spot, road.hit)
        high = strength * max(road.slip_front, road.slip_rear, road.hit)
        if max(low, high) > _FAINT:
            device.shake(low, high, LASTS_MS)
            self._runs = True
        else:
            self.stop(device)

    def stop(self, device: Shaker | None) -> None:
        """Stop both motors."""
        if self._runs and device is not None:
            device.shake(0.0, 0.0, 0)
        self._runs = False
