"""Digests of the program change with its code alone, and hold where no source is there."""

import compileall
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import game
from game.compiled import numba_is_installed
from game.program_digest import program_digest
from game.sources import DIGESTS_FILE, read_module, write_digests

pytestmark = pytest.mark.slow

PACKAGE = Path(game.__file__).parent
NAMES = (
    "game.simulation.world",
    "game.bot.planning",
    "game.tuning.measure",
    "game.app.tiles.ground_painter",
)
PRINT_DIGESTS = f"from game.program_digest import program_digest as p; print(*map(p, {NAMES!r}))"
SOURCE = '''"""A module."""

from math import sqrt  # for the root

LIMIT = 3.5


class Wheel:
    """A wheel."""

    radius_m: float = 0.3
    """How large it is."""

    def speed_mps(self, spin_radps):
        """Along the ground."""
        # without slip
        return self.radius_m * spin_radps
'''
REWORDED = '''"""Another sentence, of
two lines."""
from math import sqrt
LIMIT = 3.5  # a comment
class Wheel:
    radius_m: float = 0.3
    def speed_mps(self, spin_radps):
        return (self.radius_m
                * spin_radps)
'''


def test_a_digest_within_some_packages_is_of_their_modules_alone():
    whole, bot = (program_digest("game.bot.planning", within=parts) for parts in ((), ("bot",)))
    assert program_digest("game.bot.planning") == whole != bot
    assert program_digest("game.bot.planning", within=("bot", "app")) == bot
    assert program_digest("game.bot.planning", within=("bot", "track")) not in (whole, bot)
    assert program_digest("game.bot.planning", within=("bo",)) != bot


def copy_of_the_program(folder):
    """The package with what it reads, as it would be installed."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, folder / "game", ignore=ignored)
    for data in ("assets", "tracks"):
        os.symlink(PACKAGE.parent / data, folder / data)  # noqa: PTH211
    return folder / "game"


def without_sources(package):
    """Give the same package as compiled files alone; those in its folders are not even loaded."""
    compileall.compile_dir(package, maxlevels=0, quiet=2, legacy=True)
    for source in package.rglob("*.py"):
        source.unlink()


def run(folder, code, cache=None):
    others = [path for path in sys.path if path and Path(path) != PACKAGE.parent]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *others])}
    environment["XDG_CACHE_HOME"] = str(cache or folder / "cache")
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def digests_in(folder):
    done = run(folder, PRINT_DIGESTS)
    assert done.returncode == 0, done.stderr
    return tuple(done.stdout.split())


@pytest.fixture(scope="module")
def here():
    return tuple(map(program_digest, NAMES))


def test_comments_docstrings_and_layout_do_not_count():
    assert read_module(REWORDED) == read_module(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3.5", "3.50001"),
        ("0.3", "-0.3"),
        ("self.radius_m * spin_radps", "spin_radps * self.radius_m"),
        ("return", "yield"),
        ("radius_m: float", "radius_m: int"),
        ("sqrt", "hypot"),
        ("spin_radps):", "spin_radps=0.0):"),
    ],
)
def test_a_changed_expression_constant_or_name_counts(old, new):
    assert read_module(SOURCE.replace(old, new)).digest != read_module(SOURCE).digest


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_two_constants_share_a_digest_only_if_they_are_the_same(one, other):
    same = read_module(f"A = {one!r}") == read_module(f"A = {other!r}")
    assert same == (repr(one) == repr(other))


def test_imports_of_the_program_are_found_wherever_they_stand():
    source = "import game.units\ndef f():\n    from game.track import tables\n    import numpy\n"
    assert read_module(source).imports == ("game.track", "game.track.tables", "game.units")


def test_a_part_of_the_program_is_named_by_all_that_it_imports_and_nothing_else(tmp_path, here):
    package = copy_of_the_program(tmp_path)
    assert digests_in(tmp_path) == here
    tyre = package / "vehicle" / "tyre.py"
    tyre.write_text(f"# reworded\n{tyre.read_text()}\n")
    assert digests_in(tmp_path) == here
    bot = package / "bot" / "bot.py"  # drives by plans, but makes none
    bot.write_text(f"{bot.read_text()}\nMORE = 1\n")
    planner = package / "quasi_steady" / "axle.py"
    planner.write_text(f"{planner.read_text()}\nMORE = 1\n")
    assert [one == other for one, other in zip(digests_in(tmp_path), here, strict=True)] == [
        True,
        False,
        False,
        True,
    ]
    tyre.write_text(f"{tyre.read_text()}\nMORE = 1\n")
    assert digests_in(tmp_path)[0] != here[0]


def test_the_digests_hold_where_only_compiled_files_are_installed(tmp_path, here):
    package = copy_of_the_program(tmp_path)
    write_digests(package, package / DIGESTS_FILE)
    without_sources(package)
    assert digests_in(tmp_path) == here


def test_without_sources_and_without_their_digests_nothing_is_named(tmp_path):
    without_sources(copy_of_the_program(tmp_path))
    done = run(tmp_path, PRINT_DIGESTS)
    assert done.returncode != 0
    assert "game.simulation.world: has no source" in done.stderr
    assert DIGESTS_FILE in done.stderr


@pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
@pytest.mark.skipif(sys.platform != "linux", reason="the cache's folder is set by XDG here only")
def test_machine_code_outlives_a_reworded_docstring_but_no_changed_code(tmp_path):
    package, cache = copy_of_the_program(tmp_path), tmp_path / "cache"
    code = "from game.compiled import compiled; from game.trig import wrap_angle as f; "
    code += "assert abs(compiled(f)(9.0) - 2.717) < 0.001"

    def kept():
        done = run(tmp_path, code, cache)
        assert done.returncode == 0, done.stderr
        return {path: path.stat().st_mtime_ns for path in cache.rglob("*.nb?")}

    first = kept()
    assert first
    trig = package / "trig.py"
    trig.write_text(f"# another line\n{trig.read_text()}")
    assert kept() == first
    trig.write_text(f"{trig.read_text()}\nMORE = 1\n")
    assert kept().keys() > first.keys()


def test_a_wheel_carries_the_digests_of_its_sources_and_the_licences(tmp_path, here):
    pytest.importorskip("hatchling", reason="of the extra `dev`")
    code = f"from hatchling.build import build_wheel; build_wheel({str(tmp_path)!r})"
    built = run(PACKAGE.parent, code, tmp_path / "cache")
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    without_sources(tmp_path / "installed" / "game")
    assert digests_in(tmp_path / "installed") == here
    assert (tmp_path / "installed" / "game" / "py.typed").is_file()
    texts = (tmp_path / "installed").glob("*.dist-info/licenses/assets/licences/*.txt")
    assert {text.name for text in texts} == {
        "Apache-2.0-Open-Sans.txt",
        "Apache-2.0-OpenCV.txt",
        "MIT.txt",
        "ODbL-1.0.txt",
        "OFL-1.1-Fira-Code.txt",
        "OFL-1.1-Noto-Sans-JP.txt",
    }
