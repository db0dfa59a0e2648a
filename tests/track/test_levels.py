"""A lap that crosses itself has two levels; without a bridge it is refused with the remedy."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from figure_of_eight import (
    ABOVE_M,
    BELOW_M,
    BRIDGE,
    LAP_M,
    figure_of_eight_file,
    make_figure_of_eight,
)
from pytest import approx

from game.compiled import Backend
from game.digests import track_digest
from game.errors import InputError
from game.goals.traced_ghost import traced_ghost
from game.recording.ghost import GhostLap, TapedPose
from game.track.check import check
from game.track.crossings import bridges_needed, find_crossings
from game.track.levels import GROUND, RAMP, in_stretch, sample_tiers
from game.track.sampling import Frames, sample_frames
from game.track.track import build_track
from game.track.track_file import BridgeEntry
from game.track.track_sensor import RAY_ANGLES_DEG, TrackSensor
from game.track.variants import variant_file


@pytest.fixture(scope="module", params=[False, True], ids=["eight", "backwards"])
def eight(request):
    return make_figure_of_eight(backwards=request.param)


def places_of(track):
    """Return how far along the lap the crossing is passed above and below."""
    forwards = track.level_at(BRIDGE.to_m - 1.0) == 1
    return (ABOVE_M, BELOW_M) if forwards else (LAP_M - ABOVE_M, LAP_M - BELOW_M)


def test_nothing_is_wrong_with_a_figure_of_eight_that_has_a_bridge(eight):
    assert check(eight) == []


def test_the_bridge_is_level_1_and_the_rest_level_0(eight):
    above_m, below_m = places_of(eight)
    for from_above_m, level in ((-61.0, 0), (-59.0, 1), (0.0, 1), (59.0, 1), (61.0, 0)):
        assert eight.level_at(above_m + from_above_m) == level
    assert eight.level_at(below_m) == eight.level_at(0.0) == eight.level_at(LAP_M) == 0
    assert eight.levels.sum() == approx(120.0, abs=2.0)


def test_a_bridge_may_lie_across_the_start_line():
    s_m = np.arange(0.0, 1000.0)
    tiers = sample_tiers([BridgeEntry(930.0, 70.0)], s_m, 1000.0)
    assert [int(tiers[at]) for at in (929, 930, 960, 961, 0, 39, 40, 70, 71)] == [
        *(0, 1, 1, 2, 2, 2, 1, 1, 0)
    ]


def test_a_crossing_without_a_bridge_is_named_at_both_places_with_its_remedy():
    with pytest.raises(InputError) as raised:
        make_figure_of_eight(bridges=())
    message = str(raised.value)
    assert f"crosses itself at {ABOVE_M:.0f} m and {BELOW_M:.0f} m" in message
    numbers = message.split("bridges = [{ from_m = ")[1].removesuffix(" }]").split(", to_m = ")
    made = make_figure_of_eight(bridges=(BridgeEntry(*map(float, numbers)),))
    assert check(made) == []


@pytest.mark.parametrize(
    ("bridges", "words"),
    [
        ([BridgeEntry(ABOVE_M - 20.0, ABOVE_M + 20.0)], "40 m long: make it 90 m or more"),
        ([BridgeEntry(ABOVE_M - 100.0, ABOVE_M + 10.0)], "on a bridge's ramp: let one"),
        ([BridgeEntry(ABOVE_M - 100.0, ABOVE_M + 37.0)], "a bridge's ramp touches another road"),
        ([BRIDGE, BridgeEntry(BELOW_M - 90.0, 10.0)], "on bridges: let one of the two run above"),
        ([BridgeEntry(400.0, 2000.0)], "centreline.bridges[0].to_m: 2000 m is beyond the lap"),
    ],
)
def test_bridges_that_leave_two_roads_on_one_level_are_refused(bridges, words):
    with pytest.raises(InputError, match=r"centreline\.bridges") as raised:
        make_figure_of_eight(bridges=bridges)
    assert words in str(raised.value)


def test_crossings_are_found_and_bridged(eight):
    (crossing,) = find_crossings(eight.frames)
    assert sorted(crossing) == approx(sorted(places_of(eight)), abs=0.1)
    on_ground = sample_frames(eight.centreline)
    (bridge,) = bridges_needed(on_ground, 16.0)
    above_m, _ = places_of(eight)
    assert (bridge.from_m, bridge.to_m) == approx((above_m - 46.0, above_m + 46.0), abs=1.5)


def frames_through(points_m):
    """Return the samples of a closed line of points, as far as crossings are found from them."""
    ring = np.concatenate([points_m, points_m[:1]])
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    count = round(along_m[-1])
    s_m = np.arange(count) * (along_m[-1] / count)
    x_m, y_m = (np.interp(s_m, along_m, ring[:, axis]) for axis in (0, 1))
    nothing = np.zeros(count)
    tiers = np.zeros(count, np.int64)
    return Frames(float(along_m[-1]), s_m, x_m, y_m, nothing, nothing, nothing, nothing, tiers)


@pytest.mark.parametrize("loops", [3, 5])
def test_each_crossing_of_a_lap_has_one_road_above_and_one_below(loops):
    turn = np.linspace(0.0, 2.0 * np.pi, 4000, endpoint=False)
    inner, outer = turn * 1.0, turn * (1.0 - loops)
    points_m = (
        60.0
        * loops
        * np.column_stack(
            [np.cos(inner) + 2.0 * np.cos(outer), np.sin(inner) + 2.0 * np.sin(outer)]
        )
    )
    frames = frames_through(points_m)
    crossings = find_crossings(frames)
    assert len(crossings) == loops * (loops - 2)
    bridges = bridges_needed(frames, 30.0)
    for crossing in crossings:
        raised = [
            any(in_stretch(bridge, s_m, frames.length_m) for bridge in bridges) for s_m in crossing
        ]
        assert raised.count(True) == 1


def test_a_lap_that_does_not_cross_itself_needs_no_bridge(ricardo_tormo, oval):
    for track in (ricardo_tormo, oval):
        assert find_crossings(track.frames) == []
        assert bridges_needed(track.frames, 16.0) == []
        assert not track.levels.any()
        assert {wall.tier for wall in track.walls} == {GROUND}


def test_walls_of_the_ground_leave_out_the_bridge_whose_parapets_stand_beside_its_road(eight):
    above_m, _ = places_of(eight)
    for wall in eight.walls:
        from_above_m = np.abs(wall.s_m - above_m)
        if wall.tier == GROUND:
            assert from_above_m.min() > 58.0
            assert wall.kind == "armco"
        else:
            assert from_above_m.max() < (62.0 if wall.tier == RAMP else 32.0)
            assert np.abs(wall.offset_m) == approx(6.8, abs=0.1)
            assert wall.kind == "concrete"
    for side in (-1.0, 1.0):
        walls = [wall for wall in eight.walls if wall.offset_m[0] * side > 0.0]
        ends = [wall.points_m[[0, -1]] for wall in walls]
        for before, after in itertools.pairwise([*ends, ends[0]]):
            assert before[1] == approx(after[0])


def test_gates_near_the_crossing_reach_to_the_walls_of_their_own_level(eight):
    above_m, below_m = places_of(eight)
    for gate in eight.gates:
        if abs(gate.s_m - below_m) < 30.0:
            assert gate.half_width_m == 12.0
        if abs(gate.s_m - above_m) < 59.0:
            assert gate.half_width_m == 7.0


def test_the_digest_tells_bridges_apart():
    one = track_digest(make_figure_of_eight())
    other = track_digest(
        make_figure_of_eight(bridges=(BridgeEntry(ABOVE_M - 55.0, ABOVE_M + 60.0),))
    )
    assert one != other
    assert one == track_digest(make_figure_of_eight())


@pytest.mark.parametrize("backend", list(Backend))
def test_rays_follow_the_road_that_the_car_is_on(eight, backend):
    sensor = TrackSensor(eight, backend, angles_deg=(90.0, 0.0, -90.0))
    for place_m in places_of(eight):
        for from_m in range(-55, 56):
            s_m = place_m + from_m
            x_m, y_m, heading_rad = eight.centreline.pose(s_m)
            left_m, ahead_m, right_m = sensor.rays_m(x_m, y_m, heading_rad, s_m)
            assert (left_m, right_m) == approx((6.0, 6.0), abs=0.3)
            # Straight on there is nothing before the arc after the crossing.
            assert ahead_m > place_m + 60.0 - s_m


@pytest.mark.slow
@pytest.mark.parametrize("backend", list(Backend))
def test_rays_end_at_the_edges_of_the_own_road_as_if_there_were_no_other(eight, backend):
    """Of what is within 200 m along the lap nothing is on the other road of the crossing."""
    sensor = TrackSensor(eight, backend)
    angles_rad = np.radians(RAY_ANGLES_DEG)
    count = eight.tables.sample_count
    for place_m in places_of(eight):
        for s_m in np.arange(place_m - 120.0, place_m + 120.0, 2.3).tolist():
            x_m, y_m, heading_rad = eight.centreline.pose(s_m)
            near = (round(s_m) + np.arange(-200, 201)) % count
            edges = [eight.outline(side, 0)[near] for side in ("left", "right")]
            expected_m = [
                min(_met_m(edge - (x_m, y_m), heading_rad + angle_rad) for edge in edges)
                for angle_rad in angles_rad
            ]
            rays_m = sensor.rays_m(x_m, y_m, heading_rad, s_m % eight.length_m)
            assert rays_m == approx(np.minimum(expected_m, 200.0), abs=1e-6)


def _met_m(line_m, angle_rad):
    """Return how far along a direction from the origin a line of points is first met."""
    along_m = line_m @ (math.cos(angle_rad), math.sin(angle_rad))
    left_m = line_m @ (-math.sin(angle_rad), math.cos(angle_rad))
    ends = np.flatnonzero((left_m[:-1] >= 0.0) != (left_m[1:] >= 0.0))
    share = left_m[ends] / (left_m[ends] - left_m[ends + 1])
    met_m = along_m[ends] + share * (along_m[ends + 1] - along_m[ends])
    return min(met_m[met_m >= 0.0], default=math.inf)


def test_a_ghost_is_followed_over_and_under_the_bridge(eight):
    speed_mps = 20.0
    lap_s = eight.length_m / speed_mps
    times_s = tuple(0.1 * index for index in range(int(lap_s / 0.1) + 1))
    places = [eight.centreline.point(speed_mps * time_s, 2.0) for time_s in times_s]
    poses = tuple(TapedPose(float(x), float(y), 0.0, 0.0) for x, y in places)
    traced = traced_ghost(eight, GhostLap(lap_s, times_s, poses))
    for gone_m in np.arange(5.0, eight.length_m, 5.0).tolist():
        assert traced.time_at(gone_m) == approx(gone_m / speed_mps, abs=0.02)


def test_a_bridge_is_carried_over_to_the_variants():
    file = figure_of_eight_file()
    back = build_track("eight", variant_file(file, ("reverse",)), Path("eight"))
    assert track_digest(back) != track_digest(make_figure_of_eight())
    for words in (("mirror",), ("reverse",), ("mirror", "reverse")):
        made = build_track("eight", variant_file(file, words), Path("eight"))
        assert check(made) == []
        above_m = LAP_M - ABOVE_M if "reverse" in words else ABOVE_M
        assert [made.level_at(above_m + away_m) for away_m in (-61, -59, 59, 61)] == [0, 1, 1, 0]


def test_the_figure_of_eight_turns_by_nothing_in_all():
    line = figure_of_eight_file().centreline
    turned = sum(length_m * 0.5 * (begin + end) for length_m, begin, end in line.elements)
    assert turned == approx(0.0)
    assert math.isclose(LAP_M, sum(length_m for length_m, _, _ in line.elements))
