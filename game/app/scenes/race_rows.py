"""Offer what a race has to be: how long, how many cars, how strong they are, who starts where."""

from __future__ import annotations

from typing import Final

from game.app.context.app_context import AppContext
from game.app.context.settings import bounds
from game.app.menus.tab import SettingValue, choice
from game.app.ui.controls import Choice, Slider
from game.app.ui.rows import Row
from game.translation import N_

MIN_CARS: Final = 2
_LENGTH_LABELS: Final = {"laps": N_("Laps"), "minutes": N_("Minutes")}
_LENGTHS: Final = (("laps", N_("by laps")), ("minutes", N_("by minutes")))
_STRENGTHS: Final = (("easy", N_("easy")), ("medium", N_("medium")), ("strong", N_("strong")))
_GRIDS: Final = (
    ("lap", N_("by best lap")),
    ("qualifying", N_("by qualifying")),
    ("reversed", N_("reversed")),
    ("first", N_("you first")),
    ("last", N_("you last")),
)


class _Whole(SettingValue[float]):
    """A setting that is a whole number, as sliders move it."""

    def put(self, value: float) -> None:
        """Set the value."""
        super().put(round(value))


class _Cars(_Whole):
    """How many cars race, as far as the grid has boxes."""

    def __init__(self, context: AppContext, boxes: int) -> None:
        super().__init__(context, "race", "field")
        self._boxes = boxes

    def get(self) -> float:
        """Return the number of cars."""
        return min(super().get(), self._boxes)


class _LengthSlider(Slider):
    """How long the race is, in the unit that is chosen."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self.look()

    def look(self) -> None:
        """Follow the unit that is chosen."""
        unit = self._context.settings.race.length
        label, value = _LENGTH_LABELS[unit], _Whole(self._context, "race", unit)
        super().__init__(label, value, bounds("race", unit), 1, _whole)


class _LengthUnit(SettingValue[str]):
    """What a race goes by."""

    def __init__(self, context: AppContext, slider: _LengthSlider) -> None:
        super().__init__(context, "race", "length")
        self._slider = slider

    def put(self, value: str) -> None:
        """Set the unit, and let the slider follow it."""
        super().put(value)
        self._slider.look()


def race_rows(context: AppContext, boxes: int, cars_note: str) -> tuple[Row, ...]:
    """Return the rows of a race on a grid with so many boxes; cars_note: who is among the cars."""
    length = _LengthSlider(context)
    return (
        Choice(
            N_("Length"),
            _LengthUnit(context, length),
            _LENGTHS,
            N_("By minutes, the leader's next crossing of the line ends the race."),
        ),
        length,
        Slider(
            N_("Cars"),
            _Cars(context, boxes),
            (MIN_CARS, max(boxes, MIN_CARS)),
            1,
            _whole,
            cars_note,
        ),
        choice(
            context,
            N_("Field"),
            ("race", "strength"),
            _STRENGTHS,
            N_("How near the bots come to the pace that they could drive."),
        ),
        choice(
            context,
            N_("Grid"),
            ("race", "grid"),
            _GRIDS,
            N_("By your best lap among the bots' laps; qualifying comes before the race."),
        ),
    )


def _whole(value: float) -> str:
    return f"{value:.0f}"
