"""The drive of whoever sits before the window."""

from __future__ import annotations

from functools import partial

from game.app.drive import Drive
from game.app.stage import Stage
from game.drivers.human import HumanDriver
from game.recording.laps import Lap
from game.vehicle.setup import Setup


def players_drive(stage: Stage) -> Drive:
    """A car on pole that follows the player's keys, stick or wheel."""
    spec, setup, state = stage.spec, stage.setup, stage.inputs.state
    drive = Drive(stage.track, spec, setup, lambda: HumanDriver(state, spec, setup))
    drive.on_lap = partial(_enter, stage, setup)
    return drive


def _enter(stage: Stage, setup: Setup, lap: Lap) -> None:
    """Take a lap into the logbook, and say whether it kept the energy's cap."""
    news = stage.workbench.logbook.enter(setup, lap)
    if news:
        stage.notice.say(news)
