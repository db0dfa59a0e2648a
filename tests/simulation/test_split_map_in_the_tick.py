"""A split map acts on a car where it is on the lap, in the same way in every form of the tick."""

import numpy as np
import pytest
from msgspec.structs import replace
from pytest import approx
from resimulation import resimulate

from game.compiled import Backend, numba_is_installed
from game.recording.replay import load_replay, state_hash
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.session import Session
from game.simulation.batch import Batch
from game.simulation.split_table import corner_phases, resolve
from game.simulation.world import Start, World
from game.trig import wrap_angle
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

FORMS = list(Backend) if numba_is_installed() else [Backend.PLAIN]
needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
WILD = SplitMap(
    braking=0.9,
    entry=0.2,
    middle=0.7,
    exit=0.0,
    painted=(Stretch(3950.0, 150.0, 0.8), Stretch(1000.0, 1500.0, 0.3, "regeneration")),
)
TAME = {"traction_control": 0, "abs": 0, "yaw_control": 0}


def held_on_the_road(now):
    """Controls that follow the centreline, quicker and slower by turns."""
    speed_mps = 19.0 if now.tick % 960 < 480 else 26.0
    astray_rad = wrap_angle(now.heading_rad - now.track_heading_rad)
    steering = 6.0 * now.curvature_1pm - 1.5 * astray_rad - 0.05 * now.offset_m
    pedal = 0.3 * (speed_mps - now.velocity_forward_mps)
    return controls(steering, max(0.0, pedal), max(0.0, -pedal))


class Follower:
    """A driver along the centreline."""

    ticks_per_decision = 4

    def reset(self, course):
        pass

    def decide(self, seen):
        return held_on_the_road(seen.car)


@pytest.fixture(scope="module")
def world_at(ricardo_tormo, spec):
    """Makes a world of one car on the lap: `world_at(900.0, 20.0, split_map=WILD)`."""

    def make(s_m, speed_mps, backend=Backend.COMPILED, **setup):
        pose = ricardo_tormo.centreline.pose(s_m)
        start = Start(spec, Setup(**setup), pose, s_m, speed_mps)
        return World(ricardo_tormo, [start], backend)

    return make


@pytest.fixture(scope="module")
def lap_of_controls(world_at):
    """Controls of 40 s round the lap from 3800 m on, for four ticks each."""
    world, held = world_at(3800.0, 20.0), []
    for _ in range(40 * 60):
        held.append(held_on_the_road(world.snapshots()[0]))
        world.advance([held[-1]], 4)
    return held


def phase_middle(track, corner, name):
    (phase,) = [one for one in corner_phases(track) if one[:2] == (name, corner)]
    return 0.5 * (phase.from_m + phase.to_m)


@pytest.mark.parametrize("backend", FORMS)
def test_the_share_applied_is_the_tables_at_the_cars_place_in_every_tick(
    world_at, ricardo_tormo, lap_of_controls, backend
):
    setup = Setup(split_map=WILD)
    table = resolve(WILD, setup, ricardo_tormo)
    row = table.front_torque_share
    stations_m = table.station_m * np.arange(len(row) + 1)
    world = world_at(3800.0, 20.0, backend, split_map=WILD, split_law="fill")
    applied, passed_m = [], []
    now = world.snapshots()[0]
    for held in lap_of_controls[: 40 * 60 if backend is Backend.COMPILED else 10 * 60]:
        for _ in range(4):
            before_m, now = now.s_m, world.step([held]).snapshots[0]
            passed_m.append(before_m)
            applied.append(now.front_torque_share)
    expected = np.interp(passed_m, stations_m, [*row, row[0]])
    assert applied == approx(expected, abs=1e-12)
    assert {0.8, 0.5} <= set(applied)
    assert {0.2, 0.7, 0.0} <= set(applied) or backend is Backend.PLAIN


