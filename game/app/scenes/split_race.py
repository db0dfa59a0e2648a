"""Let two players race each other at one machine, with bots or alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pygame

from game.app.driving.drive import Drive
from game.app.driving.driven_car import DrivenCar
from game.app.driving.race_drive import RaceDrive
from game.app.driving.race_news import NewsKind, RaceNews
from game.app.hud.hold_overlay import draw_lights
from game.app.hud.race_banner import RaceBanner
from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.car_marks import MarkedCar, marked_cars
from game.app.scenes.race import (
    LIGHTS_LEFT_S,
    NEWS_SOUNDS,
    StartLightSounds,
    draw_way_to_result,
)
from game.app.scenes.race_tables import standings_table
from game.app.scenes.split import SplitScene
from game.app.scenes.split_pane import Pane
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import Action
from game.app.ui.table import Table
from game.translation import N_, _


class SplitRaceScene(SplitScene):
    """Shows a race of two players."""

    def __init__(self, garage: Garage, routes: Routes, drive: RaceDrive) -> None:
        self.race = drive
        super().__init__(garage, routes, drive)
        for pane in self.panes:
            pane.car.on_moment = lambda _: None  # the race has news of its own
        self._banners = tuple(RaceBanner() for _ in self.panes)
        self._light_sounds = StartLightSounds(garage.context.sound)
        self._begin_watching()

    def players_of(self, drive: Drive) -> Sequence[DrivenCar]:
        """Return the cars of the two players."""
        return [drive.cars[number] for number in self.race.players]

    @property
    def start_lights(self) -> int:
        """Return how many of the start lights are lit."""
        return self.race.control.lights.lit(self.race.time_s)

    @property
    def is_done(self) -> bool:
        """Return whether the race is over for both."""
        return all(self.race.control.is_done(pane.car.number) for pane in self.panes)

    def handle(self, command: Command) -> Scene | None:
        """Go to the result once the race is over for both, besides what every drive does."""
        if command is Command.CONFIRM and self.is_done:
            return self._routes.race_result(self)
        return super().handle(command)

    def actions(self, menu: MenuScene) -> Sequence[Action]:
        """Return that each may retire, which leads to the result once both are out or home."""
        labels = (N_("Player 1 retires"), N_("Player 2 retires"))
        racing = (
            Action(label, partial(self._retire, pane, menu))
            for label, pane in zip(labels, self.panes, strict=True)
            if not self.race.control.is_done(pane.car.number)
        )
        return tuple(racing)

    def board(self) -> Table:
        """Return the standings."""
        return standings_table(self.race)

    def anew(self, back: Scene) -> Scene:
        """Return the way to another race of two from this grid, with what is set by now."""
        return self._routes.race_from(self.race.entrants, back)

    def qualify(self, back: Scene) -> Scene:
        """Return the way to the qualifying for another race of two."""
        return self._routes.qualify_two(back)

    def choose_another(self, back: MenuScene) -> Scene:
        """Return where another race of two is chosen."""
        return self._routes.two_players(back)

    def start(self) -> None:
        """Begin at once: the lights are race control's."""

    def restart(self) -> None:
        """Race again, from the grid."""
        self.drive.restart()
        self._catch_up()
        self._begin_watching()

    def put_back(self, pane: Pane) -> None:
        """Put a person's car back on the track, unless another one is there."""
        if self.race.can_be_put_back(pane.car):
            super().put_back(pane)
        elif not self.race.control.is_done(pane.car.number):
            self.context.notice.show(_("There is no room to be put back on the track now"))

    def update(self, frame_s: float) -> None:
        """Race on, let the lights be heard, and tell both what is new."""
        super().update(frame_s)
        self._light_sounds.follow(self.start_lights)
        for pane, news, banner in zip(self.panes, self._news, self._banners, strict=True):
            banner.update(frame_s)
            found = news.found(partial(self._place_of, pane))
            if found is not None:
                banner.show(found)
                self.context.sound.play(NEWS_SOUNDS[found.kind])
                if found.kind is NewsKind.FINISH:
                    livery = pane.car.entry.livery
                    colours = (palette.BRIGHT, livery.body, livery.second)
                    self.picture.celebrate(colours, pane.car)
            banner.flag = news.flag()

    def named_in(self, pane: Pane) -> list[MarkedCar]:
        """Return the cars a place away, and that of the other person."""
        board = self.race.board_of(pane.car)
        near = {row.car for row in board.neighbours} | set(self.race.players)
        shown = pane.camera.whole_share > 0.0
        return marked_cars(pane.seen, (row for row in board.rows if shown or row.car in near))

    def others_in(self, pane: Pane) -> list[MarkedCar]:
        """Return all other cars."""
        return marked_cars(pane.seen, self.race.board_of(pane.car).rows)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw both halves, the lights over them, and how to go on once both are home."""
        super().draw(surface)
        if self.race.control.race_s < LIGHTS_LEFT_S:
            draw_lights(surface, self.start_lights)
        if self.is_done:
            draw_way_to_result(surface, self.context, 0)

    def draw_news(self, pane: Pane, half: pygame.Surface) -> list[Box]:
        """Draw the news of a person's race."""
        settings = self.context.settings
        boxes = pane.hud.layout_at(half.get_size(), settings.hud) if settings.hud.shown else {}
        calm, scale = settings.camera.reduced_motion, pane.text_scale(half)
        read = [*boxes.values(), pane.name_box]
        box = self._banners[pane.number].draw(half, scale, read, calm=calm)
        return [] if box is None else [box]

    def _place_of(self, pane: Pane) -> int:
        return self.race.board_of(pane.car).place

    def _retire(self, pane: Pane, menu: MenuScene) -> None:
        self.race.control.retire(pane.car.number, _("retired"))
        if self.is_done:
            menu.go_to(self._routes.race_result(self))
            return
        self.resume()
        menu.go_to(self)

    def _begin_watching(self) -> None:
        """Watch a race that has just begun."""
        race = self.race
        self._news = tuple(
            RaceNews(race.control, pane.car.number, race.track.length_m, race.names)
            for pane in self.panes
        )
        for banner in self._banners:
            banner.clear()
        self._light_sounds.forget()
