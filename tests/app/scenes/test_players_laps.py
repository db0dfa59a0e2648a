"""What a person drives is in the player's folder afterwards, and comes back in the next sitting."""

import datetime
import shutil
from functools import partial
from types import SimpleNamespace

import pytest
from resimulation import resimulate

from game.app.context.settings import Settings
from game.app.scenes.lap_table import lap_summary
from game.app.scenes.player_drive import player_drive
from game.app.setup.model.driven_laps import DrivenLaps
from game.app.venue.reference_ahead import ReferenceAhead
from game.boards.lap_database import LapDatabase
from game.boards.lap_writer import LapWriter
from game.bot.bot import Bot
from game.bot.start import start_on_line
from game.compiled import Backend
from game.recording.lap_recorder import LapRecorder
from game.recording.replay import load_replay, state_hash
from game.recording.telemetry_stream import TelemetryStream
from game.simulation.world import TICK_S, World
from game.units import kwh, lap_time_text
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


def drive_on(drive, laps):
    for _ in range(400):
        drive.step(60)
        if len(drive.followed.laps.laps) == laps:
            return
    raise AssertionError("no lap")


def set_out(garage, plan):
    """The player's drive, coming to the line."""
    drive = player_drive(garage)
    drive.begin(start_on_line(garage.spec, garage.setup, plan, 600.0, 700.0))
    return drive


@pytest.fixture(scope="module")
def earlier(oval, spec, slow_plan, tmp_path_factory):
    """The drive of an earlier sitting, of two laps, the second with a reset; and its folder."""
    folder = tmp_path_factory.mktemp("earlier")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.boards.lap_database.player_folder", lambda: folder)
        patch.setattr("game.app.scenes.player_drive.HumanDriver", lambda *_: Bot())
        patch.setattr("game.bot.bot.make_plan", lambda *_, **__: slow_plan)
        compiled = partial(World, backend=Backend.COMPILED)
        patch.setattr("game.app.driving.drive.World", compiled)
        garage = SimpleNamespace(
            track=oval,
            spec=spec,
            setup=Setup(),
            drive_setup=Setup(),
            day=None,
            cap_kwh=0.0,
            context=SimpleNamespace(
                inputs=SimpleNamespace(state=None),
                settings=Settings(),
                damage="off",
                telemetry=TelemetryStream(TICK_S),
            ),
            reference_ahead=ReferenceAhead(oval),
            workbench=SimpleNamespace(driven_laps=DrivenLaps()),
            lap_writer=LapWriter(oval, spec),
            rivals=(),
            targets=None,
            venue=SimpleNamespace(plan_ahead=SimpleNamespace(ghost=None)),
        )
        drive = set_out(garage, slow_plan)
        drive_on(drive, 1)
        drive.step(240)
        drive.reset_to_track()
        drive_on(drive, 2)
        garage.lap_writer.close()
    return drive, folder


@pytest.fixture
def sit_down(new_routes, oval, spec, offscreen, monkeypatch, tmp_path):
    """Begins a sitting; the player's hands are the bot's, which does not err."""
    monkeypatch.setattr("game.app.scenes.player_drive.HumanDriver", lambda *_: Bot())
    monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
    offscreen((640, 360))

    def sit():
        return new_routes(lap_writer=LapWriter(oval, spec))

    return sit


@pytest.fixture
def folder(tmp_path):
    """Return where the laps on the oval are kept."""
    return tmp_path / "laps" / "oval"


@pytest.fixture
def driven(earlier, tmp_path):
    """Return what the player of this test has driven earlier."""
    drive, kept = earlier
    shutil.copytree(kept / "laps", tmp_path / "laps")
    return drive


def kept_laps(folder):
    """Return the laps in the player's database, which has no damage."""
    stored, damage = LapDatabase(folder.parent / "laps.sqlite").laps()
    assert damage == ""
    return [each.lap for each in stored]


@pytest.fixture
def no_folder(tmp_path):
    """Something that is in the way of the folder."""
    in_the_way = tmp_path / "laps"
    in_the_way.write_text("a file where the folder should be")
    return in_the_way


def test_every_lap_is_kept_and_its_replay_proves_it(driven, folder, oval, spec):
    laps = kept_laps(folder)
    assert [lap.time_s for lap in laps] == [lap.time_s for lap in driven.followed.laps.laps]
    assert [lap.replay_lap for lap in laps] == [1, 2]
    assert len({lap.replay for lap in laps}) == 1
    replay = load_replay(folder / laps[0].replay)
    again = LapRecorder(replay.step_s)
    world = resimulate(replay, oval, spec, Backend.COMPILED, [again.on_step])
    assert state_hash(world) == replay.state_hash
    assert again.laps == driven.followed.laps.laps
    assert [kwh(lap.drawn_j) for lap in again.laps] == [lap.drawn_kwh for lap in laps]
    assert replay.starts[0].setup == laps[0].setup == Setup()


