"""What leaves the battery is found again: as motion or as heat, to the joule."""

import pytest
from energy_account import heat_j, keeps_its_energy
from pytest import approx

from game.vehicle.state import controls

SETUPS = {
    "as delivered": {},
    "without assists": {"traction_control": 0, "abs": 0, "yaw_control": 0},
    "one pedal, rear drive": {"one_pedal_mps2": 2.0, "front_torque_share": 0.3},
    "no regeneration, tight clutch": {"regen_limit": 0.0, "rear_preload_nm": 300.0},
    "sports tyre, balancing slip": {"tyre": "sport", "split_mode": "slip-balancing"},
    "one motor held back": {"front_torque_share": 0.4, "front_regen_share": 0.9, "power_map": 4},
    "motors that help out": {
        "front_torque_share": 0.2,
        "front_regen_share": 0.9,
        "power_map": 4,
        "split_law": "fill",
    },
}


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
def test_battery_energy_becomes_motion_and_heat_within_a_millionth(
    alone, varied_drive, kinetic_j, setup
):
    assert keeps_its_energy(alone(10.0, **setup), varied_drive, kinetic_j) > 1e6


def test_hitting_a_wall_turns_the_lost_motion_into_contact_energy(alone, ground, box, kinetic_j):
    world = alone(30.0, 0.4, track=ground(walls=[box()]))
    begin_j = kinetic_j(world)
    world.step([controls(throttle=0.2)], 480)
    runtime = world.runtime(0)
    assert runtime.position.contact_j > 0.05 * begin_j
    spent_j = begin_j + runtime.state.ledger.chemical_j
    assert kinetic_j(world) + heat_j(runtime) == approx(spent_j, rel=1e-6)


def test_every_kind_of_loss_only_grows(alone, varied_drive):
    world = alone(10.0)
    losses = ("battery_heat_j", "motor_heat_j", "brake_heat_j", "rolling_j", "drag_j")
    before = world.runtime(0).state.ledger
    for seconds, held in varied_drive:
        for _ in range(round(seconds * 10)):
            world.step([held], 24)
            after = world.runtime(0).state.ledger
            for loss in losses:
                assert getattr(after, loss) >= getattr(before, loss)
                # The relaxation's springs give back what they hold when wheels are let go: at the
                # limit (4.4 kN)^2 / (2 * 200 kN/m), 48 J, in each tyre.
                assert after.tyre_heat_j >= before.tyre_heat_j - 4 * 48.0
            before = after


def test_drawn_less_regained_is_what_the_cells_gave_less_the_packs_heat(alone, varied_drive):
    world = alone(10.0)
    for seconds, held in varied_drive:
        world.step([held], round(seconds * 240))
    battery, ledger = world.runtime(0).state.battery, world.runtime(0).state.ledger
    assert battery.regained_j > 50_000.0
    at_terminals_j = battery.drawn_j - battery.regained_j
    assert at_terminals_j == approx(ledger.chemical_j - ledger.battery_heat_j, rel=1e-9)
