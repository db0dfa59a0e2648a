"""Show the title: the bot's live lap behind the first menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.attract_mode import AttractMode
from game.app.scenes.medal_list import draw_goal_line
from game.app.scenes.player_drive import player_drive
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.backdrop import Veiled
from game.app.ui.box import Box
from game.app.ui.footer import CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, TextScale
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import Metrics
from game.app.ui.wordmark import draw_wordmark, wordmark_size
from game.translation import N_
from game.version import __version__

_NAME_PX: Final = 72
_TOP: Final = 22  # of the name, in units
_TRACK_PX: Final = 22
_GOAL_PX: Final = 18
_SMALL_PX: Final = 15


class TitleScene(MenuScene):
    """Shows the first menu, over a bot that drives as soon as there is a plan."""

    entry_px = 15

    def __init__(self, garage: Garage, routes: Routes) -> None:
        rows = (
            Action(N_("Drive"), self._drive),
            Action(N_("Race"), self._race),
            Action(N_("Two players"), self._play_together),
            Action(N_("Daily challenge"), self._drive_daily),
            Action(N_("Circuits"), self._choose_circuit),
            Action(N_("Practice"), self._practise),
            Action(N_("Lessons"), self._learn),
            Action(N_("Watch the bot"), self._watch),
            Action(N_("Replays"), self._choose_replay),
            Action(N_("Setup"), self._set_up),
            Action(N_("Photo mode"), self._photograph),
            Action(N_("Settings"), self._set),
            Action(N_("Quit"), lambda: self.go_to(None)),
        )
        self.title = garage.spec.name
        self.garage = garage
        self._routes = routes
        self.attract_mode = AttractMode(garage)
        self._setup = garage.drive_setup
        super().__init__(garage.context, Page(rows), self.attract_mode)
        self.behind = Veiled(self.attract_mode)
        garage.context.sound.silence()

    def hints(self) -> Sequence[Hint]:
        """Return the hints of a menu without a way back."""
        return (SELECT, CHOOSE)

    def on_command(self, command: Command) -> None:
        """Take pictures, or drive at once, besides what every menu does."""
        if command is Command.PHOTO:
            self._photograph()
        elif command is Command.RESTART:
            self._drive()
        super().on_command(command)

    def update(self, frame_s: float) -> None:
        """Let the bot drive on; with another setup it starts again, once it has a plan for it."""
        super().update(frame_s)
        if self._setup != self.garage.drive_setup:
            self._setup = self.garage.drive_setup
            self.attract_mode = self.seen = AttractMode(self.garage)
            self.behind = Veiled(self.attract_mode)
            self.garage.venue.plan_ahead.begin()
        self.attract_mode.update(frame_s)

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the menu in the lower half."""
        scale = TextScale(sizes, sizes.entry(self.entry_px))
        width = min(scale.em(12.0), sizes.width - 2 * sizes.margin)
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(4)
        top = max(bottom - self.page.height(scale, width), self.below_title(sizes))
        self.page.lay_out(Box(sizes.margin, top, width, bottom - top), scale)

    def below_title(self, sizes: Metrics) -> int:
        """Return the height at which the name of the circuit ends."""
        lines = self._name_size(sizes)[1] + line_height(sizes.entry(_TRACK_PX))
        return sizes.space(_TOP) + lines + self._goal_height(sizes) + sizes.space(8)

    def draw_title(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the name of the car and that of the circuit."""
        top, width = sizes.space(_TOP), sizes.width - 2 * sizes.margin
        draw_wordmark(surface, self.title, (sizes.margin, top), sizes.title(_NAME_PX), width)
        px = sizes.entry(_TRACK_PX)
        bottom = top + self._name_size(sizes)[1]
        below = Box(sizes.margin, bottom, width, line_height(px))
        write_line(surface, self.garage.place_text, below, TextStyle(px, palette.BRIGHT))
        goal = below._replace(top=below.bottom, height=self._goal_height(sizes))
        draw_goal_line(surface, self.garage, goal, sizes.entry(_GOAL_PX))

    def _name_size(self, sizes: Metrics) -> tuple[int, int]:
        width = sizes.width - 2 * sizes.margin
        return wordmark_size(self.title, sizes.title(_NAME_PX), width)

    def _goal_height(self, sizes: Metrics) -> int:
        return round(1.3 * line_height(sizes.entry(_GOAL_PX)))

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw who is driving in the background, and the version."""
        px = sizes.text(_SMALL_PX)
        right = sizes.width - sizes.margin
        lines = (self.attract_mode.caption, f"v{__version__}")
        top = sizes.height - sizes.space(24) - len(lines) * line_height(px)
        for index, text in enumerate(lines):
            width = line_width(text, px)
            line = Box(right - width, top + index * line_height(px), width, line_height(px))
            colour = palette.BRIGHT if index == 0 else palette.TEXT
            write_line(surface, text, line, TextStyle(px, colour), Align.RIGHT)

    def _drive(self) -> None:
        self.go_to(self._routes.drive())

    def _race(self) -> None:
        self.go_to(self._routes.race_choice(self))

    def _play_together(self) -> None:
        self.go_to(self._routes.two_players(self))

    def _drive_daily(self) -> None:
        self.go_to(self._routes.daily(self))

    def _choose_circuit(self) -> None:
        self.go_to(self._routes.circuits(self))

    def _practise(self) -> None:
        self.go_to(self._routes.practice(self))

    def _learn(self) -> None:
        self.go_to(self._routes.lessons(self))

    def _watch(self) -> None:
        text = N_("The bot is learning the circuit")
        self.go_to(
            self._routes.loading(self.attract_mode.wait_for_plan(), self._watched, text, self)
        )

    def _watched(self) -> Scene:
        """Return the bot's drive as it is, or this scene if there will be none."""
        if self.attract_mode.drive is None:
            self.attract_mode.begin_if_ready()
        if self.attract_mode.drive is None:
            return self
        return self._routes.watch(self.attract_mode.drive)

    def _choose_replay(self) -> None:
        self.go_to(self._routes.replays(self))

    def _photograph(self) -> None:
        picture = self.attract_mode.picture or self.garage.venue.picture_of(
            player_drive(self.garage)
        )
        self.go_to(self._routes.photo(picture, self))

    def _set_up(self) -> None:
        self.go_to(self._routes.setup(self))

    def _set(self) -> None:
        self.go_to(self._routes.settings(self))
