"""Race in the window: lights, standings, flags, and a bot that takes over behind the flag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.car.livery import Livery
from game.app.context.app_context import AppContext
from game.app.driving.race_drive import RaceDrive
from game.app.driving.race_news import NewsKind, RaceNews
from game.app.hud.hold_overlay import draw_lights
from game.app.hud.hud import Hud
from game.app.hud.race_banner import RaceBanner
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.car_marks import draw_arrows, draw_names, marked_cars
from game.app.scenes.driving import DrivingScene
from game.app.scenes.race_tables import standings_table
from game.app.setup.model.garage import Garage
from game.app.sound.one_shots import OneShot
from game.app.sound.sound import Sound
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.caption import draw_caption
from game.app.ui.input_words import input_words
from game.app.ui.rows import Action
from game.app.ui.table import Table
from game.app.ui.theme import metrics
from game.app.view.camera import View
from game.translation import N_, _

LIGHTS_LEFT_S: Final = 1.2  # that the unlit lights are still shown
NEWS_SOUNDS: Final[dict[NewsKind, OneShot]] = {
    NewsKind.FINISH: "best",
    NewsKind.PENALTY: "light",
    NewsKind.WARNING: "light",
    NewsKind.RETIRED: "light",
    NewsKind.GIVE_BACK: "light",
    NewsKind.GIVEN_BACK: "sector",
    NewsKind.LAST_LAP: "sector",
}


class StartLightSounds:
    """Lets start lights be heard as they come on, and as they go out."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound
        self._lit = 0  # as was heard last

    def follow(self, lit: int) -> None:
        """Follow how many are lit now."""
        if lit != self._lit:
            self._sound.play("light" if lit else "go")
            self._lit = lit

    def forget(self) -> None:
        """Begin again with none lit."""
        self._lit = 0


def draw_way_to_result(surface: pygame.Surface, context: AppContext, below: int) -> None:
    """Say by which key or button the result is reached, below what is at the upper edge."""
    sizes = metrics(surface.get_size(), context.settings.hud.text_scale)
    confirm = context.settings.controls.bindings.confirm
    pad = context.inputs.last_device == "pad"
    key = confirm.pad if pad and confirm.pad else confirm.keys[0] if confirm.keys else ""
    text = _("{key}: the result").format(key=input_words(key))
    draw_caption(surface, sizes, text, palette.BRIGHT, max(below + sizes.space(8), sizes.space(14)))


class RaceScene(DrivingScene):
    """Shows the player's race."""

    teaches_keys = False
    restart_words = N_("Restart the race")
    other_setup_words = N_("Restart to race with the new setup")
    compares_laps = False

    def __init__(self, garage: Garage, routes: Routes, drive: RaceDrive) -> None:
        self.race = drive
        super().__init__(garage, routes, drive)
        drive.followed.on_moment = lambda _: None  # the race has news of its own
        drive.followed.find_rivals = tuple  # there are cars enough
        self._news_banner = RaceBanner()
        self._light_sounds = StartLightSounds(garage.context.sound)
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
        return self.race.control.is_done(self.drive.followed.number)

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

    def board(self) -> Table:
        """Return the standings."""
        return standings_table(self.race)

    def actions(self, menu: MenuScene) -> Sequence[Action]:
        """Return that the player may retire."""
        return (Action(N_("Retire"), lambda: self._retire(menu)),)

    def anew(self, back: Scene) -> Scene:
        """Return the way to another race from this grid, with what is set by now."""
        return self._routes.race_from(self.race.entrants, back)

    def qualify(self, back: Scene) -> Scene:  # noqa: ARG002 - there is nothing to wait for
        """Return the qualifying for another race."""
        return self._routes.qualify()

    def choose_another(self, back: MenuScene) -> Scene:
        """Return where another race is chosen."""
        return self._routes.race_choice(back)

    def start(self) -> None:
        """Begin at once: the lights are race control's."""

    def restart(self) -> None:
        """Race again, from the grid."""
        self.drive.restart()
        self._catch_up()
        self._begin_watching()

    def reset_to_track(self) -> None:
        """Put the car back on the track, unless another one is there."""
        if self.race.can_be_put_back(self.drive.followed):
            super().reset_to_track()
        elif not self.is_done:
            self.context.notice.show(_("There is no room to be put back on the track now"))

    def update(self, frame_s: float) -> None:
        """Race on, let the lights be heard, and tell the driver what is new."""
        super().update(frame_s)
        self._light_sounds.follow(self.start_lights)
        self._news_banner.update(frame_s)
        news = self._news.found(lambda: self.race.race_board.place)
        if news is not None:
            self._news_banner.show(news)
            self.context.sound.play(NEWS_SOUNDS[news.kind])
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
        if control.race_s < LIGHTS_LEFT_S:
            boxes.append(draw_lights(surface, self.start_lights))
        if hud.shown and self.seen.whole_share == 0.0:
            self._draw_near(surface, boxes)
        calm = self.context.settings.camera.reduced_motion
        banner = self._news_banner.draw(surface, hud.text_scale, boxes, calm=calm)
        if banner is not None:
            self.context.notice.keep_clear([*self.read_boxes(size), banner])
        if self.is_done:
            draw_way_to_result(surface, self.context, 0 if banner is None else banner.bottom)

    def _retire(self, menu: MenuScene) -> None:
        self.race.control.retire(self.race.followed.number, _("retired"))
        menu.go_to(self._routes.race_result(self))

    def _begin_watching(self) -> None:
        """Watch a race that has just begun."""
        race = self.race
        self._news = RaceNews(race.control, race.followed.number, race.track.length_m, race.names)
        self._news_banner.clear()
        self._light_sounds.forget()

    def _draw_names(
        self, surface: pygame.Surface, view: View, text_scale: float, *, all_cars: bool
    ) -> None:
        """Write the names of the cars a place away beside them, or of all on the whole circuit."""
        board = self.race.race_board
        rows = board.rows if all_cars else board.neighbours
        cars = marked_cars(self.drive, rows)
        draw_names(surface, view, self.drive, self._clock.fraction, cars, text_scale)

    def _draw_near(self, surface: pygame.Surface, boxes: list[Box]) -> None:
        """Mark the cars at the window's edge that are near but out of view."""
        cars = marked_cars(self.drive, self.race.race_board.rows)
        view, scale = self.view(surface.get_size()), self.context.settings.hud.text_scale
        draw_arrows(surface, view, self.drive, self._clock.fraction, cars, boxes, scale)
