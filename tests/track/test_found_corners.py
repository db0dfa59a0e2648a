"""Corners are found from curvature: those of a circuit laid turn by turn, and where they lie."""

import math
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from oval import OVAL
from pytest import approx

from game.errors import InputError
from game.track.corners import find_corners
from game.track.track import build_track
from game.track.track_file import CentrelineEntry, CornerEntry, TrackFile


def track_of(elements, corners=None):
    """Return a circuit of these elements, with the ground and the walls of the oval."""
    file = msgspec.toml.decode(OVAL, type=TrackFile)
    entry = CentrelineEntry(0.0, 0.0, 0.0, elements=elements, corners=corners)
    file = msgspec.structs.replace(
        file,
        centreline=entry,
        official=None,
        walls=msgspec.structs.replace(file.walls, free=[]),
        pit_lane=False,
    )
    return build_track("made", file, Path("made"))


def oval_elements(first_m=100.0):
    half_m = math.pi * 50.0
    return [
        (first_m, 0.0, 0.0),
        (half_m, 0.02, 0.02),
        (200.0, 0.0, 0.0),
        (half_m, 0.02, 0.02),
        (200.0 - first_m, 0.0, 0.0),
    ]


def test_the_corners_of_ricardo_tormo_are_found_from_its_curvature(ricardo_tormo):
    found = find_corners(ricardo_tormo.centreline)
    assert [corner.inside for corner in found] == [each.inside for each in ricardo_tormo.corners]
    for corner, laid in zip(found, ricardo_tormo.corners, strict=True):
        assert corner.number == laid.number
        assert corner.turn_in_m == approx(laid.turn_in_m, abs=2.0)
        assert corner.exit_m == approx(laid.exit_m, abs=2.5)
        assert laid.turn_in_m < corner.apex_m < laid.exit_m


def test_a_circuit_of_elements_has_the_corners_that_its_curvature_makes():
    one, other = track_of(oval_elements()).corners
    assert (one.number, one.inside, other.number) == (1, "left", 2)
    assert one.turn_in_m == approx(100.0, abs=1.0)
    assert one.exit_m == approx(100.0 + math.pi * 50.0, abs=1.0)
    assert one.apex_m == approx(100.0 + math.pi * 25.0, abs=2.0)


def two_apexes(dip_1pm, dip_m):
    """Return the corners of a half circle that opens to a dip and closes again, of an oval."""
    ease_m, half_m = 15.0, math.pi * 50.0
    eased_rad = ease_m * (0.02 + dip_1pm) + dip_m * dip_1pm
    arc_m = 0.5 * (half_m - eased_rad / 0.02)
    bend = [
        (arc_m, 0.02, 0.02),
        (ease_m, 0.02, dip_1pm),
        (dip_m, dip_1pm, dip_1pm),
        (ease_m, dip_1pm, 0.02),
        (arc_m, 0.02, 0.02),
    ]
    return track_of([(100.0, 0.0, 0.0), *bend, (200.0, 0.0, 0.0), *bend, (100.0, 0.0, 0.0)]).corners


@pytest.mark.parametrize(
    ("dip_1pm", "dip_m", "count"),
    [(0.001, 10.0, 4), (0.0, 6.0, 4), (0.008, 40.0, 2), (0.003, 1.0, 2)],
    ids=["nearly straight", "straight for a moment", "gentler", "for a moment less"],
)
def test_a_bend_that_is_nearly_straight_in_between_is_two_corners(dip_1pm, dip_m, count):
    corners = two_apexes(dip_1pm, dip_m)
    assert len(corners) == count
    assert all(one.exit_m <= other.turn_in_m for one, other in pairwise(corners))


def test_corners_that_a_file_lists_are_taken_as_they_are():
    listed = [CornerEntry(7, 100.0, 257.0, "Parabolica")]
    (corner,) = track_of(oval_elements(), listed).corners
    assert (corner.number, corner.name, corner.inside) == (7, "Parabolica", "left")


def test_a_corner_across_the_start_line_is_cut_there():
    quarter_m = math.pi * 25.0
    bend, straight = (quarter_m, 0.02, 0.02), (200.0, 0.0, 0.0)
    corners = track_of([bend, straight, bend, bend, straight, bend]).corners
    assert len(corners) == 3
    assert corners[0].turn_in_m == 0.0
    assert corners[-1].exit_m == approx(400.0 + 4.0 * quarter_m, abs=1e-6)


def test_a_file_gives_its_centreline_in_one_way():
    with pytest.raises(InputError, match="give either turns or elements"):
        track_of([])


def test_a_listed_corner_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError, match=r"corners\[0\]: a corner ends after it begins"):
        track_of(oval_elements(), [CornerEntry(1, 257.0, 100.0)])


def test_a_lap_shorter_than_a_car_can_drive_is_one_line():
    with pytest.raises(InputError, match=r"the lap is 6\.3 m long: make it 100 m or more"):
        track_of([(2.0 * math.pi, 1.0, 1.0)])


def test_a_figure_of_eight_is_no_fault_of_closing():
    quarter_m = math.pi * 75.0
    eight = [
        (100.0, 0.0, 0.0),
        (3.0 * quarter_m / 1.5, 1.0 / 50.0, 1.0 / 50.0),
        (200.0, 0.0, 0.0),
        (3.0 * quarter_m / 1.5, -1.0 / 50.0, -1.0 / 50.0),
        (100.0, 0.0, 0.0),
    ]
    with pytest.raises(InputError) as raised:
        track_of(eight)
    assert "degrees" not in str(raised.value)
