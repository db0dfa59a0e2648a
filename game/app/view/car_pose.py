"""Where a car is drawn."""

from __future__ import annotations

from typing import NamedTuple


class CarPose(NamedTuple):
    """Where the car is drawn: between two ticks."""

    x_m: float
    y_m: float
    heading_rad: float
    steering_rad: float
