"""A real Dask scheduler with two workers; one, a process, is killed in the middle of a study."""

import os
import subprocess
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from stub_laps import quick_laps, slow_laps

pytest.importorskip("distributed")

from local_scheduler import local_scheduler

from game.errors import InputError
from game.tuning.cluster import ClusterExecutor
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.study import Study
from game.vehicle.setup import Setup

# Dask leaves sockets to the garbage collector.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

ALONE = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
SETUPS = [Setup(wing=place / 20) for place in range(-15, 16)]


@pytest.fixture
def scheduler():
    """The address of a scheduler in this process with a worker of its own."""
    with local_scheduler() as address:
        yield address


@pytest.fixture
def other_worker(scheduler):
    """The process of a second worker of that scheduler."""
    process = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", scheduler, *ALONE],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "helpers")},
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stderr:
        if "Registered to" in line:
            break
    drain = threading.Thread(target=process.stderr.read)  # a full pipe would stop it
    drain.start()
    yield process
    process.kill()
    process.wait()
    drain.join()
    process.stderr.close()


def test_a_killed_worker_costs_no_setup_and_counts_none_twice(
    paper_baseline, notes, scheduler, other_worker
):
    measured = []

    def on_measurement(setup, _):
        measured.append(setup)
        if len(measured) == 8:
            other_worker.kill()

    executor = ClusterExecutor(paper_baseline, 2, scheduler, partial(slow_laps, notes))
    assert executor.workers == 2
    study = Study(MeasurementCache(paper_baseline), 2, executor, on_measurement)
    try:
        found = study.measure(SETUPS)
        assert executor.workers == 1
    finally:
        executor.close()
    driven = Counter(note.name.split()[0] for note in notes.iterdir())
    assert found == [quick_laps(paper_baseline, setup, 2) for setup in SETUPS]
    assert sorted(measured, key=SETUPS.index) == SETUPS
    assert study.driven == len(SETUPS)
    assert sum(driven.values()) <= len(SETUPS) + 3  # only what the dead one had is driven again


def test_where_no_scheduler_is_one_line_says_so(paper_baseline, notes):  # noqa: ARG001
    for address in ("tcp://127.0.0.1:9", "nonsense", "nonsense:x"):
        with pytest.raises(InputError, match=f"--cluster {address}: no Dask scheduler answers"):
            ClusterExecutor(paper_baseline, 2, address)
