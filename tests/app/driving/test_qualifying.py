"""The best valid lap of a player has its place among the laps that bots plan."""

import math
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from game.app.car.livery import LIVERIES, WORKS
from game.app.driving.qualifying import Qualifying
from game.app.driving.qualifying_board import rows_by_time
from game.app.driving.race_field import bot_entrants, player_entrants
from game.app.driving.settings import RaceSettings

PACES = (0.95, 0.92, 0.89)
LAPS_S = (100.0, 104.0, 108.0, 130.0)  # the last is that of the cool-down, for nobody on the grid
BOTS = bot_entrants([WORKS], RaceSettings(), PACES)

times_s = st.floats(60.0, 200.0)
driven = st.lists(st.tuples(times_s, st.booleans()), max_size=5)


def lap(time_s, valid=True):
    return SimpleNamespace(time_s=time_s, valid=valid)


def qualifying(*laps, liveries=(WORKS,), bots=BOTS, laps_s=LAPS_S):
    """A session in which each player has driven these laps."""
    cars = [
        SimpleNamespace(number=number, laps=SimpleNamespace(laps=list(own)))
        for number, own in enumerate(laps)
    ]
    drive = SimpleNamespace(cars=cars, number=1)
    return Qualifying(drive, player_entrants(liveries), bots, 3, lambda: laps_s)


def board(session, car=0):
    return session.board_of(session.drive.cars[car])


def test_each_valid_lap_that_is_faster_lets_the_player_climb():
    session = qualifying([])
    laps = session.drive.cars[0].laps.laps
    places = [board(session).place]
    for time_s in (106.0, 107.0, 99.0):
        laps.append(lap(time_s))
        places.append(board(session).place)
    assert places == [4, 3, 3, 1]


def test_a_lap_that_is_not_valid_or_driven_too_late_is_worth_nothing():
    assert board(qualifying([lap(90.0, valid=False)])).place == 4
    late = [lap(120.0), lap(120.0), lap(120.0), lap(90.0)]
    assert board(qualifying(late)).place == 4
    assert board(qualifying(late)).own.time_s == 120.0


def test_gaps_are_to_the_best_of_all():
    shown = board(qualifying([lap(103.25)]))
    assert [row.gap_s for row in shown.rows] == [0.0, 3.25, 4.0, 8.0]
    assert (shown.own.gap_s, shown.ahead.time_s, shown.behind.time_s) == (3.25, 100.0, 104.0)


def test_it_is_over_when_all_players_have_driven_their_laps():
    three = [lap(100.0)] * 3
    assert qualifying(three).is_over
    assert not qualifying(three, three[:2], liveries=LIVERIES[:2]).is_over
    assert qualifying(three, three, liveries=LIVERIES[:2]).is_over


def test_bots_have_no_times_until_their_laps_are_planned():
    session = qualifying([lap(100.0)], laps_s=None)
    assert board(session) is None
    assert [row.has_time for row in session.rows] == [True, False, False, False]


def test_two_who_race_alone_have_a_board_at_once():
    session = qualifying([], [lap(100.0)], liveries=LIVERIES[:2], bots=[], laps_s=None)
    assert board(session).place == 2
    assert board(session, 1).place == 1


@given(first=driven, second=driven)
def test_a_grid_has_everybody_once_by_their_times_and_the_slowest_without_one(first, second):
    session = qualifying(
        [lap(*each) for each in first], [lap(*each) for each in second], liveries=LIVERIES[:2]
    )
    rows = session.rows
    assert sorted(id(row.entrant) for row in rows) == sorted(
        id(each) for each in (*session._players, *BOTS)
    )
    assert [row.time_s for row in rows] == sorted(row.time_s for row in rows)
    for number, own in enumerate((first, second)):
        valid = [time_s for time_s, is_valid in own[:3] if is_valid]
        row = next(row for row in rows if row.entrant is session._players[number])
        assert row.time_s == min(valid, default=math.inf)


@given(st.lists(times_s | st.just(math.inf), min_size=1, max_size=8))
def test_a_gap_is_finite_where_there_is_a_time(found_s):
    rows = rows_by_time([(LIVERIES[0], time_s) for time_s in found_s])
    assert all(math.isfinite(row.gap_s) == row.has_time for row in rows)
    assert min(row.gap_s for row in rows) in (0.0, math.inf)
