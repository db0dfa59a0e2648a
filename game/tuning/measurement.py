"""Hold the results of laps with a setup: time, energy and balance, corner by corner."""

from __future__ import annotations

import msgspec


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Adds up the energy drawn and regained on a stretch, and what it was spent on, in kWh."""

    drawn_kwh: float = 0.0  # from the battery, at its terminals
    regained_kwh: float = 0.0
    battery_heat_kwh: float = 0.0
    motor_heat_kwh: float = 0.0  # windings, iron and inverters
    gear_heat_kwh: float = 0.0
    brake_heat_kwh: float = 0.0
    tyre_heat_kwh: float = 0.0  # slip
    rolling_kwh: float = 0.0
    drag_kwh: float = 0.0

    @property
    def net_kwh(self) -> float:
        """Return the energy drawn less the energy regained."""
        return self.drawn_kwh - self.regained_kwh


class Balance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Says which axle of a car reaches its limit first."""

    understeer_deg_per_g: float  # how much more the front slips than the rear; negative: oversteer
    front_limited: float  # share of the lap's time in which the front tyres are the limit
    rear_limited: float


class CornerPass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holds a corner, from half way to the corner before it to half way to the one after it."""

    number: int
    entry_mps: float  # at its turn-in
    min_mps: float  # at its slowest place
    exit_mps: float  # at its end
    time_s: float
    ledger: Ledger


class Trace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holds a lap over its distance, at marks evenly spaced from the line to the line again."""

    spacing_m: float
    time_s: tuple[float, ...]
    speed_mps: tuple[float, ...]


class Measurement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holds laps of the bot with a setup; `lost` says in one line why there are none."""

    laps_s: tuple[float, ...] = ()  # every valid flying lap
    sectors_s: tuple[float, ...] = ()  # of the best one, as are all that follow
    ledger: Ledger = Ledger()
    balance: Balance = Balance(0.0, 0.0, 0.0)
    corners: tuple[CornerPass, ...] = ()
    trace: Trace = Trace(1.0, (), ())
    lost: str = ""

    @property
    def lap_time_s(self) -> float:
        """Return the time of the best lap."""
        return min(self.laps_s)

    @property
    def spread_s(self) -> float:
        """Return the difference between the slowest lap and the best."""
        return max(self.laps_s) - min(self.laps_s)


class Prediction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Holds the result of a quasi-steady lap with a setup."""

    lap_time_s: float
    drawn_kwh: float
    regained_kwh: float
    balance: Balance
