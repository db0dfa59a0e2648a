"""A car on a road that is not level is pulled downhill and light on crests; its energy closes."""

import math
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest
from energy_account import heat_j
from hilly_oval import HEIGHTS_M, height_at, hilly_oval, oval_file
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.records import arrays
from game.simulation.batch import Batch
from game.simulation.world import Start, World
from game.track.tables import RoadSample
from game.track.track import build_track, read_track
from game.track.track_file import RoadProfileEntry
from game.track.variants import variant_file
from game.trig import wrap_angle
from game.units import G_MPS2
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

LEFT_ALONE = controls()
STRAIGHT = {"rear_toe_rad": 0.0, "one_pedal_mps2": 0.0}


@pytest.fixture(scope="module")
def plane(ground):
    """Makes endless tarmac at an angle: `plane(grade=0.04)` rises along x, falls to the left."""

    def make(grade=0.0, crossfall=0.0, bend_1pm=0.0, **surface):
        flat = ground(**surface)
        sample = RoadSample(0.0, grade, bend_1pm, crossfall, 0.0)
        tables = flat.tables._replace(hilly=1, profile=[sample])
        parts = {**vars(flat), "tables": tables, "table_arrays": arrays(tables)}
        return SimpleNamespace(**parts)

    return make


def loads_n(world):
    (now,) = world.snapshots()
    return np.array(now.load_n)


def potential_j(world):
    return world.runtime(0).state.slope.potential_j


def test_a_car_coasts_down_four_percent_as_the_analytic_solution_says(alone, plane, spec):
    world = alone(5.0, track=plane(grade=-0.04), **STRAIGHT)
    car = make_car(spec, Setup(**STRAIGHT))
    moving_kg = car.mass_kg + car.wheels_inertia_kgm2 / car.wheel.radius_m**2
    upright = math.sqrt(1.0 - 0.04**2)
    pull_n = car.mass_kg * G_MPS2 * (0.04 - 0.015 * upright)
    aero = car.aero
    drag = aero.drag_kgpm + 0.015 * (aero.front_downforce_kgpm + aero.rear_downforce_kgpm)
    final_mps = math.sqrt(pull_n / drag)
    rate = math.sqrt(pull_n * drag) / moving_kg
    for seconds in range(1, 61):
        now = world.step([LEFT_ALONE], 240).snapshots[0]
        expected_mps = final_mps * math.tanh(rate * seconds + math.atanh(5.0 / final_mps))
        assert now.velocity_forward_mps == approx(expected_mps, rel=2e-4)
    assert now.velocity_forward_mps > 15.0


@pytest.mark.parametrize("heading_rad", [0.0, 0.7, 2.0, math.pi, -1.2])
def test_gravity_pulls_along_the_cars_own_axes_whichever_way_it_points(alone, plane, heading_rad):
    world = alone(0.0, heading_rad, track=plane(grade=0.05, crossfall=0.03))
    world.step([LEFT_ALONE], 1)
    slope = world.runtime(0).state.slope
    # It rises along x by 0.05, and falls along y by 0.03.
    east, north = -0.05 * G_MPS2, 0.03 * G_MPS2
    assert slope.forward_mps2 == approx(
        east * math.cos(heading_rad) + north * math.sin(heading_rad), abs=1e-9
    )
    assert slope.left_mps2 == approx(
        north * math.cos(heading_rad) - east * math.sin(heading_rad), abs=1e-9
    )


def test_a_parked_car_stays_with_the_brake_and_rolls_without(alone, plane):
    world = alone(0.0, track=plane(grade=0.12))
    world.step([controls(brake=0.3)], 480)
    (now,) = world.snapshots()
    assert (now.x_m, now.y_m, now.velocity_forward_mps) == (0.0, 0.0, 0.0)
    world.step([LEFT_ALONE], 240)
    (now,) = world.snapshots()
    assert now.velocity_forward_mps == approx(-0.105 * G_MPS2, rel=0.1)
    assert now.x_m == approx(0.5 * now.velocity_forward_mps, rel=0.05)


def test_a_brake_that_is_hardly_touched_does_not_hold_a_car_on_a_hill(alone, plane):
    world = alone(0.0, track=plane(grade=0.12))
    world.step([controls(brake=0.01)], 480)
    assert world.snapshots()[0].x_m < -0.3


def test_a_slope_that_rolling_resistance_holds_is_stood_on(alone, plane):
    world = alone(0.0, track=plane(grade=0.01))
    world.step([LEFT_ALONE], 2400)
    assert abs(world.snapshots()[0].x_m) < 0.01


