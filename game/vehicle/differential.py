"""Limit how much torque a differential's clutch can move to the slower wheel."""

from dataclasses import dataclass

from game.compiled import tick_function


@dataclass(frozen=True, slots=True)
class Differential:
    """Holds one axle's differential as the driver has set it."""

    preload_nm: float
    drive_lock: float  # clutch torque per torque through it
    coast_lock: float


@tick_function
def clutch_limit(differential: Differential, axle_nm: float) -> float:
    """Return the largest torque the clutch can carry while the axle is driven (+) or braked (-)."""
    if axle_nm >= 0.0:
        return differential.preload_nm + differential.drive_lock * axle_nm
    return differential.preload_nm - differential.coast_lock * axle_nm
