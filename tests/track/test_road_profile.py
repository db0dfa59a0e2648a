"""A road rises, falls and leans as its file says, closed and smooth, in every variant."""

import math
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hilly_oval import BANKING_DEG, HEIGHTS_M, LAP_M, height_at, hilly_oval, oval_file
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest import approx

from game.digests import track_digest
from game.errors import InputError
from game.track.check import check
from game.track.road_profile import sample_profile
from game.track.tables import slope_at
from game.track.track import build_track, load_track, track_names
from game.track.track_file import RoadProfileEntry, read_track_file
from game.track.track_writer import write_track_file
from game.track.variants import variant_file

pytestmark = pytest.mark.slow

S_M = np.arange(2000) * 0.5  # of a lap of a kilometre


def profile_of(heights_m, banking_deg=(), length_m=1000.0, s_m=S_M):
    return sample_profile(RoadProfileEntry([*heights_m], [*banking_deg]), s_m, length_m)


@st.composite
def knots(draw):
    places = draw(st.lists(st.integers(0, 199), min_size=1, max_size=12, unique=True))
    assume(len(places) == 1 or max(places) - min(places) < 199)
    return [(5.0 * place, draw(st.floats(-50.0, 50.0))) for place in places]


@given(knots())
def test_heights_run_through_all_rows_smoothly_and_close_over_the_lap(heights_m):
    found = profile_of(heights_m)
    for s_m, height_m in heights_m:
        assert found.height_m[int(2.0 * s_m)] == approx(height_m, abs=1e-9)
    risen_m = np.roll(found.height_m, -1) - found.height_m
    trapezium_m = 0.25 * (found.grade + np.roll(found.grade, -1))
    curved_m = (np.roll(found.bend_1pm, -1) - found.bend_1pm) * 0.25 / 12.0
    assert risen_m + curved_m == approx(
        trapezium_m, abs=2e-3 * max(abs(found.bend_1pm).max(), 1e-6)
    )
    assert found.climb_m == approx(np.abs(risen_m).sum() / 2.0)


def test_a_wave_of_rows_is_a_wave():
    s_m = np.linspace(0.0, 1000.0, 20, endpoint=False)
    heights_m = list(
        zip(s_m.tolist(), (5.0 * np.sin(s_m * math.tau / 1000.0)).tolist(), strict=True)
    )
    found = profile_of(heights_m)
    wave = math.tau / 1000.0
    assert found.height_m == approx(5.0 * np.sin(S_M * wave), abs=1e-3)
    assert found.grade == approx(5.0 * wave * np.cos(S_M * wave), abs=1e-4)
    assert found.bend_1pm == approx(-5.0 * wave**2 * np.sin(S_M * wave), abs=5e-6)
    assert found.climb_m == approx(10.0, abs=0.01)


@pytest.mark.parametrize("heights_m", [[], [(0.0, 147.0)], [(0.0, 3.0), (400.0, 3.0)]])
def test_a_road_of_one_height_is_flat_to_the_bit(heights_m):
    track = hilly_oval(heights_m, [])
    assert track.tables.hilly == 0
    assert len(track.tables.profile) == 1
    assert track_digest(track) == track_digest(hilly_oval([], []))


def test_no_circuit_that_ships_is_other_than_flat_or_without_findings():
    for name in track_names():
        file = load_track(name)
        assert file.tables.hilly == 0 or not check(file)


@given(knots())
def test_banking_stays_between_the_rows(banking_deg):
    found = profile_of([], banking_deg).crossfall
    angles = [angle for _, angle in banking_deg]
    assert math.tan(math.radians(min(angles))) - 1e-12 <= found.min()
    assert found.max() <= math.tan(math.radians(max(angles))) + 1e-12


def test_rows_may_stand_in_any_order():
    turned = HEIGHTS_M[::-1]
    assert hilly_oval(turned).profile.height_m == approx(hilly_oval().profile.height_m, abs=1e-12)


@pytest.mark.parametrize(
    "rows",
    [[(50.0, 1.0), (50.5, 3.0), (300.0, 2.0)], [(0.2, 1.0), (300.0, 2.0), (LAP_M, 3.0)]],
    ids=["beside each other", "over the line"],
)
def test_a_step_in_the_road_is_refused_with_its_place(rows):
    with pytest.raises(InputError, match=r"profile.heights_m: two rows at [\d.]+ m make a step"):
        hilly_oval(rows)


def test_a_height_beyond_the_lap_is_refused():
    with pytest.raises(InputError, match=r"profile.heights_m: 900 m is beyond the lap"):
        hilly_oval([(0.0, 1.0), (900.0, 2.0)])


def only(findings, words):
    (finding,) = [each for each in findings if each.kind == "profile" and words in each.message]
    assert f"x {finding.x_m:.1f}, y {finding.y_m:.1f}" in finding.message
    return finding


