"""Set the simulation beside published figures, by one rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import msgspec

from game.errors import InputError, UnfinishedLapError
from game.validation.car_under_test import CarsUnderTest
from game.validation.measurements import MEASUREMENTS, SLOW
from game.validation.published import PublishedFigure

RULE: Final = (
    "Within: the simulation's value lies within the stated uncertainty or range. Outside: it does "
    "not. No verdict: the range is an estimate that nobody published, so that it judges nothing; "
    "the two stand side by side. Not comparable: the simulation has no such thing, or the figure "
    "needs a result that is not there. The deviation is from the stated value, or from the nearer "
    "end of a range."
)


class Judgement(Enum):
    """Says how a figure compares."""

    WITHIN = "within"
    OUTSIDE = "outside"
    NO_VERDICT = "no verdict"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True)
class JudgedFigure:
    """Holds a published figure and the simulation's."""

    figure: PublishedFigure
    simulated: float  # NaN where there is none
    why_not: str = ""  # why it is not comparable

    @property
    def judgement(self) -> Judgement:
        """Return the verdict, by the rule."""
        if math.isnan(self.simulated):
            return Judgement.NOT_COMPARABLE
        if self.figure.kind == "estimate":
            return Judgement.NO_VERDICT
        within = self.figure.low <= self.simulated <= self.figure.high
        return Judgement.WITHIN if within else Judgement.OUTSIDE

    @property
    def deviation(self) -> float:
        """Return how far the simulation is from the figure, in its unit; NaN if not comparable."""
        if self.figure.value is not None:
            return self.simulated - self.figure.value
        nearest = min(max(self.simulated, self.figure.low), self.figure.high)
        return self.simulated - nearest

    @property
    def is_unexplained(self) -> bool:
        """Return whether the simulation is outside for no reason that is known."""
        return self.judgement is Judgement.OUTSIDE and self.figure.known is None


def is_slow(figure: PublishedFigure) -> bool:
    """Return whether it takes laps to measure a figure."""
    return figure.measurement in SLOW


def judge_figures(
    figures: Sequence[PublishedFigure],
    cars: CarsUnderTest,
    on_figure: Callable[[int, PublishedFigure], None] | None = None,
) -> list[JudgedFigure]:
    """Measure all figures, those last that take laps, and return them in their own order.

    Raises InputError for values of the setup or numbers of the car's file that there are not.
    """
    order = sorted(figures, key=is_slow)
    found: dict[str, JudgedFigure] = {}
    for number, figure in enumerate(order):
        if on_figure is not None:
            on_figure(number, figure)
        found[figure.name] = _judge(figure, cars)
    return [found[figure.name] for figure in figures]


def _judge(figure: PublishedFigure, cars: CarsUnderTest) -> JudgedFigure:
    if figure.measurement is None:
        return JudgedFigure(figure, math.nan, figure.not_comparable or "")
    try:
        car = cars.car(figure.setup, figure.scaled)
    except msgspec.ValidationError as error:
        raise InputError(f"{figure.name}: setup: {error}") from None
    except KeyError as error:
        raise InputError(f"{figure.name}: scaled: there is no key {error}") from None
    try:
        simulated = MEASUREMENTS[figure.measurement](car, **figure.arguments)
    except UnfinishedLapError as error:
        return JudgedFigure(figure, math.nan, str(error))
    why_not = "" if math.isfinite(simulated) else _nothing(figure)
    return JudgedFigure(figure, simulated if math.isfinite(simulated) else math.nan, why_not)


def _nothing(figure: PublishedFigure) -> str:
    """Return why a measurement gave no number."""
    if figure.command is not None and "optimum" in figure.command:
        return f"nothing is kept yet: {figure.command}"
    return "the drive did not get there"
