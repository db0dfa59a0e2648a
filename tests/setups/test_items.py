"""What people read of a setup's values fits what the setup takes."""

import msgspec
import pytest

from game.errors import InputError
from game.setups.items import item_named, items_of, phase_items_of
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car
from game.vehicle.split_map import PHASES, SplitMap, Stretch

SPEC = load_car()
ITEMS = items_of(SPEC)
PHASE_ITEMS = phase_items_of(SPEC)


def test_every_value_of_a_setup_but_the_map_is_an_item():
    fields = {field.name for field in msgspec.structs.fields(Setup)}
    assert {item.name for item in ITEMS} == fields - {"split_map"}


def test_every_phase_of_a_split_map_is_an_item():
    assert [item.name for item in PHASE_ITEMS] == [f"split_map.{phase}" for phase in PHASES]
    assert [item.default for item in PHASE_ITEMS] == [0.6, 0.5, 0.5, 0.5]


def test_without_a_map_phases_have_the_shares_of_the_setup():
    setup = Setup(front_torque_share=0.4, front_regen_share=0.7)
    assert [item.value_in(setup) for item in PHASE_ITEMS] == [0.7, 0.4, 0.4, 0.4]


@pytest.mark.parametrize("item", PHASE_ITEMS, ids=list(PHASES))
def test_a_phase_is_set_alone_and_given_back_to_the_setup(item):
    painted = SplitMap(painted=(Stretch(10.0, 90.0, 0.2),))
    for before in (Setup(), Setup(front_torque_share=0.3), Setup(split_map=painted)):
        after = item.with_value(before, 0.85)
        assert item.value_in(after) == item.own(after) == 0.85
        others = [each for each in (*ITEMS, *PHASE_ITEMS) if each is not item]
        assert all(each.value_in(after) == each.value_in(before) for each in others)
        assert item.own(before) is None
        assert item.with_value(after, None) == before


@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_the_whole_range_is_taken_by_the_setup_and_nothing_beyond(item):
    for value in item.over_range():
        values = msgspec.to_builtins(Setup()) | {item.name: value}
        assert getattr(msgspec.convert(values, Setup), item.name) == value
    if not item.choices:
        for value in (item.low - 0.001, item.high + 0.001):
            with pytest.raises(msgspec.ValidationError):
                msgspec.convert({item.name: value}, Setup)


@pytest.mark.parametrize("item", ITEMS, ids=[item.name for item in ITEMS])
def test_the_default_is_within_the_range_and_differs_from_itself_by_nothing(item):
    assert item.default == getattr(default_setup(SPEC), item.name)
    assert item.default in item.choices or item.low <= item.default <= item.high
    assert item.difference(item.default) == ""
    assert item.text(item.default)
    assert item.note.endswith(".")


def test_shares_are_said_as_people_say_them():
    split = item_named("front_torque_share", SPEC)
    assert split.text(0.45) == "45 : 55"
    assert split.difference(0.45) == "\N{MINUS SIGN}5 %"
    assert item_named("tyre", SPEC).difference("sport") == "instead of slick"
    assert item_named("one_pedal_mps2", SPEC).difference(1.5) == "+1.5 m/s²"


def test_an_unknown_value_is_told_with_those_there_are():
    with pytest.raises(InputError, match=r"'camber' is not a value of a setup.*front_torque_share"):
        item_named("camber", SPEC)
