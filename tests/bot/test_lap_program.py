"""The programs of line and speeds together: their solutions are those of a general solver."""

import numpy as np
import pytest
from pytest import approx

from game.bot.cyclic_bands import CyclicTridiagonal
from game.bot.lap_program import LapProgram, solve_lap_program


def lap_program(count, rows=4, seed=2):
    """Return a program of random numbers that 0 satisfies, in places without room to spare."""
    dice = np.random.default_rng(seed)
    quadratic = [
        CyclicTridiagonal(*dice.normal(size=(3, count))).squared().times(scale)
        for scale in (1.0, 0.1)
    ]
    return LapProgram(
        tuple(each._replace(here=each.here + 0.5) for each in quadratic),
        dice.normal(size=(2, count)),
        dice.normal(size=(rows, 6, count)),
        np.maximum(dice.normal(size=(rows, count)), 0.0),
    )


def tables(program):
    """Return the quadratic part and the rows as whole tables, of x as one column of (2 * n,)."""
    count = program.linear.shape[1]
    quadratic = np.zeros((2 * count, 2 * count))
    for number, part in enumerate(program.quadratic):
        where = slice(number * count, (number + 1) * count)
        quadratic[where, where] = np.column_stack([part @ each for each in np.eye(count)])
    rows = np.zeros((program.room.size, 2 * count))
    for row, entries in enumerate(program.rows):
        for station in range(count):
            for place in range(6):
                column = place // 3 * count + (station + place % 3 - 1) % count
                rows[row * count + station, column] = entries[place, station]
    return quadratic, rows


@pytest.mark.parametrize("count", [7, 24, 25])
def test_a_solution_is_that_of_a_general_solver(count):
    import clarabel
    from scipy import sparse

    program = lap_program(count)
    quadratic, rows = tables(program)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    other = clarabel.DefaultSolver(
        sparse.csc_matrix(np.triu(quadratic)),
        program.linear.ravel(),
        sparse.csc_matrix(rows),
        program.room.ravel(),
        [clarabel.NonnegativeConeT(program.room.size)],
        settings,
    ).solve()
    found = solve_lap_program(program, 1e-9)
    assert found.ravel() == approx(np.array(other.x), abs=1e-5)
    assert (rows @ found.ravel() <= program.room.ravel() + 1e-6).all()


def test_without_limits_in_reach_the_slope_is_zero():
    program = lap_program(30)
    program = program._replace(room=program.room + 1e3)
    quadratic, _ = tables(program)
    found = solve_lap_program(program, 1e-10)
    assert quadratic @ found.ravel() + program.linear.ravel() == approx(0.0, abs=1e-6)


def test_a_program_that_is_not_convex_is_refused():
    program = lap_program(20)
    hollow = program.quadratic[0].times(-1e6)
    with pytest.raises(ValueError, match="not positive definite"):
        solve_lap_program(program._replace(quadratic=(hollow, program.quadratic[1])), 1e-9)
