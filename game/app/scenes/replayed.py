"""Show a drive that is replayed: with its own clock and liveries, and nothing to celebrate."""

from __future__ import annotations

from game.app.car.livery import Livery
from game.app.driving.clock import FixedStepClock
from game.app.menus.routes import Routes
from game.app.replays.replay_drive import ReplayDrive
from game.app.scenes.driving import DrivingScene
from game.app.setup.model.garage import Garage


class ReplayedScene(DrivingScene):
    """Shows a replay through the camera of a drive, with its instruments."""

    teaches_keys = False

    def __init__(self, garage: Garage, routes: Routes, drive: ReplayDrive) -> None:
        super().__init__(garage, routes, drive)
        replay = drive.replay
        self._clock = FixedStepClock(replay.step_s * replay.ticks_per_step)
        for car in drive.cars:  # what was a best lap then is not known after a jump
            car.on_moment = lambda _: None

    @property
    def livery(self) -> Livery:
        """Return what the followed car wears: every car keeps its own."""
        return self.drive.followed.entry.livery
