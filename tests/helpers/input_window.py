"""The real window, telling its state as a line of JSON every frame; `main` is a program.

The ground is of one colour, which no process paints beside it, and ticks run compiled, which give
the same bits in a tenth of the time. With "in-step" as its argument,
frames are a sixtieth of a second long, and every one waits for a line on stdin.
"""

import json
import sys
from functools import partial

import pygame
from ui_drivers import PlainGround

from game.app.context import display
from game.app.context.app_context import AppContext
from game.app.context.settings import Settings
from game.app.driving import drive as drive_module
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.input.inputs import Inputs
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.venue import venue as venue_module
from game.app.venue.venue import Venue
from game.app.window import Window
from game.compiled import Backend
from game.drivers.human_driver import HumanDriver
from game.simulation.world import World
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

FRAME_S = 1.0 / 60.0


class ToldWindow(Window):
    def __init__(self, routes, scene, drive):
        super().__init__(routes, scene)
        self.drive = drive

    def run_in_step(self):
        while self.scene is not None and sys.stdin.readline():
            self.frame(FRAME_S)

    def frame(self, frame_s):
        super().frame(frame_s)
        now = self.drive.followed.now
        state = {
            "scene": type(self.scene).__name__,
            "time_s": self.drive.time_s,
            "speed_mps": now.velocity_forward_mps,
            "steering_rad": now.steering_rad,
            "offset_m": now.offset_m,
            "share": self.drive.session.drivers[0].filtered.share,
            "car": now,
        }
        print(json.dumps(state), flush=True)


def main():
    in_step = "in-step" in sys.argv
    venue_module.WorldView = lambda *_, **__: PlainGround()
    drive_module.World = partial(World, backend=Backend.COMPILED)
    spec, setup = load_car(), Setup()
    display.open_window()
    surface = pygame.display.set_mode((640, 360))  # small, so that its frames are quick
    inputs = Inputs()
    venue = Venue(AppContext(Settings(), inputs), load_track("ricardo_tormo"), spec, setup)
    routes = SceneRoutes(Garage(venue, spec, setup))
    drive = Drive(
        venue.track, [CarEntry(spec, setup, lambda: HumanDriver(inputs.state, spec, setup))]
    )
    scene = routes.watch(drive)
    scene.prepare(surface.get_size())
    window = ToldWindow(routes, scene, drive)
    window.run_in_step() if in_step else window.run()
    routes.close()
    display.close()
