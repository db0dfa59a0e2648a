"""Work out the density of moist air from its temperature, pressure and humidity.

Only + - * / are used, so that a drive in any weather has the same bits on every machine.
"""

from __future__ import annotations

from typing import Final

from game.units import FREEZING_K

# Gas constants of the parts of moist air over their molar masses (CODATA 2018: 8.314463 J/(mol K),
# over 28.9655 and 18.0153 g/mol).
_DRY_AIR_JPKGK: Final = 287.047
_VAPOUR_JPKGK: Final = 461.522
# Saturation over water in hPa by degrees Celsius, -50 to 50: P. R. Lowe, "An approximating
# polynomial for the computation of saturation vapor pressure", J. Appl. Meteorol. 16 (1977), 100.
_SATURATION_HPA: Final = (
    6.107799961,
    4.436518521e-1,
    1.428945805e-2,
    2.650648471e-4,
    3.031240396e-6,
    2.034080948e-8,
    6.136820929e-11,
)


def saturation_pressure_pa(temperature_k: float) -> float:
    """Return the pressure of water vapour that air can hold at a temperature, Pa."""
    celsius = temperature_k - FREEZING_K
    found = 0.0
    for factor in reversed(_SATURATION_HPA):
        found = found * celsius + factor
    return 100.0 * found


def air_density(temperature_k: float, pressure_pa: float, humidity: float) -> float:
    """Return the density of air as a mixture of two ideal gases, kg/m3; humidity: relative, 0..1.

    Water vapour is lighter than dry air: humid air carries and holds back a car less.
    """
    vapour_pa = humidity * saturation_pressure_pa(temperature_k)
    dry_pa = pressure_pa - vapour_pa
    return (dry_pa / _DRY_AIR_JPKGK + vapour_pa / _VAPOUR_JPKGK) / temperature_k
