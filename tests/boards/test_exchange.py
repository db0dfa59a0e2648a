"""A lap that was passed on is proved again by whoever takes it in, and a changed one is refused."""

import datetime
import json
import zipfile
from pathlib import Path

import msgspec
import pytest
from oval import OVAL
from replay_files import new_file_of

from game.boards.board import boards, changes_since
from game.boards.board_file import BoardLap, read_board_file, write_board_file
from game.boards.exchange import export_laps, import_laps, replay_path
from game.boards.kept_lap import FinishedLap, KeptLap, driven_on
from game.boards.lap_database import LapDatabase, circuit_folder
from game.boards.proof import Claim, prove
from game.bot.lone_follower import bind_follower
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.digests import physics_digest
from game.drivers.driver import TICKS_PER_DECISION
from game.errors import InputError
from game.recording.lap_recorder import LapRecorder
from game.recording.replay import load_replay
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.simulation.world import TICK_S, World
from game.track.track import load_track
from game.track.track_file import FILE_NAME
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car

NOW = datetime.datetime(2026, 5, 17, 14, 30, 5, tzinfo=datetime.UTC)
SETUP = msgspec.structs.replace(default_setup(load_car()), front_torque_share=0.4)


@pytest.fixture(scope="module")
def driven(tmp_path_factory, spec):
    """Two laps of the bot on the oval: where it lies, the laps, and the drive's recording."""
    folder = tmp_path_factory.mktemp("circuit")
    (folder / "lane").mkdir()
    (folder / "lane" / FILE_NAME).write_text(OVAL)
    track = load_track(str(folder / "lane"))
    plan = make_plan(track, spec, SETUP)
    world = World(track, [flying_start(spec, SETUP, plan)], Backend.COMPILED)
    decide = bind_follower(world, plan, None)
    controls = []
    inputs, recorder = ReplayRecorder(world, lambda: controls), LapRecorder(TICK_S)
    while len(recorder.laps) < 2:
        controls = [decide().controls]
        step = world.step(controls, TICKS_PER_DECISION)
        inputs.on_step(step)
        recorder.on_step(step)
    return recorder.laps, inputs.recording(), driven_on(track, spec)


class Player:
    """Has a folder of their own, with the circuit in it."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder
        self._monkeypatch = monkeypatch
        path = folder / "tracks" / "lane" / FILE_NAME
        path.parent.mkdir(parents=True)
        path.write_text(OVAL)

    def sits_down(self):
        for module in ("boards.lap_database", "track.track"):
            self._monkeypatch.setattr(f"game.{module}.player_folder", lambda: self.folder)
        return LapDatabase()


@pytest.fixture
def anna(tmp_path, monkeypatch):
    return Player(tmp_path / "anna", monkeypatch)


@pytest.fixture
def ben(tmp_path, monkeypatch):
    return Player(tmp_path / "ben", monkeypatch)


@pytest.fixture
def passed_on(anna, driven, tmp_path):
    """The file of Anna's board."""
    laps, recording, where = driven
    database = anna.sits_down()
    save_replay(recording, circuit_folder("lane") / "a.replay")
    finished = [FinishedLap(lap, SETUP, "a.replay", "normal") for lap in laps]
    database.add([KeptLap.of(each, NOW, where) for each in finished])
    path = tmp_path / "anna.board"
    assert export_laps(path, database.laps()[0], "Anna").laps == 2
    return path


def changed(path, **changes):
    """Let somebody change the first lap of a board file."""
    first, *others = read_board_file(path)
    lap = msgspec.structs.replace(first.lap, **changes)
    write_board_file(path, [BoardLap(lap, first.replay), *others])


def test_laps_are_proved_in_another_players_folder_and_kept_there(passed_on, ben, driven):
    database = ben.sits_down()
    result = import_laps(passed_on, database, 1)
    assert (result.new, result.known, result.unproved, result.refused) == (2, 0, (), ())
    stored, _ = database.laps()
    assert [each.lap.time_s for each in stored] == [lap.time_s for lap in driven[0]]
    assert {each.lap.driver for each in stored} == {"Anna"}
    assert {each.proof for each in stored} == {physics_digest()}
    claims = [Claim(replay_path(each.lap), each.lap) for each in stored]
    assert all(result.is_proved for result in prove(claims, 2))
    again = import_laps(passed_on, database, 1)
    assert (again.new, again.known) == (0, 2)


