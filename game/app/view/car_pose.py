"""Place a car in the picture."""

from __future__ import annotations

from typing import NamedTuple


class CarPose(NamedTuple):
    """Describes the pose in which a car is drawn, between two ticks."""

    x_m: float
    y_m: float
    heading_rad: float
    steering_rad: float
