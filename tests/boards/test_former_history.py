"""The laps of earlier versions are read from their files, where damage costs one line."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.boards.former_history import read_former_history
from game.boards.kept_lap import DrivenOn, FinishedLap, KeptLap
from game.digests import DriveDigests
from game.errors import InputError
from game.recording.json_lines import append_lines
from game.recording.lap_recorder import Lap
from game.setups.share_code import setup_of
from game.vehicle.setup import Setup

NOW = datetime.datetime(2026, 5, 17, 14, 30, 5, tzinfo=datetime.UTC)
DIGESTS = DriveDigests("12", "34", "56")
WHERE = DrivenOn("oval", "a car", "car_id", DIGESTS, "clear_noon", Setup())
SETUP = Setup(front_torque_share=0.45, tyre="sport")


def line(time_s=104.5, *, valid=True, setup=SETUP):
    lap = Lap(3, time_s, (34.0, 35.0, time_s - 69.0), valid, 4.9 * 3.6e6, 0.5 * 3.6e6, 60.0, ())
    return KeptLap.of(FinishedLap(lap, setup, "drive.replay"), NOW, WHERE)


def test_a_lap_carries_its_setup_whole_and_as_a_code():
    lap = line()
    assert lap.setup == SETUP == setup_of(lap.setup_code).setup
    assert lap.tyre == "sport"
    assert lap.net_kwh == pytest.approx(4.4)
    assert (lap.replay, lap.replay_lap) == ("drive.replay", 3)
    assert lap.date == NOW


def test_a_lap_that_does_not_count_names_no_replay():
    assert line(valid=False).replay == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(times_s=st.lists(st.floats(1e-3, 1e4), max_size=5))
def test_what_is_written_in_comes_back_in_order_to_the_last_bit(tmp_path, times_s):
    path = tmp_path / "laps.jsonl"
    path.unlink(missing_ok=True)
    laps = [line(time_s) for time_s in times_s]
    for lap in laps:
        append_lines(path, [lap])
    assert read_former_history(path) == (laps, "")


def test_a_person_can_read_a_line(tmp_path):
    append_lines(tmp_path / "laps.jsonl", [line()])
    text = (tmp_path / "laps.jsonl").read_text()
    assert text.count("\n") == 1
    for words in ('"time_s":104.5', '"front_torque_share":0.45', '"tyre":"sport"', '"drawn_kwh":'):
        assert words in text


@pytest.mark.parametrize(
    "damage", [b"nonsense", b"{}", b'{"format":99}', b"\xff\xfe", b'{"format":1,"time_s":-1}']
)
def test_a_damaged_line_is_named_and_passed_over_and_stays(tmp_path, damage):
    path = tmp_path / "laps.jsonl"
    append_lines(path, [line(101.0)])
    path.write_bytes(path.read_bytes() + damage + b"\n")
    append_lines(path, [line(102.0)])
    laps, warning = read_former_history(path)
    assert [lap.time_s for lap in laps] == [101.0, 102.0]
    assert f"{path}: line 2 cannot be read" in warning
    assert "\n" not in warning
    assert damage in path.read_bytes()


def test_a_lap_of_before_there_was_a_choice_of_split_law_was_driven_under_fill(tmp_path):
    path = tmp_path / "laps.jsonl"
    append_lines(path, [line(), line()])
    was, now = path.read_text().splitlines()
    was = was.replace('"format":2', '"format":1').replace(',"split_law":"limit"', "")
    path.write_text(f"{was}\n{now}\n")
    laps, warning = read_former_history(path)
    assert [lap.setup.split_law for lap in laps] == ["fill", "limit"]
    assert warning == ""


def test_many_damaged_lines_are_one_warning(tmp_path):
    path = tmp_path / "laps.jsonl"
    path.write_bytes(b"x\n\ny\nz\n")
    assert "line 1 and 2 more cannot be read" in read_former_history(path)[1]


@given(cut=st.integers(1, 200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_a_line_cut_short_by_a_kill_costs_itself_only(tmp_path, cut):
    path = tmp_path / "laps.jsonl"
    path.unlink(missing_ok=True)
    append_lines(path, [line(101.0)])
    append_lines(path, [line(102.0)])
    path.write_bytes(path.read_bytes()[: -1 - cut])
    append_lines(path, [line(103.0)])
    assert [lap.time_s for lap in read_former_history(path)[0]] == [101.0, 103.0]


def test_no_book_is_an_empty_one(tmp_path):
    assert read_former_history(tmp_path / "laps.jsonl") == ([], "")


def test_a_book_that_cannot_be_written_or_read_is_named_in_a_line(tmp_path):
    path = tmp_path / "laps.jsonl"
    path.mkdir()
    with pytest.raises(InputError, match=r"laps\.jsonl: cannot be written"):
        append_lines(path, [line()])
    assert read_former_history(path)[1].startswith(f"{path}: cannot be read")
