"""The agreement of predictions with laps is measured: splits with several setups, both ways.

`python -m game.lab.agreement` predicts and drives them, says how far apart the two are, and exits
1 if they are too far apart for the prediction to be of use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, NamedTuple

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from game.errors import InputError
from game.track.track import load_track
from game.tuning.baseline import Baseline, make_baseline
from game.tuning.executors import LocalExecutor
from game.tuning.measure import LAPS
from game.tuning.measurement import Balance
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.prediction import predict_setup
from game.tuning.study import Study
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, load_car

SPLITS: Final = tuple(round(0.1 + 0.05 * step, 2) for step in range(17))
REFERENCE: Final = 0.5
_SAME_BEST: Final = 0.05  # apart, the best splits at most
_MISS_S: Final = 0.1  # that a predicted difference may be off, or ...
_MISS: Final = 0.3  # ... this share of the measured one


class SplitFigures(NamedTuple):
    """The figures of a setup with one split, predicted or driven."""

    lap_time_s: float
    drawn_kwh: float
    regained_kwh: float
    balance: Balance


@dataclass(frozen=True)
class Agreement:
    """The figures of one car over all splits, in the order of `splits`."""

    splits: Sequence[float]
    predicted: Sequence[SplitFigures]
    driven: Sequence[SplitFigures]

    @property
    def best(self) -> tuple[float, float]:
        """The quickest split, predicted and driven."""
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
        """The greatest relative error of an energy, predicted against driven."""
        errors: list[float] = [getattr(a, name) / getattr(b, name) - 1.0 for a, b in self._pairs()]
        return max(errors, key=abs)

    def worst_balance(self, name: str) -> float:
        """The greatest error of a part of the balance."""
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
    """The setups whose splits are predicted and driven: every tyre, and the wing both ways.

    Raises InputError for a car with one driven axle, which has no split.
    """
    if None in (spec.front_motor_name, spec.rear_motor_name):
        raise InputError(f"{spec.name}: has one driven axle, so there is no torque split")
    default, wing = default_setup(spec), spec.setup.wing
    replace = msgspec.structs.replace
    return {
        **{tyre: replace(default, tyre=tyre) for tyre in spec.tyres},
        "flat wing": replace(default, wing=wing.minimum),
        "steep wing": replace(default, wing=wing.maximum),
    }


def agreement(baseline: Baseline, car: Setup, splits: Sequence[float], study: Study) -> Agreement:
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


_ROWS: Final[Mapping[str, Callable[[Agreement], str]]] = {
    "best split, predicted": lambda each: f"{each.best[0]:.2f}",
    "best split, driven": lambda each: f"{each.best[1]:.2f}",
    "lap time against 50 : 50, s": lambda each: f"{max(each.misses_s, key=abs):+.3f}",
    "energy drawn": lambda each: f"{each.worst('drawn_kwh'):+.1%}",
    "energy regained": lambda each: f"{each.worst('regained_kwh'):+.1%}",
    "understeer, °/g": lambda each: f"{each.worst_balance('understeer_deg_per_g'):+.2f}",
    "front at its limit, of the lap": lambda each: f"{each.worst_balance('front_limited'):+.1%}",
    "rear at its limit, of the lap": lambda each: f"{each.worst_balance('rear_limited'):+.1%}",
    "": lambda each: "agrees" if each.holds else "DOES NOT AGREE",
}


def _print(found: Mapping[str, Agreement]) -> None:
    table = Table(box=SIMPLE, title="Prediction less laps, at the worst of all splits")
    table.add_column("")
    for name in found:
        table.add_column(name, justify="right")
    for title, text in _ROWS.items():
        table.add_row(title, *(text(each) for each in found.values()))
    Console().print(table)


def main(
    jobs: Annotated[int, typer.Option(min=1, help="Processes at once.")] = os.cpu_count() or 1,
    track: Annotated[str, typer.Option(help="Name of a circuit, or a path.")] = "ricardo_tormo",
    car: Annotated[str, typer.Option(help="Name of a car, or a path to its file.")] = DEFAULT_CAR,
) -> None:
    """Set predictions against laps over the torque split: two tyres, three wings."""
    try:
        spec = load_car(car)
        setups = setups_to_compare(spec)
        baseline = make_baseline(load_track(track), spec)
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("driving", total=len(setups) * len(SPLITS))
            executor = LocalExecutor(baseline, LAPS, jobs)
            study = Study(MeasurementCache(baseline), LAPS, executor, lambda *_: bar.advance(task))
            try:
                found = {
                    name: agreement(baseline, setup, SPLITS, study)
                    for name, setup in setups.items()
                }
            finally:
                executor.close()
    except InputError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from None
    _print(found)
    if not all(each.holds for each in found.values()):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
