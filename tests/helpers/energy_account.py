"""The energy of a car that has become heat, by its own account."""

from pytest import approx


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


def keeps_its_energy(world, drive, kinetic_j):
    """Drive, compare the energy after each part to a millionth, and return what it was."""
    begin_j = kinetic_j(world)
    for seconds, held in drive:
        world.step([held], round(seconds * 240))
        runtime = world.runtime(0)
        spent_j = begin_j + runtime.state.ledger.chemical_j
        assert kinetic_j(world) + heat_j(runtime) == approx(spent_j, rel=1e-6)
    return spent_j
