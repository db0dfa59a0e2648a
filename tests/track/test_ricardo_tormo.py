"""The circuit that ships is the one that is published."""

import math

import numpy as np
import pytest
from pytest import approx

from game.track.check import check
from game.track.surfaces import GRASS, GRAVEL, KERB, PAINT, PIT_LANE, TARMAC
from game.track.tables import edge_excess_m, surface_at


def test_nothing_is_wrong_with_it(ricardo_tormo):
    assert check(ricardo_tormo) == []


def test_a_lap_is_4005_m_and_closes(ricardo_tormo):
    line = ricardo_tormo.centreline
    assert ricardo_tormo.length_m == approx(4005.0, abs=1e-6)
    assert (line.end.x_m, line.end.y_m) == approx((line.start.x_m, line.start.y_m), abs=1e-6)
    assert line.end.heading_rad - line.start.heading_rad == approx(math.tau, abs=1e-6)


def test_it_has_nine_left_and_five_right_turns(ricardo_tormo):
    directions = {corner.number: corner.inside for corner in ricardo_tormo.corners}
    assert {n for n, side in directions.items() if side == "left"} == {1, 2, 3, 6, 7, 8, 9, 13, 14}
    assert {n for n, side in directions.items() if side == "right"} == {4, 5, 10, 11, 12}


@pytest.mark.parametrize(
    ("number", "turn_in_m", "exit_m", "name"),
    [
        (1, 490.2, 581.3, 'Jorge Martínez "Aspar"'),
        (2, 870.4, 962.8, "Mick Doohan"),
        (8, 2216.6, 2367.8, "Bernat Martínez"),
        (13, 3121.5, 3560.1, ""),
        (14, 3581.6, 3633.2, "Adrián Campos"),
    ],
)
def test_corners_lie_where_the_survey_has_them(ricardo_tormo, number, turn_in_m, exit_m, name):
    corner = ricardo_tormo.corners[number - 1]
    assert (corner.turn_in_m, corner.exit_m) == approx((turn_in_m, exit_m), abs=0.06)
    assert corner.name == name


def test_the_main_straight_is_876_m_give_or_take_15(ricardo_tormo):
    straight_m = ricardo_tormo.corners[0].turn_in_m + (
        ricardo_tormo.length_m - ricardo_tormo.corners[-1].exit_m
    )
    assert straight_m == approx(862.0, abs=0.1)
    assert straight_m == approx(876.0, abs=15.0)


def test_it_is_787_by_870_m_large(ricardo_tormo):
    places = ricardo_tormo.outline("left", -1)
    assert np.ptp(places, axis=0) == approx([787.0, 870.0], abs=1.0)


def test_turns_8_and_13_pass_each_other_at_54_m(ricardo_tormo):
    places, s_m = ricardo_tormo.outline("left", -1), ricardo_tormo.frames.s_m
    eight, thirteen = (places[(s_m > begin) & (s_m < begin + 200)] for begin in (2200, 3100))
    gaps = np.linalg.norm(eight[:, None] - thirteen[None], axis=2)
    assert gaps.min() == approx(54.0, abs=0.5)


def test_sectors_begin_after_turn_5_and_before_turn_12(ricardo_tormo):
    corners, (first_m, second_m, third_m) = ricardo_tormo.corners, ricardo_tormo.sectors_m
    assert first_m == 0.0
    assert corners[4].exit_m < second_m < corners[5].turn_in_m
    assert corners[10].exit_m < third_m < corners[11].turn_in_m


@pytest.mark.parametrize(
    ("place", "s_m", "offset_m", "surface"),
    [
        ("the start line", 0.0, 0.0, TARMAC),
        ("T1, kerb inside the apex", 536.0, 6.6, KERB),
        ("T1, the pit exit outside", 530.0, -8.0, PIT_LANE),
        ("T1, gravel beyond", 560.0, -30.0, GRAVEL),
        ("T2, kerb inside the apex", 917.0, 6.6, KERB),
        ("T2, grass inside the kerb", 917.0, 8.0, GRASS),
        ("T2, gravel outside", 930.0, -25.0, GRAVEL),
        ("T2, escape road", 906.0, -20.0, PIT_LANE),
        ("T6, kerb at the exit", 1790.0, -6.8, KERB),
        ("T6, painted strip behind it", 1790.0, -8.5, PAINT),
        ("T12, kerb on the right", 3076.0, -6.6, KERB),
        ("T12, no kerb on the left", 3070.0, 6.6, GRASS),
        ("the pit lane", 100.0, -15.0, PIT_LANE),
        ("grass beside the straight", 100.0, 10.0, GRASS),
    ],
)
def test_the_ground_is_what_one_finds_there(ricardo_tormo, place, s_m, offset_m, surface):
    assert surface_at(ricardo_tormo.tables, s_m, offset_m) == surface, place


def test_kerb_and_paint_count_as_track_and_the_rest_does_not(ricardo_tormo):
    tables = ricardo_tormo.tables
    assert edge_excess_m(tables, 100.0, -6.5) == approx(0.5)
    assert edge_excess_m(tables, 1790.0, -9.0) == approx(-0.6)
    assert edge_excess_m(tables, 1790.0, -10.0) == approx(0.4)
    assert edge_excess_m(tables, 100.0, 0.0) == approx(-6.0)


def test_nobody_leaves_the_circuit(ricardo_tormo):
    # The walls of each side, one behind the other, make closed rings about the centreline.
    rings = [wall for wall in ricardo_tormo.walls if not is_pit_wall(wall)]
    for side in (1.0, -1.0):
        walls = [wall for wall in rings if side * wall.offset_m[0] > 0.0]
        for wall, following in zip(walls, [*walls[1:], walls[0]], strict=True):
            assert wall.points_m[-1].tolist() == following.points_m[0].tolist()


def is_pit_wall(wall):
    return wall.kind == "concrete" and np.all((wall.offset_m < 0.0) & (wall.offset_m > -10.0))


def test_the_pit_lane_can_be_entered_and_left(ricardo_tormo):
    (pit_wall,) = (wall for wall in ricardo_tormo.walls if is_pit_wall(wall))
    lane = ricardo_tormo.pit_lane
    assert lane.s_m[0] == approx(3701.0, abs=1.0)
    assert lane.s_m[-1] == approx(615.0, abs=1.0)
    assert pit_wall.s_m[0] > lane.s_m[0] + 100.0
    assert pit_wall.s_m[-1] < lane.s_m[-1] - 100.0


def test_24_cars_stand_8_m_apart_with_pole_on_the_right(ricardo_tormo):
    line = ricardo_tormo.centreline
    offsets_m = [line.project(box.x_m, box.y_m, box.s_m)[1] for box in ricardo_tormo.grid]
    assert offsets_m == approx([-3.0, 3.0] * 12)
    assert np.diff([box.s_m for box in ricardo_tormo.grid]) == approx([-8.0] * 23)


def test_the_data_is_credited(ricardo_tormo):
    assert "OpenStreetMap contributors" in ricardo_tormo.credit
    assert "ODbL" in ricardo_tormo.credit
