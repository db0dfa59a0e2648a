"""What is wrong with a row of points is mended with a note, or refused in one line."""

import numpy as np
import pytest
from oval import make_oval
from pytest import approx
from sampled_lines import along, apart_m, circle, fitted, rms

from game.errors import InputError
from game.track.importing.cleaning import cleaned
from game.track.importing.laps import find_laps
from game.track.importing.source_line import SourceLine
from game.track.importing.standstills import place_begins

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def oval():
    return make_oval()


def clean(points_m):
    return cleaned("points", SourceLine("test", np.asarray(points_m, float)))


def test_duplicate_points_are_left_out(oval):
    points_m = along(oval, 10.0)
    line = clean(np.repeat(points_m, 2, axis=0))
    assert len(line.points_m) == len(points_m)
    assert "duplicate points were left out" in line.notes[0]


def test_the_first_point_repeated_at_the_end_is_one_point(oval):
    points_m = along(oval, 10.0)
    assert len(clean(np.vstack([points_m, points_m[:1]])).points_m) == len(points_m)


def test_a_row_that_runs_on_beyond_its_first_point_is_cut_there(oval):
    points_m = along(oval, 10.0)
    fit, line = fitted(np.vstack([points_m, points_m[:3] + 0.5]))
    assert len(line.points_m) == len(points_m)
    assert fit.chain.starts_m[-1] == approx(oval.length_m, rel=0.003)


@pytest.mark.parametrize("run", [1, 2, 3])
def test_stray_points_are_left_out(oval, run):
    points_m = along(oval, 5.0)
    points_m[40 : 40 + run] += (90.0, 70.0)
    line = clean(points_m)
    assert len(line.points_m) == len(points_m) - run
    left = "1 stray point was" if run == 1 else f"{run} stray points were"
    assert f"{left} left out" in " ".join(line.notes)


def test_a_sharp_corner_is_not_stray():
    corner = np.array([[0.0, 0.0], [200.0, 0.0], [400.0, 0.0], [200.0, 20.0], [0.0, 20.0]])
    assert len(clean(np.vstack([corner, [[-50.0, 10.0]]])).points_m) == 6


@pytest.mark.parametrize("roll", [0, 17, 50])
def test_where_the_row_begins_does_not_matter(oval, roll):
    fit, _ = fitted(np.roll(along(oval, 8.0), roll, axis=0))
    assert rms(apart_m(fit, oval)) < 0.1


def test_the_other_direction_is_the_same_line(oval):
    fit, _ = fitted(along(oval, 8.0)[::-1])
    assert rms(apart_m(fit, oval)) < 0.1
    assert fit.chain.turned_rad == approx(-2.0 * np.pi)


def test_several_laps_are_taken_apart_and_the_line_runs_in_their_middle(oval):
    dice = np.random.default_rng(5)
    laps = []
    for shift_m in (-1.5, 0.0, 1.5):
        count = len(oval.frames.s_m)
        laps.append(oval.frames.along(np.full(count, shift_m))[::3])
    trace_m = np.vstack([*laps, laps[0][:60]]) + 0.1 * dice.standard_normal((1, 2))
    assert len(find_laps(trace_m)) == 3
    fit, line = fitted(trace_m)
    assert "in the middle of 3 laps" in " ".join(line.notes)
    assert rms(apart_m(fit, oval)) < 0.5


def test_a_lap_and_a_bit_is_one_lap(oval):
    points_m = along(oval, 5.0)
    fit, line = fitted(np.vstack([points_m, points_m[:40]]))
    assert fit.chain.starts_m[-1] == approx(oval.length_m, rel=0.005)
    assert "first whole lap" in " ".join(line.notes)


@pytest.mark.parametrize("narrow", [0.5, 1.0, 1.6])
def test_a_line_that_crosses_itself_is_one_lap(narrow):
    turned_rad = np.linspace(0.3, 0.3 + 2.0 * np.pi, 160, endpoint=False)
    x = np.cos(turned_rad) / (1.0 + np.sin(turned_rad) ** 2)
    points_m = 330.0 * np.column_stack([x, 2.0 * narrow * x * np.sin(turned_rad)])
    assert find_laps(points_m) == []
    assert len(clean(points_m).points_m) == 160


def test_a_million_points_are_thinned():
    line = clean(circle(500.0, 1_000_000))
    assert len(line.points_m) < 5000
    assert np.abs(np.hypot(*line.points_m.T) - 500.0).max() < 0.01


@pytest.mark.parametrize(
    ("points_m", "message"),
    [
        ([[0.0, 0.0]], "has 1 points"),
        ([[5.0, 5.0]] * 50, "all in one place"),
        (np.column_stack([np.arange(50) * 10.0, np.arange(50) * 20.0]), "on one straight line"),
        (circle(5.0, 30), "too short"),
        (circle(60_000.0, 4000), "too long"),
        (circle(20_000.0, 10), "no straight is so long"),
        (circle(300.0, 100)[:30], "is not a loop"),
        (np.random.default_rng(1).uniform(0.0, 800.0, (400, 2)), "in no order"),
        ([[0.0, 0.0], [np.inf, 1.0], [3.0, 4.0]], "not finite"),
    ],
)
def test_what_makes_no_circuit_is_refused_in_one_line(points_m, message):
    with pytest.raises(InputError, match=message) as error:
        clean(points_m)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize("step_m", [5.0, 15.0, 30.0])
@pytest.mark.parametrize("where", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("rest", ["scatters", "drifts"])
def test_where_a_trace_stood_still_it_is_one_place(oval, step_m, where, rest):
    """A receiver at rest scatters by half a metre, or drifts some metres away."""
    points_m = along(oval, step_m)
    dice = np.random.default_rng(round(step_m))
    at = min(round(where * len(points_m)), len(points_m) - 1)
    scattered_m = 0.5 * dice.standard_normal((90, 2))
    drifted_m = np.cumsum(0.1 * dice.standard_normal((150, 2)), axis=0)
    resting_m = points_m[at] + (scattered_m if rest == "scatters" else drifted_m)
    fit, line = fitted(np.insert(points_m, at, resting_m, axis=0))
    assert len(line.points_m) <= len(points_m) + 1
    assert rms(apart_m(fit, oval)) < 0.5
    assert fit.chain.starts_m[-1] == approx(oval.length_m, rel=0.003)


@pytest.mark.parametrize("step_m", [5.0, 15.0, 30.0])
def test_points_that_a_source_has_twice_a_little_apart_are_a_lap_in_order(oval, step_m):
    points_m = np.repeat(along(oval, step_m), 2, axis=0)
    noisy_m = points_m + 0.3 * np.random.default_rng(3).standard_normal(points_m.shape)
    fit, _ = fitted(noisy_m)
    assert rms(apart_m(fit, oval)) < 0.5
    assert fit.chain.starts_m[-1] == approx(oval.length_m, rel=0.003)


def test_a_line_that_is_driven_on_keeps_all_its_points():
    """Neither the noise of a metre's steps nor a hairpin of 6 m of radius is a standstill."""
    hairpin_m = circle(6.0, 12)[:7]
    straight_m = np.column_stack([np.full(99, 6.0), np.arange(-100.0, -1.0)])
    points_m = np.vstack([straight_m, hairpin_m, straight_m[::-1] - (12.0, 0.0)])
    assert place_begins(points_m).all()
    noisy_m = along(make_oval(), 3.0, 0.3)
    assert place_begins(noisy_m).mean() > 0.99
