"""A ghost's lap by place says when it was where."""

import pytest

from game.goals.target_files import find_targets
from game.goals.traced_ghost import traced_ghost
from game.recording.ghost import GhostLap, TapedPose

SPEED_MPS = 20.0


def test_a_steady_ghost_passes_the_marks_evenly_also_beside_the_centre_line(oval):
    lap_s = oval.length_m / SPEED_MPS
    times_s = tuple(0.1 * index for index in range(int(lap_s / 0.1) + 1))
    places = [oval.centreline.point(SPEED_MPS * time_s, 2.0) for time_s in times_s]
    ghost = GhostLap(lap_s, times_s, tuple(TapedPose(x, y, 0.0, 0.0) for x, y in places))
    traced = traced_ghost(oval, ghost)
    assert traced.time_s == lap_s
    for travelled_m in (0.0, 55.0, 333.0, 700.0, oval.length_m):
        assert traced.time_at(travelled_m) == pytest.approx(travelled_m / SPEED_MPS, abs=0.01)


def test_the_medals_ghosts_that_ship_go_round_the_lap_in_order(ricardo_tormo, spec):
    targets = find_targets(ricardo_tormo, spec, "slick")
    for ghost in targets.laps.values():
        traced = traced_ghost(ricardo_tormo, ghost)
        assert list(traced.times_s) == sorted(traced.times_s)
        half_s = traced.time_at(0.5 * ricardo_tormo.length_m)
        assert 0.35 * ghost.time_s < half_s < 0.65 * ghost.time_s
