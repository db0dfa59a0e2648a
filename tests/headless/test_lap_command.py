"""`leaf-rc lap` with many laps, as a shell sees it."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from resimulation import resimulate

from game.bot.lone_follower import decide_alone
from game.compiled import Backend
from game.headless.stint import Conditions, missing_machine_code
from game.recording.replay import load_replay, state_hash
from game.simulation.tick import advance

pytestmark = pytest.mark.slow

LAP_KEYS = {
    "stint", "lap", "time_s", "sectors_s", "valid", "energy_kwh", "regen_kwh", "top_speed_kmh",
    "excursions", "tyres", "damage",
}  # fmt: skip
RUN_KEYS = {
    "bot", "setup_name", "setup", "laps", "lost", "valid_laps", "best_s", "median_s", "spread_s",
    "quasi_steady_s", "optimum_s", "above_optimum", "planned", "repeats", "ticks", "wall_s",
    "realtime_factor", "state_hash", "compiled",
}  # fmt: skip


@pytest.fixture(scope="module")
def lap_command(oval_path, enter):
    """Runs `leaf-rc lap` on the small world; gives exit code, output, errors."""
    enter("reference")  # its plan is kept for the processes

    def run(*arguments):
        done = subprocess.run(
            [*_lap(oval_path), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "COLUMNS": "120"},
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def lap_here(oval_path, run_command):
    """Runs `leaf-rc lap` in this process, where all that is asked is what it refuses."""
    return lambda *arguments: run_command("lap", "--plain", "--track", oval_path, *arguments)


def _lap(track):
    return [sys.executable, "-m", "game", "lap", "--track", str(track)]


@pytest.fixture(scope="module")
def mixed_run(lap_command, spoilt):
    """A bot that prints and one that raises, as JSON lines."""
    return lap_command(
        *("--bot", spoilt("Chatters"), "--bot", spoilt("Raises"), "--laps", 2, "--jobs", 2),
        *("--jsonl", "-"),
    )


def test_json_lines_are_alone_on_standard_output_one_a_lap(mixed_run):
    _, out, _ = mixed_run
    lines = [json.loads(line) for line in out.splitlines()]
    laps = sorted((line["bot"].rpartition(":")[2], line["lap"]) for line in lines)
    assert laps == [("Chatters", 1), ("Chatters", 2), ("Raises", 1), ("Raises", 2)]
    assert all(set(line) >= LAP_KEYS | {"track", "car"} for line in lines if "lost" not in line)


def test_a_lost_lap_is_one_line_of_its_kind_everywhere_and_exit_1(mixed_run):
    code, out, err = mixed_run
    assert code == 1
    (lost,) = (line for line in map(json.loads, out.splitlines()) if "lost" in line)
    assert lost["lap"] == 2
    assert "ValueError: enough" in lost["lost"]
    assert len([line for line in err.splitlines() if "lap 2 lost: faulty_bots.py:" in line]) == 1


def test_a_summary_has_a_row_for_every_bot(mixed_run):
    _, _, err = mixed_run
    rows = [line.split()[:3] for line in err.splitlines() if line.startswith(" faulty_bots.py:")]
    assert rows == [
        ["faulty_bots.py:Chatters", "default", "2/2"],
        ["faulty_bots.py:Raises", "default", "1/2"],
    ]


def test_several_runs_are_one_json_object_and_their_lines_in_a_file(lap_command, tmp_path):
    path = tmp_path / "laps.jsonl"
    path.write_text("kept\n")
    code, out, err = lap_command(
        *("--tyre", "slick", "--tyre", "sport", "--laps", 3, "--stint", 2, "--jobs", 2),
        *("--json", "--jsonl", path),
    )
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert set(report) == {
        "track",
        "car",
        "car_id",
        "pace",
        "standing",
        "warm_tyres",
        "damage",
        "weather",
        "runs",
    }
    assert [run["setup"]["tyre"] for run in report["runs"]] == ["slick", "sport"]
    for run in report["runs"]:
        assert set(run) == RUN_KEYS
        assert [lap["lap"] for lap in run["laps"]] == [1, 2, 3]
        assert all(set(lap) == LAP_KEYS for lap in run["laps"])
    kept, *lines = path.read_text().splitlines()
    assert kept == "kept"
    assert sorted(json.loads(line)["time_s"] for line in lines) == sorted(
        lap["time_s"] for run in report["runs"] for lap in run["laps"]
    )


def test_an_interrupt_keeps_what_is_done_and_leaves_no_process(oval_path, enter, tmp_path):
    enter("reference")
    path = tmp_path / "laps.jsonl"
    command = subprocess.Popen(
        [*_lap(oval_path), "--laps", "10000", "--jobs", "2", "--jsonl", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _until(lambda: path.exists() and len(path.read_text().splitlines()) >= 3)
        os.killpg(command.pid, signal.SIGINT)  # as a terminal does: to all of them
        out, err = command.communicate(timeout=20.0)
    except BaseException:  # whatever went wrong, the ten thousand laps are not driven
        os.killpg(command.pid, signal.SIGKILL)
        raise
    laps = len([json.loads(line) for line in path.read_text().splitlines()])
    assert command.returncode == 130
    assert err == "leaf-rc: interrupted\n"
    assert f"{laps}/10000" in out
    _until(lambda: not _is_there(command.pid))


def _until(claim):
    """Wait for what must come true, for long enough on any machine."""
    give_up_s = time.monotonic() + 240.0  # where machine code is made first
    while not claim():
        assert time.monotonic() < give_up_s
        time.sleep(0.05)


def _is_there(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_file_that_cannot_be_written_is_told_before_any_lap(lap_here, tmp_path):
    path = tmp_path / "no" / "laps.jsonl"
    assert lap_here("--jsonl", path) == (
        2, "", f"leaf-rc: {path}: cannot be written (no such file or directory)\n",
    )  # fmt: skip


def test_a_disk_that_is_full_ends_the_run_in_one_line(lap_command):
    code, out, err = lap_command("--laps", 2, "--stint", 1, "--jobs", 2, "--jsonl", "/dev/full")
    assert (code, out) == (2, "")
    assert err == "leaf-rc: /dev/full: cannot be written (no space left on device)\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--json", "--jsonl", "-"), "only one of them can have standard output"),
        (("--laps", 6, "--replay", "x"), "are of one stint"),
        (("--bot", "reference", "--bot", "nobody"), "bot 'nobody': there is no such bot"),
    ],
)
def test_what_cannot_be_is_refused_before_any_lap(lap_here, arguments, said):
    code, out, err = lap_here(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_anyones_bot_leaves_telemetry_and_a_replay(lap_command, spoilt, oval, spec, tmp_path):
    table, replay = tmp_path / "lap.csv", tmp_path / "lap.replay"
    files = ("--telemetry", table, "--replay", replay)
    code, out, _ = lap_command("--bot", spoilt("Chatters"), *files, "--json")
    assert code == 0
    assert table.read_text().startswith("time_s,")
    world = resimulate(load_replay(replay), oval, spec, backend=Backend.COMPILED)
    assert state_hash(world) == json.loads(out)["state_hash"]


WANDERER = """
import os
from game.bot.examples.follower import Follower


