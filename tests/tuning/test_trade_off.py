"""Time against energy: what is compared, and what none beats."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from game.tuning.trade_off import MUCH_SLOWER, comparable, trade_off


class Cost(NamedTuple):
    time_s: float
    energy_kwh: float


costs = st.lists(st.builds(Cost, st.floats(90.0, 130.0), st.floats(2.0, 6.0)), min_size=1)


@given(costs)
def test_none_beats_one_on_the_trade_off_line_in_both_and_the_line_has_both_ends(laps):
    line = trade_off(laps)
    for one in line:
        assert not any(
            other.time_s < one.time_s and other.energy_kwh < one.energy_kwh for other in laps
        )
    assert line[0].time_s == min(lap.time_s for lap in laps)
    assert line[-1].energy_kwh == min(lap.energy_kwh for lap in laps)


def test_a_slower_lap_of_the_same_energy_is_not_on_the_line():
    quick, slow = Cost(100.0, 4.0), Cost(101.0, 4.0)
    assert trade_off([slow, quick]) == [quick]


@given(costs)
def test_only_laps_that_are_much_slower_than_the_fastest_are_left_out(laps):
    slowest_s = (1.0 + MUCH_SLOWER) * min(lap.time_s for lap in laps)
    assert [lap for lap in laps if lap not in comparable(laps)] == [
        lap for lap in laps if lap.time_s > slowest_s
    ]


def test_of_no_laps_none_are_compared():
    assert comparable([]) == trade_off([]) == []
