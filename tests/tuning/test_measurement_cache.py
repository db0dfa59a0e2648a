"""The store of laps: what was kept comes back equal, and nothing else comes back."""

import multiprocessing
import os
import subprocess
import sys

import msgspec
import pytest

from game import program_digest as program_digest_module
from game.bot.planning import make_plan
from game.tuning.baseline import Baseline
from game.tuning.measurement import Balance, CornerPass, Ledger, Measurement, Trace
from game.tuning.measurement_cache import MeasurementCache
from game.vehicle.setup import Setup

LEDGER = Ledger(drawn_kwh=4.8, regained_kwh=0.1 + 0.2)
MEASURED = Measurement(
    laps_s=(102.5, 102.25),
    sectors_s=(34.0, 34.0, 34.25),
    ledger=LEDGER,
    balance=Balance(0.5, 0.2, 0.1),
    corners=(CornerPass(1, 40.0, 38.0, 39.0, 13.0, LEDGER),),
    trace=Trace(5.0, (0.0, 0.1), (50.0, 51.0)),
)


@pytest.fixture(scope="module")
def baseline(ricardo_tormo, spec):
    return Baseline(ricardo_tormo, spec, make_plan(ricardo_tormo, spec, Setup()))


@pytest.fixture
def store(baseline, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return MeasurementCache(baseline)


def test_what_was_kept_comes_back_equal(store, baseline):
    store.keep(Setup(wing=0.3), 2, MEASURED)
    assert MeasurementCache(baseline).get(Setup(wing=0.3), 2) == MEASURED


def test_all_that_was_kept_is_listed_with_its_setup_the_latest_first(store):
    setups = [Setup(wing=share / 4) for share in range(4)]
    for number, setup in enumerate(setups):
        store.keep(setup, 2 + number, MEASURED)
        path = max(store.folder.iterdir(), key=lambda each: each.stat().st_mtime_ns)
        os.utime(path, (number, number))
    (store.folder / "damaged.laps").write_bytes(b"nonsense")
    found = list(store.all())
    assert [(each.setup, each.laps) for each in found] == [
        (setup, 2 + number) for number, setup in reversed(list(enumerate(setups)))
    ]
    assert {each.measurement for each in found} == {MEASURED}


def test_of_nothing_kept_the_list_is_empty(store):
    assert list(store.all()) == []


def test_whatever_makes_the_numbers_is_named_in_the_stores_key():
    code = "import sys, game.tuning.measure; print(*(name for name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = {name for name in run.stdout.split() if name.startswith("game.")}
    with_code = {name for name in modules if not hasattr(sys.modules.get(name), "__path__")}
    assert with_code <= set(program_digest_module._reached(["game.tuning.measure"]))


def test_another_setup_or_number_of_laps_was_not_kept(store):
    store.keep(Setup(), 2, MEASURED)
    assert store.get(Setup(wing=0.1), 2) is None
    assert store.get(Setup(), 3) is None


def test_another_car_or_line_has_a_store_of_its_own(store, baseline):
    store.keep(Setup(), 2, MEASURED)
    heavier = msgspec.structs.replace(baseline.spec.chassis, mass_kg=1300.0)
    spec = msgspec.structs.replace(baseline.spec, chassis=heavier)
    assert MeasurementCache(Baseline(baseline.track, spec, baseline.plan)).get(Setup(), 2) is None


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not a measurement"])
def test_a_damaged_file_counts_as_nothing_and_is_written_anew(store, damage):
    store.keep(Setup(), 2, MEASURED)
    for path in store.folder.iterdir():
        path.write_bytes(damage)
    assert store.get(Setup(), 2) is None
    store.keep(Setup(), 2, MEASURED)
    assert store.get(Setup(), 2) == MEASURED


def test_a_disk_that_keeps_nothing_is_no_error(store):
    store.folder.parent.mkdir(parents=True)
    store.folder.write_text("a file where the folder should be")
    store.keep(Setup(), 2, MEASURED)
    assert store.get(Setup(), 2) is None


def keep_many(store, number):
    for turn in range(40):
        store.keep(Setup(wing=turn % 4 / 4), 2, MEASURED)
        assert store.get(Setup(wing=(turn + number) % 4 / 4), 2) in (None, MEASURED)


def test_several_processes_may_keep_the_same_at_once(store):
    processes = [multiprocessing.Process(target=keep_many, args=(store, n)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(list(store.folder.iterdir())) == 4
