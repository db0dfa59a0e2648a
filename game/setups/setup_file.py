"""Write a setup as TOML that a person can read and write. It names the car it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import msgspec
import tomli_w
from msgspec import Meta

from game.errors import InputError
from game.files import write_text
from game.setups.items import Item, items_of
from game.toml_files import checked, read_tables
from game.translation import _
from game.vehicle.setup import FORMER_SPLIT_LAW, Setup, default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec

# 1 did not name the car: it was the default car; 1 and 2 did not name the split law: it was fill.
FORMAT: Final = 3
_FIRST_WITH_SPLIT_LAW: Final = 3
_LONGEST_SHOWN: Final = 60  # characters of a value in a message
_HEAD_KEYS: Final = ("format", "car", "about")


class OtherCarError(InputError):
    """A setup is for another car than the one it was to be used on."""


class SetupFile(NamedTuple):
    """Holds the content of a setup file."""

    setup: Setup
    about: str  # what it is for, in a line


class _SetupHead(msgspec.Struct, frozen=True):
    """Holds what a setup file says besides the values."""

    format: Annotated[int, Meta(ge=1)] = FORMAT
    car: Annotated[str, Meta(min_length=1, max_length=100)] = DEFAULT_CAR
    about: Annotated[str, Meta(max_length=400)] = ""


def read_setup(path: Path, spec: CarSpec) -> SetupFile:
    """Return the setup of a file for this car; values that are not named are the car's defaults.

    The split law of a file of an earlier format is the one that it was driven with; its tyres are
    those of a new setup.
    Raises InputError naming the file, the key and what is wrong, or that a later version wrote it,
    and OtherCarError if it is for another car.
    """
    content = read_tables(path)
    head = checked(path, content, _SetupHead)
    if head.format > FORMAT:
        text = _(
            "{path}: was written by a later version of leaf-rc (format {format}; this one reads up "
            "to {latest}): update leaf-rc"
        )
        raise InputError(text.format(path=path, format=head.format, latest=FORMAT))
    check_car(str(path), head.car, spec)
    values = {key: content[key] for key in content if key not in _HEAD_KEYS}
    for item in items_of(spec):
        if item.name in values:
            _check_value(path, item, values[item.name])
    defaults = msgspec.to_builtins(default_setup(spec))
    if head.format < _FIRST_WITH_SPLIT_LAW:
        defaults["split_law"] = FORMER_SPLIT_LAW
    return SetupFile(checked(path, defaults | values, Setup), head.about)


def write_setup(path: Path, setup: Setup, car_id: str, about: str = "") -> None:
    """Write a setup that `read_setup` reads back equal. Raises InputError if it cannot be."""
    content: dict[str, Any] = msgspec.to_builtins(_SetupHead(car=car_id, about=about))
    if not about:
        del content["about"]
    values = msgspec.to_builtins(setup)
    # TOML has no word for nothing: what is None is left out.
    content |= {key: value for key, value in values.items() if value is not None}
    write_text(path, tomli_w.dumps(content))


def check_car(what: str, car_id: str, spec: CarSpec) -> None:
    """Raise OtherCarError with one line if a setup is for another car than this."""
    if car_id != spec.id:
        text = _("{what}: is a setup for the car {other}, not for {car}")
        raise OtherCarError(text.format(what=what, other=car_id, car=spec.id))


def _check_value(path: Path, item: Item, value: Any) -> None:
    """Raise InputError that says what the value can be, which the checker of structs does not."""
    if not item.accepts(value):
        text = _("{path}: {name}: is {value}, can be {bounds}")
        bounds = item.bounds_text
        raise InputError(text.format(path=path, name=item.name, value=_shown(value), bounds=bounds))


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
