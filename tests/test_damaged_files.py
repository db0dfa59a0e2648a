"""Whatever lies where a file is read, the program says one line and goes on, in little memory."""

import base64
import dataclasses
import datetime
import gzip
import math
import os
import random
import resource
import struct
import zlib

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace
from oval import make_oval
from pytest import raises

from game.app.context.settings import Settings
from game.app.context.toml_store import TomlStore
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tiles import TileKey
from game.boards.board_file import read_board_file
from game.boards.former_history import read_former_history
from game.boards.lap_writer import LapWriter
from game.bot.plan import Plan
from game.bot.plan_cache import read_plan, write_plan
from game.digests import drive_digests
from game.errors import InputError, MissingFileError
from game.files import MAX_TEXT_BYTES, read_bytes, read_gzip, read_text, unpacked
from game.goals.medals import Medal
from game.goals.target_files import read_targets, write_targets
from game.goals.targets import Targets
from game.recording.best_lap import BestLap, load_best, save_best
from game.recording.ghost import GhostLap, TapedPose
from game.recording.replay import load_replay
from game.recording.traced_lap import TracedLap
from game.setups.setup_file import read_setup
from game.setups.share_code import _LETTERS, _check, _written, code_of, setup_of
from game.sources import read_digests
from game.track.track import load_track
from game.track.track_file import read_track_file
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

OVAL = make_oval()
RECORDED = "tests/recorded"


def settings_in(path):
    store = TomlStore(path, Settings)
    if store.warning:
        assert store.content == Settings()
        raise InputError(store.warning)


def history_in(path):
    _laps, warning = read_former_history(path)
    if warning:
        raise InputError(warning)


READERS = {
    "replay": load_replay,
    "best lap": load_best,
    "former lap history": history_in,
    "board": read_board_file,
    "setup": lambda path: read_setup(path, load_car()),
    "settings": settings_in,
    "car": lambda path: load_car(str(path)),
    "circuit": read_track_file,
}
TOMLS = ("setup", "settings", "car", "circuit")


@pytest.fixture(params=READERS)
def read(request):
    return READERS[request.param]


@pytest.fixture(params=TOMLS)
def read_tables_of(request):
    return READERS[request.param]


def refusal(read, path):
    with raises(InputError) as info:
        read(path)
    (line,) = str(info.value).splitlines()
    assert str(path) in line
    assert len(line) < 400
    return line


def test_a_pipe_with_nobody_at_its_end_is_refused_at_once(read, tmp_path):
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    assert "is not a regular file" in refusal(read, path)


def test_a_device_that_never_ends_is_refused(read, tmp_path):
    path = tmp_path / "zero.toml"
    path.symlink_to("/dev/zero")
    assert "is not a regular file" in refusal(read, path)


def test_a_file_of_two_gigabytes_is_refused_and_not_held_in_memory(read, tmp_path):
    path = tmp_path / "sparse.toml"
    with path.open("wb") as stream:
        stream.truncate(2_000_000_000)
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "is larger than" in refusal(read, path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb < 300_000


def test_a_folder_is_refused(read, tmp_path):
    path = tmp_path / "folder.toml"
    path.mkdir()
    assert "is a directory" in refusal(read, path)


def test_bytes_of_any_kind_are_refused(read, tmp_path):
    path = tmp_path / "noise.toml"
    path.write_bytes(random.Random(1).randbytes(2_000))
    refusal(read, path)


def test_a_replay_that_unpacks_to_more_than_memory_is_refused(tmp_path):
    path = tmp_path / "bomb.replay"
    member = gzip.compress(bytes(10_000_000))
    path.write_bytes(member)
    with raises(InputError, match="unpacks to more than 1 MB"):
        read_gzip(path, 1_000_000)
    assert "is not a replay" in refusal(load_replay, path)


def test_a_replay_with_any_bit_changed_is_refused_or_still_a_replay(tmp_path, request):
    content = (request.config.rootpath / RECORDED / "spin.replay").read_bytes()
    dice = random.Random(2)
    path = tmp_path / "changed.replay"
    refused = 0
    for _ in range(60):
        changed = bytearray(content)
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        refused += is_refused(path)
    assert refused > 50  # the others hit what a header says of its file's name and date


def is_refused(path):
    try:
        load_replay(path)
    except InputError as error:
        return len(str(error).splitlines()) == 1
    return False


@pytest.mark.parametrize("cut", [0, 1, 12, 400])
def test_a_replay_cut_short_is_refused(tmp_path, request, cut):
    content = (request.config.rootpath / RECORDED / "spin.replay").read_bytes()
    path = tmp_path / "cut.replay"
    path.write_bytes(content[:cut])
    refusal(load_replay, path)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 99}, "is of replay format 99"),
        ({"step_s": 1e-300}, "step_s"),
        ({"ticks": 10**18}, "ticks"),
        ({"starts": []}, "starts"),
    ],
)
def test_a_replay_with_numbers_that_no_drive_has_is_refused(tmp_path, request, changes, words):
    content = gzip.decompress((request.config.rootpath / RECORDED / "spin.replay").read_bytes())
    path = tmp_path / "wrong.replay"
    path.write_bytes(gzip.compress(msgspec.json.encode(msgspec.json.decode(content) | changes)))
    assert words in refusal(load_replay, path)


