"""Keep to the centreline, no faster than the bends ahead allow."""

import math

from game.drivers.observation import Observation
from game.vehicle.state import Controls, controls

GRIP_MPS2 = 9.0  # to use for cornering, and as much for braking; the car has some 14
STEERING_M = 6.0  # about the wheelbase over the steering lock


class Follower:
    """Drives along the centreline."""

    def decide(self, seen: Observation) -> Controls:
        """Return the controls for this moment."""
        missing_mps = safe_speed_mps(seen, [GRIP_MPS2] * 12) - seen.car.velocity_forward_mps
        return controls(steering_to_the_centre(seen), missing_mps / 5, -missing_mps / 5)


def safe_speed_mps(seen: Observation, grip_mps2: list[float]) -> float:
    """Return a speed from which every bend ahead can be braked for."""
    bends = zip(seen.ahead.distance_m, seen.ahead.curvature_1pm, grip_mps2, strict=True)
    return min(math.sqrt(g / (abs(k) + 1e-4) + 2 * GRIP_MPS2 * far_m) for far_m, k, g in bends)


def steering_to_the_centre(seen: Observation) -> float:
    """Return the steering along the arc that meets the centreline a third of a second ahead."""
    car, aim_m = seen.car, 6.0 + 0.3 * seen.car.velocity_forward_mps
    error_m = car.offset_m + seen.heading_error_rad * aim_m
    left_m = seen.ahead.curvature_1pm[0] * aim_m**2 / 2 - error_m
    return STEERING_M * 2 * left_m / aim_m**2
