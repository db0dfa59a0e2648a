"""The quadratic programs of the line search: matrices that go around, solutions within bounds."""

import numpy as np
import pytest
from pytest import approx

from game.bot.bounded_qp import solve_bounded_qp
from game.bot.cyclic_bands import CyclicEquations, CyclicTridiagonal


def tridiagonal(count, seed=1):
    return CyclicTridiagonal(*np.random.default_rng(seed).normal(size=(3, count)))


def dense(matrix):
    return np.column_stack([matrix @ column for column in np.eye(len(matrix.here))])


@pytest.mark.parametrize("count", [7, 8])
def test_products_are_those_of_a_matrix_that_goes_around(count):
    matrix = tridiagonal(count)
    table = dense(matrix)
    assert table[0, count - 1] == matrix.before[0]
    assert table[count - 1, 0] == matrix.after[count - 1]
    vector = np.arange(count) - 2.5
    assert matrix.transposed_times(vector) == approx(table.T @ vector)
    assert dense(matrix.squared()) == approx(table.T @ table)
    twice = matrix.squared().plus(matrix.squared().times(2.0), 0.5)
    assert dense(twice) == approx(2.0 * table.T @ table)


@pytest.mark.parametrize("count", [5, 40, 41])
def test_equations_around_a_lap_are_solved(count):
    matrix = tridiagonal(count).squared()
    added = np.linspace(0.5, 2.0, count)
    right = np.sin(np.arange(count))
    found = CyclicEquations(matrix).with_diagonal(added)(right)
    assert (dense(matrix) + np.diag(added)) @ found == approx(right)


def test_a_matrix_that_is_not_positive_definite_is_refused():
    equations = CyclicEquations(tridiagonal(9).squared())
    with pytest.raises(ValueError, match="not positive definite"):
        equations.with_diagonal(np.full(9, -100.0))(np.ones(9))


def test_equations_are_solved_with_their_own_matrix_or_not_at_all():
    first, second = (CyclicEquations(tridiagonal(9, seed).squared()) for seed in (1, 2))
    solved = first.with_diagonal(np.ones(9))
    second.with_diagonal(np.ones(9))
    with pytest.raises(RuntimeError, match="other equations"):
        solved(np.ones(9))


def program(count, scale=1.0):
    """Return a quadratic program whose solution has variables at both bounds, and between them."""
    dice = np.random.default_rng(count)
    quadratic = tridiagonal(count, count).squared().times(scale)
    quadratic = quadratic._replace(here=quadratic.here + 1e-3 * scale)
    linear = scale * dice.normal(size=count)
    return quadratic, linear, -dice.uniform(0.05, 1.0, count), dice.uniform(0.05, 1.0, count)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6])
@pytest.mark.parametrize("count", [50, 201])
def test_a_solution_satisfies_the_conditions_of_an_optimum(scale, count):
    """The slope is 0 between the bounds, and points out of them where one is reached."""
    quadratic, linear, low, high = program(count, scale)
    found = solve_bounded_qp(quadratic, linear, low, high).x
    assert ((low <= found) & (found <= high)).all()
    slope = (quadratic @ found + linear) / scale
    at_low, at_high = found - low < 1e-6, high - found < 1e-6
    assert at_low.any()
    assert at_high.any()
    assert np.abs(slope[~at_low & ~at_high]).max() < 1e-4
    assert (slope[at_low] > -1e-4).all()
    assert (slope[at_high] < 1e-4).all()


def test_what_is_at_its_bounds_is_told():
    quadratic, linear, low, high = program(201)
    found = solve_bounded_qp(quadratic, linear, low, high)
    assert (found.at_low == (found.x == low)).all()
    assert (found.at_high == (found.x == high)).all()


def test_a_similar_solution_or_a_wrong_one_leads_to_the_same_optimum():
    quadratic, linear, low, high = program(201)
    alone = solve_bounded_qp(quadratic, linear, low, high)
    for other in (0.9 * linear, -linear):
        similar = solve_bounded_qp(quadratic, other, low, high)
        found = solve_bounded_qp(quadratic, linear, low, high, similar)
        assert found.x == approx(alone.x, abs=1e-6)


def test_where_the_active_set_goes_in_circles_the_optimum_is_found_by_steps(monkeypatch):
    quadratic, linear, low, high = program(201)
    alone = solve_bounded_qp(quadratic, linear, low, high)
    monkeypatch.setattr("game.bot.bounded_qp._by_active_set", lambda *_: None)
    found = solve_bounded_qp(quadratic, linear, low, high, alone)
    assert found.x == approx(alone.x, abs=1e-5)
    assert (found.at_low == alone.at_low).all()
    assert (found.at_high == alone.at_high).all()


def test_a_solution_is_no_worse_than_a_general_solvers():
    import clarabel
    from scipy import sparse

    count = 60
    quadratic = tridiagonal(count, 3).squared()
    linear, bound = np.cos(np.arange(count)), np.full(count, 0.3)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    table, identity = dense(quadratic), np.eye(count)
    other = clarabel.DefaultSolver(
        sparse.csc_matrix(np.triu(table)),
        linear,
        sparse.csc_matrix(np.vstack([identity, -identity])),
        np.concatenate([bound, bound]),
        [clarabel.NonnegativeConeT(2 * count)],
        settings,
    ).solve()

    def value(x):
        return 0.5 * x @ table @ x + linear @ x

    found = solve_bounded_qp(quadratic, linear, -bound, bound).x
    assert found == approx(np.array(other.x), abs=1e-5)
    assert value(found) <= value(np.array(other.x)) + 1e-8
