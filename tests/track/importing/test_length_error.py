"""How sure the length of an import is depends on how far its corners are from point to point."""

import numpy as np
import pytest
from oval import make_oval
from pytest import approx
from sampled_lines import along, circle, fitted

from game.track.importing.importing import ImportOptions, import_circuit
from game.track.importing.length_error import length_error_m


def error_of(points_m):
    fit, _ = fitted(points_m)
    return length_error_m(fit)


def test_a_circle_of_twice_as_many_points_is_known_nearly_six_times_as_well():
    """Each gap is half as long and turns half as much, and there are twice as many."""
    few, many = error_of(circle(100.0, 12)), error_of(circle(100.0, 24))
    assert few == approx(2.0**2.5 * many, rel=0.05)
    gap_m, turn_rad = 2.0 * np.pi * 100.0 / 12, 2.0 * np.pi / 12
    assert few == approx(np.sqrt(12.0) * gap_m * turn_rad**2 / 24.0, rel=0.05)


def test_where_points_lie_on_straights_does_not_matter():
    points_m = along(make_oval(), 5.0)
    on_straight = (np.abs(points_m[:, 0]) < 90.0) & (np.abs(np.abs(points_m[:, 1] - 50.0)) > 49.0)
    kept = ~on_straight | (np.arange(len(points_m)) % 8 == 0)
    assert kept.sum() < len(points_m)
    assert error_of(points_m[kept]) == approx(error_of(points_m), abs=0.1)


@pytest.mark.parametrize(("step_m", "is_told"), [(5.0, False), (20.0, False), (75.0, True)])
def test_an_import_tells_where_corners_lie_between_points(tmp_path, step_m, is_told):
    oval = make_oval()
    file = tmp_path / "points.csv"
    np.savetxt(file, along(oval, step_m), "%.3f", ",", header="x_m,y_m")
    options = ImportOptions(out=tmp_path / "circuit" / "track.toml")
    imported = import_circuit(file, options, lambda _: None)
    told = [note for note in imported.notes if "how these run between two of them" in note]
    assert bool(told) == is_told
    assert abs(imported.length_m - oval.length_m) <= max(
        imported.length_error_m, 0.003 * oval.length_m
    )
    if is_told:
        assert f"{imported.length_error_m:.0f} m" in told[0]
