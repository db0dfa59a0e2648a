"""Set by one choice how much the car helps its driver: easy, normal or expert.

The choice stands for seven numbers: three assists of the setup and four of the keyboard steering.
It is not stored: numbers that are those of no choice are the player's own, `custom`.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from game.drivers.human_driver import HumanSettings
from game.files import assets_folder
from game.toml_files import TomlTable, read_toml
from game.translation import N_
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec

HelpName = Literal["easy", "normal", "expert", "custom"]

HELP_NAMES: Final[dict[HelpName, str]] = {
    "easy": N_("easy"),
    "normal": N_("normal"),
    "expert": N_("expert"),
    "custom": N_("custom"),
}
ASSISTS: Final = ("traction_control", "abs", "yaw_control")
STEERING: Final = ("raw", "grip", "steadying_1ps", "brake_grip")

_FILE: Final = "help.toml"
_Level = Annotated[int, Meta(ge=0, le=5)]


class _Help(TomlTable, frozen=True):
    """Holds the numbers behind a choice of help."""

    traction_control: _Level
    abs: _Level
    yaw_control: _Level
    raw: bool
    grip: float
    steadying_1ps: float
    brake_grip: float


class _Choices(TomlTable, frozen=True):
    """Holds the choices beside the normal one."""

    easy: _Help
    expert: _Help


def help_of(spec: CarSpec, setup: Setup, steering: HumanSettings) -> HelpName:
    """Return the choice that a setup's assists and a player's steering are those of."""
    names: tuple[HelpName, ...] = ("normal", "easy", "expert")
    now = _numbers(setup, steering)
    return next((name for name in names if _wanted(spec, name) == now), "custom")


def with_help(
    spec: CarSpec, setup: Setup, steering: HumanSettings, name: HelpName
) -> tuple[Setup, HumanSettings]:
    """Return a setup and a player's steering with a choice of help, otherwise as they were.

    `custom` stands for no numbers and changes nothing.
    """
    if name == "custom":
        return setup, steering
    wanted = _wanted(spec, name)
    return (
        msgspec.structs.replace(setup, **{each: wanted[each] for each in ASSISTS}),
        msgspec.structs.replace(steering, **{each: wanted[each] for each in STEERING}),
    )


def _numbers(setup: Setup, steering: HumanSettings) -> dict[str, Any]:
    return {
        **{name: getattr(setup, name) for name in ASSISTS},
        **{name: getattr(steering, name) for name in STEERING},
    }


def _wanted(spec: CarSpec, name: HelpName) -> dict[str, Any]:
    """Return the seven numbers of a choice, the assists within the bounds of the car."""
    if name == "normal":
        return _numbers(default_setup(spec), HumanSettings())
    numbers: dict[str, Any] = msgspec.structs.asdict(getattr(_choices(), name))
    for assist in ASSISTS:
        steps = getattr(spec.setup, assist)
        numbers[assist] = min(max(numbers[assist], steps.minimum), steps.maximum)
    return numbers


@cache
def _choices() -> _Choices:
    return read_toml(assets_folder() / _FILE, _Choices)
