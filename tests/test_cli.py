"""The commands as a shell sees them: output, one line for what is wrong, exit codes."""

import datetime
import io
import json
import os
import subprocess
import sys

import msgspec
import pytest
import typer
from motec_reader import read_channels
from oval import OVAL
from replay_files import file_of, parts_of
from rich.console import Console

from game.app.window import NOTHING_ASKED, AskedAtStart
from game.cli.lap_report import tyres_table
from game.cli.main import app, loaded_command, main
from game.cli.options import json_text
from game.digests import drive_digests
from game.files import assets_folder, tracks_folder
from game.recording.best_lap import BestLap, load_best, save_best
from game.recording.ghost import GhostLap, TapedPose
from game.recording.lap_recorder import Lap, LapTyres
from game.recording.replay import load_replay
from game.recording.traced_lap import TracedLap
from game.setups.setup_file import write_setup
from game.setups.share_code import code_of
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

SPEC = load_car()


def one_line(text):
    return len(text.splitlines()) == 1 and text.endswith("\n")


def test_lap_prints_one_json_object_with_the_agreed_keys(run_command):
    code, out, _ = run_command("lap", "--json")
    report = json.loads(out)
    assert code == 0
    assert one_line(out)
    assert {
        "track", "car", "bot", "setup", "laps", "best_s", "quasi_steady_s", "ticks", "wall_s",
        "realtime_factor", "state_hash", "compiled",
    } <= set(report)  # fmt: skip
    assert {
        "lap", "time_s", "sectors_s", "valid", "energy_kwh", "regen_kwh", "top_speed_kmh",
    } <= set(report["laps"][0])  # fmt: skip
    assert report["best_s"] == report["laps"][0]["time_s"]


def test_lap_prints_a_table_for_a_person(run_command):
    code, out, _ = run_command("lap", "--pace", "0.95")
    assert code == 0
    assert "1:4" in out
    assert "compiled" in out


def test_tyres_hotter_than_100_degrees_have_all_their_numbers_in_80_letters():
    hot_k = (377.4, 379.1, 374.2, 376.3)
    pressure_pa = (212_000.0, 225_000.0, 207_000.0, 219_000.0)
    wear = (0.13, 0.22, 0.10, 0.15)
    tyres = LapTyres(hot_k, hot_k, pressure_pa, wear, (0.0,) * 4, (0.981,) * 4)
    table = tyres_table([Lap(10, 117.1, (), True, 1.8e7, 2e6, 61.0, (), tyres)])
    console = Console(width=80, file=io.StringIO())
    console.print(table)
    text = console.file.getvalue()
    assert "104 106 101 103  104 106 101 103  2.12 2.25 2.07 2.19  13 22 10 15  0.981" in text


def test_a_saved_setup_is_driven_by_its_path(run_command, tmp_path):
    write_setup(tmp_path / "rear.toml", Setup(front_torque_share=0.45), SPEC.id)
    track = tmp_path / "oval" / "track.toml"
    track.parent.mkdir()
    track.write_text(OVAL, encoding="utf-8")
    code, out, _ = run_command("lap", "--json", "--track", track, "--setup", tmp_path / "rear.toml")
    assert code == 0
    assert json.loads(out)["setup"]["front_torque_share"] == 0.45