@pytest.mark.parametrize("radius_m", [-250.0, 400.0], ids=["crest", "dip"])
def test_a_car_is_lighter_on_a_crest_and_heavier_in_a_dip_by_v_squared_over_r(
    alone, plane, spec, radius_m
):
    flat, bent = alone(30.0, track=plane()), alone(30.0, track=plane(bend_1pm=1.0 / radius_m))
    for world in (flat, bent):
        world.step([controls(throttle=0.2)], 480)
    car = make_car(spec, Setup())
    speed_mps = bent.snapshots()[0].velocity_forward_mps
    more_n = loads_n(bent).sum() - loads_n(flat).sum()
    assert more_n == approx(car.mass_kg * speed_mps**2 / radius_m, rel=0.02)


def test_on_a_slope_a_car_carries_less_of_its_weight(alone, plane):
    level, uphill = alone(0.0, track=plane()), alone(0.0, track=plane(grade=0.1))
    for world in (level, uphill):
        world.step([controls(brake=1.0)], 480)
    assert loads_n(uphill).sum() == approx(math.sqrt(1.0 - 0.1**2) * loads_n(level).sum(), rel=1e-3)


def followed(track, s_m, speed_mps, spec, backend=Backend.PLAIN):
    start = Start(spec, Setup(), track.centreline.pose(s_m), s_m, speed_mps)
    return World(track, [start], backend)


def held_on_the_road(now, speed_mps, curvature=6.0):
    """Steering and pedals that follow the centreline at about a speed."""
    astray_rad = wrap_angle(now.heading_rad - now.track_heading_rad)
    steering = curvature * now.curvature_1pm - 1.5 * astray_rad - 0.05 * now.offset_m
    pedal = 0.3 * (speed_mps - now.velocity_forward_mps)
    return controls(steering, max(0.0, pedal), max(0.0, -pedal))


def drive_along(world, speed_mps, decisions):
    (now,) = world.snapshots()
    for _ in range(decisions):
        (now,) = world.step([held_on_the_road(now, speed_mps)], 4).snapshots
        yield now


@pytest.fixture(scope="module")
def banked_circle():
    """Makes the skid pad of 50 m with a banking all round."""

    def make(banking_deg):
        name, path, file = read_track("skid_pad_50")
        profile = RoadProfileEntry([], [(0.0, banking_deg)])
        return build_track(name, msgspec.structs.replace(file, profile=profile), path)

    return make


def test_a_banked_circle_at_its_neutral_speed_needs_no_lateral_force(banked_circle, spec):
    neutral_mps = math.sqrt(50.0 * G_MPS2 * math.tan(math.radians(12.0)))
    forces, loads = {}, {}
    for banking_deg in (0.0, 12.0):
        world = followed(banked_circle(banking_deg), 0.0, neutral_mps, spec, Backend.COMPILED)
        drive = list(drive_along(world, neutral_mps, 1200))[600:]
        forces[banking_deg] = np.mean([now.raw_accel_left_mps2 for now in drive])
        loads[banking_deg] = np.mean([sum(now.load_n) for now in drive])
        bend_1pm = np.mean([now.yaw_rate_radps / now.velocity_forward_mps for now in drive])
        assert bend_1pm == approx(0.02, rel=0.03)
    assert forces[0.0] == approx(neutral_mps**2 / 50.0, rel=0.02)
    assert abs(forces[12.0]) < 0.03 * forces[0.0]
    assert loads[12.0] / loads[0.0] == approx(1.0 / math.cos(math.radians(12.0)), rel=0.01)


def test_a_lap_up_and_down_closes_its_energy_as_on_the_flat(spec, kinetic_j):
    track = hilly_oval()
    world = followed(track, 5.0, 18.0, spec, Backend.COMPILED)
    car = make_car(spec, Setup())
    begin_j, lap_j = kinetic_j(world), []
    highest_j = 0.0
    for now in drive_along(world, 18.0, 60 * 100):
        runtime = world.runtime(0)
        spent_j = begin_j + runtime.state.ledger.chemical_j
        there_j = kinetic_j(world) + heat_j(runtime) + potential_j(world)
        assert there_j == approx(spent_j, rel=1e-6)
        tables = track.tables
        risen_m = height_at(tables, now.s_m, now.offset_m) - height_at(tables, 5.0, 0.0)
        expected_j = car.mass_kg * G_MPS2 * risen_m
        assert potential_j(world) == approx(expected_j, abs=50.0)
        highest_j = max(highest_j, abs(potential_j(world)))
        if len(lap_j) < now.lap:
            lap_j.append(potential_j(world))
    assert highest_j > 80_000.0
    assert len(lap_j) >= 2
    assert np.ptp(lap_j) < 50.0


