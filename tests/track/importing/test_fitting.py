"""The line fitted to points lies where the circuit is from which they were taken, and is simple."""

import math

import numpy as np
import pytest
from oval import make_oval
from pytest import approx
from sample_circuits import made_circuit
from sampled_lines import along, apart_m, as_a_map, circle, fitted, line_of, rms, sign_changes

from game.track.elements import poses
from game.track.importing.closed_elements import closed_elements

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def hairpins():
    return made_circuit("hairpins")


@pytest.mark.parametrize("radius_m", [20.0, 100.0, 600.0])
@pytest.mark.parametrize("step_m", [3.0, 12.0, 80.0])
def test_a_circle_is_a_circle_of_its_radius(radius_m, step_m):
    if step_m > radius_m:
        pytest.skip("fewer than six points are no circle")
    fit, _ = fitted(circle(radius_m, round(2.0 * math.pi * radius_m / step_m)))
    assert fit.chain.starts_m[-1] == approx(2.0 * math.pi * radius_m, rel=0.003)
    assert np.abs(np.hypot(*line_of(fit).T) - radius_m).max() < 0.1


@pytest.mark.parametrize(
    "corners_m",
    [
        [(0.0, 0.0), (300.0, 0.0), (300.0, 300.0), (0.0, 300.0)],
        [(0.0, 0.0), (400.0, 0.0), (200.0, 300.0)],
        [(0.0, 0.0), (400.0, 0.0), (400.0, 200.0), (200.0, 60.0), (0.0, 200.0)],
    ],
    ids=["square", "triangle", "notched"],
)
def test_few_points_are_joined_by_a_smooth_line_that_does_not_wander(corners_m):
    fit, line = fitted(np.array(corners_m))
    around_m = np.hypot(*(np.roll(line.points_m, -1, axis=0) - line.points_m).T).sum()
    assert around_m < fit.chain.starts_m[-1] < 1.15 * around_m
    assert rms(fit.offset_m) < 0.5


ANGLES_RAD = np.linspace(0.0, 2.0 * np.pi, 50_000, endpoint=False)
LEAVES_M = 500.0 + 150.0 * np.cos(3.0 * ANGLES_RAD)
LOOPS = 700.0 / (1.0 + np.sin(ANGLES_RAD) ** 2)
# Lines that bend differently everywhere, and how often they change sides.
SMOOTH = {
    "ellipse": ((600.0 * np.cos(ANGLES_RAD), 400.0 * np.sin(ANGLES_RAD)), 0),
    "long ellipse": ((900.0 * np.cos(ANGLES_RAD), 250.0 * np.sin(ANGLES_RAD)), 0),
    "three leaves": ((LEAVES_M * np.cos(ANGLES_RAD), LEAVES_M * np.sin(ANGLES_RAD)), 6),
    "lemniscate": ((LOOPS * np.cos(ANGLES_RAD), 0.5 * LOOPS * np.sin(2.0 * ANGLES_RAD)), 2),
}


@pytest.mark.parametrize("count", [100, 400])
@pytest.mark.parametrize("shape", SMOOTH)
def test_a_line_without_straights_and_arcs_is_fitted_as_near_as_is_asked(shape, count):
    places_m, changes = np.column_stack(SMOOTH[shape][0]), SMOOTH[shape][1]
    fit, _ = fitted(places_m[:: len(places_m) // count])
    around_m = np.hypot(*np.diff(places_m, axis=0, append=places_m[:1]).T).sum()
    assert rms(fit.offset_m) < 0.5
    assert fit.chain.starts_m[-1] == approx(around_m, rel=0.001)
    assert sign_changes(fit.chain.curvature_1pm) == changes


@pytest.mark.parametrize(("step_m", "noise_m"), [(3, 0.0), (3, 0.3), (10, 0.3), (25, 0.0)])
def test_an_oval_is_fitted_within_the_noise_of_its_points(step_m, noise_m):
    oval = make_oval()
    fit, _ = fitted(along(oval, step_m, noise_m))
    assert fit.chain.starts_m[-1] == approx(oval.length_m, rel=0.003)
    assert rms(apart_m(fit, oval)) < 0.1 + noise_m
    assert sign_changes(fit.chain.curvature_1pm) == 0


@pytest.mark.parametrize(
    ("character", "points"),
    [
        ("hairpins", lambda track: along(track, 3.0, 0.3)),
        ("fast sweeps", lambda track: along(track, 10.0, 0.3)),
        ("narrow", lambda track: as_a_map(track)),
        ("chicanes", lambda track: as_a_map(track, noise_m=0.3)),
        ("a long straight", lambda track: along(track, 3.0)),
    ],
    ids=["3 m noisy", "10 m noisy", "a map", "a noisy map", "3 m"],
)
def test_a_made_circuit_is_fitted_without_ripples(character, points):
    track = made_circuit(character)
    fit, line = fitted(points(track))
    assert fit.chain.starts_m[-1] == approx(track.length_m, rel=0.003)
    assert rms(fit.offset_m[:]) <= 0.5
    assert rms(apart_m(fit, track)) <= 0.5
    assert sign_changes(fit.chain.curvature_1pm) <= sign_changes(track.frames.curvature_1pm)
    assert len(line.points_m) > 50


def test_a_hairpin_of_11_m_and_the_straight_before_it_both_come_out(hairpins):
    fit, _ = fitted(along(hairpins, 5.0))
    assert np.abs(fit.chain.curvature_1pm).max() == approx(
        np.abs(hairpins.frames.curvature_1pm).max(), rel=0.25
    )
    straight_m = max(
        length_m
        for length_m, one, other in closed_elements(fit.chain, 0.0).rows
        if one == other == 0.0
    )
    bent = np.flatnonzero(hairpins.frames.curvature_1pm)
    assert straight_m > 0.8 * np.diff(bent).max() - 20.0


def test_the_elements_close_to_a_tenth_of_a_millimetre_and_curvature_is_continuous(hairpins):
    fit, _ = fitted(along(hairpins, 8.0, 0.2))
    chain = closed_elements(fit.chain, 123.0)
    end = poses(chain.start, chain.elements)[-1]
    assert math.hypot(end.x_m - chain.start.x_m, end.y_m - chain.start.y_m) < 1e-4
    assert math.remainder(end.heading_rad - chain.start.heading_rad, math.tau) == approx(
        0.0, abs=1e-6
    )
    for (_, _, before), (_, after, _) in zip(
        chain.rows, chain.rows[1:] + chain.rows[:1], strict=True
    ):
        assert before == after
    assert len(chain.rows) < 150


@pytest.mark.parametrize("backwards", [False, True])
def test_the_line_of_a_circuit_of_which_300_m_are_missing_is_closed(backwards):
    track = made_circuit("a long straight")
    points_m = along(track, 8.0, 0.1)
    # The lap begins in the middle of its longest straight.
    open_m = points_m[round(150.0 / 8.0) : -round(150.0 / 8.0)]
    fit, line = fitted(open_m[::-1] if backwards else open_m)
    assert fit.chain.starts_m[-1] == approx(track.length_m, rel=0.003)
    assert apart_m(fit, track).max() < 1.5
    assert any("a smooth line joins" in note for note in line.notes)
