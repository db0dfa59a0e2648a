"""Drive on from a moment of a replay: a person or the bot, in practice, never ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.car.settings import chosen_livery
from game.app.driving.driven_car import CarEntry
from game.app.driving.handed_over_drive import HandedOverDrive
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.replays.replay_drive import ReplayDrive
from game.app.scenes.driving import DrivingScene
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.caption import caption_height, draw_caption
from game.app.ui.rows import Action
from game.app.ui.theme import metrics
from game.bot.bot import Bot
from game.drivers.driver import DriverMaker
from game.drivers.human_driver import HumanDriver
from game.translation import N_, _

_BY_PERSON: Final = N_("Driven on from a replay: practice, not ranked")
_BY_BOT: Final = N_("The bot drives on from a replay: not ranked")


class HandedOverScene(DrivingScene):
    """Shows a drive that goes on from a moment of a replay; a restart goes back to that moment."""

    teaches_keys = False
    back_words = N_("Back to the replay")

    def __init__(
        self, garage: Garage, routes: Routes, drive: HandedOverDrive, back: MenuScene, words: str
    ) -> None:
        """back: the menu over the replay; words: what is said of the drive on the screen."""
        super().__init__(garage, routes, drive)
        self.back = back
        self._words = words
        drive.followed.on_moment = lambda _: None

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the drive, which leads back to the replay."""
        return self._routes.pause_exercise(self, reason)

    def actions(self) -> Sequence[Action]:
        """Return what the menu offers in addition: nothing."""
        return ()

    def start(self) -> None:
        """Begin at once: the car is on the move."""

    def restart(self) -> None:
        """Go back to the moment that was taken over."""
        self.drive.restart()
        self._catch_up()

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the drive, and that it does not count."""
        super().draw(surface)
        sizes = metrics(surface.get_size(), self.context.settings.hud.text_scale)
        top = sizes.height - caption_height(sizes) - sizes.space(150)
        draw_caption(surface, sizes, _(self._words), palette.YELLOW, top)


def person_drives_on(
    garage: Garage, routes: Routes, replayed: ReplayDrive, back: MenuScene
) -> HandedOverScene:
    """Return the drive of the player from the moment that a replay shows."""
    spec, state = garage.spec, garage.context.inputs.state
    setup = replayed.replay.starts[0].setup
    return _handed_over(
        garage, routes, replayed, back, lambda: HumanDriver(state, spec, setup), _BY_PERSON
    )


def bot_drives_on(
    garage: Garage, routes: Routes, replayed: ReplayDrive, back: MenuScene
) -> HandedOverScene:
    """Return the drive of the bot from the moment that a replay shows."""
    return _handed_over(garage, routes, replayed, back, Bot, _BY_BOT)


def _handed_over(
    garage: Garage,
    routes: Routes,
    replayed: ReplayDrive,
    back: MenuScene,
    make_driver: DriverMaker,
    words: str,
) -> HandedOverScene:
    start = replayed.replay.starts[0].with_car(garage.spec)
    livery = chosen_livery(garage.context.settings.car)
    entry = CarEntry(garage.spec, start.setup, make_driver, livery, start.damage)
    saved = replayed.player.world.saved()
    return HandedOverScene(
        garage, routes, HandedOverDrive(garage.track, entry, start, saved), back, words
    )
