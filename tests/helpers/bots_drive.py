"""The bot's drive in the window, to be replayed."""

from functools import partial

import pytest

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.bot.bot import Bot
from game.bot.start import start_on_line
from game.compiled import Backend
from game.simulation.world import World
from game.vehicle.setup import Setup


def bots_drive(track, spec, plan):
    """A drive of the bot by a plan, compiled, from 600 m along the oval to the line and on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.bot.bot.make_plan", lambda *_, **__: plan)
        patch.setattr("game.app.driving.drive.World", partial(World, backend=Backend.COMPILED))
        drive = Drive(track, [CarEntry(spec, Setup(), Bot)])
        drive.begin(start_on_line(spec, Setup(), plan, 600.0, 700.0))
    return drive
