"""Pause a race, or the qualifying for one: it stands still behind a menu."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes, SessionDriving
from game.app.setup.model.garage import Garage
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, TextScale
from game.app.ui.theme import Metrics
from game.translation import N_

_TABLE_PX: Final = 17


class RacePausedScene(MenuScene):
    """The race stands still until the player chooses."""

    title = N_("Paused")
    entry_px = 21

    def __init__(
        self, garage: Garage, routes: Routes, racing: SessionDriving, reason: str = ""
    ) -> None:
        self.garage = garage
        self._racing = racing
        rows = (
            Action(N_("Resume"), self._resume),
            Action(racing.restart_words, self._restart),
            Action(N_("Reset to track"), self._reset),
            *racing.actions(self),
            Action(N_("Photo mode"), lambda: self.go_to(routes.photo(racing.picture, self))),
            Action(N_("Setup"), lambda: self.go_to(routes.setup(self))),
            Action(N_("Instruments"), lambda: self.go_to(routes.hud_editor(self, racing))),
            Action(N_("Settings"), lambda: self.go_to(routes.settings(self))),
            Action(N_("Quit to title"), lambda: self.go_to(routes.title())),
        )
        super().__init__(garage.context, Page(rows), racing.world)
        self._table = racing.board()
        self.under_title = reason or garage.place_text
        garage.context.sound.silence()

    def hints(self) -> tuple[Hint, ...]:
        """Return the hints of a menu whose way back is to race on."""
        return (SELECT, BACK._replace(words=N_("Resume")), CHOOSE)

    def on_command(self, command: Command) -> None:
        """Follow the keys that work while racing, besides those of every menu."""
        if command is Command.RESTART:
            self._restart()
        elif command is Command.RESET:
            self._reset()
        super().on_command(command)

    def leave(self) -> None:
        """Race on."""
        self._resume()

    def update(self, frame_s: float) -> None:
        """Say when another one would have another setup than this one."""
        super().update(frame_s)
        if self._racing.drive.followed.setup != self.garage.drive_setup:
            self.under_title = self._racing.other_setup_words

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the standings beside the menu."""
        box = self.box_beside(sizes)
        top = self.below_title(sizes)
        box = box._replace(top=top, height=box.bottom - top)
        if box.width > sizes.space(120):
            self.read_beside = [box]
            self._table.draw(surface, box, TextScale(sizes, sizes.text(_TABLE_PX)))

    def _resume(self) -> None:
        self._racing.resume()
        self.go_to(self._racing)

    def _restart(self) -> None:
        if self._racing.drive.followed.setup != self.garage.drive_setup:
            self.go_to(self._racing.anew(self))
            return
        self._racing.restart()
        self._resume()

    def _reset(self) -> None:
        self._racing.reset_to_track()
        self._resume()
