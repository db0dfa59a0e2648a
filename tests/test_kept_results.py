"""What is kept in the cache is read again, or worked out again if it cannot be."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.files import write_bytes
from game.kept_results import keep_result, read_result


class Result(msgspec.Struct):
    name: str
    time_s: float | None = None


decode = msgspec.json.Decoder(Result).decode


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("kept") / "result.json"


def test_a_result_that_is_kept_comes_back(path):
    keep_result(path, msgspec.json.encode(Result("oval", 61.5)))
    assert read_result(path, 1000, decode) == Result("oval", 61.5)


@given(st.binary())
@example(b'{"name": "\xff"}')
@example(b"[" * 900)
def test_a_damaged_file_is_no_result(path, content):
    write_bytes(path, content)
    assert read_result(path, 1000, decode) is None


def test_a_file_that_is_missing_or_too_large_is_no_result(path):
    assert read_result(path.with_name("none.json"), 1000, decode) is None
    keep_result(path, msgspec.json.encode(Result("oval")))
    assert read_result(path, 5, decode) is None


def test_a_result_that_cannot_be_kept_is_given_up_without_a_word(tmp_path):
    (tmp_path / "file").touch()
    keep_result(tmp_path / "file" / "result.json", b"{}")
    assert (tmp_path / "file").read_bytes() == b""
