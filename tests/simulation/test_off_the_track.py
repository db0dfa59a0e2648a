"""Grass is slippery, gravel slows a car and beaches it: in units that were measured."""

import math
from itertools import pairwise
from types import SimpleNamespace

import pytest
from energy_account import heat_j
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.compiled import Backend
from game.records import arrays
from game.simulation.world import Start, World
from game.track.defaults import track_defaults
from game.track.elements import Pose
from game.track.gates import Gate
from game.track.surfaces import GRASS, GRAVEL
from game.track.tables import SurfaceProperties, flat_tables
from game.units import G_MPS2
from game.vehicle.setup import Setup
from game.vehicle.state import Controls, controls

AWAY_M = 1e9
BANDS_M = {GRASS: (-1.0, -1.0, -1.0, AWAY_M, AWAY_M), GRAVEL: (-1.0, -1.0, -1.0, -1.0, AWAY_M)}
OUT_OF_REACH = Gate(0.0, 1e9, 1e9, 0.0, 1.0, 0)
COASTING, BRAKING = Controls(), controls(brake=1.0)


@pytest.fixture(scope="module")
def on_ground(spec):
    """Makes a world with a car on endless grass or gravel as a new circuit has it."""
    kinds = [
        SurfaceProperties(
            kind.grip,
            kind.rolling_resistance,
            kind.resistance_when_slow,
            kind.slow_speed_mps,
            kind.roughness_m,
            0,
        )
        for kind in track_defaults().surfaces.in_order()
    ]

    def make(surface, speed_mps, turned_rad=0.0, backend=Backend.COMPILED, **setup):
        flat = flat_tables()
        sample = flat.samples[0]._replace(
            bands_left_m=BANDS_M[surface], bands_right_m=BANDS_M[surface]
        )
        tables = flat._replace(min_left_m=-1.0, min_right_m=-1.0, samples=[sample], surfaces=kinds)
        track = SimpleNamespace(
            tables=tables, table_arrays=arrays(tables), walls=(), gates=(OUT_OF_REACH,)
        )
        pose = Pose(1000.0, 10.0, turned_rad)
        return World(track, [Start(spec, Setup(**setup), pose, 1000.0, speed_mps)], backend)

    return make


def mean_g(world, held, seconds):
    """Return the mean deceleration over some seconds, in g."""
    before = world.snapshots()[0].velocity_forward_mps
    after = world.step([held], round(seconds * 240)).snapshots[0].velocity_forward_mps
    return (before - after) / seconds / G_MPS2


def test_slicks_brake_on_grass_with_four_tenths_of_g(on_ground):
    world = on_ground(GRASS, 20.0)
    world.step([BRAKING], 60)
    assert set(world.snapshots()[0].surface) == {GRASS}
    assert mean_g(world, BRAKING, 1.0) == approx(0.4, abs=0.04)


def test_sport_tyres_have_more_of_grass_than_slicks(on_ground):
    slick, sport = (
        mean_g(on_ground(GRASS, 20.0, tyre=tyre), BRAKING, 1.5) for tyre in ("slick", "sport")
    )
    assert slick + 0.02 < sport < 0.5


@pytest.mark.parametrize("from_kmh", [80, 50])
def test_gravel_slows_a_coasting_car_with_six_tenths_of_g(on_ground, from_kmh):
    world = on_ground(GRAVEL, from_kmh / 3.6)
    assert mean_g(world, COASTING, 1.0) == approx(0.6, abs=0.04)


def test_a_fast_car_skips_over_gravel(on_ground):
    drag_g = [mean_g(on_ground(GRAVEL, kmh / 3.6), COASTING, 0.25) for kmh in (90, 120, 160)]
    assert drag_g == sorted(drag_g, reverse=True)
    assert drag_g[-1] < 0.4


def test_a_car_that_stands_in_gravel_is_beached_and_crawls_out_at_walking_pace(on_ground):
    world = on_ground(GRAVEL, 0.0)
    now = world.step([controls(throttle=1.0)], 10 * 240).snapshots[0]
    assert 1.0 < now.velocity_forward_mps < 3.0
    assert now.x_m - 1000.0 < 30.0


def test_a_car_that_keeps_its_throttle_open_comes_far_through_gravel(on_ground):
    def way_m(held):
        return on_ground(GRAVEL, 22.0).step([held], 6 * 240).snapshots[0].x_m - 1000.0

    assert way_m(controls(throttle=0.6)) > 1.5 * way_m(COASTING)


@pytest.mark.parametrize("turned_rad", [0.0, 1.0, math.pi])
def test_a_car_comes_to_rest_in_gravel_without_ringing(on_ground, turned_rad):
    world = on_ground(GRAVEL, 12.0, turned_rad)
    world.step([COASTING], 10 * 240)
    speeds = [world.step([COASTING]).snapshots[0].velocity_forward_mps for _ in range(240)]
    assert max(map(abs, speeds)) < 0.05
    assert all(one * other >= 0.0 for one, other in pairwise(speeds))


@given(
    st.sampled_from([GRASS, GRAVEL]),
    st.floats(1.0, 60.0),
    st.tuples(st.floats(-1.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0)),
)
def test_no_energy_is_lost_unbooked_off_the_track(on_ground, kinetic_j, surface, speed_mps, held):
    world = on_ground(surface, speed_mps)
    before_j = kinetic_j(world)
    world.step([controls(*held)], 480)
    runtime = world.runtime(0)
    chemical_j = runtime.state.ledger.chemical_j
    changed_j = kinetic_j(world) - before_j
    assert changed_j == approx(chemical_j - heat_j(runtime), abs=2.0, rel=1e-6)


@pytest.mark.parametrize("surface", [GRASS, GRAVEL])
def test_plain_and_compiled_agree_off_the_track(on_ground, surface):
    plain, fast = (
        on_ground(surface, 30.0, backend=backend) for backend in (Backend.PLAIN, Backend.COMPILED)
    )
    for held in (controls(0.5, throttle=1.0), controls(-1.0, brake=0.5), controls(throttle=1.0)):
        plain.step([held], 240)
        fast.step([held], 240)
        assert plain.state_bits() == fast.state_bits()
