"""A field is read from a file: bots, each with pace, racecraft, setup, tyre, number and livery."""

import pytest

from game.app.car.livery import LIVERIES
from game.app.driving.race_field import labelled_liveries
from game.bot.racecraft import CAREFUL, KEEN
from game.errors import InputError
from game.racing.field_file import read_field
from game.recording.car_label import CarLabel
from game.recording.replay import load_replay
from game.setups.presets import load_setup

FIELD = """
[[bot]]
bot = "reference"
name = "Anna"
pace = 0.95
racecraft = "careful"
tyre = "sport"
number = 64
livery = "violet"

[[bot]]
bot = "mine.py:Mine"
setup = "45-55"

[[bot]]
bot = "reference"
"""
OWN_BOT = """
from game.drivers.driver import BaseDriver


class Mine(BaseDriver):
    pass
"""


@pytest.fixture
def field_path(tmp_path):
    """The file of a field with a bot beside it."""
    (tmp_path / "mine.py").write_text(OWN_BOT, encoding="utf-8")
    path = tmp_path / "field.toml"
    path.write_text(FIELD, encoding="utf-8")
    return path


def test_each_bot_has_what_its_file_says_and_else_what_is_usual(field_path, spec):
    anna, mine, last = read_field(field_path, spec, KEEN)
    assert (anna.name, anna.pace, anna.level, anna.setup.tyre) == ("Anna", 0.95, CAREFUL, "sport")
    assert anna.label == CarLabel("Anna", 64, "violet")
    assert (mine.name, mine.level) == ("mine", KEEN)
    assert mine.setup == load_setup("45-55", spec)
    assert last.label == CarLabel("reference")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('livery = "violet"', 'livery = "pink"', "livery"),
        ("number = 64", "number = 100", "number"),
        ('tyre = "sport"', 'tyre = "wood"', r"bot\[0\]: .*wood"),
        ('setup = "45-55"', 'setup = "45-55"\nnumber = 64', "two bots have number 64"),
        ('setup = "45-55"', 'name = "Anna"', "two bots are called 'Anna'"),
        ("mine.py:Mine", "yours.py", "yours"),
    ],
)
def test_a_field_that_cannot_race_is_refused_in_one_line(field_path, spec, old, new, complaint):
    field_path.write_text(FIELD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=complaint) as caught:
        read_field(field_path, spec, KEEN)
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_names_numbers_and_liveries_are_in_the_replay_of_the_race(field_path, run_command):
    replay = field_path.with_suffix(".replay")
    words = ("race", "--entries", field_path, "--field", 4, "--laps", 1, "--grid", "listed")
    status, _, error = run_command(*words, "--track", "sandeby", "--replay", replay)
    assert (status, error) == (0, "")
    labels = load_replay(replay).labels
    assert labels[0] == CarLabel("Anna", 64, "violet")
    assert [label.name for label in labels[1:3]] == ["mine", "reference"]
    assert len(labels) == 4


def test_a_field_says_itself_who_races_and_with_what(field_path, run_command):
    status, _, error = run_command("race", "--entries", field_path, "--bot", "reference")
    assert status == 2
    assert "leave out --bot" in error


def test_cars_wear_what_their_labels_say_and_else_what_no_other_one_does():
    labels = [CarLabel("A"), CarLabel("B", 64, "violet"), CarLabel("C", 5), CarLabel("D")]
    free, violet, numbered, other = labelled_liveries(labels)
    assert (violet.name, violet.number) == ("violet", "64")
    assert numbered.number == "5"
    assert len({each.name for each in (free, violet, numbered, other)}) == 4


def test_two_cars_of_one_livery_differ_in_which_of_its_colours_is_first():
    first, second = labelled_liveries([CarLabel("A", 1, "azure"), CarLabel("B", 2, "azure")])
    assert (first.body, first.second) == (second.second, second.body)


def test_more_cars_than_there_are_liveries_have_numbers_of_their_own():
    worn = labelled_liveries([CarLabel(str(number)) for number in range(2 * len(LIVERIES))])
    assert len({each.number for each in worn}) == len(worn)
