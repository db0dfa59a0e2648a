"""One at a time holds a lock, and nothing is left of it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from game.file_lock import locked

TURNS = 300


def test_of_many_that_want_a_lock_one_holds_it_at_a_time(tmp_path):
    lock, inside, together = tmp_path / "of.lock", [], []

    def take_turns(who):
        for _ in range(TURNS):
            with locked(lock):
                inside.append(who)
                together.append(len(inside))
                inside.remove(who)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take_turns, range(4)))
    assert together == [1] * (4 * TURNS)
    assert not lock.exists()


def test_what_is_raised_while_it_is_held_frees_it(tmp_path):
    lock = tmp_path / "of.lock"
    with pytest.raises(ZeroDivisionError), locked(lock):
        raise ZeroDivisionError
    assert not lock.exists()


def test_the_lock_of_a_process_that_was_killed_is_free(tmp_path):
    lock = tmp_path / "of.lock"
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom game.file_lock import locked\n"
        "with locked(Path(sys.argv[1])):\n    os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, lock], check=False).returncode == 9
    assert lock.exists()
    with locked(lock):
        pass
    assert not lock.exists()


def test_where_no_file_can_be_written_work_goes_on_without_a_lock(tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("where a folder should be")
    reached = []
    with locked(blocked / "of.lock"):
        reached.append(True)
    assert reached == [True]
    assert blocked.read_text() == "where a folder should be"
