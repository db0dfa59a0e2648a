"""The agreement of predictions with laps is measured: splits with several setups, both ways.

`leaf-rc agreement` predicts and drives them, says how far apart the two are, and exits
1 if they are too far apart for the prediction to be of use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, get_args

import msgspec

from game.errors import InputError
from game.tuning.baseline import Baseline
from game.tuning.measurement import Balance
from game.tuning.prediction import predict_setup
from game.tuning.study import Study
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec, SplitLaw

SPLITS: Final = tuple(round(0.1 + 0.05 * step, 2) for step in range(17))
REFERENCE: Final = 0.5
_SAME_BEST: Final = 0.05  # apart, the best splits at most
_MISS_S: Final = 0.1  # that a predicted difference may be off, or ...
_MISS: Final = 0.3  # ... this share of the measured one


class SplitFigures(NamedTuple):
    """Holds the figures of a setup with one split, predicted or driven."""

    lap_time_s: float
    drawn_kwh: float
    regained_kwh: float
    balance: Balance


@dataclass(frozen=True)
class Agreement:
    """Compares the figures of one car over all splits, in the order of `splits`."""

    splits: Sequence[float]
    predicted: Sequence[SplitFigures]
    driven: Sequence[SplitFigures]

    @property
    def best(self) -> tuple[float, float]:
        """Return the fastest split, predicted and driven."""
        predicted, driven = (
            min(zip(self.splits, side, strict=True), key=lambda each: each[1].lap_time_s)[0]
            for side in (self.predicted, self.driven)
        )
        return predicted, driven

    @property
    def misses_s(self) -> list[float]:
        """Return how far each predicted difference to the reference split is off the driven one."""
        return [ours - theirs for ours, theirs in self._differences_s()]

    @property
    def holds(self) -> bool:
        """Return whether the prediction is of use to find the split."""
        predicted, driven = self.best
        return abs(predicted - driven) < _SAME_BEST + 1e-9 and all(
            abs(ours - theirs) <= max(_MISS_S, _MISS * abs(theirs))
            for ours, theirs in self._differences_s()
        )

    def worst(self, name: str) -> float:
        """Return the greatest relative error of an energy, predicted against driven."""
        errors: list[float] = [getattr(a, name) / getattr(b, name) - 1.0 for a, b in self._pairs()]
        return max(errors, key=abs)

    def worst_balance(self, name: str) -> float:
        """Return the greatest error of a part of the balance."""
        pairs = [(getattr(a.balance, name), getattr(b.balance, name)) for a, b in self._pairs()]
        return max((float(ours - theirs) for ours, theirs in pairs), key=abs)

    def _pairs(self) -> list[tuple[SplitFigures, SplitFigures]]:
        return list(zip(self.predicted, self.driven, strict=True))

    def _differences_s(self) -> list[tuple[float, float]]:
        at = self.splits.index(REFERENCE)
        return [
            (
                ours.lap_time_s - self.predicted[at].lap_time_s,
                theirs.lap_time_s - self.driven[at].lap_time_s,
            )
            for ours, theirs in self._pairs()
        ]


def setups_to_compare(spec: CarSpec) -> dict[str, Setup]:
    """Return the setups whose splits are predicted and driven: every tyre, the wing both ways, and
    the other split law.

    Tyres are frozen, as a prediction has them.

    Raises InputError for a car with one driven axle, which has no split.
    """
    if None in (spec.front_motor_name, spec.rear_motor_name):
        raise InputError(f"{spec.name}: has one driven axle, so there is no torque split")
    replace = msgspec.structs.replace
    default, wing = replace(default_setup(spec), tyre_state="frozen"), spec.setup.wing
    (other_law,) = (law for law in get_args(SplitLaw) if law != default.split_law)
    return {
        **{tyre: replace(default, tyre=tyre) for tyre in spec.tyres},
        "flat wing": replace(default, wing=wing.minimum),
        "steep wing": replace(default, wing=wing.maximum),
        f"split law {other_law}": replace(default, split_law=other_law),
    }


def agreement_of(
    baseline: Baseline, car: Setup, splits: Sequence[float], study: Study
) -> Agreement:
    """Predict and drive a car with every split, the reference among them.

    Raises InputError if a setup does not get round.
    """
    setups = [msgspec.structs.replace(car, front_torque_share=share) for share in splits]
    driven = []
    for setup, found in zip(setups, study.measure(setups), strict=True):
        if found.lost:
            raise InputError(f"split {setup.front_torque_share:g}: {found.lost}")
        ledger = found.ledger
        driven.append(
            SplitFigures(found.lap_time_s, ledger.drawn_kwh, ledger.regained_kwh, found.balance)
        )
    predicted = [predict_setup(baseline, setup) for setup in setups]
    figures = [
        SplitFigures(each.lap_time_s, each.drawn_kwh, each.regained_kwh, each.balance)
        for each in predicted
    ]
    return Agreement(splits, figures, driven)
