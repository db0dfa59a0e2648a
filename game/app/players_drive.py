"""The drive of whoever sits before the window."""

from __future__ import annotations

from game.app.drive import Drive
from game.app.stage import Stage
from game.drivers.human import HumanDriver


def players_drive(stage: Stage) -> Drive:
    """A car on pole that follows the player's keys, stick or wheel."""
    spec, setup, state = stage.spec, stage.setup, stage.inputs.state
    return Drive(stage.track, spec, setup, lambda: HumanDriver(state, spec, setup))
