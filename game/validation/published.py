"""Read what is published of a car: figures with source, kind and uncertainty, each as data."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, field

from game.errors import InputError
from game.files import assets_folder, player_folder
from game.toml_files import TomlTable, checked, read_tables
from game.validation.measurements import MEASUREMENTS, wrong_arguments
from game.vehicle.spec import CarSpec

_FOLDER: Final = "validation"

Kind = Literal["measured", "published", "derived", "estimate"]
KINDS: Final = {
    "measured": "somebody measured it on the real thing",
    "published": "the maker or the press states it",
    "derived": "calculated from measured and published figures",
    "estimate": "a plausible range that nobody published, without a verdict",
}
Line = Annotated[str, Meta(min_length=1, max_length=400)]


class PublishedFigure(TomlTable, frozen=True, kw_only=True):
    """Holds a figure: a value with an uncertainty, or a range that may be open at one end."""

    name: Annotated[str, Meta(pattern="^[a-z0-9_]+$")]
    group: Line
    title: Line
    unit: str
    kind: Kind
    source: Line
    uncertainty_from: Line  # what the uncertainty or the range rests on
    value: float | None = None
    uncertainty: Annotated[float, Meta(ge=0.0)] | None = None
    minimum: float | None = None
    maximum: float | None = None
    digits: Annotated[int, Meta(ge=0, le=6)] = 2
    measurement: str | None = None
    arguments: dict[str, float | str] = field(default_factory=dict)
    # Values of the setup in place of the car's own, and numbers of its file to be multiplied.
    setup: dict[str, Any] = field(default_factory=dict)
    scaled: dict[str, float] = field(default_factory=dict)
    not_comparable: Line | None = None  # why no measurement answers it
    known: Line | None = None  # why the simulation may differ
    command: Line | None = None  # another one that shows it

    def __post_init__(self) -> None:
        """Refuse a figure that says too little or too much."""
        as_value = self.value is not None and self.uncertainty is not None
        as_range = self.minimum is not None or self.maximum is not None
        if as_value == as_range or (self.value is None) != (self.uncertainty is None):
            raise ValueError(
                f"{self.name}: give value and uncertainty, or minimum and maximum, or one of these"
            )
        if (self.measurement is None) == (self.not_comparable is None):
            raise ValueError(f"{self.name}: give a measurement, or say why it is not comparable")
        if self.low > self.high:
            raise ValueError(f"{self.name}: the minimum is above the maximum")
        if self.measurement is not None:
            _check_measurement(self.name, self.measurement, self.arguments)

    @property
    def low(self) -> float:
        """Return the lowest value that agrees with the figure."""
        if self.value is not None and self.uncertainty is not None:
            return self.value - self.uncertainty
        return -math.inf if self.minimum is None else self.minimum

    @property
    def high(self) -> float:
        """Return the highest value that agrees with the figure."""
        if self.value is not None and self.uncertainty is not None:
            return self.value + self.uncertainty
        return math.inf if self.maximum is None else self.maximum


def _check_measurement(name: str, measurement: str, arguments: dict[str, Any]) -> None:
    """Raise ValueError for a measurement that there is not, or that has other arguments."""
    if measurement not in MEASUREMENTS:
        raise ValueError(f"{name}: there is no measurement '{measurement}'")
    wrong = wrong_arguments(measurement, arguments)
    if wrong is not None:
        raise ValueError(f"{name}: {measurement}: {wrong}")


class _PublishedFile(TomlTable, frozen=True):
    """Holds the figures of one car."""

    figures: list[PublishedFigure]


def published_figures(spec: CarSpec) -> list[PublishedFigure]:
    """Return what is published of a car, in the order of its file; nothing if there is no file.

    It is `validation/NAME.toml` in the player's folder, or else among the assets. Raises
    InputError for a file that cannot be used.
    """
    for folder in (player_folder(), assets_folder()):
        path = folder / _FOLDER / f"{spec.id}.toml"
        if path.is_file():
            return read_figures(path)
    return []


def read_figures(path: Path) -> list[PublishedFigure]:
    """Return the figures in a file. Raises InputError for one that cannot be used."""
    figures = checked(path, read_tables(path), _PublishedFile).figures
    names = [figure.name for figure in figures]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{path}: figures: '{name}' is there twice")
    return figures