def test_a_replay_is_verified_and_a_damaged_one_is_not(run_command, lap_replay_file, tmp_path):
    path = tmp_path / "lap.replay"
    path.write_bytes(lap_replay_file)
    code, out, _ = run_command("verify", path)
    assert code == 0
    assert "same to the last bit" in out
    path.write_bytes(path.read_bytes()[:-100])
    code, _, err = run_command("verify", path)
    assert code == 2
    assert one_line(err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lap", "--track", "spa"), "spa: no such track; there are ambra_flats, ersk_valley, "),
        (("lap", "--track", "spa.toml"), "spa.toml: there is no such file"),
        (("lap", "--bot", "niki"), "bot 'niki': there is no such bot"),
        (
            ("lap", "--tyre", "medium"),
            "--tyre medium: there is no such tyre; choose one of slick, sport, wet",
        ),
        (("lap", "--setup", "snow"), "setup 'snow': is neither a .toml file nor one of 45-55"),
        (("lap", "--setup", "snow.toml"), "snow.toml: there is no such file"),
        (
            ("lap", "--telemetry", "lap.xls"),
            "lap.xls: telemetry is written as .csv, .parquet or .ld",
        ),
        (("verify", "none.replay"), "none.replay: there is no such file"),
        (("track", "check", "spa"), "spa: no such track"),
        (("shot", "x.png", "--size", "16x16"), "--size 16x16: is not a size such as 1280x720"),
        (("shot", "x.png", "--at", "nan"), "--at nan: is not a place on the lap"),
        (("lap", "--laps", "0"), "Invalid value for '--laps'"),
        (("lapp",), "No such command 'lapp'"),
        (("setup", "delete", "45-55"), "setup '45-55': ships with leaf-rc and stays"),
        (("setup", "show", "RC1-2345"), "setup code 'RC1-2345': is mistyped or cut short"),
        (("setup", "import", "RC1-K8RT-QBG5-00"), "--name: a code has no name of its own"),
        (("setup", "import", "no-such"), "is neither a .toml file nor one of"),
        (("setup", "import", "45-55"), "is one already"),
        (("setup", "export", "45-55", "x.json"), "x.json: setups are written as .toml"),
        (("setup", "export", "45-55", "no/x.toml"), "no/x.toml: cannot be written (there is no"),
        (("sound", "x.mp3"), "x.mp3: sound is written as .wav"),
        (("clip", "x.replay", "x.avi"), "x.avi: clips are written as .mp4 or .gif"),
        (("clip", "x.replay", "x"), "x.replay: there is no such file"),
        (("clip", "x.replay", "no/x"), "no/x: cannot be written (there is no such folder)"),
        (("clip", "x.replay", "x", "--from", "-1"), "--from -1: is not a time in seconds"),
        (("clip", "x.replay", "x", "--from", "3", "--to", "2"), "--to 2: is not a time after"),
        (("clip", "x.replay", "x.mp4", "--size", "321x200"), "an .mp4 has sides of even numbers"),
        (("clip", "x.replay", "x.gif", "--fps", "60"), "shows at most 50 pictures a second"),
        (("shot", "x.bmp"), "x.bmp: pictures are written as .png or .jpg"),
        (("shot", "x.png", "--scene", "garage"), "scene 'garage': choose one of title, loading"),
        (("shot", "x.png", "--size", "big"), "--size big: is not a size such as 1280x720"),
    ],
)
def test_what_the_user_got_wrong_is_one_line_and_exit_2(run_command, arguments, said):
    code, out, err = run_command(*arguments)
    assert code == 2
    assert out == ""
    assert one_line(err)
    assert said in err


@pytest.mark.parametrize("command", [("plan", "--write"), ("medals", "--write"), ("ground",)])
@pytest.mark.parametrize("circuit", ["ricardo_tormo", "ricardo_tormo+mirror", "home"])
def test_what_ships_is_written_for_circuits_that_ship_alone(
    run_command, tmp_path, command, circuit
):
    """A circuit of the player's may have the name of one that ships, in another folder."""
    before = sorted(tracks_folder().rglob("*"))
    name, _, variant = circuit.partition("+")
    path = tmp_path / name / "track.toml"
    path.parent.mkdir()
    path.write_text(OVAL, encoding="utf-8")
    named = circuit if variant else path
    code, out, err = run_command("track", command[0], named, *command[1:])
    assert (code, out) == (2, "")
    assert f"{named}: does not ship with leaf-rc" in err
    assert one_line(err)
    assert sorted(tracks_folder().rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("front_torque_shar = 0.5", "object contains unknown field `front_torque_shar`"),
        ("front_torque_share = 1.5", "front_torque_share: is 1.5, can be 0 to 1"),
        ('tyre = "medium"', "tyre: is 'medium', can be slick, sport, wet"),
        ("front_torque_share = ", "is not valid TOML"),
    ],
)
def test_a_wrong_setup_file_is_named_with_its_key(run_command, tmp_path, content, said):
    path = tmp_path / "mine.toml"
    path.write_text(content)
    code, _, err = run_command("lap", "--setup", path)
    assert code == 2
    assert one_line(err)
    assert str(path) in err
    assert said in err


