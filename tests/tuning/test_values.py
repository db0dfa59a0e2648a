"""Grids, lists and Latin hypercubes vary any values of a setup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.errors import InputError
from game.setups.items import items_of
from game.tuning.values import grid, latin_hypercube, read_axes
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

SPEC = load_car()
ITEMS = items_of(SPEC)


def shares(*texts):
    return [setup.front_torque_share for setup in grid(Setup(), read_axes(texts, SPEC))]


def test_a_range_holds_both_of_its_ends_in_exact_decimals():
    assert shares("front_torque_share=0.3:0.7:0.05") == [
        0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7,
    ]  # fmt: skip


def test_a_range_stops_before_a_step_beyond_its_end():
    assert shares("front_torque_share=0.3:0.5:0.15") == [0.3, 0.45]


def test_numbers_levels_choices_and_switches_are_varied_alike():
    axes = read_axes(["wing=-1,0.5", "abs=2:4", "tyre=slick,sport", "driver_aboard=yes,no"], SPEC)
    setups = grid(Setup(), axes)
    assert len(setups) == 2 * 3 * 2 * 2
    assert {(each.wing, each.abs, each.tyre, each.driver_aboard) for each in setups} == {
        (wing, level, tyre, aboard)
        for wing in (-1.0, 0.5)
        for level in (2, 3, 4)
        for tyre in ("slick", "sport")
        for aboard in (True, False)
    }


def test_a_setup_that_is_given_twice_is_there_once():
    assert shares("front_torque_share=0.5,0.50,0.4,0.5") == [0.5, 0.4]


def test_a_name_alone_is_varied_over_all_that_the_setup_page_shows():
    for item in ITEMS:
        (axis,) = read_axes([item.name], SPEC)
        assert axis.values == item.over_range()


def test_everything_that_is_not_varied_stays_as_the_start_has_it():
    start = Setup(wing=0.7, power_map=3)
    assert all(
        (each.wing, each.power_map) == (0.7, 3)
        for each in grid(start, read_axes(["abs=0:5"], SPEC))
    )


def test_the_phases_of_a_split_map_are_varied_like_any_value_and_beside_the_split():
    setups = grid(
        Setup(), read_axes(["front_torque_share=0.3,0.5", "split_map.exit=0.2,0.4"], SPEC)
    )
    assert [
        (each.front_torque_share, each.split_map and each.split_map.exit) for each in setups
    ] == [(0.3, 0.2), (0.3, 0.4), (0.5, 0.2), (0.5, 0.4)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wang=0:1:0.1", "'wang' is not a value of a setup: choose one of front_torque_share"),
        ("split_map=1", "'split_map' is not a value of a setup"),
        ("wing=0:2:0.1", "2 is out of bounds; wing can be -1 to 1"),
        ("wing=1:0:0.1", "1 is not below 0; wing can be -1 to 1"),
        ("wing=0:1:0", "the step 0 is not above 0"),
        ("wing=0:1:1e-9", "up to 100,000 are allowed"),
        ("wing=0:1:0.1:3", "a range is low:high or low:high:step"),
        ("wing=much", "'much' is not a number"),
        ("wing=", "'' is not a number"),
        ("wing=nan", "nan is out of bounds"),
        ("wing=1e999", "1e999 is out of bounds"),
        ("tyre=medium", "there is no medium; tyre can be slick, sport, wet"),
        ("tyre=slick:sport", "has no range; list values as in a,b"),
        ("power_map=0:3", "there is no 0; power_map can be 1, 2, 3, 4"),
        ("power_map=1.5", "there is no 1.5"),
        ("driver_aboard=maybe", "'maybe' is neither yes nor no"),
    ],
)
def test_what_cannot_be_varied_is_named_with_what_there_is(text, said):
    with pytest.raises(InputError) as wrong:
        read_axes([text], SPEC)
    assert f"--vary {text.split('=')[0]}" in str(wrong.value)
    assert said.lower() in str(wrong.value).lower()
    assert len(str(wrong.value).splitlines()) == 1


@given(st.text(alphabet="wing=tyre:,0123456789.-e+nainf ", max_size=20))
def test_any_text_is_understood_or_refused_in_one_line(text):
    try:
        axes = read_axes([text], SPEC)
    except InputError as error:
        said = str(error)
        assert len(said.splitlines()) == 1
    else:
        assert all(axis.item.low <= value <= axis.item.high
                   for axis in axes for value in axis.values if not axis.item.choices)  # fmt: skip


def test_a_grid_of_a_range_without_a_step_says_what_to_do():
    with pytest.raises(InputError, match=r"needs a step, as in wing=0:1:0\.1, or draw"):
        grid(Setup(), read_axes(["wing=0:1"], SPEC))


def test_a_grid_that_no_one_would_wait_for_is_refused():
    with pytest.raises(InputError, match="makes 1,002,001 setups, up to 100,000 are allowed"):
        grid(Setup(), read_axes(["wing=-1:1:0.002", "front_torque_share=0:1:0.001"], SPEC))


@pytest.mark.parametrize("step", ["1e-9", "1e-300", "1e-999999", "1e-999999999"])
def test_a_step_of_next_to_nothing_is_refused(step):
    with pytest.raises(InputError, match="up to 100,000 are allowed"):
        read_axes([f"front_torque_share=0.1:0.5:{step}"], SPEC)


def test_a_value_that_is_varied_twice_is_refused():
    with pytest.raises(InputError, match="--vary wing: is there twice"):
        read_axes(["wing=0,1", "wing=0.5"], SPEC)


@settings(deadline=None)  # the first call loads scipy
@given(st.integers(2, 40), st.integers(0, 1000))
def test_a_latin_hypercube_has_one_setup_in_every_slice_of_every_axis(count, seed):
    axes = read_axes(["wing=-1:1", "front_preload_nm=0:300"], SPEC)
    setups = latin_hypercube(Setup(), axes, count, seed)
    for name, low, high in (("wing", -1.0, 1.0), ("front_preload_nm", 0.0, 300.0)):
        places = sorted((getattr(each, name) - low) / (high - low) * count for each in setups)
        assert all(at - 0.05 <= place <= at + 1.05 for at, place in enumerate(places))


def test_a_latin_hypercube_takes_each_choice_equally_often():
    setups = latin_hypercube(Setup(), read_axes(["wing=-1:1", "split_mode"], SPEC), 30, 1)
    modes = [setup.split_mode for setup in setups]
    assert {modes.count(mode) for mode in modes} == {10}


def test_the_same_seed_draws_the_same_setups_and_another_seed_others():
    axes = read_axes(["wing=-1:1", "abs"], SPEC)
    assert latin_hypercube(Setup(), axes, 9, 4) == latin_hypercube(Setup(), axes, 9, 4)
    assert latin_hypercube(Setup(), axes, 9, 4) != latin_hypercube(Setup(), axes, 9, 5)
