"""All tests share the shipped circuit and car, and folders of their own to write into."""

import gc
import importlib
import multiprocessing.context
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# Before anything asks for them: no test reads or writes the player's folders. Processes that test
# side by side share one cache: machine code takes a quarter of a minute to make.
_folders = tempfile.TemporaryDirectory(prefix="leaf-rc-tests-")
for _kind in ("DATA", "CONFIG", "CACHE"):
    if _kind != "CACHE" or "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[f"XDG_{_kind}_HOME"] = os.path.join(_folders.name, _kind.lower())  # noqa: PTH118
# Bytecode is kept, whatever the environment says: the tests start the program again and again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A shell that starts the tests in the background has them, and what they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
os.environ["LANGUAGE"] = os.environ["LANG"] = "C"  # the window speaks English
os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

# A fork server loads what the first work in it needs, and each process what other work needs. Here
# one serves the work of all tests.
_WORK = (
    "game.headless.fleet",
    "game.racing.guarded_race",
    "game.tuning.executors",
    "game.app.venue.targets_ahead",
)
_preload = multiprocessing.context.BaseContext.set_forkserver_preload
multiprocessing.context.BaseContext.set_forkserver_preload = lambda context, modules: _preload(
    context, [*modules, *_WORK]
)

# Equal code gives equal results: examples are drawn from a fixed seed, and few enough for everybody
# to try them. hypothesis' own hundred: pytest --hypothesis-profile=thorough, and to search anew:
# --hypothesis-profile=search
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, print_blob=True, max_examples=40
)
settings.register_profile("thorough", settings.get_profile("repeatable"), max_examples=100)
settings.register_profile("search", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile("repeatable")
# Hypothesis also tries numbers that stand in the code, of all modules that are loaded by then: a
# test drew other examples alone than among all. They are for searching anew.
_is_own_code = getattr(providers, "is_local_module_file", None)
if _is_own_code is not None:
    providers.is_local_module_file = lambda path: not settings().derandomize and _is_own_code(path)

from game.compiled import Backend  # noqa: E402
from game.files import cache_folder  # noqa: E402
from game.simulation.world import World  # noqa: E402
from game.track import track as track_module  # noqa: E402
from game.track.track import Track, build_track, load_track, read_track  # noqa: E402
from game.vehicle.spec import CarSpec, load_car  # noqa: E402

# Tests read all shipped circuits and their variants again and again: more than the game keeps.
track_module._built = lru_cache(maxsize=48)(track_module._built.__wrapped__)


# The modules that take longest, the longest first: each some 14 s of a processor and more.
DEAREST = (
    "bot/test_bot.py",
    "track/test_shipped_circuits.py",
    "app/venue/test_changes_of_circuit.py",
    "app/scenes/test_menu_legibility.py",
    "app/tools/test_pictures.py",
    "test_cli.py",
    "headless/test_lap_command.py",
    "goals/test_targets.py",
    "lab/test_circuit_trials.py",
    "track/importing/test_fitting.py",
    "simulation/test_walls.py",
    "lab/test_environment.py",
)

_KEPT_MACHINE_CODE = 200  # functions, of some 15 versions of the program; 100 MB


def pytest_configure(config: pytest.Config) -> None:
    """Keep machine code from one run of the tests to the next, beside what pytest keeps.

    Its folders are named by all that it depends on, so that a changed function is made anew.
    """
    if hasattr(config, "workerinput") or not hasattr(config, "cache") or sys.platform != "linux":
        return
    with suppress(OSError):  # where nothing can be written it is made in every run
        kept = config.cache.mkdir("machine_code")
        folders = sorted(kept.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in folders[_KEPT_MACHINE_CODE:]:
            shutil.rmtree(folder, ignore_errors=True)
        cache_folder().mkdir(parents=True)
        (cache_folder() / "machine_code").symlink_to(kept)


gc.disable()  # until all tests are loaded: nothing of them is garbage


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let processes that test side by side load a share of all tests each, before they collect.

    The others then find its asserts rewritten, which takes longer than all else in loading it.
    """
    share = getattr(session.config, "workerinput", None)  # of a process that pytest-xdist started
    if share is None or session.config.args != session.config.getini("testpaths"):
        return
    own = int(share["workerid"].removeprefix("gw")), None, share["workercount"]
    tests = sorted(Path(__file__).parent.rglob("test_*.py"))
    for test in tests[slice(*own)]:
        if str(test.parent) not in sys.path:  # where pytest puts it, too
            sys.path.insert(0, str(test.parent))
        with suppress(Exception, pytest.skip.Exception):  # as its collection will say
            importlib.import_module(test.stem)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal the modules out to the processes that test side by side, the slow ones first.

    pytest-xdist gives each process as many tests in a row, and to one that is done the last half of
    another's. So each has its dearest modules first, and whole, as their tests share what they
    make; at the end, what is left is short enough to be shared out.
    """
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    others = {path: tests for path, tests in modules.items() if not any(map(_is_slow, tests))}
    slow = sorted(modules.keys() - others.keys(), key=_place)
    shares: list[list[pytest.Item]] = [
        [] for _ in range(getattr(config, "workerinput", {}).get("workercount", 1))
    ]
    for number, path in enumerate(slow):
        shares[number % len(shares)] += modules[path]
    for tests in others.values():
        min(shares, key=len).extend(tests)
    items[:] = chain.from_iterable(shares)


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def _place(path: Path) -> tuple[int, Path]:
    """Return a slow module's place in the order: first the dearest ones."""
    name = path.relative_to(Path(__file__).parent).as_posix()
    return (DEAREST.index(name) if name in DEAREST else len(DEAREST)), path


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but not among the tests."""
    gc.freeze()
    gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are cores: some wait for processes they have started."""
    return 1 + (len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1)


@pytest.fixture(scope="session")
def ricardo_tormo() -> Track:
    """The shipped circuit."""
    return load_track("ricardo_tormo")


@pytest.fixture(scope="session")
def flat_ricardo_tormo() -> Track:
    """The shipped circuit without its heights, as drives of it were recorded."""
    name, path, file = read_track("ricardo_tormo")
    return build_track(name, msgspec.structs.replace(file, profile=None), path)


@pytest.fixture(scope="session")
def spec() -> CarSpec:
    """The shipped car."""
    return load_car()


@pytest.fixture
def run_command(monkeypatch, capsys):
    """Runs leaf-rc with some words; gives exit code, standard output and standard error."""
    from game.cli.main import main

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["leaf-rc", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def compiled_ticks(monkeypatch):
    """Drives in the window run compiled, which gives the same bits in a tenth of the time."""
    compiled = partial(World, backend=Backend.COMPILED)
    monkeypatch.setattr("game.app.driving.drive.World", compiled)
