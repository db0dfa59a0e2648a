"""Pause a drive: it stands still behind a menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import DriveScene, Routes
from game.app.scenes.lap_comparisons import ROW
from game.app.scenes.pause_board import PauseBoard
from game.app.setup.model.garage import Garage
from game.app.ui.box import Box
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action
from game.app.ui.theme import Metrics
from game.translation import N_

_OTHER_SETUP: Final = N_("Restart to drive with the new setup")
_UNPLUGGED: Final = N_("the controller was unplugged")


class PausedScene(MenuScene):
    """The drive stands still until the player chooses."""

    title = N_("Paused")
    entry_px = 21

    def __init__(
        self, garage: Garage, routes: Routes, driving: DriveScene, reason: str = ""
    ) -> None:
        self.garage = garage
        self._routes = routes
        self._driving = driving
        has_laps = bool(driving.drive.followed.log.laps)
        compared = [Action(ROW, self._compare)] if has_laps else []
        rows = (
            Action(N_("Resume"), self._resume),
            Action(N_("Restart"), self._start_over),
            Action(N_("Reset to track"), self._reset),
            Action(N_("Photo mode"), self._photograph),
            *compared,
            Action(N_("Setup"), self._set_up),
            Action(N_("Instruments"), self._arrange),
            Action(N_("Circuits"), self._choose_circuit),
            Action(N_("Settings"), self._set),
            Action(N_("End session"), self._end),
            Action(N_("Quit to title"), self._quit),
        )
        self._board = PauseBoard(garage, driving.drive)
        super().__init__(garage.context, Page(rows), driving.world)
        self.under_title = reason or garage.place_text
        garage.context.sound.silence()

    def on_command(self, command: Command) -> None:
        """Follow the keys that work while driving, besides those of every menu."""
        if command is Command.RESTART:
            self._restart()
        elif command is Command.RESET:
            self._reset()
        elif command is Command.PHOTO:
            self._photograph()
        elif command is Command.UNPLUGGED:
            self.under_title = _UNPLUGGED
        super().on_command(command)

    def update(self, frame_s: float) -> None:
        """Say when the drive that stands here has another setup than the next one will have."""
        super().update(frame_s)
        if self._driving.drive.followed.setup != self.garage.drive_setup:
            self.under_title = _OTHER_SETUP

    def leave(self) -> None:
        """Drive on."""
        self._resume()

    def hints(self) -> Sequence[Hint]:
        """Return the hints of a menu whose way back is to drive on."""
        return (SELECT, BACK._replace(words=N_("Resume")), CHOOSE)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw where the car stands, the keys, and the laps so far beside the menu."""
        top = self.below_title(sizes)
        left = self.page.row_box(0).right + sizes.space(48)
        right, bottom = sizes.width - sizes.margin, sizes.height - self.footer.height(sizes)
        box = Box(left, top, right - left, bottom - top)
        self.read_beside = self._board.draw(surface, box, sizes)

    def _resume(self) -> None:
        self._driving.resume()
        self.go_to(self._driving)

    def _start_over(self) -> None:
        """Restart with the start lights, as a drive began: by its key, a restart is instant."""
        self._restart()
        self._driving.start()

    def _restart(self) -> None:
        if self._driving.drive.followed.setup == self.garage.drive_setup:
            self._driving.restart()
            self._resume()
            return
        self.go_to(self._routes.drive())

    def _reset(self) -> None:
        self._driving.reset_to_track()
        self._resume()

    def _photograph(self) -> None:
        self.go_to(self._routes.photo(self._driving.picture, self))

    def _compare(self) -> None:
        self.go_to(self._routes.lap_page(self._driving, self))

    def _arrange(self) -> None:
        self.go_to(self._routes.hud_editor(self, self._driving))

    def _set_up(self) -> None:
        self.go_to(self._routes.setup(self))

    def _choose_circuit(self) -> None:
        self.go_to(self._routes.circuits(self, to_drive=True))

    def _set(self) -> None:
        self.go_to(self._routes.settings(self))

    def _end(self) -> None:
        self.go_to(self._routes.result(self._driving))

    def _quit(self) -> None:
        self.go_to(self._routes.title())
