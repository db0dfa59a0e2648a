"""Points along made circuits, as strangers would give them, give the circuits back."""

from pathlib import Path

import numpy as np
import pytest
from pytest import approx
from sampled_lines import apart_m, fitted, rms
from scipy.interpolate import CubicSpline

from game.track.importing.importing import ImportOptions, import_circuit
from game.track.maker import make_track_file
from game.track.track import build_track

pytestmark = pytest.mark.slow

SEEDS = {"flowing": 3, "twisty": 4, "fast": 5, "street": 6}
LENGTH_M = 2400.0
SHORT_M = 1200.0  # of those that are fitted again and again
# Times the tightest radius that points may be apart: a right-angled corner has one of them then.
TOLD = 2.5


def made(length_m):
    """Return a circuit of each character."""
    files = {each: make_track_file(seed, length_m, each) for each, seed in SEEDS.items()}
    return {each: build_track(each, file, Path(each)) for each, file in files.items()}


@pytest.fixture(scope="module")
def circuits():
    return made(LENGTH_M)


@pytest.fixture(scope="module")
def short_circuits():
    return made(SHORT_M)


def points_of(track, step_m):
    """Return points of the centreline evenly apart by about a step, none of them at the line."""
    count = round(track.length_m / step_m)
    return track.centreline.position((np.arange(count) + 0.3) * (track.length_m / count))


def spline_length_m(points_m):
    """Return the length of the closed cubic spline through points."""
    closed_m = np.vstack([points_m, points_m[:1]])
    knots = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed_m, axis=0).T))])
    line_m = CubicSpline(knots, closed_m, bc_type="periodic")(np.linspace(0.0, knots[-1], 20_001))
    return np.hypot(*np.diff(line_m, axis=0).T).sum()


def tightest_m(track):
    return 1.0 / np.abs(track.frames.curvature_1pm).max()


@pytest.mark.parametrize("step_m", [3.0, 10.0, 30.0, 60.0, 80.0])
@pytest.mark.parametrize("character", list(SEEDS))
def test_a_circuit_has_its_length_where_each_corner_has_a_point(short_circuits, character, step_m):
    """Where corners fall between two points, the line is nearer than a spline through them."""
    track = short_circuits[character]
    points_m = points_of(track, step_m)
    fit, _ = fitted(points_m)
    missed = abs(fit.chain.starts_m[-1] / track.length_m - 1.0)
    assert rms(fit.offset_m) < 0.5
    if step_m <= TOLD * tightest_m(track):
        assert missed <= 0.003
        assert rms(apart_m(fit, track)) < 1.0
    else:
        assert missed <= max(0.003, abs(spline_length_m(points_m) / track.length_m - 1.0))


@pytest.mark.parametrize(
    ("character", "changed"),
    [
        ("fast", lambda points_m, dice: points_m + 0.3 * dice.standard_normal(points_m.shape)),
        ("street", lambda points_m, dice: points_m + 0.3 * dice.standard_normal(points_m.shape)),
        ("flowing", lambda points_m, _: np.repeat(points_m, 2, axis=0)),
        ("twisty", lambda points_m, _: points_m[::-1]),
        ("twisty", lambda points_m, _: points_m[:-30]),
        ("street", lambda points_m, _: points_m[:-30]),
        ("street", lambda points_m, dice: np.roll(points_m, dice.integers(200), axis=0)),
    ],
    ids=["noise, fast", "noise, street", "doubled", "reversed", "open", "open, street", "shuffled"],
)
def test_what_strangers_do_to_points_leaves_a_circuit_its_length(
    circuits, tmp_path, character, changed
):
    track = circuits[character]
    points_m = changed(points_of(track, 10.0), np.random.default_rng(7))
    file = tmp_path / "points.csv"
    np.savetxt(file, points_m, "%.3f", ",", header="x_m,y_m")
    options = ImportOptions(out=tmp_path / "circuit" / "track.toml")
    imported = import_circuit(file, options, lambda _: None)
    assert imported.length_m == approx(track.length_m, rel=0.003)
    assert imported.rms_m < 0.5
    expected = ["start line", "duplicate points", "a smooth line joins"]
    if any("a smooth line joins" in note for note in imported.notes):
        expected.append("how these run between two of them is a guess")
    assert all(any(words in note for words in expected) for note in imported.notes)


def test_where_300_m_are_missing_between_ends_that_point_apart_no_detour_is_made(circuits):
    """What is missing there bends to either side; of that the file says nothing."""
    track = circuits["twisty"]
    points_m = np.roll(points_of(track, 10.0), -120, axis=0)[:-30]
    fit, _ = fitted(points_m)
    gap_m = np.hypot(*(points_m[0] - points_m[-1]))
    driven_m = np.hypot(*np.diff(points_m, axis=0).T).sum()
    assert gap_m < fit.chain.starts_m[-1] - driven_m < 1.5 * gap_m