def test_a_lap_is_written_while_the_drive_goes_on(sit_down, slow_plan, folder):
    routes = sit_down()
    drive = set_out(routes.garage, slow_plan)
    drive_on(drive, 1)
    done = []
    routes.garage.lap_writer.run(lambda: done.append(True))
    while not done:
        drive.step(1)
    assert len(kept_laps(folder)) == 1


@pytest.mark.usefixtures("driven")
def test_a_restart_begins_another_replay_and_loses_none(folder, sit_down, slow_plan):
    routes = sit_down()
    drive = set_out(routes.garage, slow_plan)
    drive_on(drive, 1)
    drive.step(100)
    drive.restart()
    drive.step(100)
    drive.begin(drive.world.starts[0])
    routes.garage.lap_writer.close()
    laps = kept_laps(folder)
    assert len(laps) == 3
    assert len({lap.replay for lap in laps}) == 2
    assert {path.name for path in folder.glob("*.replay")} == {lap.replay for lap in laps}


def test_the_best_lap_and_its_ghost_come_back_in_the_next_sitting(driven, sit_down, slow_plan):
    drive = set_out(sit_down().garage, slow_plan)
    assert drive.followed.best == driven.followed.best
    assert drive.followed.ghost_recorder.best == driven.followed.ghost_recorder.best
    assert drive.followed.trace.best == driven.followed.trace.best
    drive.step(240 * 10)
    assert drive.followed.now.lap == 1
    assert [ghost.rival.name for ghost in drive.followed.ghosts_at(1.0)] == [
        "Best",
        "Goal",
        "The bot",
    ]
    assert abs(drive.followed.trace.delta_s) < 1.0


def test_it_is_said_which_lap_is_to_be_beaten(driven, sit_down, slow_plan):
    routes = sit_down()
    said = []
    routes.context.notice.show = said.append
    drive = set_out(routes.garage, slow_plan)
    scene = routes.watch(drive)
    for _ in range(3):
        scene.update(1.0 / 60.0)
    time = lap_time_text(driven.followed.best.time_s)
    today = datetime.datetime.now()
    assert said == [f"To beat: your {time} on slick tyres, {today:%Y-%m-%d}"]
    assert dict(lap_summary(drive))["To beat"] == time


@pytest.mark.usefixtures("driven")
def test_another_tyre_has_a_best_lap_of_its_own(sit_down):
    routes = sit_down()
    assert routes.garage.lap_writer.best("slick") is not None
    assert routes.garage.lap_writer.best("sport") is None


def test_a_slower_lap_does_not_take_the_place_of_the_best(driven, sit_down, slow_plan):
    routes = sit_down()
    drive = set_out(routes.garage, slow_plan)
    drive.step(240 * 20)
    drive.reset_to_track()  # costs some seconds
    drive_on(drive, 1)
    routes.garage.lap_writer.close()
    assert drive.followed.laps.laps[0].time_s > driven.followed.best.time_s
    assert sit_down().garage.lap_writer.best("slick").time_s == driven.followed.best.time_s


def test_a_disk_that_takes_nothing_is_said_once_and_the_game_goes_on(
    sit_down, slow_plan, no_folder
):
    routes = sit_down()
    said = []
    routes.context.notice.show = said.append
    drive = set_out(routes.garage, slow_plan)
    drive_on(drive, 1)
    routes.garage.lap_writer.close()
    for _ in range(3):
        routes.garage.poll()
    assert no_folder.is_file()
    assert len(drive.followed.laps.laps) == 1
    assert drive.followed.best.time_s < 60.0
    assert len([words for words in said if "cannot be written" in words]) == 1


def test_laps_that_could_not_be_written_are_written_with_the_next(
    sit_down, slow_plan, folder, no_folder
):
    routes = sit_down()
    drive = set_out(routes.garage, slow_plan)
    drive_on(drive, 1)
    routes.garage.lap_writer.run(no_folder.unlink)
    drive_on(drive, 2)
    routes.garage.lap_writer.close()
    assert len(kept_laps(folder)) == 2


@pytest.mark.usefixtures("driven")
def test_a_damaged_best_lap_is_said_and_nobody_is_raced_against(folder, sit_down):
    for path in folder.glob("best-*"):
        path.write_bytes(b"nonsense")
    keeper = sit_down().garage.lap_writer
    assert keeper.best("slick") is None
    assert "is damaged" in keeper.message
    assert "is kept in" in keeper.message
