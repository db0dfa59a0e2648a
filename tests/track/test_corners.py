"""The corner near a place: the one a car is in, or the one that comes, over the line as well."""

import dataclasses

from oval import make_oval

from game.track.corners import Corner
from game.track.track import load_track

OVAL = make_oval()


def test_a_corner_is_near_from_sixty_metres_before_it_to_its_exit():
    first, second = OVAL.corners
    assert OVAL.corner_near(first.turn_in_m - 61.0) is None
    assert OVAL.corner_near(first.turn_in_m - 59.0) is first
    assert OVAL.corner_near(first.exit_m) is first
    assert OVAL.corner_near(first.exit_m + 1.0) is None
    assert OVAL.corner_near(second.apex_m) is second


def test_a_corner_just_after_the_start_line_is_near_before_the_line():
    early = Corner(1, "", "left", 20.0, 50.0, 80.0)
    track = dataclasses.replace(OVAL, corners=(early, OVAL.corners[1]))
    assert track.corner_near(OVAL.length_m - 39.0) is early
    assert track.corner_near(0.0) is early
    assert track.corner_near(OVAL.length_m - 41.0) is None


def test_a_car_is_near_the_corner_that_it_is_in_even_if_another_comes():
    one, other = (
        Corner(1, "", "left", 100.0, 150.0, 200.0),
        Corner(2, "", "left", 210.0, 250.0, 300.0),
    )
    last = Corner(3, "", "left", 600.0, 650.0, OVAL.length_m - 5.0)
    early = Corner(4, "", "left", 30.0, 40.0, 50.0)
    track = dataclasses.replace(OVAL, corners=(early, one, other, last))
    assert track.corner_near(170.0) is one
    assert track.corner_near(200.5) is other
    assert track.corner_near(OVAL.length_m - 10.0) is last
    assert track.corner_near(OVAL.length_m - 3.0) is early


def test_on_a_lap_whose_first_corner_is_far_the_earliest_of_those_near_is_named():
    track = load_track("ricardo_tormo")
    for s_m in range(int(track.length_m)):
        near = [c for c in track.corners if c.turn_in_m - 60.0 <= s_m <= c.exit_m]
        assert track.corner_near(float(s_m)) is (near[0] if near else None)
