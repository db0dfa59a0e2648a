"""A fault that is made at a known place is found there; a sound circuit has no findings."""

import dataclasses
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from figure_of_eight import ABOVE_M, BELOW_M, ELEMENTS, figure_of_eight_file
from oval import OVAL
from pytest import approx

from game.catalogues import set_language
from game.errors import InputError
from game.track.centreline import Centreline
from game.track.check import check
from game.track.elements import Element, Pose
from game.track.findings import stretches
from game.track.track import UnfitTrackError, build_track, load_track, track_names
from game.track.track_file import BridgeEntry, CentrelineEntry, GroundEntry, TrackFile
from game.track.variants import split_name

pytestmark = pytest.mark.slow

HALF_M = math.pi * 50.0  # of the oval's half circles
LAP_M = 400.0 + 2.0 * HALF_M


def of_elements(elements, left_m=6.0, right_m=6.0, **ground):
    """Return a circuit whose surroundings are made."""
    file = TrackFile(
        title="",
        credit="",
        centreline=CentrelineEntry(0.0, 0.0, 0.0, elements=elements),
        ground=GroundEntry(left_m, right_m, **ground),
    )
    return build_track("made", file, Path("made"))


def oval_of(**changes):
    """Return the oval with something else of its file."""
    file = msgspec.toml.decode(OVAL, type=TrackFile)
    return build_track("oval", msgspec.structs.replace(file, **changes), Path("oval"))


def rounded(first_m=100.0):
    return [
        (first_m, 0.0, 0.0),
        (HALF_M, 0.02, 0.02),
        (200.0, 0.0, 0.0),
        (HALF_M, 0.02, 0.02),
        (200.0 - first_m, 0.0, 0.0),
    ]


def refused(make, *args, **kwargs):
    with pytest.raises(UnfitTrackError) as raised:
        make(*args, **kwargs)
    return raised.value.findings


def only(findings, kind):
    """Return the one finding there is, whose message names its place."""
    (finding,) = findings
    assert finding.kind == kind
    assert f"x {finding.x_m:.1f}, y {finding.y_m:.1f}" in finding.message
    return finding


@pytest.mark.parametrize("name", track_names())
@pytest.mark.parametrize("suffix", ["", "+mirror", "+reverse"])
def test_no_circuit_that_ships_has_a_finding(name, suffix):
    assert check(load_track(split_name(name).base + suffix)) == []


def test_an_oval_with_arcs_beside_straights_has_no_finding():
    assert check(of_elements(rounded())) == []


def test_a_line_that_ends_elsewhere_is_told_with_the_end():
    finding = only(refused(of_elements, [*rounded()[:4], (80.0, 0.0, 0.0)]), "closure")
    assert finding.from_m == approx(LAP_M - 20.0)
    assert (finding.x_m, finding.y_m) == approx((-20.0, 0.0), abs=0.1)


def test_angles_that_do_not_add_up_are_told():
    elements = rounded()
    elements[1] = (HALF_M - 5.0, 0.02, 0.02)
    finding = only(refused(of_elements, elements), "closure")
    assert "354.270 degrees in all, not 360: change an angle by 5.730" in finding.message


def test_a_fold_is_found_where_the_edge_is_farther_than_the_radius():
    left_m = [(0.0, 6.0), (150.0, 6.0), (178.0, 55.0), (206.0, 6.0)]
    finding = only(refused(of_elements, rounded(), left_m), "fold")
    assert 170.0 < finding.from_m < 178.0 < finding.to_m < 186.0


def test_each_place_where_the_road_lies_on_itself_is_found():
    """Two straights 12 m apart under a road of 14 m, and each of them again."""
    tight_m = math.pi * 6.0
    elements = [
        (100.0, 0.0, 0.0),
        (tight_m, 1.0 / 6.0, 1.0 / 6.0),
        (200.0, 0.0, 0.0),
        (tight_m, 1.0 / 6.0, 1.0 / 6.0),
        (100.0, 0.0, 0.0),
    ]
    found = refused(of_elements, elements, 5.0, 8.0)
    assert {finding.kind for finding in found} == {"overlap"}
    assert any("12.0 m between the centrelines is too little" in each.message for each in found)


