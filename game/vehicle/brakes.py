"""The brake pedal: regeneration first, as far as motors and battery allow, then friction."""

from dataclasses import dataclass

from game.compiled import tick_function


@dataclass(frozen=True, slots=True)
class Brakes:
    """The brakes as the driver has set them."""

    full_pedal_force_n: float
    front_bias: float  # of the friction brakes
    regen_fade_start_mps: float
    regen_fade_end_mps: float
    one_pedal_force_n: float  # regeneration with the throttle released
    one_pedal_travel: float  # share of the throttle's travel over which it fades to none


@tick_function
def regeneration_fade(brakes: Brakes, speed_mps: float) -> float:
    """Share of regeneration that is left at low speed, where friction takes over, 0..1."""
    if speed_mps >= brakes.regen_fade_start_mps:
        return 1.0
    if speed_mps <= brakes.regen_fade_end_mps:
        return 0.0
    return (speed_mps - brakes.regen_fade_end_mps) / (
        brakes.regen_fade_start_mps - brakes.regen_fade_end_mps
    )


@tick_function
def lift_off_force(brakes: Brakes, throttle: float) -> float:
    """Braking force asked for by lifting off, N, in one-pedal driving."""
    if throttle >= brakes.one_pedal_travel:
        return 0.0
    return brakes.one_pedal_force_n * (1.0 - throttle / brakes.one_pedal_travel)


@tick_function
def drive_pedal(brakes: Brakes, throttle: float) -> float:
    """The throttle's travel beyond the lift-off part, as 0..1 of full drive."""
    if throttle <= brakes.one_pedal_travel:
        return 0.0
    return (throttle - brakes.one_pedal_travel) / (1.0 - brakes.one_pedal_travel)
