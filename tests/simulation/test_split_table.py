"""A split map resolves into shares along a lap: in its place, within its bounds, without a jump."""

import math
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval
from pytest import approx
from sample_circuits import made_circuit
from split_map_strategies import shares, split_maps

from game.simulation.split_table import corner_phases, resolve
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch

OWN = Setup(front_torque_share=0.5, front_regen_share=0.6)
RAMP_M = 11.0
HALF_CIRCLE_M = 50.0 * math.pi


@cache
def circuit(name):
    return {"ricardo_tormo": load_track, "oval": lambda _: make_oval()}.get(name, made_circuit)(
        name
    )


circuits = st.sampled_from(["ricardo_tormo", "oval", "hairpins"])


maps = split_maps(max_painted=4, max_m=5000.0)


def drive_and_regen(split_map, track, own=OWN):
    """Functions of the place on the lap that give the two shares at the nearest station."""
    table = resolve(split_map, own, track)

    def reader(row):
        return lambda s_m: row[round(s_m / table.station_m) % len(row)]

    return reader(table.front_torque_share), reader(table.front_regen_share)


def spots(track, number):
    """By phase: the middle of that corner's phase, on the lap."""
    found = {}
    for phase in corner_phases(track):
        if phase.corner == number:
            long_m = (phase.to_m - phase.from_m) % track.length_m
            found[phase.name] = (phase.from_m + 0.5 * long_m) % track.length_m
    return found


@given(circuits, maps, st.builds(Setup, front_torque_share=shares, front_regen_share=shares))
def test_any_map_on_any_circuit_gives_shares_between_its_least_and_its_most_without_a_jump(
    name, split_map, own
):
    table = resolve(split_map, own, circuit(name))
    drive = {own.front_torque_share, split_map.entry, split_map.middle, split_map.exit}
    regen = {own.front_regen_share, split_map.braking}
    for stretch in split_map.painted:
        (drive if stretch.of == "drive" else regen).add(stretch.share)
    for row, given_shares in ((table.front_torque_share, drive), (table.front_regen_share, regen)):
        lowest, highest = min(given_shares - {None}), max(given_shares - {None})
        assert len(row) == circuit(name).tables.sample_count
        assert all(lowest <= share <= highest for share in row)
        steepest = (highest - lowest) / RAMP_M * table.station_m * 1.1 + 1e-12
        assert all(abs(one - other) <= steepest for one, other in pairwise([*row, row[0]]))


@given(circuits, shares, shares)
def test_without_a_map_or_with_an_empty_one_the_setups_shares_hold_to_the_bit(name, drive, regen):
    own = Setup(front_torque_share=drive, front_regen_share=regen)
    for split_map in (None, SplitMap()):
        table = resolve(split_map, own, circuit(name))
        assert set(table.front_torque_share) == {drive}
        assert set(table.front_regen_share) == {regen}


@given(circuits, shares)
def test_what_is_painted_all_round_is_one_share_to_the_bit(name, share):
    track = circuit(name)
    split_map = SplitMap(0.1, 0.2, 0.3, 0.4, (Stretch(0.0, track.length_m, share),))
    table = resolve(split_map, OWN, track)
    assert set(table.front_torque_share) == {share}
    assert 0.1 in table.front_regen_share


def test_the_phases_lie_about_their_corner():
    oval = circuit("oval")
    phases = {phase.name: phase[2:] for phase in corner_phases(oval) if phase.corner == 1}
    third_m = HALF_CIRCLE_M / 3.0
    assert phases["braking"] == approx((oval.length_m - 20.0, 100.0))
    assert phases["entry"] == approx((100.0, 100.0 + third_m))
    assert phases["middle"] == approx((100.0 + third_m, 100.0 + 2.0 * third_m))
    assert phases["exit"] == approx((100.0 + 2.0 * third_m, 100.0 + HALF_CIRCLE_M + 40.0))


