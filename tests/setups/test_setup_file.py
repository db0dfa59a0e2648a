"""A setup is saved and read back whole, and a wrong one is refused in one line."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest import raises

from game.errors import InputError
from game.setups.presets import load_setup
from game.setups.setup_file import FORMAT, read_setup, write_setup
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car

SPEC = load_car()

levels = st.integers(0, 5)
shares = st.floats(0.0, 1.0)
setups = st.builds(
    Setup,
    front_torque_share=shares,
    front_regen_share=shares,
    split_mode=st.sampled_from(["fixed", "load-following", "slip-balancing"]),
    split_law=st.sampled_from(["limit", "fill"]),
    one_pedal_mps2=st.floats(0.0, 3.0),
    regen_limit=shares,
    front_brake_bias=st.floats(0.4, 0.8),
    power_map=st.integers(1, 4),
    traction_control=levels,
    abs=levels,
    yaw_control=levels,
    front_preload_nm=st.floats(0.0, 300.0),
    rear_preload_nm=st.floats(0.0, 300.0),
    wing=st.floats(-1.0, 1.0),
    tyre=st.sampled_from(["slick", "sport"]),
    driver_aboard=st.booleans(),
    initial_charge=st.floats(0.05, 1.0),
)


def refusal(path, text):
    """The one line with which this text is refused as a setup."""
    path.write_text(text, encoding="utf-8")
    with raises(InputError) as refused:
        read_setup(path, SPEC)
    line = str(refused.value)
    assert "\n" not in line
    assert line.startswith(f"{path}: ")
    return line


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(setups)
def test_a_saved_setup_is_read_back_equal(tmp_path, setup):
    path = tmp_path / "mine.toml"
    write_setup(path, setup, SPEC.id)
    assert read_setup(path, SPEC).setup == setup


def test_an_empty_file_is_the_default_setup(tmp_path):
    path = tmp_path / "default.toml"
    path.write_text("", encoding="utf-8")
    assert read_setup(path, SPEC).setup == default_setup(SPEC)


@pytest.mark.parametrize(
    ("head", "law"),
    [
        ("format = 1", "fill"),
        ("format = 2", "fill"),
        ("format = 3", "limit"),
        ("", "limit"),
        ('format = 2\nsplit_law = "limit"', "limit"),
    ],
)
def test_a_file_of_before_there_was_a_choice_keeps_the_law_it_was_driven_with(tmp_path, head, law):
    path = tmp_path / "mine.toml"
    path.write_text(f"{head}\nfront_torque_share = 0.3\n", encoding="utf-8")
    setup = read_setup(path, SPEC).setup
    assert (setup.front_torque_share, setup.split_law) == (0.3, law)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("front_torque_share = 1.2", "front_torque_share"),
        ("front_brake_bias = 0.9", "front_brake_bias"),
        ("traction_control = 6", "traction_control"),
        ("abs = -1", "abs"),
        ("power_map = 0", "power_map"),
        ("one_pedal_mps2 = -0.1", "one_pedal_mps2"),
        ("front_preload_nm = nan", "front_preload_nm"),
        ("wing = inf", "wing"),
        ('tyre = "medium"', "tyre"),
        ('split_mode = "torque"', "split_mode"),
        ('split_law = "both"', "split_law"),
        ('regen_limit = "all"', "regen_limit"),
        ("driver_aboard = 1", "driver_aboard"),
        ("front_torque_shere = 0.5", "front_torque_shere"),
        ("[tyre]\npressure = 2", "tyre"),
    ],
)
def test_a_value_out_of_bounds_or_a_misspelt_key_is_named(tmp_path, text, key):
    assert key in refusal(tmp_path / "wrong.toml", text)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("front_brake_bias = 0.9", "0.4 to 0.8"),
        ("abs = 6", "0, 1, 2, 3, 4, 5"),
        ("wing = 2", "-1 to 1"),
        ('tyre = "medium"', "slick, sport, wet"),
        ('split_law = "both"', "limit, fill"),
        ("driver_aboard = 1", "true, false"),
    ],
)
def test_a_wrong_value_is_told_with_what_it_can_be(tmp_path, text, bounds):
    assert refusal(tmp_path / "wrong.toml", text).endswith(f", can be {bounds}")


def test_a_file_that_is_no_toml_is_refused_in_one_line(tmp_path):
    assert "TOML" in refusal(tmp_path / "broken.toml", "front_torque_share = = 0.5")


def test_a_missing_file_and_an_unknown_name_are_named(tmp_path):
    with raises(InputError, match=r"nowhere\.toml: there is no such file"):
        load_setup(str(tmp_path / "nowhere.toml"), SPEC)
    with raises(InputError, match="setup 'no such setup of mine'"):
        load_setup("no such setup of mine", SPEC)


def test_a_setup_that_cannot_be_written_is_refused_with_its_path(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with raises(InputError, match=r"mine\.toml"):
        write_setup(tmp_path / "file" / "mine.toml", Setup(), SPEC.id)


def test_a_file_of_a_later_version_is_refused_with_the_remedy(tmp_path):
    later = FORMAT + 1
    line = refusal(tmp_path / "later.toml", f"format = {later}\nfront_torque_share = 0.4\nflux = 3")
    assert "later version" in line
    assert "update" in line


def test_what_a_setup_is_for_is_kept_with_it(tmp_path):
    write_setup(tmp_path / "mine.toml", Setup(wing=0.5), SPEC.id, "for the rain")
    assert read_setup(tmp_path / "mine.toml", SPEC) == (Setup(wing=0.5), "for the rain")
