"""Vary one value of a setup over its range, all else as it is, for the what-if."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from game.setups.items import Item
from game.vehicle.setup import Setup


class Variation(NamedTuple):
    """A variation has setups that differ in one value, in the order of the values."""

    item: Item
    values: tuple[Any, ...]
    setups: tuple[Setup, ...]
    present: int  # the place of the present value, and of the default
    default: int

    @property
    def numbers(self) -> tuple[float, ...]:
        """Return where the values stand across a chart: numbers as they are, words in a row."""
        if self.item.choices and not isinstance(self.values[0], (int, float)):
            return tuple(float(index) for index in range(len(self.values)))
        return tuple(float(value) for value in self.values)

    @property
    def now(self) -> Setup:
        """Return the setup with the present value."""
        return self.setups[self.present]

    @property
    def nearest_first(self) -> list[Setup]:
        """Return the setups in the order in which they are asked about."""
        places = sorted(range(len(self.values)), key=lambda at: abs(at - self.present))
        return [self.setups[place] for place in places]


def vary(item: Item, setup: Setup) -> Variation:
    """Return a value's variation over its range, with the present value and the default."""
    present, default = getattr(setup, item.name), item.default
    values = item.over_range()
    for known in (present, default):
        if known not in values:
            values = (*values, known)
    if not item.choices:
        values = tuple(sorted(values))
    setups = tuple(msgspec.structs.replace(setup, **{item.name: value}) for value in values)
    return Variation(item, values, setups, values.index(present), values.index(default))