def test_a_crossing_is_found_once_with_both_places_and_the_bridge_it_takes():
    file = figure_of_eight_file(bridges=())
    finding = only(refused(build_track, "eight", file, Path("eight")), "overlap")
    assert finding.from_m == approx(ABOVE_M, abs=1.0)
    assert (finding.x_m, finding.y_m) == approx((0.0, 0.0), abs=1.0)
    assert f"{ABOVE_M:.0f} m and {BELOW_M:.0f} m" in finding.message
    assert "with bridges = [{ from_m" in finding.message


def test_a_road_that_lies_on_itself_all_along_is_told_in_few_findings():
    circle = (2.0 * math.pi * 100.0, 0.01, 0.01)
    found = refused(of_elements, [circle] * 12)
    assert len(found) <= 20
    assert re.search(r"\(and \d+ more such places\)$", found[-1].message)


HOSTILE = {
    "nested lists": ("a = " + "[" * 100_000, "nested too deeply"),
    "nested tables": ("a = " + "{a=" * 10_000, "nested too deeply"),
    "no numbers": ("[[nan, 0.0, 0.0]]", "expected a finite number"),
    "a straight": ("[[1000.0, 0.0, 0.0]]", "misses its start by 1000.000 m"),
    "steps of 10 km": ("[[10000.0, 0.0, 0.0], [10000.0, 0.0, 0.0]]", "misses its start"),
    "many bends": (str([[3.0, 0.9, -0.9]] * 3000), "does not close"),
    "too many": (str([[0.01, 0.0, 0.0]] * 20_001), "of length <= 20000"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_told_in_one_line(tmp_path, name):
    text, message = HOSTILE[name]
    path = written(tmp_path, [])
    if text.startswith("a = "):
        path.write_text(text)
    else:
        path.write_text(path.read_text().replace("elements = []", f"elements = {text}"))
    with pytest.raises(InputError, match=message) as raised:
        load_track(str(path))
    assert str(raised.value).startswith(str(path))
    assert len(str(raised.value).splitlines()) == 1


def test_a_narrow_place_is_found():
    left_m = [(0.0, 6.0), (280.0, 6.0), (300.0, 1.0), (320.0, 6.0)]
    found = [each for each in check(of_elements(rounded(), left_m, 2.0)) if each.kind == "width"]
    finding = only(found, "width")
    assert 290.0 < finding.from_m < 300.0 < finding.to_m < 310.0
    assert "3.0 m wide at 300 m" in finding.message


def test_a_road_on_which_no_car_fits_is_refused():
    right_m = [(0.0, 6.0), (380.0, 6.0), (400.0, 0.0), (420.0, 6.0)]
    finding = only(refused(of_elements, rounded(), 1.5, right_m), "width")
    assert 390.0 < finding.from_m < 400.0 < finding.to_m < 410.0
    assert "only 1.5 m wide: no car fits" in finding.message


def test_a_step_of_the_edge_is_found():
    right_m = [(0.0, 6.0), (300.0, 6.0), (300.0, 8.0), (600.0, 8.0), (650.0, 6.0)]
    finding = only(check(of_elements(rounded(), 6.0, right_m)), "width")
    assert finding.from_m == approx(300.0, abs=1.5)
    assert finding.key == "ground.right_m"


def test_a_kink_between_two_samples_is_found():
    """Four kinks of half a metre lead the first straight aside and back."""
    kinks = [
        row
        for sign in (1.0, -1.0, -1.0, 1.0)
        for row in ((0.55, 0.9 * sign, 0.9 * sign), (19.7, 0.0, 0.0))
    ]
    line = Centreline(Pose(0.0, 0.0, 0.0), tuple(Element("", *row) for row in kinks))
    first, half, _, other, _ = rounded()
    back = (first[0] + line.end.x_m, 0.0, 0.0)
    found = check(of_elements([first, *kinks, half, back, other], 1.05, 1.05, kerbs=[], paint=[]))
    places_m = [100.0 + 20.2 * number for number in range(4)]
    kinked = [each.from_m for each in found if each.kind == "kink"]
    assert kinked == approx(places_m, abs=2.5)


def test_a_bend_tighter_than_a_car_can_turn_is_found():
    tight_m = math.pi * 4.0
    elements = [
        (100.0, 0.0, 0.0),
        (tight_m, 0.25, 0.25),
        (200.0, 0.0, 0.0),
        (tight_m, 0.25, 0.25),
        (100.0, 0.0, 0.0),
    ]
    found = [each for each in check(of_elements(elements, 3.0, 3.0)) if each.kind == "kink"]
    assert [each.from_m for each in found] == approx([99.0, 299.0 + tight_m], abs=1.5)
    assert "a radius of 4.0 m" in found[0].message


def test_a_bend_to_the_other_side_at_once_is_found():
    quarter_m = 0.25 * HALF_M
    esses = [(quarter_m, 0.02, 0.02), (2.0 * quarter_m, -0.02, -0.02), (quarter_m, 0.02, 0.02)]
    aside_m = 4.0 * 50.0 * math.sin(math.radians(45.0))
    first, half, back, other, last = rounded()
    longer = (200.0 + aside_m, 0.0, 0.0)
    found = [
        each
        for each in check(of_elements([first, *esses, half, longer, other, last]))
        if each.kind == "kink"
    ]
    assert back == (200.0, 0.0, 0.0)
    places_m = [100.0 + quarter_m, 100.0 + 3.0 * quarter_m]
    assert [each.from_m for each in found] == approx(places_m, abs=1.5)
    assert "50 m to the left to one of 50 m to the right at once" in found[0].message


def wall_across_another_part(track):
    return dataclasses.replace(
        track.walls[-1],
        points_m=np.array([[40.0, 100.0], [60.0, 100.0]]),
        s_m=np.array([40.0, 60.0]),
        offset_m=np.array([100.0, 100.0]),
    )


def test_a_wall_across_another_part_and_one_in_the_pit_lane_are_found():
    oval = oval_of()
    wall = wall_across_another_part(oval)
    finding = only(check(dataclasses.replace(oval, walls=(*oval.walls, wall))), "walls")
    assert "crosses another part of the track" in finding.message
    assert (finding.x_m, finding.y_m) == approx((40.0, 100.0), abs=2.0)
    file = msgspec.toml.decode(OVAL, type=TrackFile)
    free = msgspec.structs.replace(file.walls.free[0], path_m=[(420.0, -14.0), (480.0, -14.0)])
    walls = msgspec.structs.replace(file.walls, free=[free])
    finding = only(check(oval_of(walls=walls)), "walls")
    assert "stands in the pit lane" in finding.message
    assert (finding.from_m, finding.to_m) == approx((420.0, 480.0), abs=2.0)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_wall_under_a_bridge_is_not_on_the_ramp_that_ends_there(backwards):
    """The road below has its walls nearer to the ramp's last sample than to their own road."""
    wide_m, tight_m, three_quarters = 120.0, 60.0, 1.5 * math.pi
    elements = [
        (0.5 * tight_m, 0.0, 0.0),
        (three_quarters * tight_m, 1.0 / tight_m, 1.0 / tight_m),
        (tight_m + wide_m, 0.0, 0.0),
        (three_quarters * wide_m, -1.0 / wide_m, -1.0 / wide_m),
        (wide_m + 0.5 * tight_m, 0.0, 0.0),
    ]
    if backwards:
        elements = [(length_m, -end, -begin) for length_m, begin, end in reversed(elements)]
    lap_m = sum(length_m for length_m, _, _ in elements)
    above_m = 0.5 * tight_m + three_quarters * tight_m + tight_m
    bridge = BridgeEntry(above_m - 47.6, above_m + 45.4)
    if backwards:
        bridge = BridgeEntry(lap_m - bridge.to_m, lap_m - bridge.from_m)
    entry = CentrelineEntry(0.0, 0.0, 0.0, elements=elements, bridges=[bridge])
    file = TrackFile(title="", credit="", centreline=entry, ground=GroundEntry(6.0, 6.0))
    assert check(build_track("made", file, Path("made"))) == []


@pytest.mark.parametrize("gap_m", [1, 12])
def test_a_gap_between_two_barriers_is_found_if_a_car_fits_through(gap_m):
    oval = oval_of()
    before, after = (wall for wall in oval.walls if wall.offset_m[0] < 0.0)
    at_m = float(after.s_m[0])
    way = after.points_m[1] - after.points_m[0]
    points_m = after.points_m.copy()
    points_m[0] += way / np.hypot(*way) * gap_m
    cut = dataclasses.replace(after, points_m=points_m)
    found = check(dataclasses.replace(oval, walls=(oval.walls[0], before, cut, oval.walls[-1])))
    if gap_m == 1:
        assert found == []
        return
    finding = only(found, "wall gap")
    assert finding.from_m == approx(at_m, abs=2.0)
    assert f"a gap of {gap_m:.1f} m" in finding.message


def test_a_side_without_a_barrier_is_found():
    oval = oval_of()
    (finding,) = check(dataclasses.replace(oval, walls=oval.walls[:1]))
    assert (finding.kind, finding.key) == ("wall gap", "walls.barriers")


def test_findings_are_in_the_players_language():
    oval = oval_of()
    wall = wall_across_another_part(oval)
    crossed = dataclasses.replace(oval, walls=(*oval.walls, wall))
    messages = {}
    for chosen in ("en", "es", "ja"):
        set_language(chosen)
        (messages[chosen],) = [each.message for each in check(crossed)]
    set_language("en")
    assert len(set(messages.values())) == 3
    place = re.search(r"\d+ m \(x .*?, y .*?\)", messages["en"])[0]
    assert all(place in message for message in messages.values())


def test_gates_out_of_order_and_beside_the_line_are_found():
    oval = oval_of()
    first, second, third, *rest = oval.gates
    swapped = dataclasses.replace(oval, gates=(first, third, second, *rest))
    assert only(check(swapped), "gates").from_m == approx(second.s_m)
    aside = second._replace(x_m=second.x_m + 3.0)
    finding = only(check(dataclasses.replace(oval, gates=(first, aside, third, *rest))), "gates")
    assert "3.0 m beside the line" in finding.message


def test_a_sector_without_a_gate_is_found():
    oval = oval_of()
    moved = (0.0, oval.sectors_m[1] + 7.0, oval.sectors_m[2])
    finding = only(check(dataclasses.replace(oval, sectors_m=moved)), "sectors")
    assert finding.from_m == approx(moved[1])


def test_each_box_beside_the_tarmac_is_found():
    grid = msgspec.structs.replace(msgspec.toml.decode(OVAL, type=TrackFile).grid, offset_m=9.0)
    found = check(oval_of(grid=grid))
    assert len(found) == 24
    assert found[0].from_m == approx(LAP_M - 4.0)


def test_a_pit_lane_on_another_part_of_the_road_is_found():
    lane = msgspec.toml.decode(OVAL, type=TrackFile).pit_lane
    path_m = [(360.0, -14.0, 4.0), (500.0, -14.0, 4.0), (520.0, 0.0, 4.0), (700.0, 0.0, 4.0)]
    found = check(oval_of(pit_lane=msgspec.structs.replace(lane, path_m=path_m)))
    lane_on_road = [each for each in found if each.kind == "pit lane"]
    finding = only(lane_on_road, "pit lane")
    assert 500.0 < finding.from_m < 520.0
    assert finding.to_m == approx(600.0, abs=2.0)


def test_stretches_go_on_over_the_start_line():
    chosen = np.zeros(100, bool)
    chosen[[0, 1, 2, 40, 44, 70, 98]] = True
    runs = stretches(chosen, 1.0)
    assert runs == [(40, 44), (70, 70), (98, 102)]
    assert runs[-1].indices(100).tolist() == [98, 99, 0, 1, 2]


def written(folder, elements):
    """Write a circuit as a player would, and return its path."""
    path = folder / "mine" / "track.toml"
    path.parent.mkdir()
    rows = ", ".join(str(list(row)) for row in elements)
    path.write_text(
        f'title = "Mine"\ncredit = "me"\n[ground]\nleft_m = 6\nright_m = 6\n[centreline]\n'
        f"x_m = 0\ny_m = 0\nheading_deg = 0\nelements = [{rows}]\n"
    )
    return path


def run(*args):
    words = [sys.executable, "-m", "game", "track", *map(str, args)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_the_command_prints_findings_as_objects_with_their_places(tmp_path):
    done = run("check", written(tmp_path, ELEMENTS), "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["track"] == "mine"
    (finding,) = report["findings"]
    assert set(finding) == {"kind", "key", "s_m", "x_m", "y_m", "message"}


@pytest.mark.parametrize("length_m", [1e-300, 1e-9])
def test_a_lap_of_no_length_is_one_line(tmp_path, length_m):
    done = run("check", written(tmp_path, [(length_m, 0.0, 0.0)]))
    assert done.returncode == 2
    assert "the lap has a length of 0" in done.stderr
    assert len(done.stderr.splitlines()) == 1
