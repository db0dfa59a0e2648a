"""Gather what is known of a variation: its predictions and measurements, made comparable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from game.app.setup.model.variation import Variation
from game.translation import N_
from game.tuning.measurement import Measurement, Prediction
from game.vehicle.setup import Setup


class Quantity(NamedTuple):
    """A quantity is read from what was measured of a lap and from what was predicted."""

    title: str
    short: str  # where there is no room for the title
    unit: str
    against: bool  # the present setup: shown as the difference from it
    min_span: float  # of a chart of it
    measured: Callable[[Measurement], float]
    predicted: Callable[[Prediction], float]


TIME: Final = Quantity(
    N_("Lap time"), N_("Time, s"), "s", True, 0.1, lambda m: m.lap_time_s, lambda p: p.lap_time_s
)
ENERGY: Final = Quantity(
    N_("Energy per lap"),
    N_("Energy, kWh"),
    "kWh",
    True,
    0.04,
    lambda m: m.ledger.net_kwh,
    lambda p: p.drawn_kwh - p.regained_kwh,
)
GRADIENT: Final = Quantity(
    N_("Understeer"),
    N_("Understeer"),
    "\N{DEGREE SIGN}/g",
    False,
    0.2,
    lambda m: m.balance.understeer_deg_per_g,
    lambda p: p.balance.understeer_deg_per_g,
)
FRONT: Final = Quantity(
    N_("Limited by the front"),
    N_("Front"),
    "%",
    False,
    10.0,
    lambda m: 100.0 * m.balance.front_limited,
    lambda p: 100.0 * p.balance.front_limited,
)
REAR: Final = Quantity(
    N_("by the rear"),
    N_("rear, %"),
    "%",
    False,
    10.0,
    lambda m: 100.0 * m.balance.rear_limited,
    lambda p: 100.0 * p.balance.rear_limited,
)


class Evidence(NamedTuple):
    """Holds what is known of every value of the variation, with None where nothing is yet."""

    variation: Variation
    predicted: tuple[Prediction | None, ...]
    measured: tuple[Measurement | None, ...]  # lost ones too

    @property
    def driven(self) -> tuple[int, ...]:
        """Return the places of the values with which laps were driven."""
        return tuple(i for i, each in enumerate(self.measured) if each and each.laps_s)

    @property
    def lost(self) -> tuple[int, ...]:
        """Return the places of those with which none got round."""
        return tuple(i for i, each in enumerate(self.measured) if each and not each.laps_s)

    @property
    def reference(self) -> int | None:
        """Return the place that differences are from: the present value, or the nearest driven."""
        present = self.variation.present
        return min(self.driven, key=lambda at: abs(at - present), default=None)

    @property
    def best(self) -> int | None:
        """Return the place of the fastest."""
        return min(self.driven, key=lambda at: self._driven(at).lap_time_s, default=None)

    def points(self, quantity: Quantity) -> dict[int, float]:
        """Return what was measured, by place."""
        zero = 0.0
        if quantity.against and self.reference is not None:
            zero = quantity.measured(self._driven(self.reference))
        return {at: quantity.measured(self._driven(at)) - zero for at in self.driven}

    def predictions(self, quantity: Quantity) -> dict[int, float]:
        """Return what is predicted, by place, laid upon what was measured at the reference."""
        known = {i: quantity.predicted(each) for i, each in enumerate(self.predicted) if each}
        at = self.variation.present if self.reference is None else self.reference
        if quantity.against and at not in known:
            return {}
        zero = known.get(at, 0.0) if quantity.against else self._error(quantity)
        return {at: value - zero for at, value in known.items()}

    def expected(self, quantity: Quantity) -> float | None:
        """Return what the present setup should come to, by prediction and by laps nearby."""
        predicted = self.predicted[self.variation.present]
        return None if predicted is None else quantity.predicted(predicted) - self._error(quantity)

    def _error(self, quantity: Quantity) -> float:
        """Return how much too high the prediction is at the reference; 0 while it is not known."""
        predicted = None if self.reference is None else self.predicted[self.reference]
        if self.reference is None or predicted is None:
            return 0.0
        return quantity.predicted(predicted) - quantity.measured(self._driven(self.reference))

    def bars(self) -> dict[int, tuple[float, float]]:
        """Return the best and the slowest lap of each, as differences from the reference."""
        if self.reference is None:
            return {}
        zero_s = self._driven(self.reference).lap_time_s
        laps_s = {at: self._driven(at).laps_s for at in self.driven}
        return {at: (min(laps) - zero_s, max(laps) - zero_s) for at, laps in laps_s.items()}

    def _driven(self, at: int) -> Measurement:
        found = self.measured[at]
        assert found is not None
        return found


def gather(
    variation: Variation,
    predictions: Mapping[Setup, Prediction],
    measurements: Mapping[Setup, Measurement],
) -> Evidence:
    """Gather what is known about each value of a variation."""
    return Evidence(
        variation,
        tuple(predictions.get(setup) for setup in variation.setups),
        tuple(measurements.get(setup) for setup in variation.setups),
    )