def test_a_map_of_one_share_is_that_share_to_the_bit(world_at, lap_of_controls):
    everywhere = (Stretch(0.0, 9999.0, 0.37), Stretch(0.0, 9999.0, 0.8, "regeneration"))
    mapped = world_at(3800.0, 20.0, split_map=SplitMap(painted=everywhere))
    plain = world_at(3800.0, 20.0, front_torque_share=0.37, front_regen_share=0.8)
    for held in lap_of_controls:
        mapped.advance([held], 4)
        plain.advance([held], 4)
    assert plain.snapshots()[0].battery_regained_j > 0.0
    assert mapped.snapshots()[0].front_torque_share == 0.37
    assert mapped.snapshots() == plain.snapshots()


def test_an_empty_map_is_no_map_to_the_bit(world_at, lap_of_controls):
    mapped, plain = world_at(3800.0, 20.0, split_map=SplitMap()), world_at(3800.0, 20.0)
    for held in lap_of_controls:
        mapped.advance([held], 4)
        plain.advance([held], 4)
    assert mapped.state_bits() == plain.state_bits()


@needs_numba
@pytest.mark.parametrize(
    ("mode", "law"),
    [
        ("fixed", "limit"),
        ("load-following", "limit"),
        ("slip-balancing", "limit"),
        ("load-following", "fill"),
    ],
)
def test_plain_and_compiled_agree_to_the_bit_with_a_map(world_at, lap_of_controls, mode, law):
    setup = {"split_map": WILD, "split_mode": mode, "split_law": law}
    plain, machine = (world_at(3800.0, 20.0, form, **setup) for form in (False, True))
    for held in lap_of_controls[: 10 * 60]:  # over the line, the map's first painted stretch
        plain.advance([held], 4)
        machine.advance([held], 4)
    assert machine.state_bits() == plain.state_bits()


