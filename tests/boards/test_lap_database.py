"""A lap that was added is on the disk, once, whatever happens to the program afterwards."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import killed_writers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from killed_writers import BEGIN, a_lap
from msgspec.structs import replace

from game.boards.board import board_key, boards
from game.boards.lap_database import DamagedDatabaseError, LapDatabase, StoredLap
from game.digests import DriveDigests
from game.errors import InputError
from game.vehicle.setup import Setup

KILLS = 200


@pytest.fixture
def database(tmp_path):
    return LapDatabase(tmp_path / "laps" / "laps.sqlite")


def laps_in(database):
    stored, damage = database.laps()
    assert damage == ""
    return [each.lap for each in stored]


def test_no_database_is_an_empty_one(database):
    assert database.laps() == ([], "")
    assert not database.path.exists()


def test_a_lap_comes_back_as_it_was_and_is_added_once(database):
    laps = [a_lap(), a_lap(41.0, second=60.0, setup=Setup(front_torque_share=0.3))]
    assert database.add(laps) == 2
    assert database.add([*laps, a_lap(42.0, second=120.0)]) == 1
    assert laps_in(database) == [*laps, a_lap(42.0, second=120.0)]


def test_laps_are_those_of_a_circuit_by_their_dates(database):
    elsewhere = replace(a_lap(), track="home")
    database.add([a_lap(second=60.0), elsewhere, a_lap()])
    assert [each.lap for each in database.laps("oval")[0]] == [a_lap(), a_lap(second=60.0)]
    assert [each.lap for each in database.laps("home")[0]] == [elsewhere]


def test_a_lap_is_proved_by_its_number(database):
    database.add([a_lap(), a_lap(second=60.0)])
    first, second = database.laps()[0]
    database.note_proofs([(second.number, "physics")])
    assert [each.proof for each in database.laps()[0]] == ["", "physics"]
    database.note_proofs([(second.number, "")])
    assert database.laps()[0] == [first, second]


def test_a_lap_that_cannot_be_read_is_counted_and_costs_itself_only(database):
    database.add([a_lap(), a_lap(second=60.0)])
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute("UPDATE lap SET content = ? WHERE number = 1", (b"nonsense",))
    stored, damage = database.laps()
    assert [each.lap for each in stored] == [a_lap(second=60.0)]
    assert f"{database.path}: 1 laps cannot be read" in damage


def test_what_is_no_database_is_named_and_can_be_put_aside(database):
    database.path.parent.mkdir()
    database.path.write_bytes(b"x" * 5000)
    for work in (database.laps, lambda: database.add([a_lap()])):
        with pytest.raises(DamagedDatabaseError, match=r"laps\.sqlite: is damaged"):
            work()
    aside = database.put_aside()
    assert aside.read_bytes() == b"x" * 5000
    assert database.add([a_lap()]) == 1


def test_one_of_a_later_version_is_left_as_it_is(database):
    database.add([a_lap()])
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    before = database.path.read_bytes()
    with pytest.raises(InputError, match="later version"):
        database.add([a_lap(second=60.0)])
    assert database.path.read_bytes() == before


def test_an_empty_file_is_an_empty_database(database):
    database.path.parent.mkdir()
    database.path.touch()
    assert database.laps() == ([], "")
    assert database.add([a_lap()]) == 1


def test_a_pipe_or_a_folder_is_refused_at_once(database):
    database.path.parent.mkdir()
    for make in (os.mkfifo, os.mkdir):
        make(database.path)
        for work in (database.laps, lambda: database.add([a_lap()])):
            with pytest.raises(InputError, match="is not a regular file"):
                work()
        database.path.rmdir() if database.path.is_dir() else database.path.unlink()


def test_a_folder_that_takes_nothing_is_named(database):
    database.path.parent.write_text("in the way")
    with pytest.raises(InputError, match="cannot be written"):
        database.add([a_lap()])


def test_two_programs_that_write_at_once_lose_and_double_nothing(database):
    own = [[a_lap(40.0 + part, second=number) for number in range(40)] for part in range(2)]

    def write(laps):
        for each in laps:
            LapDatabase(database.path).add([each])

    threads = [threading.Thread(target=write, args=[laps]) for laps in own]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = laps_in(database)
    assert len(kept) == 80
    assert all(each in kept for laps in own for each in laps)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: it starts at once")
def test_kills_at_any_moment_lose_and_double_no_lap(database):
    command = [sys.executable, killed_writers.__file__, str(database.path), str(KILLS)]
    done = subprocess.run(command, capture_output=True, check=True)
    added = [tuple(each) for each in json.loads(done.stdout)]
    kept = [(each.time_s, (each.date - BEGIN).total_seconds()) for each in laps_in(database)]
    assert len(added) > KILLS
    assert set(added) <= set(kept)
    assert len(kept) == len(set(kept)) <= len(added) + KILLS
    with closing(sqlite3.connect(database.path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@settings(max_examples=30)
@given(times_s=st.lists(st.floats(1.0, 1e4), max_size=8))
def test_a_board_begins_with_the_fastest_lap_and_leaves_out_what_does_not_count(times_s):
    laps = [a_lap(time_s, second=number) for number, time_s in enumerate(times_s)]
    void = replace(a_lap(0.5, 100.0), valid=False)
    found = boards([StoredLap(number, each, "") for number, each in enumerate([*laps, void])])
    times = [each.lap.time_s for board in found.values() for each in board]
    assert times == sorted(times_s)


@pytest.mark.parametrize(
    "change",
    [
        {"tyre": "sport"},
        {"help": "easy"},
        {"setup_class": "open"},
        {"is_bot": True},
        {"day": "2026-05-17"},
        {"weather": "rain"},
        {"digests": DriveDigests("1", "2", "4")},
    ],
)
def test_laps_that_do_not_compare_stand_on_boards_of_their_own(change):
    assert board_key(replace(a_lap(), **change)) != board_key(a_lap())


@pytest.mark.parametrize(
    ("setup", "name"),
    [
        (Setup(), "standard"),
        (Setup(tyre="sport", traction_control=0), "standard"),
        (Setup(front_torque_share=0.3, split_law="fill"), "split"),
        (Setup(front_torque_share=0.3, wing=0.5), "open"),
    ],
)
def test_a_setup_is_in_the_class_of_what_was_changed(setup, name):
    assert a_lap(setup=setup).setup_class == name
