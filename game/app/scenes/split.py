"""Let two players drive at one machine, in one world, each in a half of the window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
import pygame

from game.app.context import display
from game.app.driving.drive import Drive
from game.app.driving.driven_car import DrivenCar
from game.app.driving.heard_cars import shared_soundscape
from game.app.driving.moments import Moment
from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.scenes.car_marks import MarkedCar
from game.app.scenes.driving import DrivingScene
from game.app.scenes.seat_words import lost_words
from game.app.scenes.split_pane import Pane
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import Action
from game.app.ui.table import Table
from game.app.view.split_window import WindowPart, halves_of
from game.translation import N_

_BY_EACH = (Command.RESET, Command.WHOLE_TRACK)  # followed in each seat's own inputs
_NOT_HERE = (Command.REFERENCE,)  # each compares with their own best lap


class SplitScene(DrivingScene):
    """Shows a drive of two players, and lets them drive."""

    teaches_keys = False
    compares_laps = False

    def __init__(self, garage: Garage, routes: Routes, drive: Drive) -> None:
        context = garage.context
        self.panes = tuple(
            Pane(context, drive, car, seat)
            for car, seat in zip(self.players_of(drive), context.seats, strict=True)
        )
        super().__init__(garage, routes, drive)
        for pane in self.panes:
            pane.car.find_rivals = tuple  # another person is rival enough
            pane.car.on_moment = partial(self._celebrate_in, pane)

    def players_of(self, drive: Drive) -> Sequence[DrivenCar]:
        """Return the cars of the two players."""
        return drive.cars

    def halves(self, size: tuple[int, int]) -> tuple[WindowPart, WindowPart]:
        """Return the halves of a window of this size."""
        return halves_of(size, self.context.settings.two_players.layout)

    def handle(self, command: Command) -> Scene | None:
        """Follow what concerns both, as any drive does."""
        if command in _BY_EACH or command in _NOT_HERE:
            return self
        if command is Command.HUD:
            self._switch_instruments()
            return self
        return super().handle(command)

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the drive."""
        return self._routes.pause_two(self, reason)

    def unplugged_words(self) -> str:
        """Return who has lost what they drove with."""
        self.context.seats.update()
        return lost_words(self.context.seats)

    def read_inputs(self) -> None:
        """Read what both hold, and follow what each has asked for."""
        self.context.seats.read()
        for pane in self.panes:
            if "whole_track" in pane.seat.asked:
                pane.camera.switch_whole()
            if "reset" in pane.seat.asked:
                self.put_back(pane)

    def actions(self, menu: MenuScene) -> Sequence[Action]:
        """Return that the drive may end, in a comparison of the laps."""
        end = Action(N_("End session"), lambda: menu.go_to(self._routes.result_of_two(self)))
        return (end,)

    def board(self) -> Table | None:
        """Return nothing: in a free drive nobody has a place."""
        return None

    def anew(self, back: Scene) -> Scene:
        """Return the way to another drive of two, with what is set by now."""
        return self._routes.drive_two(back)

    def put_person_back(self, number: int) -> None:
        """Put the car of a person, by their number from 0, back on the track if it can be."""
        self.put_back(self.panes[number])

    def put_back(self, pane: Pane) -> None:
        """Put a person's car back on the track."""
        self.drive.reset_to_track(pane.car)
        self.picture.forget_motion_of(pane.car)
        pane.camera.settle()

    def hear_and_feel(self) -> None:
        """Let both cars be heard, each on its side, and felt, each by its person."""
        first, second = self.panes
        self.context.sound.set_car(first.car.spec)
        cars = (first.car, second.car)
        self.context.sound.hear(shared_soundscape(self.drive, cars, self._trackside))
        for pane in self.panes:
            self.context.seats.rumble(pane.seat, pane.feel)

    def move_cameras(self, frame_s: float) -> None:
        """Let both cameras follow for a frame."""
        for pane in self.panes:
            pane.camera.follow(frame_s, pane.feel)
            pane.banner.update(frame_s)

    def named_in(self, pane: Pane) -> list[MarkedCar]:
        """Return the cars whose names are written in a half: that of the other person."""
        return [
            MarkedCar(
                other.car,
                other.car.entry.livery.number,
                other.name,
                other.car.entry.livery.signal,
            )
            for other in self.panes
            if other is not pane
        ]

    def others_in(self, pane: Pane) -> list[MarkedCar]:
        """Return the cars that arrows point to in a half when they are out of view."""
        return self.named_in(pane)

    def draw_world(self, surface: pygame.Surface) -> None:
        """Draw both halves without instruments, and what parts them."""
        self.picture.lights = self.start_lights
        fraction = self._clock.fraction
        surface.fill(palette.INK)
        for pane, half in self._halves_on(surface):
            pane.draw_world(half, self.picture, fraction, self.named_in(pane))

    def draw(self, surface: pygame.Surface) -> None:
        """Draw both halves with their instruments."""
        self.draw_world(surface)
        fraction = self._clock.fraction
        for pane, half in self._halves_on(surface):
            pane.draw_over(half, fraction, self.others_in(pane), self.draw_news(pane, half))
        self.context.notice.keep_clear(self.read_boxes(surface.get_size()))
        self.draw_over_all(surface)

    def draw_news(self, pane: Pane, half: pygame.Surface) -> list[Box]:  # noqa: ARG002
        """Draw what there is to tell a person, and return where; nothing in a free drive."""
        return []

    def read_boxes(self, size: tuple[int, int]) -> list[Box]:
        """Return what notices are shown beside: the instruments, and the middle of each half."""
        boxes = []
        for pane, part in zip(self.panes, self.halves(size), strict=True):
            boxes += pane.read_boxes(part)
            wide, high = round(0.3 * part.width), round(0.3 * part.height)
            left, top = part.left + (part.width - wide) // 2, part.top + (part.height - high) // 2
            boxes.append(Box(left, top, wide, high))
        return boxes

    def settle(self) -> None:
        """Let both cameras be where they would come to rest at this speed."""
        for pane, part in zip(self.panes, self.halves(display.window_size()), strict=True):
            pane.settle(part.size)

    def paint_in_view(self, size: tuple[int, int]) -> None:
        """Paint all ground in view before it is drawn."""
        for pane, part in zip(self.panes, self.halves(size), strict=True):
            view = self.garage.venue.world_screen.view(pane.view(part.size, 0.0))
            self.world_view.paint_in_view(view, pane.number)

    def _halves_on(self, surface: pygame.Surface) -> list[tuple[Pane, pygame.Surface]]:
        """Return both halves of a surface: what is drawn on one stays within it."""
        parts = self.halves(surface.get_size())
        return [
            (pane, surface.subsurface(part)) for pane, part in zip(self.panes, parts, strict=True)
        ]

    def _celebrate_in(self, pane: Pane, moment: Moment) -> None:
        pane.banner.show(moment)
        self.celebrate(moment, pane.car)

    def _switch_instruments(self) -> None:
        """Show the instruments, or none."""
        settings = self.context.settings
        hud = msgspec.structs.replace(settings.hud, shown=not settings.hud.shown)
        self.context.apply(msgspec.structs.replace(settings, hud=hud))

    def _catch_up(self) -> None:
        super()._catch_up()
        for pane in self.panes:
            pane.banner.clear()
