"""A window that changes its circuit many times keeps nothing of the circuits before."""

import sys
import threading
import time
import weakref
from pathlib import Path
from statistics import median

import msgspec
import pytest
from figure_of_eight import figure_of_eight_file
from oval import OVAL
from ui_drivers import FRAME_S, Game

from game.app.context.app_context import AppContext
from game.app.context.settings import Settings
from game.app.driving.settings import DriveSettings
from game.app.input.inputs import Inputs
from game.app.scenes.laying_out import settle_memory
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.venue.venue import Venue
from game.recording.lap_writer import LapWriter
from game.track.track import build_track
from game.track.track_file import TrackFile
from game.vehicle.setup import Setup
from game.workers.worker import Worker

pytestmark = pytest.mark.slow

CHANGES = 20
SETTLED = 8  # changes after which every circuit has been driven on and watched
SIZE = (320, 180)
AVERAGED = 6  # changes at whose ends memory is looked at: what is in view differs
MAX_GROWTH_MB = 10.0  # of resident memory, from the changes after those to the last ones
PATIENCE_S = 120.0
END_S = 20.0  # in which a process that was given up has to end


def circuits():
    """Return the files of three small circuits."""
    oval = msgspec.toml.decode(OVAL, type=TrackFile)
    eight = figure_of_eight_file()
    back = figure_of_eight_file(backwards=True)
    return [oval, *(msgspec.structs.replace(each, official=None) for each in (eight, back))]


def resident_mb():
    """Return the memory of this process that is in use now."""
    if sys.platform != "linux":
        pytest.skip("tells its memory nowhere")
    rows = Path("/proc/self/status").read_text().splitlines()
    (row,) = (row for row in rows if row.startswith("VmRSS:"))
    return int(row.split()[1]) / 1024.0


@pytest.fixture
def begun(monkeypatch):
    """The workers that have been begun since they were last looked at."""
    begun, init = [], Worker.__init__

    def begin(worker, *args):
        begun.append(worker)
        init(worker, *args)

    monkeypatch.setattr(Worker, "__init__", begin)
    return begun


def arrive(game):
    """Let the window load, paint in its processes, and show a second of the circuit."""
    end_s = time.monotonic() + PATIENCE_S
    while game.name == "LoadingScene" and time.monotonic() < end_s:
        game.frame(FRAME_S)
    assert game.name != "LoadingScene"
    game.frames(60)


def parts_of(game):
    """Return references to all that belongs to the circuit and the car that is there."""
    venue, garage = game.venue, game.garage
    parts = [garage.track, venue, garage, game.scene, venue.world_view, venue.plan_ahead]
    parts += [garage.workbench, garage.targets_ahead, garage.lap_writer, garage.practice_log]
    parts += [venue.world_view._store, game.scene.seen]
    return [weakref.ref(part) for part in parts]


@pytest.fixture
def game(begun, offscreen, spec):  # noqa: ARG001
    """A window with its ground, its processes and its files, that opens on an oval."""
    offscreen(SIZE)
    settings = Settings(drive=DriveSettings(start_lights="off"))
    inputs = Inputs(settings.controls)
    routes = SceneRoutes(first_garage(AppContext(settings, inputs), spec))
    yield Game(routes, routes.opened(SIZE, to_drive=False))
    routes.close()
    inputs.close()


def first_garage(context, spec):
    track = build_track("oval", circuits()[0], Path("oval"))
    return Garage(Venue(context, track, spec, Setup()), spec, Setup(), None, LapWriter(track, spec))


def test_twenty_changes_leave_no_object_no_process_no_thread_and_no_memory(game, begun):
    files, left, resident, threads = circuits(), [], [], []
    arrive(game)
    for number in range(CHANGES):
        left += parts_of(game)
        before = list(begun)
        begun.clear()
        assert before
        track = build_track(f"circuit {number % 3}", files[number % 3], Path("circuit"))
        game.routes.change_circuit(track)
        game.scene = game.routes.opened(SIZE, to_drive=number % 2 == 0)
        arrive(game)
        for worker in before:
            assert worker.join(END_S)
        del before, worker, track
        settle_memory()  # which a change does, too, when its own processes may still be ending
        assert [ref() for ref in left if ref() is not None] == []
        resident.append(resident_mb())
        threads.append(threading.active_count())
    early, late = resident[SETTLED : SETTLED + AVERAGED], resident[-AVERAGED:]
    assert median(late) - median(early) < MAX_GROWTH_MB
    assert max(threads[SETTLED:]) <= max(threads[:SETTLED])