def test_figures_are_printed_as_json_with_the_agreed_keys(run_command):
    code, out, _ = run_command("figures", "--json")
    assert code == 0
    assert {
        "zero_to_50_kmh_s", "zero_to_100_kmh_s", "zero_to_200_kmh_s", "top_speed_kmh",
        "peak_acceleration_g", "braking_100_0_m", "braking_200_0_m", "lateral_100_kmh_g",
        "lateral_200_kmh_g", "skid_pad_50_m_g", "skid_pad_100_m_g", "slalom_30_m_kmh",
        "with_driver",
    } <= set(json.loads(out))  # fmt: skip


def test_published_figures_are_set_beside_the_simulation(run_command, tmp_path):
    page = tmp_path / "page.html"
    code, out, _ = run_command("validate", "--only", "Acceleration", "--json", "--html", page)
    figures = {each["name"]: each for each in json.loads(out)["figures"]}
    assert code == 0
    assert one_line(out)
    assert figures["launch_0_100"]["verdict"] == "within"
    assert figures["all_wheels_spin"]["verdict"] == "outside"
    assert {"source", "kind", "uncertainty_from", "deviation", "command"} <= set(
        figures["top_speed"]
    )
    assert "</html>" in page.read_text(encoding="utf-8")
    code, out, _ = run_command("validate", "--only", "top_speed")
    assert code == 0
    assert "webcg.net" in out
    assert "leaf-rc figures" in out
    table = run_command("validate", "--only", "all_wheels_spin", "--only", "battery", "--quick")[1]
    assert "outside: " in table
    assert "pack_energy" in table
    assert "brake_100" not in table


def test_strict_validation_fails_for_a_miss_that_nobody_explains(run_command, tmp_path):
    assert run_command("validate", "--only", "all_wheels_spin", "--strict")[0] == 0  # it is known
    high = code_of(Setup(front_ride_height_m=0.1), SPEC.id)
    clearance = ("validate", "--only", "ground_clearance", "--setup", high)
    assert run_command(*clearance)[0] == 0
    assert run_command(*clearance, "--strict")[0] == 1
    code, _, err = run_command("validate", "--only", "colour")
    assert code == 2
    assert one_line(err)
    assert "--only colour: there is no such figure" in err
    car = tmp_path / "nobody.toml"
    car.write_text((assets_folder() / "cars" / f"{SPEC.id}.toml").read_text(encoding="utf-8"))
    code, _, err = run_command("validate", "--car", car)
    assert (code, err) == (
        2,
        "leaf-rc: nobody: nothing is published of this car: there is no validation/nobody.toml\n",
    )


def test_a_track_is_listed_checked_and_exported(run_command, tmp_path):
    assert "ricardo_tormo" in run_command("track", "list")[1]
    code, out, _ = run_command("track", "check", "ricardo_tormo", "--json")
    assert code == 0
    assert json.loads(out)["findings"] == []
    path = tmp_path / "line.csv"
    assert run_command("track", "export", "ricardo_tormo", path)[0] == 0
    header, *rows = path.read_text().splitlines()
    assert header == "s_m,x_m,y_m,heading_rad,curvature_1pm,width_right_m,width_left_m"
    assert len(rows) == 4005


