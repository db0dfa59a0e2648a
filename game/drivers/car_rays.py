"""Find where rays meet other cars: the distances along them to the nearest car's outline."""

from __future__ import annotations

import math
from collections.abc import Sequence

from game.drivers.other_car import OtherCar
from game.trig import direction
from game.vehicle.spec import ChassisSpec


def car_rays_m(
    others: Sequence[OtherCar],
    outline: ChassisSpec,
    angles_deg: Sequence[float],
    range_m: float,
) -> tuple[float, ...]:
    """Return for each ray the distance to the first other car that it meets, at most the range.

    The rays begin at the own centre of gravity; their angles are from the heading, left positive.
    A car counts as the rectangle around it; a ray that begins in one has the length 0.
    """
    return tuple(
        min(
            (_distance_m(other, outline, math.radians(angle), range_m) for other in others),
            default=range_m,
        )
        for angle in angles_deg
    )


def _distance_m(other: OtherCar, outline: ChassisSpec, angle_rad: float, range_m: float) -> float:
    """Return where a ray enters a car's rectangle, cut by its sides in that car's own axes."""
    turned = direction(other.heading_rad)
    ray = direction(angle_rad - other.heading_rad)
    begin_forward_m = -(other.forward_m * turned.cos + other.left_m * turned.sin)
    begin_left_m = -(other.left_m * turned.cos - other.forward_m * turned.sin)
    half_m = 0.5 * outline.width_m
    enters_m, leaves_m = 0.0, range_m
    for begin_m, along, low_m, high_m in (
        (begin_forward_m, ray.cos, outline.tail_m, outline.nose_m),
        (begin_left_m, ray.sin, -half_m, half_m),
    ):
        if along == 0.0:
            if not low_m <= begin_m <= high_m:
                return range_m
            continue
        sides_m = sorted(((low_m - begin_m) / along, (high_m - begin_m) / along))
        enters_m, leaves_m = max(enters_m, sides_m[0]), min(leaves_m, sides_m[1])
    return enters_m if enters_m < leaves_m else range_m
