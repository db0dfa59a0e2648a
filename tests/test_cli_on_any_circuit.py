"""Every command that takes a circuit takes one that was imported, mirrored and reversed."""

import numpy as np
import pytest
import typer
from oval import SMALL_OVAL, make_oval

from game.cli.main import app, loaded_command
from game.track.importing.importing import ImportOptions, import_circuit
from game.track.own_tracks import own_tracks_folder

pytestmark = pytest.mark.slow

LANE = "any_lane"
VARIANT = f"{LANE}+mirror+reverse"
COMMANDS = {
    "sweep": ("--vary", "front_torque_share=0.4,0.5", "--workers", "1"),
    "compare": ("50-50", "45-55"),
    "tune": ("--vary", "front_torque_share=0.4,0.5", "--budget", "3", "--workers", "1"),
    "race": ("--field", "2", "--laps", "1", "--grid", "pace"),
    "trials": ("--circuits", "0", "--setups", "1", "--poses", "1", "--jobs", "1"),
    "shot": ("{folder}/lane.png", "--size", "320x200"),
    "sound": ("{folder}/lane.wav",),
    "best list": (),
    "track check": (),
    "track draw": ("{folder}/drawn.png", "--size", "320x320"),
    "track export": ("{folder}/lane.csv",),
    "track plan": (),
}
# A replay is what a lap leaves, so one test runs them all.
LAP_AND_ITS_REPLAY = {"lap", "verify", "telemetry", "report", "clip"}
# These open a window or take minutes; each loads its circuit by the same function.
OTHERS = {"drive", "watch", "learn", "bench", "agreement", "optimum"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for what is written; the player has imported a circuit."""
    folder = tmp_path_factory.mktemp("any_circuit")
    oval = make_oval(SMALL_OVAL)
    points_m = oval.centreline.position(np.arange(0.0, oval.length_m, 4.0))
    np.savetxt(folder / "points.csv", points_m, "%.2f", ",", header="x_m,y_m")
    import_circuit(folder / "points.csv", ImportOptions(name=LANE, force=True), lambda _: None)
    yield folder
    (own_tracks_folder() / LANE / "track.toml").unlink()


def words(command, arguments, folder):
    """The command's words, with the circuit where it belongs."""
    given = [each.format(folder=folder) for each in arguments]
    if command.startswith("track "):
        return [*command.split(), VARIANT, *given]
    return [*command.split(), *given, "--track", VARIANT]


@pytest.mark.usefixtures("compiled_ticks")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_on_a_variant_of_an_imported_circuit(command, folder, run_command):
    code, _, error = run_command(*words(command, COMMANDS[command], folder))
    assert code == 0, error


@pytest.mark.usefixtures("compiled_ticks")
def test_a_lap_of_a_variant_of_an_imported_circuit_is_verified_and_looked_into(folder, run_command):
    replay = str(folder / "lap.replay")
    code, _, error = run_command("lap", "--track", VARIANT, "--replay", replay)
    assert code == 0, error
    for words in (
        ("verify", replay),
        ("telemetry", replay, folder / "lap.csv"),
        ("report", replay, folder / "lap.html"),
        ("clip", replay, folder / "film", "--to", "0.1", "--size", "320x200"),
    ):
        code, _, error = run_command(*words, "--track", VARIANT)
        assert code == 0, error


def test_no_command_with_a_circuit_is_left_out():
    group = typer.main.get_command(app)
    context = typer.Context(group)
    taking = {
        name
        for name in group.list_commands(context)
        for option in loaded_command(name).params
        if "--track" in option.opts
    }
    assert taking <= {*COMMANDS, *LAP_AND_ITS_REPLAY, *OTHERS}
