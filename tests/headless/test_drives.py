"""The reference bot's laps of the shipped circuit, with no window."""

import dataclasses
import itertools

import msgspec
import pytest
from pytest import approx
from resimulation import resimulate

from game.bot.bot import Bot
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.errors import InputError
from game.headless.stint import Conditions, drive_laps
from game.recording.replay import load_replay, state_hash
from game.session import Session
from game.simulation.world import World
from game.units import kwh
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

# The golden lap: the reference bot on slicks. Any change of it is a change of car, circuit or bot.
GOLDEN_LAP_S = 102.224
GOLDEN_TOLERANCE_S = 0.010


@pytest.fixture(scope="module")
def slick_run(ricardo_tormo, spec, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    return drive_laps(
        Conditions(ricardo_tormo, spec),
        Setup(),
        replay=folder / "lap.replay",
        telemetry=folder / "lap.csv",
    ), folder


def test_the_golden_lap(slick_run):
    run, _ = slick_run
    assert run.laps[0].time_s == approx(GOLDEN_LAP_S, abs=GOLDEN_TOLERANCE_S)


def test_the_bot_is_within_one_per_cent_of_the_limit_of_its_line(slick_run):
    run, _ = slick_run
    assert run.quasi_steady_s < run.laps[0].time_s < 1.01 * run.quasi_steady_s


def test_a_flying_lap_on_slicks_is_valid_and_between_1_38_and_1_43(slick_run):
    lap = slick_run[0].laps[0]
    assert lap.valid
    assert lap.excursions == ()
    assert 98.0 < lap.time_s < 103.0


def test_sectors_add_up_to_the_lap(slick_run):
    lap = slick_run[0].laps[0]
    assert len(lap.sectors_s) == 3
    assert sum(lap.sectors_s) == approx(lap.time_s, abs=1e-9)


def test_sport_tyres_cost_two_to_five_per_cent(ricardo_tormo, spec, slick_run):
    sport = drive_laps(Conditions(ricardo_tormo, spec), Setup(tyre="sport"))
    assert sport.laps[0].valid
    assert 1.02 < sport.laps[0].time_s / slick_run[0].laps[0].time_s < 1.05


def test_a_lap_takes_three_and_a_half_to_six_kilowatt_hours_of_drive(slick_run):
    assert 3.5 < kwh(slick_run[0].laps[0].drawn_j) < 6.0


def test_a_repeated_run_is_the_same_to_the_last_bit(ricardo_tormo, spec, slick_run):
    again = drive_laps(Conditions(ricardo_tormo, spec), Setup())
    assert again.laps == slick_run[0].laps
    assert again.state_hash == slick_run[0].state_hash


def test_plain_and_compiled_laps_are_the_same_to_the_last_bit(oval, spec, slick_run):
    plain, machine = (
        drive_laps(Conditions(oval, spec, backend=backend), Setup())
        for backend in (Backend.PLAIN, Backend.COMPILED)
    )
    assert not plain.compiled
    assert machine.compiled
    assert slick_run[0].compiled
    assert plain.laps == machine.laps
    assert plain.state_hash == machine.state_hash


def test_energy_balances_over_a_lap_within_half_a_per_cent(ricardo_tormo, spec):
    plan = make_plan(ricardo_tormo, spec, Setup())
    world = World(ricardo_tormo, [flying_start(spec, Setup(), plan)], backend=Backend.COMPILED)
    session = Session(world, [Bot()])
    before_j = _kinetic_energy(world, spec)
    while world.time_s < 110.0:
        session.step()
    runtime = world.runtime(0)
    ledger = dataclasses.asdict(runtime.state.ledger)
    chemical_j = ledger.pop("chemical_j")
    gained_j = _kinetic_energy(world, spec) - before_j
    gained_j += runtime.state.slope.potential_j
    spent_j = sum(ledger.values()) + gained_j + runtime.position.contact_j
    assert chemical_j > 1e7
    assert spent_j == approx(chemical_j, rel=0.005)


def _kinetic_energy(world, spec):
    """Return the energy of body, wheels and rotors, a rotor's inertia halved to two wheels."""
    now = world.snapshots()[0]
    mass_kg = spec.chassis.mass_kg + spec.chassis.driver_mass_kg
    rotor = spec.front_motor.rotor_inertia_kgm2 * spec.front_motor.gear_ratio**2
    spin_kgm2 = spec.wheel.inertia_kgm2 + 0.5 * rotor
    return (
        0.5 * mass_kg * (now.velocity_forward_mps**2 + now.velocity_left_mps**2)
        + 0.5 * spec.chassis.yaw_inertia_kgm2 * now.yaw_rate_radps**2
        + 0.5 * spin_kgm2 * sum(spin**2 for spin in now.spin_radps)
    )


def test_a_slower_pace_gives_a_slower_lap(ricardo_tormo, spec, slick_run):
    slow = drive_laps(Conditions(ricardo_tormo, spec, pace=0.9), Setup())
    assert slow.laps[0].valid
    assert slow.laps[0].time_s > 1.05 * slick_run[0].laps[0].time_s


def test_laps_follow_one_another_without_a_gap(ricardo_tormo, spec):
    run = drive_laps(Conditions(ricardo_tormo, spec), Setup(), laps=3)
    assert [lap.number for lap in run.laps] == [1, 2, 3]
    assert all(lap.valid for lap in run.laps)
    times = [lap.time_s for lap in run.laps]
    assert max(times) - min(times) < 0.5  # the pack's voltage falls


def test_the_replay_of_a_lap_ends_in_the_same_bits(ricardo_tormo, spec, slick_run):
    run, folder = slick_run
    replay = load_replay(folder / "lap.replay")
    world = resimulate(replay, ricardo_tormo, spec, backend=Backend.COMPILED)
    assert state_hash(world) == run.state_hash == replay.state_hash


def test_a_replay_with_one_changed_input_ends_elsewhere(ricardo_tormo, spec, slick_run):
    run, folder = slick_run
    replay = load_replay(folder / "lap.replay")
    first = replay.held[0][0]
    changed = msgspec.structs.replace(
        replay, held=[[first._replace(throttle=first.throttle ^ 1), *replay.held[0][1:]]]
    )
    world = resimulate(changed, ricardo_tormo, spec, backend=Backend.COMPILED)
    assert state_hash(world) != run.state_hash


def test_telemetry_has_a_named_column_for_every_number(slick_run):
    _, folder = slick_run
    header, *rows = (folder / "lap.csv").read_text().splitlines()
    names = header.split(",")
    assert len(names) == len(set(names))
    assert {"time_s", "s_m", "front_left_load_n", "rear_right_normalised_slip"} <= set(names)
    assert all(len(row.split(",")) == len(names) for row in rows)
    times = [float(row.split(",")[names.index("time_s")]) for row in rows]
    assert times[-1] - times[0] > 100.0
    assert all(after > before for before, after in itertools.pairwise(times))


def test_an_unknown_bot_is_named(ricardo_tormo, spec):
    with pytest.raises(InputError, match="bot 'niki'"):
        drive_laps(Conditions(ricardo_tormo, spec), Setup(), bot="niki")