class Wanderer(Follower):
    def decide(self, seen):
        os.chdir("/")
        return super().decide(seen)
"""


def test_a_bot_that_changes_the_folder_changes_no_path(oval_path, enter, tmp_path):
    enter("reference")
    (tmp_path / "wanderer.py").write_text(WANDERER)
    files = ("--telemetry", "lap.csv", "--replay", "lap.replay", "--json")
    done = subprocess.run(
        [*_lap(oval_path), "--bot", "wanderer.py", "--laps", "2", "--stint", "2", *files],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert {"lap.csv", "lap.replay"} <= {path.name for path in tmp_path.iterdir()}
    several = subprocess.run(
        [*_lap(oval_path), "--bot", "wanderer.py", "--laps", "3", "--stint", "1", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert several.returncode == 0, several.stderr
    assert (json.loads(several.stdout)["repeats"], json.loads(several.stdout)["spread_s"]) == (
        3,
        None,
    )


def test_machine_code_is_missing_only_where_none_is_kept(oval, spec, tmp_path, monkeypatch):
    monkeypatch.setattr("game.compiled._code_folder", lambda _: tmp_path)
    assert missing_machine_code(Conditions(oval, spec), 1) == [advance]
    assert not missing_machine_code(Conditions(oval, spec, backend=Backend.PLAIN), 1)
    (tmp_path / "tick.advance-73.py311.nbi").touch()
    assert not missing_machine_code(Conditions(oval, spec), 1)


def test_decisions_are_compiled_for_many_laps_of_the_reference_bot(
    oval, spec, tmp_path, monkeypatch
):
    monkeypatch.setattr("game.compiled._code_folder", lambda _: tmp_path)
    assert missing_machine_code(Conditions(oval, spec), 200) == [advance, decide_alone]
    (tmp_path / "lone_follower.decide_alone-20.py311.nbi").touch()
    assert missing_machine_code(Conditions(oval, spec), 200) == [advance]


def test_a_module_s_name_in_the_working_folder_keeps_no_process_from_starting(oval_path, tmp_path):
    (tmp_path / "random.py").write_text("raise SystemExit\n")
    script = tmp_path / "elsewhere" / "leaf_rc.py"  # like the installed command's
    script.parent.mkdir()
    script.write_text("from game.cli.main import main\nif __name__ == '__main__':\n    main()\n")
    done = subprocess.run(
        [sys.executable, str(script), *_lap(oval_path)[3:], "--laps", "2", "--stint", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("option", ["--telemetry", "--replay"])
def test_a_file_that_cannot_be_written_is_told_before_anyone_drives(
    option, lap_here, spoilt, tmp_path
):
    path = tmp_path / "missing" / "stint.csv"
    code, _, errors = lap_here(option, path, "--bot", spoilt("Raises"))
    assert (code, errors) == (
        2,
        f"leaf-rc: {path}: cannot be written (no such file or directory)\n",
    )
    assert not path.parent.exists()


@pytest.mark.parametrize("limit", ["inf", "1e12"])
def test_a_bot_may_not_think_for_ever(limit, lap_here):
    code, _, errors = lap_here("--time-limit", limit, "--laps", 6)
    assert code == 2
    assert "--time-limit" in errors
    assert "Traceback" not in errors


def test_the_markers_beside_a_log_are_a_file_of_their_own(lap_here, spoilt, tmp_path):
    files = "--telemetry", tmp_path / "a.ld", "--replay", tmp_path / "a.ldx"
    code, _, errors = lap_here(*files, "--bot", spoilt("Raises"))
    assert (code, errors) == (
        2,
        f"leaf-rc: {tmp_path / 'a.ldx'}: is asked for twice: name two files\n",
    )