def test_headless_commands_load_no_window_and_no_plotting():
    code = (
        "import sys; sys.argv=['leaf-rc','lap','--plain','--bot','nobody']\n"
        "from game.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*(name for name in ('pygame','matplotlib','numba') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_help_lists_all_commands_without_loading_what_they_need():
    code = (
        "import sys; sys.argv=['leaf-rc','--help']\n"
        "from game.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*(name for name in ('numpy','game.cli.laps') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Drive laps with bots" in done.stdout
    assert not done.stdout.splitlines()[-1].strip()


def test_the_help_says_of_each_command_what_the_command_says_first_of_itself():
    listed = typer.main.get_command(app).commands
    said = {name: loaded_command(name).help.split("\n\n")[0] for name in listed}
    assert {name: command.help for name, command in listed.items()} == {
        name: " ".join(text.split()) for name, text in said.items()
    }


def test_a_mistyped_command_is_told_the_one_that_it_is_like(run_command):
    code, _, error = run_command("lpa")
    assert code == 2
    assert "Did you mean 'lap'?" in error


def test_options_that_are_not_given_start_no_checks_of_their_defaults():
    code = (
        "import sys; sys.argv=['leaf-rc','setup','list']\n"
        "from game.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert 'pydantic' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "45-55" in done.stdout


def test_a_setup_goes_by_code_and_file_to_another_name_and_comes_back_deleted(
    run_command, tmp_path
):
    code = run_command("setup", "code", "45-55")[1].strip()
    assert run_command("setup", "import", code, "--name", "mine")[0] == 0
    assert run_command("setup", "export", "mine", str(tmp_path / "out.toml"))[0] == 0
    again = ("setup", "import", str(tmp_path / "out.toml"), "--name", "mine")
    assert run_command(*again)[2] == "leaf-rc: setup 'mine': already exists: choose another name\n"
    assert run_command(*again, "--replace")[0] == 0
    assert run_command("setup", "delete", "mine")[0] == 0
    assert "mine (yours)" not in run_command("setup", "list")[1]
    assert run_command("setup", "undo")[0] == 0
    assert "mine (yours)" in run_command("setup", "list")[1]
    shown = [
        json.loads(run_command("setup", "show", which, "--json")[1]) for which in ("mine", code)
    ]
    assert shown[0] == shown[1]
    assert run_command("setup", "delete", "mine")[0] == 0


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "utf-8"])
def test_a_terminal_of_any_encoding_shows_all_but_the_glyph(encoding, run_command, monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr(sys, "stdout", terminal)
    for options in (), ("--json",):
        code, _, err = run_command("setup", "show", "45-55", *options)
        assert (code, err) == (0, "")
    terminal.flush()
    shown = terminal.buffer.getvalue()
    *_, as_json = shown.splitlines()
    assert b"45.5 : 54.5" in shown
    minus = "\u2212" if encoding == "utf-8" else "-"
    assert f"{minus}4.55 %".encode() in shown
    assert json.loads(as_json.decode("ascii"))["setup"]["front_torque_share"] == 0.4545


def test_a_report_is_the_same_json_in_any_encoding():
    report = {"name": "L\u00f6we \u2192 \U0001f600"}
    assert json_text(report).isascii()
    assert json.loads(json_text(report)) == report


def test_a_person_s_lap_is_written_as_telemetry_from_its_replay(run_command, tmp_path, request):
    replay = request.config.rootpath / "tests" / "recorded" / "hills.replay"
    table = tmp_path / "lap.csv"
    code, out, _ = run_command("verify", replay, "--telemetry", table)
    assert (code, "the same to the last bit" in out) == (0, True)
    head, *rows = table.read_text().splitlines()
    assert head.startswith("time_s,")
    assert len(rows) * load_replay(replay).ticks_per_step >= load_replay(replay).ticks
    code, _, err = run_command("verify", replay, "--telemetry", tmp_path / "lap.txt")
    assert code == 2
    assert one_line(err)


def test_a_replay_becomes_a_log_with_the_channels_and_the_rate_that_were_asked_for(
    run_command, tmp_path, request
):
    replay = request.config.rootpath / "tests" / "recorded" / "hills.replay"
    log, options = tmp_path / "lap.ld", ("--channels", "s_m,*_slip_ratio", "--hz", "20")
    code, out, _ = run_command("telemetry", replay, log, *options)
    assert (code, out) == (0, f"{log}: 6 channels, 600 rows\n")
    assert {each.hz for each in read_channels(log.read_bytes()).values()} == {20}
    assert log.with_suffix(".ldx").exists()
    code, _, err = run_command("telemetry", replay, tmp_path / "missing" / "lap.csv")
    assert (code, one_line(err)) == (2, True)


def test_a_best_lap_is_listed_and_forgotten_but_kept(run_command, tmp_path, monkeypatch):
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    assert run_command("best", "list")[0] == 0
    code, _, err = run_command("best", "forget", "slick")
    assert (code, one_line(err)) == (2, True)
    now = datetime.datetime(2026, 5, 17, tzinfo=datetime.UTC)
    ghost = GhostLap(98.5, (0.0,), (TapedPose(0.0, 0.0, 0.0, 0.0),))
    digests = drive_digests(load_track("ricardo_tormo"), load_car())
    best = BestLap(now, 98.5, (33.0,), TracedLap(98.5, 5.0, (0.0, 98.5)), ghost, digests)
    path = tmp_path / "laps" / "ricardo_tormo" / "best-slick-leaf_nismo_rc.lap"
    save_best(best, path)
    assert json.loads(run_command("best", "list", "--json")[1])["best_s"] == {"slick": 98.5}
    other = msgspec.structs.replace(digests, track="0123")  # the circuit was another one then
    save_best(msgspec.structs.replace(best, digests=other), path)
    assert json.loads(run_command("best", "list", "--json")[1])["best_s"] == {}
    save_best(best, path)
    code, out, _ = run_command("best", "forget", "slick")
    assert (code, "1:38.500" in out) == (0, True)
    assert not path.exists()
    (kept,) = (path.parent / "forgotten").iterdir()
    assert load_best(kept) == best
    assert run_command("best", "forget", "butter")[0] == 2


def test_a_damaged_best_lap_hides_no_other_and_can_be_put_aside(run_command, tmp_path, monkeypatch):
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    now = datetime.datetime(2026, 5, 17, tzinfo=datetime.UTC)
    ghost = GhostLap(98.5, (0.0,), (TapedPose(0.0, 0.0, 0.0, 0.0),))
    digests = drive_digests(load_track("ricardo_tormo"), load_car())
    best = BestLap(now, 98.5, (33.0,), TracedLap(98.5, 5.0, (0.0, 98.5)), ghost, digests)
    folder = tmp_path / "laps" / "ricardo_tormo"
    save_best(best, folder / "best-sport-leaf_nismo_rc.lap")
    damaged = folder / "best-slick-leaf_nismo_rc.lap"
    damaged.write_bytes(b"\x00")
    code, out, _ = run_command("best", "list")
    assert (code, "sport: 1:38.500" in out, f"slick: {damaged}: is damaged" in out) == (
        0,
        True,
        True,
    )
    report = json.loads(run_command("best", "list", "--json")[1])
    assert (report["best_s"], list(report["faults"])) == ({"sport": 98.5}, ["slick"])
    assert run_command("best", "forget", "slick")[0] == 0
    (kept,) = (folder / "forgotten").iterdir()
    assert kept.read_bytes() == b"\x00"
    assert json.loads(run_command("best", "list", "--json")[1])["faults"] == {}


def test_programs_learn_what_every_value_of_a_setup_can_be(run_command):
    values = json.loads(run_command("setup", "values", "--json")[1])["values"]
    named = {each["name"]: each for each in values}
    assert named["front_brake_bias"]["min"] == 0.4
    assert named["tyre"]["choices"] == ["slick", "sport", "wet"]
    assert "split_map.exit" in named


@pytest.fixture(scope="module")
def lap_replay_file(tmp_path_factory):
    """The replay of a bot's lap, as `lap --replay` writes it."""
    path = tmp_path_factory.mktemp("lap") / "lap.replay"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["leaf-rc", "lap", "--replay", str(path)])
        with pytest.raises(SystemExit) as end:
            main()
    assert end.value.code in (0, None)
    return path.read_bytes()


@pytest.fixture
def replay_of_another(lap_replay_file, tmp_path):
    """The replay of a bot's lap in which one of the digests is another's."""

    def changed(name):
        path = tmp_path / "lap.replay"
        content, controls = parts_of(lap_replay_file)
        content["digests"][name] = "another"
        path.write_bytes(file_of(content, controls))
        return path

    return changed


@pytest.mark.parametrize("name", ["track", "car"])
def test_a_replay_of_another_circuit_or_car_never_passes_as_the_same(
    run_command, replay_of_another, name
):
    kind = {"track": "circuit", "car": "car"}[name]
    code, _, err = run_command("verify", replay_of_another(name))
    assert code != 0
    assert f"was driven with another {kind};" in err
    assert one_line(err)


def test_a_replay_of_other_physics_passes_if_its_drive_is_equal_to_the_bit(
    run_command, replay_of_another
):
    path = replay_of_another("physics")
    code, out, err = run_command("verify", path)
    assert (code, err) == (0, "")
    assert "the same to the last bit" in out
    assert "the physics have another digest than in version" in out
    assert "but the drive is equal to the bit" in out.replace("\n", " ")


def test_a_replay_of_other_physics_that_ends_in_other_bits_is_refused(
    run_command, replay_of_another
):
    path = replay_of_another("physics")
    content, controls = parts_of(path.read_bytes())
    content["state_hash"] = "another"
    path.write_bytes(file_of(content, controls))
    code, _, err = run_command("verify", path)
    assert code == 1
    assert "with other physics as another, now ends as" in err
    assert one_line(err)


@pytest.fixture
def opened(monkeypatch):
    """The drives for which a window was to be opened."""
    drives = []
    monkeypatch.setattr("game.cli.window.run", lambda *given, **_: drives.append(given))
    return drives


def test_the_best_lap_of_a_replay_drives_along_as_a_ghost(run_command, tmp_path, opened):
    path, track = tmp_path / "quick.replay", tmp_path / "oval" / "track.toml"
    track.parent.mkdir()
    track.write_text(OVAL, encoding="utf-8")
    driven = ("lap", "--json", "--laps", 2, "--replay", path, "--track", track)
    times_s = [lap["time_s"] for lap in json.loads(run_command(*driven)[1])["laps"]]
    assert times_s[0] != times_s[1]
    copy = tmp_path / "copy.replay"
    copy.write_bytes(path.read_bytes())
    ghosts = ("--ghost", path, "--ghost", copy)
    assert run_command("drive", *ghosts, "--track", track) == (0, "", "")
    ((*_, (rival, other), asked),) = opened
    assert asked == NOTHING_ASKED
    assert (rival.name, other.name) == ("quick", "copy")
    assert rival.livery != other.livery
    assert rival.lap.time_s == min(times_s)
    code, _, err = run_command("drive", *9 * ("--ghost", path), "--track", track)
    assert (code, err) == (2, "leaf-rc: --ghost: 9 replays, at most 8 drive along\n")


def test_telemetry_is_sent_to_the_port_that_a_drive_is_asked_for(run_command, opened):
    assert run_command("drive", "--telemetry-udp", 20999) == (0, "", "")
    assert opened[-1][-1] == AskedAtStart(telemetry_port=20999)
    code, _, err = run_command("drive", "--telemetry-udp", 0)
    assert (code, "--telemetry-udp" in err) == (2, True)


def test_a_tyre_for_a_drive_is_named_as_for_laps(run_command, opened):
    assert run_command("drive", "--tyre", "wet", "--setup", "45-55") == (0, "", "")
    assert run_command("drive", "--tyre", "sport", "--tyre-state", "frozen") == (0, "", "")
    (_, _, wet, *_), (_, _, sport, *_) = opened
    assert (wet.tyre, wet.front_torque_share) == ("wet", pytest.approx(0.4545, abs=1e-3))
    assert (sport.tyre, sport.tyre_state) == ("sport", "frozen")


@pytest.mark.parametrize("command", ["drive", "lap"])
def test_a_tyre_that_a_car_does_not_have_is_one_line_with_those_it_has(
    run_command, opened, command
):
    code, _, err = run_command(command, "--tyre", "snow")
    assert (code, opened) == (2, [])
    assert "--tyre snow: there is no such tyre; choose one of " in err
    assert one_line(err)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"track": "spa"}, "spa: no such track"),
        ({"digests": {"track": "another"}}, "was driven with another circuit;"),
        ({"state_hash": "another"}, "differs from the drive it was recorded from after"),
        ({"digests": {"car": "another"}}, "was driven with another car;"),
    ],
)
def test_a_ghost_that_is_not_driven_here_is_refused_in_one_line(
    run_command, tmp_path, opened, lap_replay_file, changes, said
):
    path = tmp_path / "lap.replay"
    content, controls = parts_of(lap_replay_file)
    for name, value in changes.items():
        content[name] = content[name] | value if isinstance(value, dict) else value
    path.write_bytes(file_of(content, controls))
    code, _, err = run_command("drive", "--ghost", path)
    assert (code, opened) == (2, [])
    assert f"{path}: " in err
    assert said in err
    assert one_line(err)


