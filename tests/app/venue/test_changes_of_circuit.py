"""A window that changes its circuit many times keeps nothing of the circuits before."""

import json
import os
import subprocess
import sys
from pathlib import Path

import changes_of_circuit
import pytest

pytestmark = pytest.mark.slow

SETTLED = 8  # changes after which every circuit has been driven on and watched
AVERAGED = 6  # changes at whose ends memory is looked at: what is in view differs
MAX_GROWTH_MB = 10.0  # of resident memory, from the changes after those to the last ones


def test_twenty_changes_leave_no_object_no_process_no_thread_and_no_memory():
    folder = str(Path(changes_of_circuit.__file__).parent)
    paths = os.pathsep.join((folder, *filter(None, sys.path)))
    done = subprocess.run(
        # Not as a script: every process it spawns would load that again.
        [sys.executable, "-c", "from changes_of_circuit import main; main()"],
        capture_output=True,
        text=True,
        check=False,
        # An arena of memory for each thread keeps more or less of what was freed, by chance.
        env={**os.environ, "PYTHONPATH": paths, "MALLOC_ARENA_MAX": "1"},
    )
    assert done.returncode == 0, done.stderr
    changes = json.loads(done.stdout.splitlines()[-1])
    assert len(changes) == 20
    assert all(each["workers_ended"] and all(each["workers_ended"]) for each in changes)
    assert [each["objects"] for each in changes if each["objects"]] == []
    threads = [each["threads"] for each in changes]
    assert max(threads[SETTLED:]) <= max(threads[:SETTLED])
    resident = [each["resident_mb"] for each in changes]
    early, late = resident[SETTLED : SETTLED + AVERAGED], resident[-AVERAGED:]
    # What is in view comes and goes by 25 MB; what is kept raises the lowest value, too.
    assert min(late) - min(early) < MAX_GROWTH_MB