@pytest.mark.usefixtures("passed_on")
def test_a_board_says_what_has_changed_since_its_laps(anna):
    database = anna.sits_down()
    (board,) = boards(database.laps()[0])
    assert changes_since(board) == ""
    file = anna.folder / "tracks" / "lane" / FILE_NAME
    file.write_text(OVAL.replace("width_m = 1.0", "width_m = 1.5"))
    assert changes_since(board) == "another circuit"
    file.unlink()
    assert changes_since(board) == "a circuit or car that cannot be loaded today"
    assert changes_since(board._replace(digests=None)) == "another version's physics"


def test_ones_own_laps_that_come_back_are_known(passed_on, anna):
    result = import_laps(passed_on, anna.sits_down(), 1)
    assert (result.new, result.known) == (0, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"time_s": 1.0}, "another time"),
        ({"sectors_s": (1.0, 2.0, 3.0)}, "another sector times"),
        ({"setup": Setup()}, "another setup"),
        ({"tyre": "sport"}, "another tyre"),
        ({"drawn_kwh": 0.1}, "another energy drawn"),
        ({"regained_kwh": 0.9}, "another energy regained"),
        ({"replay_lap": 3}, "no valid lap 3"),
        ({"replay_car": 1}, "no valid lap 1"),
        ({"track": "other"}, "another circuit"),
        ({"track": "../../lane"}, "another circuit"),
        ({"weather": "rain"}, "another weather"),
        ({"setup_class": "standard"}, "another class of setup"),
    ],
)
def test_a_changed_lap_is_refused_with_what_was_changed(passed_on, ben, change, words):
    changed(passed_on, **change)
    database = ben.sits_down()
    result = import_laps(passed_on, database, 1)
    ((_lap, reason),) = result.refused
    assert words in reason
    assert result.new == len(database.laps()[0]) == 1


def steered_otherwise(file, folder, **changes):
    """The file of a replay in which the wheel was moved by one step more, once."""
    path = folder / "otherwise.replay"
    path.write_bytes(file)
    replay = load_replay(path)
    (held,) = replay.held
    held[5] = held[5]._replace(steering=held[5].steering + 1)
    return new_file_of(msgspec.structs.replace(replay, **changes))


def test_a_changed_replay_is_not_proved(passed_on, ben):
    *_, lap = read_board_file(passed_on)
    content = steered_otherwise(lap.replay, ben.folder)
    write_board_file(passed_on, [BoardLap(lap.lap, content)])
    result = import_laps(passed_on, ben.sits_down(), 1)
    ((_lap, reason),) = result.unproved
    assert "no longer ends as it did" in reason
    assert [each.proof for each in LapDatabase().laps()[0]] == [""]


def test_laps_of_other_physics_keep_their_place_on_a_board_of_their_own(passed_on, ben):
    *_, lap = read_board_file(passed_on)
    digests = msgspec.structs.replace(lap.lap.digests, physics="other")
    content = steered_otherwise(lap.replay, ben.folder, digests=digests)
    other = msgspec.structs.replace(lap.lap, digests=digests)
    write_board_file(passed_on, [BoardLap(other, content)])
    database = ben.sits_down()
    ((_lap, reason),) = import_laps(passed_on, database, 1).unproved
    assert "driven with the physics of version" in reason
    assert [each.lap.digests.physics for each in database.laps()[0]] == ["other"]


def test_a_circuit_that_is_not_here_is_named(passed_on, ben):
    database = ben.sits_down()
    (ben.folder / "tracks" / "lane" / FILE_NAME).unlink()
    result = import_laps(passed_on, database, 1)
    assert {reason for _lap, reason in result.unproved} == {"its circuit 'lane' is not here"}