def test_a_replay_that_begins_at_the_end_of_the_world_is_refused(tmp_path, request):
    content = msgspec.json.decode(
        gzip.decompress((request.config.rootpath / RECORDED / "spin.replay").read_bytes())
    )
    content["starts"][0]["pose"][0] = 1e300
    path = tmp_path / "far.replay"
    path.write_bytes(gzip.compress(msgspec.json.encode(content)))
    assert "puts a car down more than 1000 km away" in refusal(load_replay, path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = " + "[" * 5_000, "nested too deeply"),
        ("a = " + "{a = " * 5_000, "nested too deeply"),
        (".".join(["a"] * 5_000) + " = 1", "a key of more than 16 parts"),
        ("[" + ' . "a"' * 5_000 + "]", "a key of more than 16 parts"),
        ("a = " + "9" * 5_000, "has a number of more than 4300 digits"),
        ("a = 1e999", "a: expected a finite number"),
        ("a = nan", "a: expected a finite number"),
    ],
)
def test_deep_and_huge_tables_are_refused_in_one_line(read_tables_of, tmp_path, text, words):
    path = tmp_path / "deep.toml"
    path.write_text(text)
    assert words in refusal(read_tables_of, path)


def test_a_huge_number_is_not_printed_whole(tmp_path):
    path = tmp_path / "huge.toml"
    path.write_text("power_map = " + "9" * 4_000)
    assert "power_map: is 999" in refusal(READERS["setup"], path)


def test_a_byte_order_mark_is_read_as_if_it_were_not_there(tmp_path, request):
    setup = tmp_path / "marked.toml"
    setup.write_bytes(b"\xef\xbb\xbffront_torque_share = 0.4\r\n")
    assert read_setup(setup, load_car()).setup.front_torque_share == 0.4
    circuit = request.config.rootpath / "tracks" / "ricardo_tormo" / "track.toml"
    (tmp_path / "track.toml").write_bytes(b"\xef\xbb\xbf" + circuit.read_bytes())
    assert read_track_file(tmp_path / "track.toml") == read_track_file(circuit)


def test_a_text_up_to_the_limit_is_read_and_one_byte_more_is_not(tmp_path):
    path = tmp_path / "long"
    path.write_bytes(b"x" * MAX_TEXT_BYTES)
    assert len(read_text(path)) == MAX_TEXT_BYTES
    path.write_bytes(b"x" * (MAX_TEXT_BYTES + 1))
    assert "is larger than 1 MB" in refusal(read_text, path)


def test_a_file_that_is_not_there_is_told_from_one_that_cannot_be_read(tmp_path):
    with raises(MissingFileError):
        read_bytes(tmp_path / "none", 10)