def test_energy_closes_in_a_drive_that_spins_on_a_slope(alone, plane, varied_drive, kinetic_j):
    world = alone(10.0, track=plane(grade=0.06, crossfall=-0.04))
    begin_j = kinetic_j(world)
    for seconds, held in varied_drive:
        world.step([held], round(seconds * 240))
        runtime = world.runtime(0)
        spent_j = begin_j + runtime.state.ledger.chemical_j
        there_j = kinetic_j(world) + heat_j(runtime) + potential_j(world)
        assert there_j == approx(spent_j, rel=1e-6)


def test_uphill_takes_more_charge_than_downhill_by_the_weight_that_is_lifted(alone, plane, spec):
    spent_j = {}
    for grade in (-0.03, 0.03):
        world = alone(25.0, track=plane(grade=grade))
        (now,) = world.snapshots()
        for _ in range(1200):
            pedal = 0.2 + 0.3 * (25.0 - now.velocity_forward_mps)
            (now,) = world.step([controls(0.0, max(pedal, 0.0), max(-pedal, 0.0))], 4).snapshots
        spent_j[grade] = (now.battery_drawn_j - now.battery_regained_j) / now.x_m
    lifted_j = 2.0 * 0.03 * G_MPS2 * make_car(spec, Setup()).mass_kg
    assert 1.0 < (spent_j[0.03] - spent_j[-0.03]) / lifted_j < 1.3


def test_in_a_mirror_a_hilly_drive_is_the_mirrored_one(spec):
    here = followed(hilly_oval(), 5.0, 15.0, spec, Backend.COMPILED)
    mirrored = build_track("hilly", variant_file(oval_file(), ("mirror",)), Path("hilly"))
    there = followed(mirrored, 5.0, 15.0, spec, Backend.COMPILED)
    (now,), (other,) = here.snapshots(), there.snapshots()
    for _ in range(1200):
        held = held_on_the_road(now, 17.0)
        (now,) = here.step([held], 4).snapshots
        (other,) = there.step([held._replace(steering=-held.steering)], 4).snapshots
        assert (other.x_m, -other.y_m) == approx((now.x_m, now.y_m), abs=1e-6)
    assert now.s_m != approx(5.0, abs=50.0)


@pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
def test_plain_compiled_and_batch_have_the_same_bits_on_hills(spec):
    track = hilly_oval()
    starts = [Start(spec, Setup(), track.centreline.pose(s), s, 14.0) for s in (5.0, 300.0)]
    plain, machine = World(track, starts[:1]), World(track, starts[:1], Backend.COMPILED)
    batch = Batch(track, starts)
    assert machine.backend is Backend.COMPILED
    (now,) = plain.snapshots()
    for decision in range(900):
        held = held_on_the_road(now, 17.0 if decision < 500 else 60.0)
        (now,) = plain.step([held], 4).snapshots
        assert machine.step([held], 4).snapshots[0] == now
        steering, throttle, brake = held.steering / 32767, held.throttle / 255, held.brake / 255
        batch.step([steering] * 2, [throttle] * 2, [brake] * 2, ticks=4)
        assert [batch.column(name)[0] for name in now._fields] == list(now)
    assert plain.state_bits() == machine.state_bits()


def test_a_world_of_hills_is_saved_and_restored_to_the_bit(spec):
    track = hilly_oval()
    world = followed(track, 5.0, 15.0, spec, Backend.COMPILED)
    list(drive_along(world, 17.0, 200))
    saved = world.saved()
    other = followed(track, 5.0, 15.0, spec, Backend.COMPILED)
    other.restore(saved)
    assert other.state_bits() == world.state_bits()
    for each in (world, other):
        each.step([controls(throttle=0.5, steering=0.05)], 240)
    assert other.state_bits() == world.state_bits()


def test_a_flat_drive_has_no_bits_of_slopes(spec):
    flat, hilly = hilly_oval([], []), hilly_oval(HEIGHTS_M, [])
    sizes = [len(followed(track, 5.0, 15.0, spec).state_bits()) for track in (flat, hilly)]
    assert sizes[1] - sizes[0] == 40
