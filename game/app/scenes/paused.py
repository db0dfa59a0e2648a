"""Pause: the drive stands still behind a menu."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import DriveScene, Routes
from game.app.scenes.lap_table import lap_summary
from game.app.scenes.medal_list import draw_medals_down, medal_rows, medals_height, next_medal_fact
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.page import Page
from game.app.ui.rows import Action
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, write_line
from game.app.ui.theme import Metrics
from game.translation import N_, _

_NAME_PX: Final = 15
_VALUE_PX: Final = 22
_OTHER_SETUP: Final = N_("Restart to drive with the new setup")
_UNPLUGGED: Final = N_("the controller was unplugged")


class PausedScene(MenuScene):
    """The drive stands still until the player chooses."""

    title = N_("Paused")

    def __init__(
        self, garage: Garage, routes: Routes, driving: DriveScene, reason: str = ""
    ) -> None:
        self.garage = garage
        self._routes = routes
        self._driving = driving
        rows = (
            Action(N_("Resume"), self._resume),
            Action(N_("Restart"), self._start_over),
            Action(N_("Reset to track"), self._reset),
            Action(N_("Photo mode"), self._photograph),
            Action(N_("Setup"), self._set_up),
            Action(N_("Instruments"), self._arrange),
            Action(N_("Settings"), self._set),
            Action(N_("End session"), self._end),
            Action(N_("Quit to title"), self._quit),
        )
        self._facts = lap_summary(driving.drive)
        times = {} if garage.targets is None else garage.targets.lap_times
        best_s = driving.drive.followed.best.time_s
        self._medals = medal_rows(times, best_s)
        self._facts[1:1] = next_medal_fact(times, best_s)
        super().__init__(garage.context, Page(rows), driving)
        self.under_title = reason or garage.track.title
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
        if self._driving.drive.followed.setup != self.garage.setup:
            self.under_title = _OTHER_SETUP

    def leave(self) -> None:
        """Drive on."""
        self._resume()

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the laps driven so far at the right."""
        small, large = sizes.text(_NAME_PX), sizes.text(_VALUE_PX)
        width = 12 * small
        step = line_height(small) + line_height(large) + sizes.text(10)
        top = self.below_title(sizes)
        draw_medals_down(surface, self._medals, sizes.width - sizes.margin, top, large)
        top += medals_height(self._medals, large) + (small if self._medals else 0)
        room = sizes.height - self.footer.height(sizes) - top
        for index, (name, value) in enumerate(self._facts[: room // step]):
            left = sizes.width - sizes.margin - width
            line = Box(left, top + index * step, width, line_height(small))
            write_line(surface, _(name), line, TextStyle(small, palette.DIM), Align.RIGHT)
            under = line._replace(top=line.bottom, height=line_height(large))
            write_line(
                surface, value, under, TextStyle(large, palette.BRIGHT, Weight.BOLD), Align.RIGHT
            )

    def _resume(self) -> None:
        self._driving.resume()
        self.go_to(self._driving)

    def _start_over(self) -> None:
        """Restart with the start lights, as a drive began: by its key, a restart is instant."""
        self._restart()
        self._driving.start()

    def _restart(self) -> None:
        if self._driving.drive.followed.setup == self.garage.setup:
            self._driving.restart()
            self._resume()
            return
        self.go_to(self._routes.drive())

    def _reset(self) -> None:
        self._driving.reset_to_track()
        self._resume()

    def _photograph(self) -> None:
        self.go_to(self._routes.photo(self._driving.picture, self))

    def _arrange(self) -> None:
        self.go_to(self._routes.hud_editor(self, self._driving))

    def _set_up(self) -> None:
        self.go_to(self._routes.setup(self))

    def _set(self) -> None:
        self.go_to(self._routes.settings(self))

    def _end(self) -> None:
        self.go_to(self._routes.result(self._driving))

    def _quit(self) -> None:
        self.go_to(self._routes.title())
