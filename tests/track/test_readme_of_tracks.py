"""The example in tracks/README.md is a circuit that can be driven."""

from pathlib import Path

from game.headless.stint import Conditions, drive_laps
from game.track.check import check
from game.track.track import load_track
from game.vehicle.setup import Setup

README = Path(__file__).parents[2] / "tracks" / "README.md"


def test_the_example_is_a_circuit_without_findings_that_the_bot_laps(tmp_path, spec):
    (example,) = (part.split("```")[0] for part in README.read_text().split("```toml\n")[1:])
    path = tmp_path / "oval" / "track.toml"
    path.parent.mkdir()
    path.write_text(example, encoding="utf-8")
    track = load_track(str(path))
    assert check(track) == []
    (lap,) = drive_laps(Conditions(track, spec), Setup()).laps
    assert lap.valid