def test_equal_boards_are_equal_files(passed_on, tmp_path):
    laps = read_board_file(passed_on)
    write_board_file(tmp_path / "again.board", laps)
    assert (tmp_path / "again.board").read_bytes() == passed_on.read_bytes()


@pytest.mark.parametrize("driver", ["", "  "])
def test_a_lap_without_a_driver_does_not_become_ones_own(passed_on, ben, driver):
    changed(passed_on, driver=driver)
    database = ben.sits_down()
    with pytest.raises(InputError, match="without the name of its driver"):
        import_laps(passed_on, database, 1)
    assert database.laps() == ([], "")


@pytest.mark.parametrize("name", ["laps.json", "another"])
def test_an_archive_without_what_it_names_is_no_board(tmp_path, name):
    path = tmp_path / "x.board"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"{}")
    with pytest.raises(InputError, match=r"x\.board: is no board of leaf-rc"):
        read_board_file(path)


def test_the_commands_list_export_import_and_prove(passed_on, ben, run_command):
    ben.sits_down()
    code, out, _ = run_command("board", "list")
    assert (code, "no lap on a board yet" in out) == (0, True)
    code, out, _ = run_command("board", "import", str(passed_on), "--jobs", "1")
    assert (code, "2 new laps" in out) == (0, True)
    code, out, _ = run_command("board", "list", "--track", "lane")
    assert code == 0
    for words in ("lane, leaf_nismo_rc, slick tyres, normal help, split setup", "Anna", "proved"):
        assert words in out
    code, out, _ = run_command("board", "list", "--json")
    (board,) = json.loads(out)["boards"]
    assert [lap["driver"] for lap in board["laps"]] == ["Anna", "Anna"]
    assert board["laps"][0]["time_s"] <= board["laps"][1]["time_s"]
    code, out, _ = run_command("board", "verify", "--jobs", "1")
    assert (code, out.splitlines()[-1]) == (0, "2 of 2 laps proved")
    copy = passed_on.with_name("copy.board")
    code, out, _ = run_command("board", "export", str(copy), "--driver", "Ben")
    assert (code, out) == (0, f"{copy}: 2 laps\n")
    assert {each.lap.driver for each in read_board_file(copy)} == {"Anna"}


def test_a_replay_of_a_bot_is_entered_under_its_name(driven, ben, run_command, tmp_path):
    database = ben.sits_down()
    save_replay(driven[1], tmp_path / "lap.replay")
    for _ in range(2):
        code, out, _ = run_command(
            *("board", "enter", str(tmp_path / "lap.replay"), "--driver", "my bot", "--bot")
        )
        assert (code, out.count("by my bot on lane")) == (0, 2)
    stored = database.laps()[0]
    assert [each.lap.time_s for each in stored] == [lap.time_s for lap in driven[0]]
    assert all(each.lap.is_bot and each.proof for each in stored)
    code, out, _ = run_command("board", "verify", "--jobs", "1")
    assert (code, out) == (0, "2 of 2 laps proved\n")


@pytest.mark.usefixtures("passed_on")
def test_a_lap_that_is_not_in_its_replay_fails_the_proof(anna, run_command):
    database = anna.sits_down()
    first = database.laps()[0][0].lap
    database.add([msgspec.structs.replace(first, time_s=1.0)])
    code, out, _ = run_command("board", "verify", "--jobs", "1")
    assert code == 1
    assert "0:01.000 by you on lane" in out
    assert "2 of 3 laps proved" in out


@pytest.mark.usefixtures("passed_on")
def test_a_missing_replay_is_named_and_left_out(anna, run_command, tmp_path):
    anna.sits_down()
    Path(circuit_folder("lane") / "a.replay").unlink()
    code, out, _ = run_command("board", "verify", "--jobs", "1")
    assert (code, "a.replay: there is no such file" in out) == (0, True)
    code, _, error = run_command("board", "export", str(tmp_path / "b.board"), "--driver", "Anna")
    assert (code, "there is no lap to export" in error) == (2, True)
    assert not (tmp_path / "b.board").exists()
