"""Define Radau's method of third order: two points in an interval, the second at its end."""

from typing import Final

FIRST_POINT: Final = 1.0 / 3.0  # of the interval
# What the rates at the two points add from the beginning of the interval to each of the points.
WEIGHTS: Final = ((5.0 / 12.0, -1.0 / 12.0), (3.0 / 4.0, 1.0 / 4.0))
