"""Define physical constants, and convert where a person reads or types. SI everywhere else."""

from typing import Final

G_MPS2: Final = 9.80665  # standard gravity, CGPM 1901
PI: Final = 3.141592653589793
TAU: Final = 2.0 * PI
FREEZING_K: Final = 273.15
_MAX_MS: Final = 5_999_999  # that have places on a stopwatch


def kmh(speed_mps: float) -> float:
    """Return the kilometres per hour of a speed."""
    return speed_mps * 3.6


def mph(speed_mps: float) -> float:
    """Return the miles per hour of a speed; a mile is 1609.344 m."""
    return speed_mps * 3600.0 / 1609.344


def mps(speed_kmh: float) -> float:
    """Return the metres per second of a speed in kilometres per hour."""
    return speed_kmh / 3.6


def kwh(energy_j: float) -> float:
    """Return the kilowatt hours of an energy."""
    return energy_j / 3.6e6


def celsius(temperature_k: float) -> float:
    """Return the degrees Celsius of a temperature."""
    return temperature_k - FREEZING_K


def bar(pressure_pa: float) -> float:
    """Return the bars of a pressure."""
    return pressure_pa / 1e5


def lap_time_text(time_s: float) -> str:
    """Return a lap time as a person reads it: `1:38.902`; a stopwatch stops at 99:59.999."""
    milliseconds = min(round(time_s * 1000.0), _MAX_MS)
    minutes, rest = divmod(milliseconds, 60_000)
    seconds, thousandths = divmod(rest, 1000)
    return f"{minutes}:{seconds:02d}.{thousandths:03d}"
