"""Files are written whole or not at all, and every trouble names the path in one line."""

import errno
import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest import raises

from game import files
from game.errors import InputError
from game.files import move, read_text, write_bytes, write_text


def test_the_circuits_and_the_car_ship_with_the_program():
    assert (files.tracks_folder() / "ricardo_tormo" / "track.toml").is_file()
    assert (files.assets_folder() / "cars" / "leaf_nismo_rc.toml").is_file()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000))
def test_what_is_written_is_what_is_there(tmp_path, content):
    write_bytes(tmp_path / "file", content)
    assert (tmp_path / "file").read_bytes() == content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
def test_text_is_read_back_as_it_was_written(tmp_path, text):
    write_text(tmp_path / "file", text)
    assert read_text(tmp_path / "file") == text


def test_missing_folders_are_made(tmp_path):
    write_text(tmp_path / "a" / "b" / "c.txt", "deep")
    assert (tmp_path / "a" / "b" / "c.txt").read_text() == "deep"


def test_writing_leaves_no_other_file_behind(tmp_path):
    write_text(tmp_path / "file", "one")
    write_text(tmp_path / "file", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch):
    path = tmp_path / "record.toml"
    write_text(path, "the old record")

    class FullDisk(io.FileIO):
        def write(self, content):
            super().write(content[:3])
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda place, mode: FullDisk(place, mode))
        with raises(
            InputError, match=r"record\.toml: cannot be written \(no space left on device\)"
        ):
            write_text(path, "a new record that does not fit")
    assert path.read_text() == "the old record"
    assert [item.name for item in tmp_path.iterdir()] == ["record.toml"]


def test_a_write_that_cannot_take_the_name_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "record.toml"
    write_text(path, "the old record")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with raises(InputError, match=r"record\.toml: cannot be written"):
        write_text(path, "new")
    assert path.read_text() == "the old record"
    assert [item.name for item in tmp_path.iterdir()] == ["record.toml"]


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_write_that_fails_leaves_no_folder_that_was_made_for_it(tmp_path, name):
    with raises((InputError, ValueError)):
        write_text(tmp_path / "tracks" / "home" / name, "[centreline]")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_there_before_a_failed_write_stays(tmp_path):
    (tmp_path / "tracks").mkdir()
    with raises(InputError):
        write_text(tmp_path / "tracks" / "home" / ("x" * 300), "[centreline]")
    assert [item.name for item in tmp_path.iterdir()] == ["tracks"]
    assert list((tmp_path / "tracks").iterdir()) == []


def test_a_move_that_fails_leaves_no_folder_that_was_made_for_it(tmp_path):
    with raises(InputError, match=r"lap: cannot be moved to .*no such file"):
        move(tmp_path / "lap", tmp_path / "earlier" / "lap")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_write_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch):
    write_text(tmp_path / "old", "old")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    for place in (tmp_path / "old", tmp_path / "home" / "new"):
        with raises(KeyboardInterrupt):
            write_text(place, "new")
    assert [item.name for item in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text() == "old"


KILLED_AT_A_CHANGE = """
import os, signal, sys
from pathlib import Path
from game.files import write_bytes

place, last = Path(sys.argv[1]), int(sys.argv[2])
changes = 0


def count(event, arguments):
    global changes
    if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod"):
        if str(arguments[0]).startswith(str(place.parent.parent)):
            if changes == last:
                os.kill(os.getpid(), signal.SIGKILL)
            changes += 1


sys.addaudithook(count)
write_bytes(place, b"new" * 1_000_000)
"""


@pytest.mark.slow
@pytest.mark.parametrize("before", [b"old", None], ids=["over an old file", "into a new folder"])
def test_a_program_killed_at_any_change_to_the_disk_leaves_a_whole_file(tmp_path, before):
    place = tmp_path / "home" / "track.toml"
    if before is not None:
        write_bytes(place, before)
    for last in range(20):
        run = [sys.executable, "-c", KILLED_AT_A_CHANGE, str(place), str(last)]
        ended = subprocess.run(run, check=False).returncode
        after = place.read_bytes() if place.exists() else None
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        assert after == before
    assert last >= 2
    assert after == b"new" * 1_000_000


def test_on_a_read_only_file_system_the_line_names_the_file(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)  # refuses there even what does not exist
    with raises(InputError, match=r"file: cannot be written \(read-only file system\)"):
        write_text(tmp_path / "file", "new")


def test_writing_under_a_file_or_onto_a_folder_names_the_path(tmp_path):
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder").mkdir()
    with raises(InputError, match=r"mine\.toml: cannot be written"):
        write_text(tmp_path / "file" / "mine.toml", "x")
    with raises(InputError, match="folder: cannot be written"):
        write_text(tmp_path / "folder", "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_new_file_is_as_open_as_the_umask_says_and_an_old_one_stays_as_private(tmp_path):
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "new", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    (tmp_path / "new").chmod(0o600)
    write_text(tmp_path / "new", "y")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link_to_what_is_written(tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "kept" / "file")
    for content in (b"one", b"two"):
        write_bytes(tmp_path / "link", content)
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "kept" / "file").read_bytes() == content


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received = []
    listener = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    listener.start()
    write_bytes(pipe, b"content")
    listener.join()
    assert received == [b"content"]
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_to_itself_is_refused_in_one_line_and_stays(tmp_path):
    link = tmp_path / "settings.toml"
    link.symlink_to(link.name)
    with raises(InputError, match=r"settings\.toml: cannot be read"):
        read_text(link)
    with raises(InputError, match=r"settings\.toml: cannot be written") as refused:
        write_text(link, "a = 1")
    assert "\n" not in str(refused.value)
    assert link.is_symlink()


def test_a_missing_file_is_named(tmp_path):
    with raises(InputError, match=r"gone\.toml: there is no such file"):
        read_text(tmp_path / "gone.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x80abc"])
def test_a_file_that_is_no_text_is_named_in_one_line(tmp_path, content):
    (tmp_path / "noise.toml").write_bytes(content)
    with raises(InputError, match=r"noise\.toml: is not a text in UTF-8") as refused:
        read_text(tmp_path / "noise.toml")
    assert "\n" not in str(refused.value)