@pytest.mark.parametrize("name", ["ricardo_tormo", "oval", "hairpins", "chicanes"])
def test_phases_of_drive_follow_each_other_without_overlap(name):
    track = circuit(name)
    phases = [phase for phase in corner_phases(track) if phase.name != "braking"]
    assert len(phases) == 3 * len(track.corners)
    for one, other in pairwise([*phases, phases[0]]):
        gap_m = (other.from_m - one.to_m + 1e-6) % track.length_m
        if one.corner == other.corner:
            assert gap_m < 1e-3
        else:
            assert gap_m < 0.5 * track.length_m


@pytest.mark.parametrize("name", ["ricardo_tormo", "oval", "hairpins", "chicanes"])
def test_no_braking_phase_reaches_back_before_the_apex_in_front(name):
    track = circuit(name)
    for phase, before in zip(
        [phase for phase in corner_phases(track) if phase.name == "braking"],
        (track.corners[-1], *track.corners),
        strict=False,
    ):
        since_apex_m = (phase.to_m - before.apex_m) % track.length_m or track.length_m
        assert (phase.to_m - phase.from_m) % track.length_m == approx(min(120.0, since_apex_m))


def test_each_phase_acts_in_its_place_and_nowhere_else():
    oval = circuit("oval")
    for phase, share in (("entry", 0.1), ("middle", 0.2), ("exit", 0.9)):
        drive, regen = drive_and_regen(SplitMap(**{phase: share}), oval)
        here = spots(oval, 2)
        assert {name: drive(s_m) for name, s_m in here.items()} == {
            name: share if name == phase else 0.5 for name in here
        }
        assert drive(50.0) == drive(400.0) == 0.5
        assert {regen(s_m) for s_m in range(700)} == {0.6}


def test_braking_is_of_the_regeneration_before_the_corner_and_leaves_the_drive_alone():
    oval = circuit("oval")
    drive, regen = drive_and_regen(SplitMap(braking=1.0), oval)
    begin_m = 300.0 + HALF_CIRCLE_M
    assert regen(begin_m - 60.0) == regen(begin_m - 7.0) == 1.0
    assert regen(begin_m + 7.0) == regen(begin_m - 130.0) == 0.6
    assert {drive(s_m) for s_m in range(700)} == {0.5}


def test_paint_wins_over_phases_and_later_paint_over_earlier():
    oval = circuit("oval")
    paint = (Stretch(120.0, 200.0, 0.8), Stretch(160.0, 240.0, 0.1))
    drive, _ = drive_and_regen(SplitMap(entry=0.3, middle=0.3, exit=0.3, painted=paint), oval)
    assert [drive(s_m) for s_m in (110.0, 140.0, 180.0, 220.0, 270.0)] == [0.3, 0.8, 0.1, 0.1, 0.3]


def test_paint_may_cross_the_line_and_may_be_of_the_regeneration():
    oval = circuit("oval")
    paint = (Stretch(690.0, 30.0, 0.9, "regeneration"),)
    drive, regen = drive_and_regen(SplitMap(painted=paint), oval)
    assert [regen(s_m) for s_m in (680.0, 700.0, 0.0, 20.0, 40.0)] == [0.6, 0.9, 0.9, 0.9, 0.6]
    assert {drive(s_m) for s_m in range(700)} == {0.5}


def test_paint_for_another_circuit_or_beyond_the_lap_is_left_out():
    oval = circuit("oval")
    paint = (Stretch(100.0, 300.0, 0.9),)
    for split_map, painted in (
        (SplitMap(painted=paint, painted_on="oval"), True),
        (SplitMap(painted=paint, painted_on="ricardo_tormo"), False),
        (SplitMap(painted=(Stretch(800.0, 900.0, 0.9),)), False),
    ):
        drive, _ = drive_and_regen(split_map, oval)
        assert drive(200.0) == (0.9 if painted else 0.5)


def test_a_ramp_stands_half_on_either_side_of_its_border():
    drive, _ = drive_and_regen(SplitMap(painted=(Stretch(300.0, 400.0, 1.0),)), circuit("oval"))
    assert drive(294.0) == 0.5
    assert 0.5 < drive(297.0) < 0.7 < drive(300.0) < 0.8 < drive(303.0) < 1.0
    assert drive(307.0) == 1.0
