"""The values of a setup as a person sets them: names, groups, units, ranges, steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

_POINTS: Final = 21  # that a range is looked at in


def _share(value: float) -> str:
    return f"{value:.2f}"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"


class Item(NamedTuple):
    """One value of a setup."""

    name: str
    label: str
    group: str
    note: str
    text: Callable[[Any], str]
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    choices: tuple[Any, ...] = ()

    def over_range(self) -> tuple[Any, ...]:
        """Values over the whole range."""
        if self.choices:
            return self.choices
        width = (self.high - self.low) / (_POINTS - 1)
        return tuple(round(self.low + width * index, 6) for index in range(_POINTS))


_TORQUE, _REGEN, _ASSISTS = "Torque", "Regeneration and brakes", "Assists"
_CHASSIS, _TYRES = "Chassis", "Tyres and battery"

ITEMS: Final = (
    Item("front_torque_share", "Front share of drive", _TORQUE, "How much of the drive torque the front motor gives. More front pulls the car straight, less lets the rear push it round.", _share),
    Item("split_mode", "Split mode", _TORQUE, "Fixed, by the load on the axles, or by which axle slips less.", str, choices=("fixed", "load-following", "slip-balancing")),
    Item("power_map", "Power map", _TORQUE, "1 gives all, 4 the least.", str, choices=(1, 2, 3, 4)),
    Item("front_regen_share", "Front share of regeneration", _REGEN, "How much of the motors' braking is at the front.", _share),
    Item("one_pedal_mps2", "One-pedal braking", _REGEN, "How hard the car brakes when you lift off.", lambda v: f"{v:.2f} m/s²", 0.0, 3.0, 0.05),
    Item("regen_limit", "Regeneration limit", _REGEN, "How much of what the battery takes is used.", _percent),
    Item("front_brake_bias", "Front brake bias", _REGEN, "The front axle's part of the friction brakes.", _share, 0.4, 0.8),
    Item("traction_control", "Traction control", _ASSISTS, "0 is off, 5 the most careful.", str, choices=(0, 1, 2, 3, 4, 5)),
    Item("abs", "ABS", _ASSISTS, "0 is off, 5 the most careful.", str, choices=(0, 1, 2, 3, 4, 5)),
    Item("yaw_control", "Yaw control", _ASSISTS, "0 is off, 5 the most careful.", str, choices=(0, 1, 2, 3, 4, 5)),
    Item("front_preload_nm", "Front differential", _CHASSIS, "Preload: more locks the axle more.", lambda v: f"{v:.0f} Nm", 0.0, 300.0, 5.0),
    Item("rear_preload_nm", "Rear differential", _CHASSIS, "Preload: more locks the axle more.", lambda v: f"{v:.0f} Nm", 0.0, 300.0, 5.0),
    Item("wing", "Wing", _CHASSIS, "More brings grip at speed, and drag.", lambda v: f"{v:+.2f}", -1.0, 1.0, 0.05),
    Item("tyre", "Tyres", _TYRES, "Slicks grip more.", str, choices=("slick", "sport")),
    Item("driver_aboard", "Driver", _TYRES, "With the driver the car weighs more.", lambda v: "aboard" if v else "not aboard", choices=(True, False)),
    Item("initial_charge", "Charge at the start", _TYRES, "Less charge means less power.", _percent, 0.05, 1.0, 0.05),
)  # fmt: skip
