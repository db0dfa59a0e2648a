"""Turn the throttle pedal, pressed and lifted, into what it asks of the motors."""

from dataclasses import dataclass

from game.compiled import tick_function


@dataclass(frozen=True, slots=True)
class ThrottlePedal:
    """Holds the pedal as the driver has set it: with or without one-pedal driving."""

    one_pedal_force_n: float  # regeneration with the pedal released
    one_pedal_travel: float  # share of the pedal's travel over which it fades to none


@tick_function
def lift_off_force(pedal: ThrottlePedal, throttle: float) -> float:
    """Return the braking force asked for by lifting off, N, in one-pedal driving."""
    if throttle >= pedal.one_pedal_travel:
        return 0.0
    return pedal.one_pedal_force_n * (1.0 - throttle / pedal.one_pedal_travel)


@tick_function
def drive_demand(pedal: ThrottlePedal, throttle: float) -> float:
    """Return the pedal's travel beyond the lift-off part, as 0..1 of full drive."""
    if throttle <= pedal.one_pedal_travel:
        return 0.0
    return (throttle - pedal.one_pedal_travel) / (1.0 - pedal.one_pedal_travel)
