"""Race in the window: lights, standings, flags, and a bot that takes over behind the flag."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.car.livery import Livery
from game.app.driving.ghost_tag import GhostTag, draw_tag
from game.app.driving.race_board import BoardRow
from game.app.driving.race_drive import RaceDrive
from game.app.driving.race_news import NewsKind, RaceNews
from game.app.hud.hold_overlay import draw_lights
from game.app.hud.hud import Hud
from game.app.hud.near_cars import NearCar, draw_near_cars
from game.app.hud.race_banner import RaceBanner
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.driving import DrivingScene
from game.app.setup.model.garage import Garage
from game.app.sound.one_shots import OneShot
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.caption import draw_caption
from game.app.ui.input_words import input_words
from game.app.ui.theme import metrics
from game.app.view.camera import View
from game.translation import _

_TAG_M: Final = 3.0  # from a car to its name
_LIGHTS_LEFT_S: Final = 1.2  # that the unlit lights are still shown
_SOUNDS: Final[dict[NewsKind, OneShot]] = {
    NewsKind.FINISH: "best",
    NewsKind.PENALTY: "light",
    NewsKind.WARNING: "light",
    NewsKind.RETIRED: "light",
    NewsKind.LAST_LAP: "sector",
}


class RaceScene(DrivingScene):
    """Shows the player's race."""

    teaches_keys = False
    compares_laps = False

    def __init__(self, garage: Garage, routes: Routes, drive: RaceDrive) -> None:
        self.race = drive
        super().__init__(garage, routes, drive)
        drive.followed.on_moment = lambda _: None  # the race has news of its own
        drive.followed.find_rivals = tuple  # there are cars enough
        self._news_banner = RaceBanner()
        self._lit = 0  # of the start lights, as was heard last
        self._begin_watching()

    @property
    def livery(self) -> Livery:
        """Return what the player's car wears in this race."""
        return self.drive.followed.entry.livery

    @property
    def start_lights(self) -> int:
        """Return how many of the start lights are lit."""
        control = self.race.control
        return control.lights.lit(self.race.time_s)

    @property
    def is_done(self) -> bool:
        """Return whether the race is over for the player."""
        return self.race.control.is_done(self.race.player)

    def make_hud(self) -> Hud:
        """Return the instruments, with those of races."""
        return Hud(hidden=())

    def handle(self, command: Command) -> Scene | None:
        """Go to the result once the race is over for the player, besides what every drive does."""
        if command is Command.CONFIRM and self.is_done:
            return self._routes.race_result(self)
        return super().handle(command)

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Pause on a click, or go to the result."""
        if pointer.pressed and self.is_done:
            return self._routes.race_result(self)
        return super().handle_pointer(pointer)

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the race, which stands still."""
        return self._routes.pause_race(self, reason)

    def start(self) -> None:
        """Begin at once: the lights are race control's."""

    def restart(self) -> None:
        """Race again, from the grid."""
        self.drive.restart()
        self._catch_up()
        self._begin_watching()

    def reset_to_track(self) -> None:
        """Put the car back on the track, unless another one is there."""
        if self.race.can_be_put_back:
            super().reset_to_track()
        elif not self.is_done:
            self.context.notice.show(_("There is no room to be put back on the track now"))

    def update(self, frame_s: float) -> None:
        """Race on, let the lights be heard, and tell the driver what is new."""
        super().update(frame_s)
        lit = self.start_lights
        if lit != self._lit:
            self.context.sound.play("light" if lit else "go")
            self._lit = lit
        self._news_banner.update(frame_s)
        news = self._news.found(lambda: self.race.race_board.place)
        if news is not None:
            self._news_banner.show(news)
            self.context.sound.play(_SOUNDS[news.kind])
            if news.kind is NewsKind.FINISH:
                self.picture.celebrate((palette.BRIGHT, self.livery.body, self.livery.second))
        self._news_banner.flag = self._news.flag()

    def draw_world(self, surface: pygame.Surface) -> None:
        """Draw ground and cars with their names, and where those are that are out of view."""
        super().draw_world(surface)
        view, hud = self.view(surface.get_size()), self.context.settings.hud
        whole = self.seen.whole_share > 0.0
        if hud.shown or whole:
            self._draw_names(surface, view, hud.text_scale, all_cars=whole)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the race, its instruments, and what there is to tell."""
        super().draw(surface)
        size, hud = surface.get_size(), self.context.settings.hud
        control = self.race.control
        boxes = list(self._hud.layout_at(size, hud).values()) if hud.shown else []
        if control.race_s < _LIGHTS_LEFT_S:
            boxes.append(draw_lights(surface, self.start_lights))
        if hud.shown and self.seen.whole_share == 0.0:
            self._draw_near(surface, boxes)
        calm = self.context.settings.camera.reduced_motion
        banner = self._news_banner.draw(surface, hud.text_scale, boxes, calm=calm)
        if banner is not None:
            self.context.notice.keep_clear([*self.read_boxes(size), banner])
        if self.is_done:
            sizes = metrics(size, hud.text_scale)
            confirm = self.context.settings.controls.bindings.confirm
            pad = self.context.inputs.last_device == "pad"
            key = confirm.pad if pad and confirm.pad else confirm.keys[0] if confirm.keys else ""
            text = _("{key}: the result").format(key=input_words(key))
            top = sizes.space(14) if banner is None else banner.bottom + sizes.space(8)
            draw_caption(surface, sizes, text, palette.BRIGHT, top)

    def _begin_watching(self) -> None:
        """Watch a race that has just begun."""
        race = self.race
        self._news = RaceNews(race.control, race.player, race.track.length_m)
        self._news_banner.clear()
        self._lit = 0

    def _draw_names(
        self, surface: pygame.Surface, view: View, text_scale: float, *, all_cars: bool
    ) -> None:
        """Write the names of the cars a place away beside them, or of all on the whole circuit."""
        board, fraction = self.race.race_board, self._clock.fraction
        near = (board.ahead, board.behind)
        rows: list[BoardRow] = [row for row in near if row is not None and board.is_started]
        if all_cars:
            rows = [row for row in board.rows if not row.is_own]
        own = self.drive.followed.pose(fraction)
        own_place = view.to_screen(own.x_m, own.y_m)
        clear_px = max(_TAG_M * view.pixels_per_m, 8.0)
        taken: list[Box] = []
        for row in rows:
            pose = self.drive.cars[row.car].pose(fraction)
            place = view.to_screen(pose.x_m, pose.y_m)
            if surface.get_rect().collidepoint(place):
                away = (place[0] - own_place[0], place[1] - own_place[1] - 1.0)
                name = f"{row.number} {row.name}"
                box = draw_tag(
                    surface, GhostTag(name, row.colour, text_scale), place, away, clear_px, taken
                )
                taken += [] if box is None else [box]

    def _draw_near(self, surface: pygame.Surface, boxes: list[Box]) -> None:
        """Mark the cars at the window's edge that are near but out of view."""
        fraction = self._clock.fraction
        board = self.race.race_board
        cars = []
        for row in board.rows:
            if not row.is_own:
                pose = self.drive.cars[row.car].pose(fraction)
                cars.append(NearCar(pose.x_m, pose.y_m, row.number, row.colour))
        own = self.drive.followed.pose(fraction)
        view = self.view(surface.get_size())
        scale = self.context.settings.hud.text_scale
        draw_near_cars(surface, view, (own.x_m, own.y_m), cars, boxes, scale)
