"""The real window, telling its state as a line of JSON every frame. Run as a program."""

import json

from game.app import display
from game.app.drive import Drive
from game.app.input.inputs import Inputs
from game.app.scenes.driving import DrivingScene
from game.app.settings import Settings
from game.app.stage import Stage
from game.app.window import Window
from game.drivers.human import HumanDriver
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car


class ToldWindow(Window):
    def frame(self, frame_s):
        super().frame(frame_s)
        now = drive.now
        told = {
            "scene": type(self.scene).__name__,
            "time_s": drive.time_s,
            "speed_mps": now.velocity_forward_mps,
            "steering_rad": now.steering_rad,
            "offset_m": now.offset_m,
        }
        print(json.dumps(told), flush=True)


spec, setup = load_car(), Setup()
surface = display.open_window()
inputs = Inputs()
stage = Stage(load_track("ricardo_tormo"), spec, setup, Settings(), inputs)
drive = Drive(stage.track, spec, setup, lambda: HumanDriver(inputs.state, spec, setup))
scene = DrivingScene(stage, drive)
scene.prepare(surface.get_size())
ToldWindow(stage, scene).run()
display.close()
