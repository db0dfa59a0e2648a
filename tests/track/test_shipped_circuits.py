"""Every circuit that ships is lapped by the bot; the made ones can be made again."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from game.cli.tracks import app
from game.files import tracks_folder
from game.headless.stint import Conditions, drive_laps
from game.track.track import load_track
from game.units import TAU
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

FOLDER = tracks_folder()
README = (FOLDER / "README.md").read_text(encoding="utf-8")
SHIPPED = sorted(path.parent.name for path in FOLDER.glob("*/track.toml"))
MADE = [
    name for name in SHIPPED if "leaf-rc track make" in (FOLDER / name / "track.toml").read_text()
]
OTHERS = [name for name in SHIPPED if name != "ricardo_tormo"]  # which has tests of its own


def command_of(text):
    """Returns the arguments of the command above a made circuit."""
    comment = "".join(line[1:] for line in text.splitlines(keepends=True) if line.startswith("#"))
    words = shlex.split(comment.split("Made by\n")[1].replace("\\\n", ""))
    assert words[:3] == ["leaf-rc", "track", "make"]
    return words[2:]


def test_circuits_of_every_character_ship():
    texts = [(FOLDER / name / "track.toml").read_text() for name in MADE]
    made = {word for text in texts for word in re.findall(r"--character (\w+)", text)}
    assert made == {"flowing", "twisty", "fast", "street"}
    assert any(load_track(name).levels.any() for name in OTHERS)  # one with a bridge


@pytest.mark.parametrize("name", MADE)
def test_a_made_circuit_is_what_the_command_in_its_file_writes(name, tmp_path):
    path = FOLDER / name / "track.toml"
    again = tmp_path / name / "track.toml"
    arguments = [*command_of(path.read_text(encoding="utf-8")), "--out", str(again)]
    result = CliRunner().invoke(app, arguments, standalone_mode=False)
    assert result.exception is None
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", OTHERS)
def test_a_circuit_that_ships_is_lapped_by_the_bot(name, spec):
    """That none has a finding is a claim of test_findings."""
    run = drive_laps(Conditions(load_track(name), spec), Setup())
    assert run.laps[0].valid
    assert run.laps[0].time_s < 1.01 * run.quasi_steady_s


@pytest.mark.parametrize("name", SHIPPED)
def test_the_readme_names_each_circuit_with_its_length_and_its_corners(name):
    track = load_track(name)
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `{name}`"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == track.title
    assert cells[2] == f"{track.length_m:,.0f} m"
    left = sum(corner.inside == "left" for corner in track.corners)
    assert cells[3] == f"{left} left, {len(track.corners) - left} right"
    turned_rad = track.centreline.end.heading_rad - track.centreline.start.heading_rad
    ways = {0: "figure of eight", 1: "anticlockwise", -1: "clockwise"}
    assert cells[4] == ways[round(turned_rad / TAU)]
