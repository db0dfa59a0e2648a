"""The example bots are short, drive valid laps, and the one that learns gets faster."""

import inspect
from pathlib import Path

import pytest

from game.bot.start import standing_start
from game.compiled import Backend
from game.drivers.discovery import find_driver
from game.drivers.guard import GuardedDriver
from game.recording.lap_recorder import LapRecorder
from game.session import Session
from game.simulation.world import World
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drive(ricardo_tormo, spec):
    """Drives laps from the grid with a bot; gives what was recorded."""

    def run(bot, laps, setup=None):
        start = standing_start(spec, setup or Setup(), ricardo_tormo)
        world = World(ricardo_tormo, [start], backend=Backend.COMPILED)
        recorder = LapRecorder(world.step_s)
        session = Session(world, [GuardedDriver(find_driver(bot))], [recorder])
        while len(recorder.laps) < laps:
            session.step()
            assert world.time_s < 200.0 * laps
        return recorder.laps

    return run


@pytest.mark.parametrize(("bot", "most"), [("follower", 18), ("learner", 32)])
def test_the_examples_are_short(bot, most):
    source = Path(inspect.getsourcefile(find_driver(bot))).read_text()
    lines = [line for line in source.splitlines() if line.strip()]
    assert len([line for line in lines if not line.strip().startswith('"""')]) <= most


@pytest.mark.parametrize("tyre", ["slick", "sport"])
def test_the_follower_drives_valid_laps(drive, tyre):
    laps = drive("follower", 2, Setup(tyre=tyre))
    assert all(lap.valid for lap in laps)
    assert laps[1].time_s < 130.0


def test_the_learner_gets_faster_lap_by_lap(drive):
    laps = drive("learner", 4)
    assert all(lap.valid for lap in laps)
    times = [lap.time_s for lap in laps]
    assert times == sorted(times, reverse=True)
    assert times[3] < times[1] - 4.0  # the first lap was from standstill


def test_the_bot_of_the_readme_drives_a_valid_lap(drive, tmp_path):
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    blocks = [part.split("```")[0] for part in readme.split("```python\n")[1:]]
    (source,) = [block for block in blocks if block.startswith("# my_bot.py\n")]
    assert len(source.splitlines()) <= 30
    bot = tmp_path / "my_bot.py"
    bot.write_text(source)
    (lap,) = drive(str(bot), 1)
    assert lap.valid