def test_impossible_grades_banking_crests_and_dips_are_found_at_their_places():
    steep, down = check(hilly_oval([(0.0, 0.0), (357.0, 70.0)], []))[:2]
    assert steep.key == down.key == "profile.heights_m"
    assert "grade of 29 %" in steep.message
    assert steep.from_m < 0.25 * LAP_M < steep.to_m < down.from_m < 0.75 * LAP_M < down.to_m
    banked = only(check(hilly_oval([], [(150.0, 0.0), (180.0, 40.0), (210.0, 0.0)])), "banked")
    assert banked.key == "profile.banking_deg"
    assert banked.from_m < 180.0 < banked.to_m
    crest = only(check(hilly_oval([(420.0, 2.0), (450.0, 5.0), (480.0, 2.0)], [])), "would fly")
    assert crest.from_m < 450.0 < crest.to_m
    dip = only(check(hilly_oval([(420.0, 2.0), (450.0, -2.0), (480.0, 2.0)], [])), "upwards")
    assert dip.from_m < 450.0 < dip.to_m


def test_a_sound_hilly_circuit_has_no_findings():
    assert not [each for each in check(hilly_oval()) if each.kind == "profile"]


def slopes(track, offset_m=0.0):
    tables = track.tables
    bend = track.frames.curvature_1pm.tolist()
    return np.array(
        [slope_at(tables, s, offset_m, bend[at]) for at, s in enumerate(track.frames.s_m.tolist())]
    )


def variant(words):
    return build_track("hilly", variant_file(oval_file(), words), Path("hilly"))


def test_a_mirror_keeps_the_heights_and_turns_the_banking():
    there, mirrored = slopes(hilly_oval(), 3.0), slopes(variant(("mirror",)), -3.0)
    assert mirrored[:, 0] == approx(there[:, 0], abs=1e-12)
    assert mirrored[:, 1] == approx(-there[:, 1], abs=1e-12)
    assert mirrored[:, 2] == approx(there[:, 2], abs=1e-12)


def test_on_the_way_back_uphill_is_downhill_and_the_banking_falls_to_the_other_side():
    there, back = slopes(hilly_oval(), 3.0), slopes(variant(("reverse",)), -3.0)
    meeting = np.roll(back[::-1], 1, axis=0)  # where they meet: s and lap - s
    assert meeting[:, 0] == approx(-there[:, 0], abs=1e-9)
    assert meeting[:, 1] == approx(-there[:, 1], abs=1e-9)
    assert meeting[:, 2] == approx(there[:, 2], abs=1e-9)


def test_mirrored_twice_it_is_the_same_file():
    file = oval_file()
    again = variant_file(variant_file(file, ("mirror",)), ("mirror",))
    assert again.profile == file.profile


@given(st.floats(0.0, LAP_M, exclude_max=True), st.floats(-15.0, 15.0))
def test_slopes_are_those_of_the_heights(s_m, offset_m):
    track = hilly_oval()
    tables = track.tables
    bend_1pm = float(track.frames.curvature_1pm[int(s_m / tables.step_m)])
    slope = slope_at(tables, s_m, offset_m, bend_1pm)
    across = (height_at(tables, s_m, offset_m + 0.1) - height_at(tables, s_m, offset_m - 0.1)) / 0.2
    assert slope.crossfall == approx(-across, abs=1e-9)
    # The banking changes by its twist, which is a mean over two metres.
    along_m = 2.0 * (1.0 - offset_m * bend_1pm)
    risen_m = height_at(tables, s_m + 1.0, offset_m) - height_at(tables, s_m - 1.0, offset_m)
    assert slope.grade == approx(risen_m / along_m, abs=3e-3)


def test_the_land_far_beside_a_banked_road_is_level_across():
    tables = hilly_oval().tables
    for offset_m in (-30.0, 30.0):
        assert slope_at(tables, 180.0, offset_m, 0.0).crossfall == 0.0
        at_m = [height_at(tables, 180.0, offset_m + more) for more in (0.0, 5.0)]
        assert at_m[0] == at_m[1]


def test_a_profile_is_written_as_it_was_read(tmp_path):
    path = tmp_path / "track.toml"
    write_track_file(path, oval_file())
    assert read_track_file(path).profile == RoadProfileEntry(HEIGHTS_M, BANKING_DEG)


def test_a_circuit_with_heights_is_another_circuit():
    assert track_digest(hilly_oval()) != track_digest(hilly_oval([], []))
    assert track_digest(hilly_oval()) != track_digest(hilly_oval(HEIGHTS_M, []))


def test_the_example_of_the_format_is_read():
    text = (Path(__file__).parents[2] / "tracks" / "README.md").read_text(encoding="utf-8")
    example = text.partition("\n[profile]\n")[2].partition("```")[0]
    assert msgspec.toml.decode(example, type=RoadProfileEntry) == RoadProfileEntry(
        HEIGHTS_M, BANKING_DEG
    )
