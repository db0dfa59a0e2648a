"""The programs of line and speeds together: their solutions are those of a general solver."""

import numpy as np
import pytest
from pytest import approx

from game.bot.cyclic_bands import CyclicTridiagonal
from game.bot.lap_program import LapLimits, LapProgram, solve_lap_program


def lap_program(count, rows=5, seed=2):
    """Return a program of random numbers that 0 satisfies, in places without room to spare."""
    dice = np.random.default_rng(seed)
    quadratic = [
        CyclicTridiagonal(*dice.normal(size=(3, count))).squared().times(scale)
        for scale in (1.0, 0.1)
    ]
    room = np.maximum(dice.normal(size=(rows, count)), 0.0)
    return LapProgram(
        tuple(each._replace(here=each.here + 0.5) for each in quadratic),
        dice.normal(size=(2, count)),
        LapLimits(dice.normal(size=(rows, 4, count)), room, with_after=2, with_before=1),
        *(-0.3 * dice.random(count), 0.3 * dice.random(count)),
    )


def tables(program):
    """Return the quadratic part, and all limits as whole tables: of x as one column of (2 * n,)."""
    count = program.linear.shape[1]
    quadratic = np.zeros((2 * count, 2 * count))
    for number, part in enumerate(program.quadratic):
        where = slice(number * count, (number + 1) * count)
        quadratic[where, where] = np.column_stack([part @ each for each in np.eye(count)])
    limits = program.limits
    rows = np.zeros((*limits.room.shape, 2 * count))
    for station in range(count):
        beside = [(station + away) % count for away in (-1, 0, 1)]
        rows[:, station, station] += limits.rows[:, 0, station]
        for entry, other in enumerate(beside, 1):
            rows[:, station, count + other] += limits.rows[:, entry, station]
        rows[: limits.with_after, station, beside[2]] += 1.0
        rows[limits.with_after :, station, beside[0]][: limits.with_before] += 1.0
    bound = np.hstack([np.zeros((count, count)), np.eye(count)])
    rows = np.vstack([rows.reshape(-1, 2 * count), bound, -bound])
    return quadratic, rows, np.concatenate([limits.room.ravel(), program.high, -program.low])


@pytest.mark.parametrize("count", [7, 24, 25])
def test_a_solution_is_that_of_a_general_solver(count):
    import clarabel
    from scipy import sparse

    program = lap_program(count)
    quadratic, rows, room = tables(program)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    other = clarabel.DefaultSolver(
        sparse.csc_matrix(np.triu(quadratic)),
        program.linear.ravel(),
        sparse.csc_matrix(rows),
        room,
        [clarabel.NonnegativeConeT(room.size)],
        settings,
    ).solve()
    found = solve_lap_program(program, 1e-9)
    assert found.ravel() == approx(np.array(other.x), abs=1e-5)
    assert (rows @ found.ravel() <= room + 1e-6).all()


def test_without_limits_in_reach_the_slope_is_zero():
    program = lap_program(30)
    limits = program.limits._replace(room=program.limits.room + 1e3)
    program = program._replace(limits=limits, low=program.low - 1e3, high=program.high + 1e3)
    quadratic, _, _ = tables(program)
    found = solve_lap_program(program, 1e-10)
    assert quadratic @ found.ravel() + program.linear.ravel() == approx(0.0, abs=1e-6)


def test_a_program_that_is_not_convex_is_refused():
    program = lap_program(20)
    hollow = program.quadratic[0].times(-1e6)
    with pytest.raises(ValueError, match="not positive definite"):
        solve_lap_program(program._replace(quadratic=(hollow, program.quadratic[1])), 1e-9)
