"""Changes to a split map say what they mean: phases come and go, paint covers and is erased."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval

from game.app.setup.model import split_edit
from game.simulation.split_table import resolve
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch

OVAL = make_oval()
LAP_M = OVAL.length_m
places = st.floats(0.0, LAP_M - 1.0).map(lambda at_m: round(at_m, 1))
stretches = st.builds(
    lambda from_m, long_m, share: Stretch(from_m, round((from_m + long_m) % LAP_M, 1), share),
    places,
    st.floats(20.0, 0.9 * LAP_M),
    st.sampled_from([0.0, 0.3, 0.8, 1.0]),
)


@given(st.lists(stretches, min_size=1, max_size=6))
def test_what_is_painted_last_shows_where_it_was_painted(painted):
    setup = Setup()
    for stretch in painted:
        setup = split_edit.painted(setup, OVAL, stretch)
    last = painted[-1]
    assert setup.split_map.painted[-1] == last
    assert setup.split_map.painted_on == OVAL.name
    middle_m = (last.from_m + 0.5 * ((last.to_m - last.from_m) % LAP_M)) % LAP_M
    assert split_edit.stretch_at(setup, middle_m, "drive", LAP_M) == last
    shares = resolve(setup.split_map, setup, OVAL).front_torque_share
    at = int(middle_m / LAP_M * len(shares))
    assert shares[at] == pytest.approx(last.share)


@given(st.lists(stretches, min_size=1, max_size=6))
def test_dropping_what_is_covered_changes_no_share(painted):
    kept = Setup()
    for stretch in painted:
        kept = split_edit.painted(kept, OVAL, stretch)
    all_of_it = SplitMap(painted=tuple(painted), painted_on=OVAL.name)
    assert resolve(kept.split_map, kept, OVAL) == resolve(all_of_it, Setup(), OVAL)


def test_wiping_takes_the_stretch_that_shows_and_then_the_one_below():
    below, above = Stretch(100.0, 300.0, 0.2), Stretch(150.0, 200.0, 0.8)
    setup = split_edit.painted(split_edit.painted(Setup(), OVAL, below), OVAL, above)
    setup = split_edit.erased(setup, 170.0, "drive", LAP_M)
    assert setup.split_map.painted == (below,)
    assert split_edit.erased(setup, 170.0, "regeneration", LAP_M) == setup
    assert split_edit.erased(setup, 170.0, "drive", LAP_M) == Setup()


def test_paint_for_another_circuit_makes_room_for_this_one():
    elsewhere = SplitMap(exit=0.3, painted=(Stretch(1.0, 9.0, 0.9),), painted_on="elsewhere")
    stretch = Stretch(100.0, 200.0, 0.7)
    setup = split_edit.painted(Setup(split_map=elsewhere), OVAL, stretch)
    assert setup.split_map == SplitMap(exit=0.3, painted=(stretch,), painted_on=OVAL.name)


def test_more_stretches_than_a_map_holds_are_refused():
    setup = Setup()
    for number in range(split_edit.MAX_STRETCHES):
        setup = split_edit.painted(setup, OVAL, Stretch(3.0 * number, 3.0 * number + 1.0, 0.5))
    with pytest.raises(ValueError, match="64"):
        split_edit.painted(setup, OVAL, Stretch(500.0, 501.0, 0.5))


def test_wiping_all_paint_off_leaves_the_phases():
    setup = Setup(split_map=SplitMap(entry=0.6))
    painted = split_edit.painted(setup, OVAL, Stretch(1.0, 50.0, 0.2))
    assert split_edit.without_paint(painted) == setup
    assert split_edit.without_map(painted) == Setup()
