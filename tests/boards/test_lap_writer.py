"""A best lap or a kept one counts only if circuit, car and physics are the same."""

import datetime

import pytest
from msgspec.structs import replace
from oval import make_oval

from game.boards.former_history import read_former_history
from game.boards.kept_lap import FinishedLap, KeptLap, driven_on
from game.boards.lap_database import LapDatabase
from game.boards.lap_writer import LapWriter
from game.digests import drive_digests
from game.recording.best_lap import (
    EARLIER,
    FORGOTTEN,
    BestLap,
    load_best,
    put_aside,
    save_best,
)
from game.recording.ghost import GhostLap, TapedPose
from game.recording.json_lines import append_lines
from game.recording.lap_recorder import Lap
from game.recording.traced_lap import TracedLap
from game.vehicle.setup import Setup

NOW = datetime.datetime(2026, 5, 17, 14, 30, 5, tzinfo=datetime.UTC)
OVAL = make_oval()
LAP = Lap(1, 40.0, (13.0, 13.0, 14.0), True, 3.6e6, 0.0, 50.0, ())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return where the laps on the oval are kept."""
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    return tmp_path / "laps" / "oval"


@pytest.fixture
def digests(spec):
    return drive_digests(OVAL, spec)


def best_lap(digests):
    poses = (TapedPose(0.0, 0.0, 0.0, 0.0),)
    trace, ghost = TracedLap(40.0, 5.0, (0.0, 40.0)), GhostLap(40.0, (0.0,), poses)
    return BestLap(NOW, 40.0, (13.0, 13.0, 14.0), trace, ghost, digests)


def test_a_best_lap_of_this_circuit_car_and_physics_counts(folder, spec, digests):
    best = best_lap(digests)
    save_best(best, folder / "best-slick-leaf_nismo_rc.lap")
    writer = LapWriter(OVAL, spec)
    assert (writer.best("slick"), writer.best("sport")) == (best, None)
    assert writer.message == ""


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"track": "x"}, "was driven with another circuit:"),
        ({"car": "x"}, "was driven with another car:"),
        ({"physics": "x"}, "was driven with other physics:"),
        ({"car": "x", "physics": "x"}, "was driven with another car and other physics:"),
    ],
)
def test_one_of_another_is_put_aside_with_a_word_and_never_deleted(
    folder, spec, digests, changed, words
):
    best = best_lap(replace(digests, **changed))
    save_best(best, folder / "best-slick-leaf_nismo_rc.lap")
    writer = LapWriter(OVAL, spec)
    assert writer.best("slick") is None
    assert f"Your best lap on slick tyres, 0:40.000, {words}" in writer.message
    assert not list(folder.glob("*.lap"))
    (aside,) = (folder / "earlier").iterdir()
    assert aside.name == "20260517-143005-best-slick-leaf_nismo_rc.lap"
    assert load_best(aside) == best
    assert LapWriter(OVAL, spec).message == ""


def test_one_put_aside_counts_again_when_all_is_as_it_was(folder, spec, digests):
    path = folder / "best-slick-leaf_nismo_rc.lap"
    best, of_changed = best_lap(digests), best_lap(replace(digests, track="x"))
    of_changed = replace(of_changed, date=NOW.replace(month=6))
    slower = replace(best, time_s=41.0, date=NOW.replace(year=2025))
    for each in (slower, best):
        put_aside_now(each, path)
    put_aside_now(replace(best, time_s=39.0, date=NOW.replace(year=2024)), path, FORGOTTEN)
    save_best(of_changed, path)
    writer = LapWriter(OVAL, spec)
    assert writer.best("slick") == load_best(path) == best
    assert "another circuit" in writer.message
    kept = [load_best(each) for each in sorted((folder / "earlier").iterdir())]
    assert kept == [slower, of_changed]


def put_aside_now(best, path, where=EARLIER):
    save_best(best, path)
    put_aside(path, best.date, where)


def test_one_of_an_earlier_version_is_put_aside_too(folder, spec):
    save_best(best_lap(None), folder / "best-sport-0123456789abcdef.lap")
    writer = LapWriter(OVAL, spec)
    assert writer.best("sport") is None
    assert "unknown circuit, car or physics" in writer.message
    assert len(list((folder / "earlier").iterdir())) == 1


def test_that_of_another_car_stays_where_it_is(folder, spec, digests):
    save_best(best_lap(replace(digests, car="x")), folder / "best-slick-another_car.lap")
    writer = LapWriter(OVAL, spec)
    assert (writer.best("slick"), writer.message) == (None, "")
    assert [path.name for path in folder.iterdir()] == ["best-slick-another_car.lap"]


@pytest.mark.usefixtures("folder")
def test_laps_of_another_circuit_car_or_physics_stay_and_are_not_compared(spec, digests):
    ours = a_kept_lap(spec)
    others = [
        replace(ours, digests=None),
        replace(ours, digests=replace(digests, physics="x")),
        replace(ours, digests=replace(digests, track="x")),
    ]
    laps = [replace(lap, time_s=40.0 + i) for i, lap in enumerate([*others, ours])]
    LapDatabase().add(laps)
    assert read_by_writer(spec) == laps[-1:]
    assert [each.lap for each in LapDatabase().laps()[0]] == laps


def test_the_file_of_an_earlier_version_is_taken_over_once_and_put_aside(folder, spec):
    laps = [replace(a_kept_lap(spec), time_s=time_s) for time_s in (40.0, 41.0)]
    append_lines(folder / "laps.jsonl", laps)
    before = (folder / "laps.jsonl").read_bytes()
    for _ in range(2):
        assert read_by_writer(spec) == laps
    assert not (folder / "laps.jsonl").exists()
    (aside,) = (folder / "earlier").iterdir()
    assert aside.read_bytes() == before


def test_a_damaged_line_of_that_file_is_named_and_the_others_are_taken_over(folder, spec):
    lap = a_kept_lap(spec)
    append_lines(folder / "laps.jsonl", [lap])
    with (folder / "laps.jsonl").open("ab") as file:
        file.write(b"nonsense\n")
    writer = LapWriter(OVAL, spec)
    writer.read([].extend)
    writer.close()
    assert "line 2 cannot be read" in writer.message
    assert read_by_writer(spec) == [lap]


def test_a_line_of_an_earlier_version_is_read(folder, spec):
    line = a_kept_lap(spec)
    append_lines(folder / "laps.jsonl", [line])
    path = folder / "laps.jsonl"
    content = path.read_text()
    start = content.index(',"car_id":')
    path.write_text(content[:start] + ',"car_hash":"0123456789abcdef"}\n')
    was = replace(line, car_id="", digests=None, weather="", setup_class="")
    assert read_former_history(path) == ([was], "")


@pytest.mark.usefixtures("folder")
def test_a_damaged_database_is_put_aside_with_a_word_and_the_lap_is_kept(spec):
    database = LapDatabase()
    database.add([a_kept_lap(spec)])
    database.path.write_bytes(b"nonsense" * 1000)
    writer = LapWriter(OVAL, spec)
    lap = LAP._replace(valid=False)
    writer.save(FinishedLap(lap, Setup(), "a.replay"), None, None)
    writer.close()
    assert "is damaged" in writer.message
    assert [each.lap.valid for each in database.laps()[0]] == [False]
    (aside,) = (database.path.parent / "earlier").iterdir()
    assert aside.read_bytes() == b"nonsense" * 1000
    assert str(aside) in writer.message


def a_kept_lap(spec):
    return KeptLap.of(FinishedLap(LAP, Setup(), "a.replay"), NOW, driven_on(OVAL, spec))


def read_by_writer(spec):
    read = []
    writer = LapWriter(OVAL, spec)
    writer.read(read.extend)
    writer.close()
    assert writer.message == ""
    return read
