"""A wheel rolls up a kerb and down again, and presses its spring by that.

A kerb is met at a shallow angle, and a tyre lies on its edge before its middle is there, so that a
wheel's height follows the ground's over a length. Dampers give way to quick movements.
"""

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import clamp
from game.vehicle.state import BodyState, Ground, PerWheel, WheelPair
from game.vehicle.suspension import SpringAxle, Suspension

_FLAT_M: Final = 1e-5  # lower than this a road counts as flat again


@tick_function
def is_uneven(body: BodyState, ground: PerWheel[Ground]) -> bool:
    """Return whether a wheel is on higher ground, or still comes down from it."""
    return (
        body.uneven > 0
        or ground.front_left.height_m
        + ground.front_right.height_m
        + ground.rear_left.height_m
        + ground.rear_right.height_m
        > 0.0
    )


@tick_function
def level_road(body: BodyState) -> None:
    """Put the wheels on a flat road."""
    body.uneven = 0
    body.front_left_road_m = 0.0
    body.front_right_road_m = 0.0
    body.rear_left_road_m = 0.0
    body.rear_right_road_m = 0.0
    body.front_road_n = 0.0
    body.rear_road_n = 0.0
    body.front_road_roll_n = 0.0
    body.rear_road_roll_n = 0.0


@tick_function
def follow_road(
    suspension: Suspension,
    body: BodyState,
    ground: PerWheel[Ground],
    speed_mps: float,
    step_s: float,
) -> None:
    """Roll the wheels up and down with the ground by one tick, and press their springs."""
    driven_m = speed_mps * step_s
    share = driven_m / (suspension.envelope_m + driven_m)
    front_left = _rolled(body.front_left_road_m, ground.front_left.height_m, share)
    front_right = _rolled(body.front_right_road_m, ground.front_right.height_m, share)
    rear_left = _rolled(body.rear_left_road_m, ground.rear_left.height_m, share)
    rear_right = _rolled(body.rear_right_road_m, ground.rear_right.height_m, share)
    if front_left + front_right + rear_left + rear_right == 0.0:
        level_road(body)
        return
    max_m = suspension.blow_off_mps * step_s
    left_m = clamp(front_left - body.front_left_road_m, -max_m, max_m)
    right_m = clamp(front_right - body.front_right_road_m, -max_m, max_m)
    front = _pressed(
        suspension.front,
        WheelPair(front_left, front_right),
        WheelPair(left_m, right_m),
        step_s,
    )
    left_m = clamp(rear_left - body.rear_left_road_m, -max_m, max_m)
    right_m = clamp(rear_right - body.rear_right_road_m, -max_m, max_m)
    rear = _pressed(
        suspension.rear, WheelPair(rear_left, rear_right), WheelPair(left_m, right_m), step_s
    )
    per_track = 0.5 / suspension.half_track_m
    body.uneven = 1
    body.front_left_road_m = front_left
    body.front_right_road_m = front_right
    body.rear_left_road_m = rear_left
    body.rear_right_road_m = rear_right
    body.front_road_n = front.together_n
    body.front_road_roll_n = front.apart_nm * per_track
    body.rear_road_n = rear.together_n
    body.rear_road_roll_n = rear.apart_nm * per_track


class _Pressed(NamedTuple):
    """Holds how hard the road presses an axle's springs, and by how much more on the left."""

    together_n: float
    apart_nm: float


@tick_function
def _rolled(road_m: float, ground_m: float, share: float) -> float:
    """Return the height of the road as a tyre rolls over it, a tick later."""
    rolled_m = road_m + share * (ground_m - road_m)
    return rolled_m if rolled_m > _FLAT_M else 0.0


@tick_function
def _pressed(
    axle: SpringAxle,
    height_m: WheelPair[float],
    risen_m: WheelPair[float],
    step_s: float,
) -> _Pressed:
    """Return how a road of these heights presses the springs as it rises."""
    middle_m = 0.5 * (height_m.left + height_m.right)
    rate_mps = 0.5 * (risen_m.left + risen_m.right) / step_s
    turned_mps = (risen_m.left - risen_m.right) / step_s
    return _Pressed(
        axle.rate_npm * middle_m + axle.damping_nspm * rate_mps,
        axle.roll_n * (height_m.left - height_m.right) + axle.roll_damping_ns * turned_mps,
    )
