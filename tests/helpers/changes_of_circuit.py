"""Change the circuit of a window twenty times and print what was left each time, as JSON.

It is called in a process of its own: the memory of one that has run other tests says little.
"""

import ctypes
import json
import sys
import threading
import time
import weakref
from pathlib import Path

import msgspec
from figure_of_eight import figure_of_eight_file
from oval import OVAL
from ui_drivers import FRAME_S, Game

from game.app.context import display  # first: it settles how pygame starts
from game.app.context.app_context import AppContext
from game.app.context.settings import Settings
from game.app.driving.settings import DriveSettings
from game.app.input.inputs import Inputs
from game.app.scenes.loading_steps import settle_memory
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.venue.venue import Venue
from game.boards.lap_writer import LapWriter
from game.track.track import build_track
from game.track.track_file import TrackFile
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.workers.worker import Worker

CHANGES = 20
SIZE = (320, 180)
SHOWN, SHOWN_FRAME_S = 15, 1.0 / 15.0  # a second, in as few frames as show it
PATIENCE_S = 120.0
END_S = 20.0  # in which a process that was given up has to end


def circuits():
    """Return the files of three small circuits."""
    oval = msgspec.toml.decode(OVAL, type=TrackFile)
    eight = figure_of_eight_file()
    back = figure_of_eight_file(backwards=True)
    return [oval, *(msgspec.structs.replace(each, official=None) for each in (eight, back))]


def resident_mb():
    """Return the memory of this process in use now; 0 where the system does not report it.

    What is free already and kept for later is given back first: it comes and goes by 20 MB.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
    if trim is not None:
        trim(0)
    (row,) = (row for row in status.read_text().splitlines() if row.startswith("VmRSS:"))
    return int(row.split()[1]) / 1024.0


def count_workers():
    """Return a list that gets every worker that is begun from now on."""
    begun, init = [], Worker.__init__

    def begin(worker, *args):
        begun.append(worker)
        init(worker, *args)

    Worker.__init__ = begin
    return begun


def arrive(game):
    """Let the window load, paint in its processes, and show a second of the circuit."""
    end_s = time.monotonic() + PATIENCE_S
    while game.name == "LoadingScene" and time.monotonic() < end_s:
        game.frame(FRAME_S)
    assert game.name != "LoadingScene"
    for _ in range(SHOWN):
        game.frame(SHOWN_FRAME_S)


def parts_of(game):
    """Return references to all that belongs to the circuit and the car that is there."""
    venue, garage = game.venue, game.garage
    parts = [garage.track, venue, garage, game.scene, venue.world_view, venue.plan_ahead]
    parts += [garage.workbench, garage.targets_ahead, garage.lap_writer, garage.practice_log]
    parts += [venue.world_view._store, game.scene.seen]
    return [weakref.ref(part) for part in parts]


def first_garage(context, spec):
    track = build_track("oval", circuits()[0], Path("oval"))
    return Garage(Venue(context, track, spec, Setup()), spec, Setup(), None, LapWriter(track, spec))


def main():
    """Open a window on an oval, change its circuit, and print what remains."""
    begun = count_workers()
    display.open_offscreen(SIZE)
    settings = Settings(drive=DriveSettings(start_lights="off"))
    inputs = Inputs(settings.controls)
    routes = SceneRoutes(first_garage(AppContext(settings, inputs), load_car()))
    try:
        changes = change(Game(routes, routes.opened(SIZE, to_drive=False)), begun)
    finally:
        routes.close()
        inputs.close()
        display.close()
    sys.stdout.write(json.dumps(changes) + "\n")


def change(game, begun):
    """Change the circuit again and again; return what is there after each change."""
    files, left, changes = circuits(), [], []
    arrive(game)
    for number in range(CHANGES):
        left += parts_of(game)
        before = list(begun)
        begun.clear()
        track = build_track(f"circuit {number % 3}", files[number % 3], Path("circuit"))
        game.routes.change_circuit(track)
        game.scene = game.routes.opened(SIZE, to_drive=number % 2 == 0)
        arrive(game)
        ended = [bool(worker.join(END_S)) for worker in before]
        del before, track
        if any(ref() is not None for ref in left):
            settle_memory()  # as a change does, too, when its own processes may still be ending
        changes.append(
            {
                "workers_ended": ended,
                "objects": [repr(ref()) for ref in left if ref() is not None],
                "resident_mb": resident_mb(),
                "threads": threading.active_count(),
            }
        )
    return changes
