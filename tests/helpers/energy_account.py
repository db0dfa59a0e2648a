"""The energy of a car that has become heat, by its own account."""


def heat_j(runtime):
    """Return all that battery, drive, brakes, tyres, air and contacts took since the start."""
    ledger = runtime.state.ledger
    return (
        ledger.battery_heat_j
        + ledger.motor_heat_j
        + ledger.gear_heat_j
        + ledger.brake_heat_j
        + ledger.rolling_j
        + ledger.tyre_heat_j
        + ledger.drag_j
        + runtime.position.contact_j
    )
