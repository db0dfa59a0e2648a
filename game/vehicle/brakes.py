"""Brake: regeneration first, as far as motors and battery allow, then friction."""

from dataclasses import dataclass

from game.compiled import tick_function


@dataclass(frozen=True, slots=True)
class Brakes:
    """Holds the brakes as the driver has set them."""

    full_pedal_force_n: float
    front_bias: float  # of the friction brakes
    regen_fade_start_mps: float
    regen_fade_end_mps: float


@tick_function
def regeneration_fade(brakes: Brakes, speed_mps: float) -> float:
    """Return the share of regeneration left at low speed, where friction takes over, 0..1."""
    if speed_mps >= brakes.regen_fade_start_mps:
        return 1.0
    if speed_mps <= brakes.regen_fade_end_mps:
        return 0.0
    return (speed_mps - brakes.regen_fade_end_mps) / (
        brakes.regen_fade_start_mps - brakes.regen_fade_end_mps
    )
