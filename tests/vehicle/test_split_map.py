"""A split map is checked where it comes from, refused in one line, and kept as TOML."""

import pickle

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from split_map_strategies import split_maps

from game.errors import InputError
from game.setups.setup_file import read_setup, write_setup
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.split_map import SplitMap, Stretch

SPEC = load_car()

maps = split_maps(max_painted=5, max_m=100_000.0, painted_on=st.sampled_from(["", "ricardo_tormo"]))


@pytest.fixture(scope="module")
def toml_file(tmp_path_factory):
    return tmp_path_factory.mktemp("setups") / "mapped.toml"


@given(st.none() | maps)
def test_a_setup_with_its_map_survives_the_file(toml_file, split_map):
    setup = Setup(split_map=split_map)
    write_setup(toml_file, setup, SPEC.id)
    assert read_setup(toml_file, SPEC).setup == setup


@given(maps)
def test_a_copy_in_another_process_is_written_in_the_same_way(split_map):
    copy = pickle.loads(pickle.dumps(split_map))
    assert msgspec.json.encode(copy) == msgspec.json.encode(split_map)


def test_a_file_without_a_map_makes_a_setup_without_one(toml_file):
    toml_file.write_text("front_torque_share = 0.4\n")
    assert read_setup(toml_file, SPEC).setup.split_map is None


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("exit = 1.2", "split_map.exit: expected `float` <= 1.0"),
        ("braking = nan", "split_map.braking: expected a finite number"),
        ("midle = 0.5", "split_map: object contains unknown field `midle`"),
        ("painted = [{ from_m = 10, to_m = 10, share = 0.5 }]", "are both 10: a stretch has a"),
        ("painted = [{ from_m = -1, to_m = 10, share = 0.5 }]", "painted[0].from_m: expected"),
        ("painted = [{ from_m = 1, to_m = 10 }]", "missing required field `share`"),
        ("painted = [{ from_m = 1, to_m = 2, share = 0.5, of = 'brakes' }]", "painted[0].of"),
    ],
)
def test_what_is_wrong_with_a_map_is_told_in_one_line(toml_file, lines, words):
    toml_file.write_text(f"[split_map]\n{lines}\n")
    with pytest.raises(InputError) as error:
        read_setup(toml_file, SPEC)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_map_is_told_in_words():
    paint = (Stretch(10.0, 20.0, 0.3), Stretch(30.0, 40.0, 0.3))
    texts = {
        SplitMap(): "empty",
        SplitMap(braking=0.8, exit=0.305): "braking 80 % front, exit 30.5 % front",
        SplitMap(entry=0.0, painted=paint[:1]): "entry 0 % front, 1 stretch painted",
        SplitMap(painted=paint, painted_on="oval"): "2 stretches painted on oval",
    }
    assert {split_map: str(split_map) for split_map in texts} == texts
