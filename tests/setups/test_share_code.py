"""A setup is a short text: it comes back equal, and a slip of the pen is noticed."""

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import raises
from test_setup_file import setups

from game.errors import InputError
from game.setups.presets import presets
from game.setups.share_code import code_of, is_code, setup_of
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.split_map import SplitMap, Stretch

pytestmark = pytest.mark.slow

SPEC = load_car()

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
shares = st.none() | st.floats(0.0, 1.0)
maps = st.none() | st.builds(SplitMap, braking=shares, entry=shares, middle=shares, exit=shares)
TUNED = Setup(front_torque_share=0.44, front_regen_share=0.55, traction_control=2)
WITH_ONE = Setup(front_torque_share=0.31, wing=0.2)


@given(setups, maps)
def test_any_setup_comes_back_equal(setup, split_map):
    setup = msgspec.structs.replace(setup, split_map=split_map)
    assert setup_of(code_of(setup, SPEC.id)) == (SPEC.id, setup)


def test_it_is_short_and_of_letters_that_are_not_mistaken():
    code = code_of(TUNED, SPEC.id)
    assert len(code) <= 24
    assert set(code.removeprefix("RC3")) <= set(LETTERS + "-")
    painted = Setup(split_map=SplitMap(painted=(Stretch(10.0, 60.0, 0.3),)))
    assert setup_of(code_of(painted, SPEC.id)) == (SPEC.id, painted)


@pytest.mark.parametrize("preset", presets(SPEC), ids=lambda preset: preset.name)
def test_what_ships_has_a_code_to_read_out(preset):
    assert len(code_of(preset.setup, SPEC.id)) <= 40


QUALIFYING = Setup(
    front_torque_share=0.26,
    front_regen_share=0.69,
    front_brake_bias=0.625,
    wing=0.85,
    traction_control=1,
    abs=4,
    split_law="fill",
)


@pytest.mark.parametrize(
    ("code", "car_id"),
    [
        ("RC1-5G1R-MA4T-YGA6-A9R5-4480", SPEC.id),
        ("RC2-BQ70-JT31-EHHP-GRK1-CDNR-MA4T-YGA6-A9R5-4480", "hatchback"),
    ],
)
def test_a_code_that_was_given_away_means_the_same_for_ever(code, car_id):
    assert setup_of(code) == (car_id, QUALIFYING)


def test_a_code_says_which_split_law_it_is_for():
    limit, fill = (msgspec.structs.replace(TUNED, split_law=law) for law in ("limit", "fill"))
    assert [setup_of(code_of(each, SPEC.id)).setup for each in (limit, fill)] == [limit, fill]
    assert code_of(limit, SPEC.id) != code_of(fill, SPEC.id)


@given(setups, st.data())
def test_any_single_mistyped_letter_is_noticed(setup, data):
    code = code_of(setup, SPEC.id)
    places = [at for at, letter in enumerate(code) if letter != "-"]
    at = data.draw(st.sampled_from(places))
    meant = {"0": "0O", "1": "1IL"}.get(code[at], code[at]) if at > 2 else code[at]
    wrong = data.draw(st.sampled_from([one for one in ALL if one not in meant]))
    with raises(InputError, match=r"mistyped|begins with RC1-"):
        setup_of(code[:at] + wrong + code[at + 1 :])


def test_small_letters_blanks_and_look_alikes_are_read_as_meant():
    code = code_of(TUNED, SPEC.id)
    assert setup_of(f"  {code.lower()}\n") == (SPEC.id, TUNED)
    assert setup_of(code.replace("0", "O").replace("RC3", "rc3")) == (SPEC.id, TUNED)
    assert setup_of(code[:4] + code[4:].replace("-", " ")) == (SPEC.id, TUNED)
    with_one = code_of(WITH_ONE, SPEC.id)
    assert "1" in with_one[4:]
    for looks_alike in "ILil":
        read = setup_of(with_one[:4] + with_one[4:].replace("1", looks_alike))
        assert read == (SPEC.id, WITH_ONE)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "begins with RC1-"),
        ("RC1-", "mistyped or cut short"),
        ("RC1-12", "mistyped or cut short"),
        (code_of(TUNED, SPEC.id)[:-5], "mistyped or cut short"),
        ("RC4-AAAA", "later version"),
        ("RC1-TVPG-002M", "holds values that this version does not know"),  # an 18th value
        ("XY1-AAAA", "begins with RC1-"),
        ("RC1-" + "A" * 9000, "mistyped or cut short"),
    ],
)
def test_what_is_no_code_is_refused_in_one_line(code, words):
    with raises(InputError, match=words) as refused:
        setup_of(code)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 160


@given(st.text(max_size=60))
def test_no_text_does_worse_than_be_refused(text):
    for code in (text, f"RC1-{text}", f"RC2-{text}", f"RC3-{text}"):
        with contextlib.suppress(InputError):
            assert isinstance(setup_of(code).setup, Setup)


def test_a_code_is_told_from_a_name():
    assert is_code(code_of(TUNED, SPEC.id))
    assert is_code(" rc1-0000")
    assert not any(is_code(name) for name in ("45-55", "mine", "rc.toml", "RCA-12"))


OTHER_CAR = "hatchback"


@given(setups, maps, st.text(min_size=1, max_size=40))
def test_a_setup_for_another_car_comes_back_with_the_car(setup, split_map, car_id):
    setup = msgspec.structs.replace(setup, split_map=split_map)
    code = code_of(setup, car_id)
    assert setup_of(code) == (car_id, setup)
    assert code.startswith("RC3-")


@given(setups, st.data())
def test_any_single_mistyped_letter_of_another_cars_code_is_noticed(setup, data):
    code = code_of(setup, OTHER_CAR)
    at = data.draw(st.sampled_from([at for at, letter in enumerate(code) if letter != "-"]))
    meant = {"0": "0O", "1": "1IL"}.get(code[at], code[at]) if at > 2 else code[at]
    wrong = data.draw(st.sampled_from([one for one in ALL if one not in meant]))
    with raises(InputError, match=r"mistyped|begins with RC1-"):
        setup_of(code[:at] + wrong + code[at + 1 :])


def test_the_code_of_the_readme_is_the_default_cars():
    car_id, setup = setup_of("RC1-YQM9-350")
    assert (car_id, setup.split_law) == (SPEC.id, "fill")
    assert setup_of(code_of(setup, SPEC.id)) == (SPEC.id, setup)
