"""A study varies values of a setup; they and their range are read from `name=low:high:step`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

import numpy as np

from game.errors import InputError
from game.setups.items import Item, item_named
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

MAX_SETUPS: Final = 100_000

_DECIMALS: Final = 3  # of random numbers: what a person would still type
_BOOLEANS: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
}


class Axis(NamedTuple):
    """An axis is one value that is varied over certain values, or anywhere from low to high."""

    item: Item
    values: tuple[Any, ...]  # empty: anywhere
    low: float
    high: float

    def value_at(self, place: float) -> Any:
        """Return the value at a place, 0..1 from the first to the last."""
        if self.values:
            return self.values[min(int(place * len(self.values)), len(self.values) - 1)]
        return self.rounded(self.low + place * (self.high - self.low))

    def rounded(self, number: float) -> float:
        """Return a number anywhere on the axis, without digits that mean nothing."""
        return min(max(round(number, _DECIMALS), self.low), self.high)


def read_axes(texts: Sequence[str], spec: CarSpec) -> tuple[Axis, ...]:
    """Return the axes of a car's setup that the user asked for.

    Raises InputError naming the value and its bounds.
    """
    axes = tuple(_read_axis(text, spec) for text in texts)
    names = [axis.item.name for axis in axes]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"--vary {name}: is there twice; list all its values in one")
    return axes


def grid(setup: Setup, axes: Sequence[Axis]) -> list[Setup]:
    """Return a setup with every combination of the values, each once, the last axis fastest.

    Raises InputError for an axis without certain values, and for too many of them.
    """
    for axis in axes:
        if not axis.values:
            name = axis.item.name
            raise InputError(
                f"--vary {name}={axis.low:g}:{axis.high:g}: a grid needs a step, as in "
                f"{name}={axis.low:g}:{axis.high:g}:{(axis.high - axis.low) / 10:g}, "
                "or draw setups with --latin N"
            )
    count = int(np.prod([float(len(axis.values)) for axis in axes]))
    if count > MAX_SETUPS:
        raise InputError(
            f"--vary: makes {count:,} setups, up to {MAX_SETUPS:,} are allowed; try --latin N"
        )
    return _each_once(
        with_values(setup, axes, values) for values in itertools.product(*(a.values for a in axes))
    )


def latin_hypercube(setup: Setup, axes: Sequence[Axis], count: int, seed: int) -> list[Setup]:
    """Return so many setups, evenly over all axes at once; fewer where axes have few values."""
    from scipy.stats import qmc

    places = qmc.LatinHypercube(d=len(axes), rng=np.random.default_rng(seed)).random(count)
    return _each_once(
        with_values(
            setup,
            axes,
            [axis.value_at(float(place)) for axis, place in zip(axes, row, strict=True)],
        )
        for row in places
    )


def with_values(setup: Setup, axes: Sequence[Axis], values: Iterable[Any]) -> Setup:
    """Return a setup with a value for each axis."""
    for axis, value in zip(axes, values, strict=True):
        setup = axis.item.with_value(setup, value)
    return setup


def _read_axis(text: str, spec: CarSpec) -> Axis:
    name, equals, what = (part.strip() for part in text.partition("="))
    try:
        item = item_named(name, spec)
    except InputError as error:
        raise InputError(f"--vary {text}: {error}") from None
    if not equals:
        return Axis(item, item.over_range(), item.low, item.high)
    if ":" in what:
        return _read_range(text, item, what.split(":"))
    values = tuple(_read_value(text, item, part.strip()) for part in what.split(","))
    return Axis(item, tuple(dict.fromkeys(values)), item.low, item.high)


def _read_range(text: str, item: Item, parts: Sequence[str]) -> Axis:
    if item.choices and not _is_level(item):
        raise _wrong(text, item, "has no range; list values as in a,b")
    if len(parts) > 3:
        raise _wrong(text, item, "a range is low:high or low:high:step")
    low, high = (_number(text, item, part) for part in parts[:2])
    for bound in (low, high):
        _check(text, item, int(bound) if _is_level(item) and bound == int(bound) else float(bound))
    if low >= high:
        raise _wrong(text, item, f"{low} is not below {high}")
    if len(parts) < 3 and not item.choices:
        return Axis(item, (), float(low), float(high))
    step = _number(text, item, parts[2]) if len(parts) == 3 else Decimal(1)
    if step <= 0:
        raise _wrong(text, item, f"the step {step} is not above 0")
    if step * MAX_SETUPS <= high - low:
        raise _wrong(text, item, f"makes too many values, up to {MAX_SETUPS:,} are allowed")
    count = (high - low) // step + 1
    numbers = [low + step * index for index in range(int(count))]
    values = tuple(_read_value(text, item, f"{number.normalize():f}") for number in numbers)
    return Axis(item, values, float(low), float(high))


def _read_value(text: str, item: Item, word: str) -> Any:
    value: Any
    if isinstance(item.default, bool):
        value = _BOOLEANS.get(word.lower())
        if value is None:
            raise _wrong(text, item, f"'{word}' is neither yes nor no")
        return value
    if isinstance(item.default, str):
        value = word
    else:
        number = _number(text, item, word)
        value = float(number) if not item.choices or number != int(number) else int(number)
    _check(text, item, value)
    return value


def _check(text: str, item: Item, value: Any) -> None:
    if item.choices:
        if value not in item.choices:
            raise _wrong(text, item, f"there is no {value}")
    elif not item.low <= value <= item.high:
        raise _wrong(text, item, f"{value:g} is out of bounds")


def _number(text: str, item: Item, word: str) -> Decimal:
    try:
        number = Decimal(word.strip())
    except InvalidOperation:
        raise _wrong(text, item, f"'{word}' is not a number") from None
    if not number.is_finite() or abs(number) > MAX_SETUPS:
        raise _wrong(text, item, f"{word} is out of bounds")
    return number


def _wrong(text: str, item: Item, why: str) -> InputError:
    return InputError(f"--vary {text}: {why}; {item.name} can be {item.bounds_text}")


def _is_level(item: Item) -> bool:
    return isinstance(item.default, int) and not isinstance(item.default, bool)


def _each_once(setups: Iterator[Setup]) -> list[Setup]:
    return list(dict.fromkeys(setups))
