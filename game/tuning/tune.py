"""Search for the best values of a setup; each batch is chosen by the results so far."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any, Final

from game.tuning.goal import Goal
from game.tuning.measurement import Measurement
from game.tuning.values import Axis, with_values
from game.vehicle.setup import Setup

BATCH: Final = 8  # setups proposed at once: the path may not depend on the number of workers

MeasureAll = Callable[[Sequence[Setup]], list[Measurement]]


def tune(
    start: Setup, axes: Sequence[Axis], goal: Goal, budget: int, seed: int, measure: MeasureAll
) -> list[Setup]:
    """Search for the best setup; returns all that were measured, the start among them.

    `measure` is called with a batch at a time. The same seed gives the same path.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        sampler = optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True)
    search = optuna.create_study(sampler=sampler)
    if (first := _places(start, axes)) is not None:
        search.enqueue_trial(first)
    path: list[Setup] = []
    while len(path) < budget:
        trials = [search.ask() for _ in range(min(BATCH, budget - len(path)))]
        setups = [_setup(start, axes, trial) for trial in trials]
        for trial, measurement in zip(trials, measure(setups), strict=True):
            search.tell(trial, goal.score(measurement))
        path += setups
    return path


def _setup(start: Setup, axes: Sequence[Axis], trial: Any) -> Setup:
    return with_values(start, axes, [_suggested(trial, axis) for axis in axes])


def _suggested(trial: Any, axis: Axis) -> Any:
    name = axis.item.name
    if not axis.values:
        return axis.rounded(trial.suggest_float(name, axis.low, axis.high))
    if axis.item.is_word:
        return axis.values[trial.suggest_categorical(name, range(len(axis.values)))]
    return axis.values[trial.suggest_int(name, 0, len(axis.values) - 1)]


def _places(setup: Setup, axes: Sequence[Axis]) -> dict[str, float] | None:
    """Return a setup's place on the axes; None if it does not lie on them."""
    places: dict[str, float] = {}
    for axis in axes:
        value = axis.item.value_in(setup)
        if axis.values:
            if value not in axis.values:
                return None
            places[axis.item.name] = axis.values.index(value)
        elif axis.low <= value <= axis.high:
            places[axis.item.name] = value
        else:
            return None
    return places