def best_lap(digests=None):
    poses = (TapedPose(0.0, 0.0, 0.0, 0.0), TapedPose(1.0, 0.0, 0.0, 0.0))
    trace, ghost = TracedLap(40.0, 5.0, (0.0, 40.0)), GhostLap(40.0, (0.0, 1.0), poses)
    now = datetime.datetime(2026, 5, 17, tzinfo=datetime.UTC)
    return BestLap(now, 40.0, (13.0, 13.0, 14.0), trace, ghost, digests)


def damaged_best_laps():
    best = best_lap()
    trace, ghost = best.trace, best.ghost
    for number in (float("nan"), float("inf"), 1e300, -1.0, 0.0):
        yield replace(best, time_s=number)
        yield replace(best, trace=trace._replace(spacing_m=number))
    for number in (float("nan"), float("inf"), 1e300, -1.0):
        yield replace(best, sectors_s=(13.0, number))
        yield replace(best, trace=trace._replace(time_s=number))
        yield replace(best, trace=trace._replace(times_s=(0.0, number)))
        yield replace(best, ghost=ghost._replace(times_s=(0.0, number)))
    for number in (float("nan"), float("inf"), 1e300):
        yield replace(best, ghost=ghost._replace(poses=(TapedPose(number, 0.0, 0.0, 0.0),) * 2))
        yield replace(best, ghost=ghost._replace(poses=(TapedPose(0.0, 0.0, number, 0.0),) * 2))
    yield replace(best, trace=trace._replace(times_s=()))
    yield replace(best, trace=trace._replace(times_s=(0.0,)))
    yield replace(best, ghost=ghost._replace(times_s=()))
    yield replace(best, ghost=ghost._replace(times_s=(), poses=()))
    yield replace(best, ghost=ghost._replace(poses=ghost.poses[:1]))


def test_a_best_lap_with_numbers_that_no_lap_has_is_damaged(tmp_path):
    path = tmp_path / "best.lap"
    save_best(best_lap(), path)
    assert load_best(path) == best_lap()
    for damaged in damaged_best_laps():
        save_best(damaged, path)
        assert "is damaged" in refusal(load_best, path)


def test_a_damaged_best_lap_is_put_aside_with_a_word_and_the_next_is_kept(
    tmp_path, monkeypatch, spec
):
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    folder = tmp_path / "laps" / "oval"
    folder.mkdir(parents=True)
    save_best(best_lap(drive_digests(OVAL, spec)), folder / "best-sport-leaf_nismo_rc.lap")
    (folder / "best-slick-leaf_nismo_rc.lap").write_bytes(b"\x91" * 100_000)
    writer = LapWriter(OVAL, spec)
    assert writer.best("slick") is None
    assert writer.best("sport") is not None
    assert "is damaged" in writer.message
    assert str(folder / "earlier") in writer.message
    (aside,) = (folder / "earlier").iterdir()
    assert aside.read_bytes() == b"\x91" * 100_000
    assert LapWriter(OVAL, spec).message == ""


def test_a_line_of_the_former_history_nested_without_end_is_passed_over(tmp_path):
    path = tmp_path / "laps.jsonl"
    path.write_bytes(b"[" * 100_000 + b"\n")
    laps, warning = read_former_history(path)
    assert laps == []
    assert "line 1 cannot be read" in warning


def any_plan():
    columns = {
        name: np.linspace(0.1, 1.0, 5)
        for name, kind in Plan.__annotations__.items()
        if kind == "Array"
    }
    slower = {name: np.tile(column, (2, 1)) for name, column in columns.items() if "slower" in name}
    return Plan(
        **(columns | slower),
        station_m=5.0,
        lap_time_s=40.0,
        charge_per_lap=float("nan"),
        quasi_steady_s=39.0,
    )


