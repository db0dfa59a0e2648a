"""A real Dask scheduler with two workers, one of which is killed in the middle of a study."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from stub_laps import quick_laps, slow_laps

pytest.importorskip("distributed")

from game.errors import InputError
from game.tuning.cluster import ClusterExecutor
from game.tuning.measurement_cache import MeasurementCache
from game.tuning.study import Study
from game.vehicle.setup import Setup

# Dask leaves sockets to the garbage collector.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

SETUPS = [Setup(wing=place / 20) for place in range(-15, 16)]


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler, and what starts a worker for it."""
    with contextlib.ExitStack() as stack, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        address = f"tcp://127.0.0.1:{port}"

        def start(*arguments, until):
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "helpers")},
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.callback(process.stderr.close)
            stack.callback(process.wait)
            stack.callback(process.kill)
            for line in process.stderr:
                if re.search(until, line):
                    break
            drain = threading.Thread(target=process.stderr.read)  # a full pipe would stop it
            drain.start()
            stack.callback(drain.join)
            stack.callback(process.kill)
            return process

        start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard",
              until="Scheduler at")  # fmt: skip

        def start_worker():
            return start("dask_worker", address, "--nthreads", "1", "--no-nanny",
                         "--no-dashboard", until="Registered to")  # fmt: skip

        yield address, start_worker


def test_a_killed_worker_costs_no_setup_and_counts_none_twice(paper_baseline, notes, scheduler):
    address, start_worker = scheduler
    workers = [start_worker() for _ in range(2)]
    measured = []

    def on_measurement(setup, _):
        measured.append(setup)
        if len(measured) == 8:
            workers[0].send_signal(signal.SIGKILL)

    executor = ClusterExecutor(paper_baseline, 2, address, partial(slow_laps, notes))
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
