"""Compute minimum, maximum and the like of plain numbers, as tick functions.

They compare as written, so that the plain and the compiled tick agree to the bit: where two numbers
are equal, or one is not a number, the result is the second argument of `minimum` and `maximum`, and
the value itself for `clamp`.
"""

from game.compiled import tick_function


@tick_function
def minimum(one: float, other: float) -> float:
    """Return the smaller of two numbers."""
    return one if one < other else other


@tick_function
def maximum(one: float, other: float) -> float:
    """Return the larger of two numbers."""
    return one if one > other else other


@tick_function
def clamp(value: float, low: float, high: float) -> float:
    """Return the nearest number to `value` between `low` and `high`."""
    return high if value > high else low if value < low else value


@tick_function
def absolute(value: float) -> float:
    """Return the number without its sign."""
    return value if value >= 0.0 else -value
