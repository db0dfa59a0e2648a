"""Show one of two players' half of the window: their view of the drive, and their instruments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.context.app_context import AppContext
from game.app.driving.drive import Drive
from game.app.driving.drive_picture import DrivePicture, Onlooker
from game.app.driving.driven_car import DrivenCar
from game.app.driving.ghost_tag import GhostTag, draw_name_in_corner
from game.app.driving.race_field import player_name
from game.app.driving.seen_drive import PlayersDrive
from game.app.hud.hud import Hud
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.moment_banner import MomentBanner
from game.app.input.seat import Seat
from game.app.scenes.car_marks import MarkedCar, draw_arrows, draw_names
from game.app.scenes.drive_view import DriveView
from game.app.ui.box import Box
from game.app.ui.theme import metrics
from game.app.view.camera import View
from game.app.view.road_feel import RoadFeel, road_feel_of
from game.app.view.split_window import WindowPart

_SHOWN: Final = ("speed", "lap_times", "race_place", "delta", "verdict", "minimap", "damage")
_HIDDEN: Final = tuple(name for name in INSTRUMENTS if name not in _SHOWN)
_CLEAR_M: Final = 4.0  # around the own car, where no arrow is drawn


class Pane:
    """A pane is the half of one person, who sits in a seat and drives a car."""

    def __init__(self, context: AppContext, drive: Drive, car: DrivenCar, seat: Seat) -> None:
        self.car = car
        self.seat = seat
        self.name = player_name(seat.number)
        self.seen = PlayersDrive(drive, car)
        self.hud = Hud(_HIDDEN, "clean")
        self.camera = DriveView(self.seen, context, self.hud)
        self.banner = MomentBanner()
        self.name_box = Box(0, 0, 0, 0)  # of the half, as it was drawn last
        self._context = context
        self._onlooker = Onlooker(seat.number - 1, car)

    @property
    def number(self) -> int:
        """Return the pane's number, from 0."""
        return self._onlooker.number

    @property
    def feel(self) -> RoadFeel:
        """Return what the person feels of the road."""
        surfaces = self.seen.track.tables.surfaces
        return road_feel_of(self.car.now, surfaces, self.car.hit_ns)

    def settle(self, size: tuple[int, int]) -> None:
        """Let the camera be where it would come to rest, in a half of this size."""
        self.camera.view(size, 0.0)
        self.camera.settle()

    def view(self, size: tuple[int, int], fraction: float) -> View:
        """Return what a half of this size shows."""
        return self.camera.view(size, fraction)

    def text_scale(self, half: pygame.Surface) -> float:
        """Return the scale of text beside the instruments: as large as in the whole window."""
        window = half.get_parent() or half
        larger = metrics(window.get_size(), 1.0).unit / metrics(half.get_size(), 1.0).unit
        return larger * self._context.settings.hud.text_scale

    def draw_world(
        self,
        half: pygame.Surface,
        picture: DrivePicture,
        fraction: float,
        named: Sequence[MarkedCar],
    ) -> None:
        """Draw ground and cars, some of them with their names."""
        view = self.view(half.get_size(), fraction)
        soon = self.camera.view_soon(view)
        picture.draw(half, view, fraction, soon, self._onlooker)
        scale = self.text_scale(half)
        draw_names(half, view, self.seen, fraction, named, scale)
        tag = GhostTag(self.name, self.seen.own_colour, scale)
        self.name_box = draw_name_in_corner(half, tag)

    def draw_over(
        self, half: pygame.Surface, fraction: float, others: Sequence[MarkedCar], read: list[Box]
    ) -> None:
        """Draw the instruments, and arrows to other cars beside them and what else is read."""
        settings = self._context.settings
        if not settings.hud.shown or self.camera.whole_share > 0.0:
            return
        size, scale = half.get_size(), self.text_scale(half)
        self.hud.draw(half, self.seen, settings.hud)
        lasting = (*self.hud.lasting_boxes(size, settings.hud), self.name_box)
        self.banner.draw(half, scale, lasting, calm=settings.camera.reduced_motion)
        view = self.view(size, fraction)
        boxes = [
            *self.hud.layout_at(size, settings.hud).values(),
            *read,
            self.name_box,
            self._own_box(view, fraction),
        ]
        draw_arrows(half, view, self.seen, fraction, others, boxes, scale)

    def _own_box(self, view: View, fraction: float) -> Box:
        pose, reach = self.car.pose(fraction), round(_CLEAR_M * view.pixels_per_m)
        x, y = view.to_screen(pose.x_m, pose.y_m)
        return Box(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach)

    def read_boxes(self, part: WindowPart) -> list[Box]:
        """Return the boxes of the window in which this half has its instruments."""
        boxes = self.hud.layout_at(part.size, self._context.settings.hud).values()
        return [box._replace(left=box.left + part.left, top=box.top + part.top) for box in boxes]
