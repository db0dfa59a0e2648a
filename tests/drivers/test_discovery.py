"""Drivers are found by name and by file, and what cannot be found is reported in one line."""

import sys

import pytest

from game.bot.bot import Bot
from game.bot.examples.learner import Learner
from game.drivers.discovery import driver_names, find_driver
from game.errors import InputError

DECIDES = "    def decide(self, seen):\n        return None\n"


@pytest.fixture
def bot_file(tmp_path, monkeypatch):
    """Writes a bot's file; gives its path."""
    monkeypatch.setattr(sys, "path", [*sys.path])

    def write(text, name="my_bot.py"):
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


def refusal(name):
    with pytest.raises(InputError) as refused:
        find_driver(name)
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_what_ships_is_found_by_name():
    assert {"reference", "follower", "learner"} <= set(driver_names())
    assert find_driver("learner") is Learner
    assert find_driver("reference") is Bot


def test_an_unknown_name_is_told_what_there_is():
    line = refusal("niki")
    assert line.startswith("bot 'niki': there is no such bot; there are ")
    assert "follower, keyboard, learner, reference" in line


def test_the_only_class_that_decides_needs_no_name(bot_file):
    path = bot_file(
        "from game.bot.examples.follower import Follower\n"
        f"class Memory:\n    pass\nclass Mine(Follower):\n{DECIDES}"
    )
    assert find_driver(path).__name__ == "Mine"


def test_one_of_several_classes_is_picked_by_name(bot_file):
    path = bot_file(f"class One:\n{DECIDES}class Two:\n{DECIDES}")
    assert find_driver(f"{path}:Two").__name__ == "Two"
    assert refusal(path) == f"{path}: has several drivers, One, Two; pick one as in {path}:One"
    assert refusal(f"{path}:Three") == f"{path}: there is no class 'Three' with a method 'decide'"


def test_a_bot_may_be_made_of_several_files_and_of_dataclasses(bot_file):
    bot_file("SPEED_MPS = 20.0\n", "my_speeds.py")
    path = bot_file(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "import my_speeds\n@dataclass\nclass MyBot:\n"
        f"    v_mps: float = my_speeds.SPEED_MPS\n{DECIDES}"
    )
    assert find_driver(path)().v_mps == 20.0


def test_a_file_that_is_not_there_is_named(tmp_path):
    path = tmp_path / "my_bot.py"
    assert refusal(str(path)) == f"{path}: there is no such file"
    assert refusal(f"{path}:MyBot") == f"{path}: there is no such file"


def test_a_file_without_a_driver_is_named(bot_file):
    path = bot_file("class MyBot:\n    def drive(self, seen):\n        pass\n")
    assert refusal(path) == f"{path}: there is no class with a method 'decide'"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x = 1\nclass MyBot\n", "my_bot.py:2: SyntaxError: expected ':'"),
        ("\n\nimport there_is_none\n", "my_bot.py:3: ModuleNotFoundError: No module named"),
        ("def half(x):\n    return x / 0\nhalf(1)\n", "my_bot.py:2: ZeroDivisionError: division"),
        ("raise SystemExit('no')\n", "my_bot.py:1: SystemExit: no"),
        ("import json\njson.loads('{')\n", "my_bot.py:2: JSONDecodeError: Expecting property"),
    ],
)
def test_code_that_cannot_be_loaded_is_told_with_its_line(bot_file, text, line):
    assert refusal(bot_file(text)).startswith(line)


def test_what_a_bot_prints_while_it_is_loaded_stays_out_of_the_output(bot_file, capsys):
    find_driver(bot_file(f"print('hello')\nclass MyBot:\n{DECIDES}"))
    assert capsys.readouterr() == ("", "hello\n")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs a package with one driver under a name."""

    def install(name, value, module=""):
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[leaf_rc.drivers]\n{name} = {value}\n")
        (tmp_path / f"{name}_module.py").write_text(module)
        monkeypatch.syspath_prepend(str(tmp_path))

    return install


def test_a_driver_of_another_package_is_found_by_its_entry_point(installed):
    installed("swift", "swift_module:Swift", f"class Swift:\n{DECIDES}")
    assert "swift" in driver_names()
    assert find_driver("swift").__name__ == "Swift"


@pytest.mark.parametrize(
    ("value", "module", "line"),
    [
        ("gone_module:Gone", "", "ModuleNotFoundError: No module named 'gone_module'"),
        ("odd_module:Odd", "", "AttributeError: module 'odd_module' has no attribute 'Odd'"),
        ("odd_module:odd", "odd = 1\n", "no class with a method 'decide'"),
        ("odd_module:Odd", "1 / 0\n", "ZeroDivisionError: division by zero"),
    ],
)
def test_an_installed_driver_that_cannot_be_loaded_is_told(
    installed, monkeypatch, value, module, line
):
    monkeypatch.delitem(sys.modules, "odd_module", raising=False)
    installed("odd", value, module)
    assert refusal("odd") == f"bot 'odd' ({value}): {line}"


@pytest.mark.parametrize("statement", ["from game.mine import x", "from game import mine"])
@pytest.mark.parametrize("own", ["game", "game.py"])
def test_a_package_of_the_bots_own_that_is_named_as_ours_is_pointed_out(
    bot_file, tmp_path, statement, own
):
    path = bot_file(f"{statement}\nclass Mine:\n{DECIDES}")
    assert "rename" not in refusal(path)
    (tmp_path / own).mkdir()
    line = refusal(path)
    assert line.startswith("my_bot.py:1: ")
    assert line.endswith(f"; 'game' is leaf-rc's own package: rename {tmp_path / own}")


def test_a_package_named_as_ours_disturbs_no_bot_that_does_not_want_it(bot_file, tmp_path):
    (tmp_path / "game").mkdir()
    (tmp_path / "game" / "__init__.py").write_text("raise RuntimeError")
    path = bot_file(
        f"from game.bot.examples.follower import Follower\nclass Mine(Follower):\n{DECIDES}"
    )
    assert find_driver(path).__name__ == "Mine"
    broken = bot_file("import nothing_of_the_kind", "broken.py")
    assert "rename" not in refusal(broken)
