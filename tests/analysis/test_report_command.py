"""`leaf-rc report` writes the laps of replays as one page, or says in a line why not."""

import pytest
from oval import SMALL_OVAL, make_oval

from game.bot.examples.follower import Follower
from game.compiled import Backend
from game.recording.replay_recorder import ReplayRecorder, save_replay
from game.session import Session
from game.simulation.world import Start, World
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def driven(tmp_path_factory):
    """The replay of two laps, and the file of their circuit."""
    folder = tmp_path_factory.mktemp("report")
    circuit, replay = folder / "oval.toml", folder / "anna.replay"
    circuit.write_text(SMALL_OVAL)
    track = make_oval(SMALL_OVAL)
    s_m = track.length_m - 10.0
    start = Start(load_car(), Setup(), track.centreline.pose(s_m), s_m, speed_mps=20.0)
    world = World(track, [start], Backend.COMPILED)
    session = Session(world, [Follower()])
    recorder = ReplayRecorder(world, lambda: session.controls)
    while len(session.lap_recorders[0].laps) < 2:
        recorder.on_step(session.step())
    save_replay(recorder.recording(), replay)
    return replay, circuit


def test_two_laps_of_a_replay_become_a_page(run_command, driven, tmp_path):
    replay, circuit = driven
    page = tmp_path / "laps.html"
    laps = ("--lap", "1", "--lap", "2")
    code, out, err = run_command("report", replay, page, *laps, "--track", circuit)
    assert (code, out, err) == (0, f"{page}\n", "")
    text = page.read_text()
    assert "anna lap 1" in text
    assert "anna lap 2" in text
    assert "leaf-rc report" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("{replay}",), "name the replays first, and last the page to write, as .html"),
        (("{out}",), "name the replays first, and last the page to write, as .html"),
        (
            ("{replay}", "{out}", "--lap", "7"),
            "--lap 7: the drive has laps 1 to 2 and lap 3",
        ),
        (("{replay}", "{out}", "--lap", "3"), "--lap 3: the drive has laps 1 to 2 and lap 3"),
        (("{replay}",) * 5 + ("{out}",), "a page has 4 laps at most"),
        (("{replay}",) * 2 + ("{out}", "--lap", "1"), "name one for each of the 2 replays"),
        (("none.replay", "{out}"), "none.replay: there is no such file"),
        (("{replay}", "/nowhere/laps.html"), "cannot be written (there is no such folder)"),
    ],
)
def test_what_cannot_be_reported_is_said_in_one_line(
    run_command, driven, tmp_path, arguments, said
):
    replay, circuit = driven
    named = [each.format(replay=replay, out=tmp_path / "laps.html") for each in arguments]
    code, out, err = run_command("report", *named, "--track", circuit)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_telemetry_counts_one_channel_as_one_and_names_laps_as_the_report_does(
    run_command, driven, tmp_path
):
    replay, circuit = driven
    table, track = tmp_path / "lap.csv", ("--track", circuit)
    code, out, _ = run_command("telemetry", replay, table, *track, "--channels", "time_s")
    assert (code, out.split(",")[0]) == (0, f"{table}: 1 channel")
    code, _, err = run_command("telemetry", replay, table, *track, "--lap", "9")
    assert (code, err) == (
        2,
        "leaf-rc: --lap 9: the drive has laps 1 to 2 and lap 3 unfinished\n",
    )