@pytest.mark.parametrize("command", [("verify",), ("drive", "--ghost")])
def test_a_replay_whose_circuit_has_another_name_now_says_how_to_name_it(
    run_command, tmp_path, opened, lap_replay_file, command
):
    path = tmp_path / "lap.replay"
    content, controls = parts_of(lap_replay_file)
    content |= {"track": "home"}
    path.write_bytes(file_of(content, controls))
    code, _, err = run_command(*command, path)
    assert (code, opened) == (2, [])
    assert f"{path}: home: no such track; there are " in err
    assert err.endswith("; name its circuit with --track\n")
    assert one_line(err)


def test_a_ghost_is_at_home_on_its_circuit_whatever_that_is_called_now(
    run_command, tmp_path, opened, lap_replay_file
):
    path = tmp_path / "lap.replay"
    content, controls = parts_of(lap_replay_file)
    content |= {"track": "spa"}
    path.write_bytes(file_of(content, controls))
    assert run_command("drive", "--ghost", path, "--track", "ricardo_tormo")[0] == 0
    assert len(opened) == 1
    content["digests"]["track"] = "another"
    path.write_bytes(file_of(content, controls))
    code, _, err = run_command("drive", "--ghost", path, "--track", "ricardo_tormo")
    assert (code, len(opened)) == (2, 1)
    assert "was driven on 'spa', not on 'ricardo_tormo'; name its circuit with" in err