def test_a_damaged_plan_is_worked_out_again(tmp_path):

    import numpy as np

    path = tmp_path / "plan.npz"
    write_plan(any_plan(), path)
    assert read_plan(path) is not None
    content = path.read_bytes()
    dice = random.Random(3)
    for _ in range(200):
        changed = bytearray(content)
        for _ in range(dice.choice([1, 40])):
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        plan = read_plan(path)
        assert plan is None or np.isfinite(plan.speed_mps).all()
    for wrong in (
        {"speed_mps": np.full(5, np.nan)},
        {"speed_mps": np.zeros(4)},
        {"grip": np.zeros((5, 2))},
        {"station_m": 0.0},
        {"slower_speed_mps": np.zeros((3, 5))},
        {"quasi_steady_s": float("inf")},
    ):
        write_plan(dataclasses.replace(any_plan(), **wrong), path)
        assert read_plan(path) is None
    path.unlink()
    os.mkfifo(path)
    assert read_plan(path) is None


def test_a_plan_of_an_earlier_version_is_read(tmp_path):
    path = tmp_path / "plan.npz"
    columns = dataclasses.asdict(any_plan())
    columns["limit_s"] = columns.pop("quasi_steady_s")
    np.savez(path, **columns)
    plan = read_plan(path)
    assert plan is not None
    assert plan.quasi_steady_s == 39.0


def test_a_damaged_book_of_digests_counts_as_none():
    for content in (b"[" * 100_000, b"\xff", b"{", b"[1]", b'{"game": 1}'):
        assert read_digests(content) is None


def test_a_circuit_in_a_pipe_or_with_a_mark_is_told_by_name(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    os.mkfifo(folder / "track.toml")
    with raises(InputError, match="is not a regular file"):
        load_track(str(folder))


def any_targets():
    ghost = GhostLap(40.0, (0.0, 1.0), (TapedPose(0.0, 0.0, 0.0, 0.0),) * 2)
    return Targets({Medal.BRONZE: ghost}, ())


def test_damaged_targets_are_driven_again(tmp_path, spec):
    path = tmp_path / "any.targets"
    write_targets(any_targets(), path, OVAL, spec)
    assert read_targets(path, OVAL, spec) == any_targets()
    content = path.read_bytes()
    dice = random.Random(4)
    for _ in range(200):
        changed = bytearray(content)
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        read_targets(path, OVAL, spec)  # nothing is raised
    for time_s in (math.nan, math.inf, -0.5):
        ghost = any_targets().laps[Medal.BRONZE]._replace(time_s=time_s)
        write_targets(Targets({Medal.BRONZE: ghost}, ()), path, OVAL, spec)
        assert read_targets(path, OVAL, spec) is None
    path.write_bytes(b"\x91" * 100_000)
    assert read_targets(path, OVAL, spec) is None
    path.unlink()
    os.mkfifo(path)
    assert read_targets(path, OVAL, spec) is None


def test_a_small_piece_that_unpacks_without_end_is_refused():
    with raises(ValueError, match="unpacks to more than 1 MB"):
        unpacked(zlib.compress(bytes(50_000_000)), 1_000_000)
    assert unpacked(zlib.compress(b"a lap"), 5) == b"a lap"


def test_a_tile_in_a_pipe_is_painted_again(tmp_path):
    key = TileKey(2.0, 0, 0)
    os.mkfifo(tmp_path / "2_0_0.jpg")
    assert TileCache(tmp_path).load(key) is None


def test_a_code_with_any_bits_is_a_setup_or_refused_in_one_line():
    dice = random.Random(5)
    refused = 0
    for number in (1, 3) * 150:
        packed = dice.randbytes(dice.randrange(1, 60))
        letters = base64.b32encode(_check(packed, number) + packed).decode().rstrip("=")
        try:
            found = setup_of(f"RC{number}-{letters.translate(_LETTERS)}").setup
        except InputError as error:
            refused += len(str(error).splitlines()) == 1
        else:
            assert all(
                math.isfinite(value)
                for value in msgspec.structs.astuple(found)
                if isinstance(value, float)
            )
    assert refused > 200


def test_a_code_does_not_smuggle_a_number_that_is_none():
    def written(field, value):
        if field.name == "front_torque_share":
            return "1" + "".join(f"{byte:08b}" for byte in struct.pack(">d", math.nan))
        return _written(field, value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.setups.share_code._written", written)
        code = code_of(Setup(front_torque_share=0.123), "leaf_nismo_rc")
    with raises(InputError, match="holds values that this version does not know"):
        setup_of(code)