def test_how_ticks_are_grouped_makes_no_difference(world_at):
    held = [controls(0.02, 0.6)]
    ends = []
    for ticks in (1, 7, 84, 420):
        world = world_at(700.0, 25.0, split_map=WILD)
        for _ in range(840 // ticks):
            world.advance(held, ticks)
        ends.append(world.state_bits())
    assert set(ends) == {ends[0]}


@pytest.mark.parametrize("backend", FORMS)
def test_one_axle_only_in_one_phase(world_at, ricardo_tormo, backend):
    exit_m = phase_middle(ricardo_tormo, 1, "exit")
    only_rear = {"split_map": SplitMap(exit=0.0), **TAME}
    for s_m, front in ((exit_m - 10.0, False), (exit_m + 200.0, True)):
        world = world_at(s_m, 15.0, backend, **only_rear)
        now = world.step([controls(throttle=1.0)], 120).snapshots[0]
        assert now.rear_torque_nm > 100.0
        assert (now.front_torque_nm > 100.0) is front
        assert now.front_torque_nm >= -1e-6


@pytest.mark.parametrize("backend", FORMS)
def test_the_motors_brake_by_the_map_before_a_corner_and_by_the_setup_elsewhere(
    world_at, ricardo_tormo, backend
):
    before_m = phase_middle(ricardo_tormo, 1, "braking")
    for s_m, share in ((before_m, 0.9), (before_m - 200.0, 0.6)):
        world = world_at(s_m, 30.0, backend, split_map=SplitMap(braking=0.9), **TAME)
        now = world.step([controls(brake=0.1)], 120).snapshots[0]
        total_nm = now.front_torque_nm + now.rear_torque_nm
        assert total_nm < -50.0
        assert now.front_torque_nm / total_nm == approx(share, abs=1e-3)


@pytest.mark.parametrize("backend", FORMS)
def test_a_share_set_on_the_way_stands_above_the_maps_drive_and_lets_its_braking_be(
    world_at, ricardo_tormo, backend
):
    before_m = phase_middle(ricardo_tormo, 1, "braking")
    painted = SplitMap(braking=0.9, painted=(Stretch(0.0, 2000.0, 0.2),))
    world = world_at(before_m - 40.0, 25.0, backend, split_map=painted, **TAME)
    assert world.step([controls(throttle=0.3)], 60).snapshots[0].front_torque_share == 0.2
    world.set_front_torque_share(0, 0.7)
    assert world.step([controls(throttle=0.3)], 60).snapshots[0].front_torque_share == 0.7
    now = world.step([controls(brake=0.1)], 120).snapshots[0]
    assert now.front_torque_nm / (now.front_torque_nm + now.rear_torque_nm) == approx(0.9, abs=1e-3)


def test_off_any_track_a_map_says_nothing(alone):
    mapped, plain = alone(20.0, split_map=WILD), alone(20.0)
    for world in (mapped, plain):
        world.advance([controls(0.1, 0.4)], 600)
    assert mapped.state_bits() == plain.state_bits()


def test_a_restarted_world_has_its_map_again(world_at):
    start = world_at(700.0, 25.0, split_map=WILD).starts[0]
    used, fresh = (world_at(700.0, 25.0, split_map=WILD) for _ in range(2))
    used.set_front_torque_share(0, 0.2)
    used.advance([controls(0.0, 0.5)], 300)
    used.restart(start)
    for world in (used, fresh):
        world.advance([controls(0.02, 0.5)], 600)
    assert used.state_bits() == fresh.state_bits()


def test_a_replay_of_mapped_cars_verifies_and_another_map_does_not(ricardo_tormo, spec, tmp_path):
    starts = [
        Start(spec, setup, ricardo_tormo.centreline.pose(s_m), s_m, 20.0)
        for s_m, setup in ((820.0, Setup(split_map=WILD)), (1100.0, Setup()))
    ]
    world = World(ricardo_tormo, starts, backend=Backend.COMPILED)
    session = Session(world, [Follower(), Follower()])
    recorder = ReplayRecorder(world, lambda: session.controls)
    for _ in range(12 * 60):
        recorder.on_step(session.step())
    save_replay(recorder.recording(), tmp_path / "mapped.replay")
    replay = load_replay(tmp_path / "mapped.replay")
    assert replay.starts[0].setup.split_map == WILD
    for backend in FORMS:
        again = resimulate(replay, ricardo_tormo, spec, backend)
        assert state_hash(again) == replay.state_hash
    forged = replace(replay.starts[0], setup=Setup(split_map=SplitMap(exit=0.9)))
    forgery = replace(replay, starts=[forged, replay.starts[1]])
    assert state_hash(resimulate(forgery, ricardo_tormo, spec, True)) != replay.state_hash


@needs_numba
def test_cars_of_a_batch_may_bring_maps_at_any_time(ricardo_tormo, spec):
    def start(s_m, split_map):
        pose = ricardo_tormo.centreline.pose(s_m)
        return Start(spec, Setup(split_map=split_map), pose, s_m, 20.0)

    first, later = start(820.0, WILD), start(820.0, SplitMap(painted=(Stretch(0.0, 2e3, 0.1),)))
    batch = Batch(ricardo_tormo, [first, start(820.0, None)])
    batch.restart([1], batch.prepared([later]))
    worlds = [World(ricardo_tormo, [one], backend=Backend.COMPILED) for one in (first, later)]
    for _ in range(100):
        batch.step(0.02, 0.4, 0.0, ticks=4)
        for world in worlds:
            world.advance([controls(0.02, 0.4)], 4)
    shown = [world.snapshots()[0] for world in worlds]
    for name in ("s_m", "front_torque_share", "front_torque_nm"):
        assert batch.column(name).tolist() == [getattr(one, name) for one in shown]
    batch.set_front_torque_share([0.4, 0.45])
    batch.step(0.02, 0.4, 0.0)
    assert batch.column("front_torque_share").tolist() == [0.4, 0.45]