def test_medal_times_of_a_circuit_are_printed_for_people_and_for_programs(run_command):
    code, out, _ = run_command("track", "medals", "ricardo_tormo")
    assert code == 0
    assert "slick tyres: Bronze 2:00.690, Silver 1:53.845, Gold 1:47.727, Author 1:42.317" in out
    assert sum(line.startswith("  T14 Adrián Campos: ") for line in out.splitlines()) == 3  # tyres
    report = json.loads(run_command("track", "medals", "ricardo_tormo", "--json")[1])
    slick = report["tyres"]["slick"]
    assert list(slick["laps_s"]) == ["bronze", "silver", "gold", "author"]
    assert len(slick["corners"]) == 14


@pytest.mark.parametrize("module", ["game.lab.learn", "game.cli.main", "game.lab"])
def test_a_module_run_as_a_program_names_the_command(module):
    ran = subprocess.run(
        [sys.executable, "-m", module, "-m", "x"], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{module}: ")
    assert "leaf-rc learn" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_what_imports_the_game_as_a_program_of_its_own_goes_on(tmp_path):
    for name, text in (("__init__", "import game"), ("bot", "print('drives')")):
        (tmp_path / "mine").mkdir(exist_ok=True)
        (tmp_path / "mine" / f"{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mine.bot", "game.lab.learn"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "drives\n", "")


PRINTERS = [("--help",), ("--version",), ("setup", "show", "50-50"), ("car", "list", "--json")]


@pytest.fixture
def command_onto():
    """Return a function that runs a command with a place for its output to go."""

    def run(words, stdout, **options):
        command = [sys.executable, "-m", "game", *words]
        return subprocess.run(
            command, stdout=stdout, stderr=subprocess.PIPE, check=False, **options
        )

    return run


@pytest.mark.parametrize("words", PRINTERS)
def test_a_command_whose_reader_has_gone_ends_silently_with_the_code_of_a_broken_pipe(
    command_onto, words
):
    """Code 1 would be that of a failed check, which rich and typer end with."""
    read, write = os.pipe()
    os.close(read)
    ran = command_onto(words, write)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.parametrize("words", PRINTERS)
@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell's `>&-`")
def test_a_command_started_without_an_output_needs_none(command_onto, words):
    ran = command_onto(words, None, preexec_fn=lambda: os.close(1))
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell's `>&-`")
def test_a_file_that_is_written_does_not_take_the_place_of_a_missing_output(tmp_path):
    script = f"{sys.executable} -m game track export ricardo_tormo line.csv >&- 2>&-"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=environment, check=False)
    assert ran.returncode == 0
    first = (tmp_path / "line.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("s_m,x_m,")
