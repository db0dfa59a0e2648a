"""The air around a car and the road under it, as far as the tyres feel them."""

from __future__ import annotations

from typing import Final, NamedTuple


class Climate(NamedTuple):
    """The temperatures that a tyre gives its heat to."""

    air_k: float
    road_k: float


TODAY: Final = Climate(air_k=298.15, road_k=308.15)  # estimate: a mild and sunny day
