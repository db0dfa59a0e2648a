"""Dress the car in one of eight liveries and a number, seen large beside."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.car.livery import LIVERIES
from game.app.car.settings import chosen_livery
from game.app.car.sprite import CarSprite
from game.app.menus.tab import Tab, choice, defaults_row
from game.app.setup.model.garage import Garage
from game.app.ui.box import Box
from game.app.ui.rows import Heading, TextScale
from game.app.view.camera import View
from game.app.view.car_pose import CarPose
from game.recording.car_label import MAX_NUMBER, OWN_NUMBER
from game.translation import N_

_NAMES: Final = {
    "works": N_("works, white and red"),
    "azure": N_("azure"),
    "orange": N_("orange"),
    "yellow": N_("yellow"),
    "lime": N_("lime"),
    "violet": N_("violet"),
    "crimson": N_("crimson"),
    "turquoise": N_("turquoise"),
}
_ASPHALT: Final = (66, 67, 70)
_LINE: Final = (214, 214, 208)
_ROOM: Final = 0.86  # of the box, for the car's length
_HEADING_RAD: Final = 0.16
_LINE_M: Final = 0.15
_LINE_BELOW_M: Final = 1.75  # the car's middle


class CarPage(Tab):
    """Shows the car as it will be driven while its colours are chosen."""

    plots = True

    def __init__(self, garage: Garage) -> None:
        context = garage.context
        liveries = [(each.name, _NAMES[each.name]) for each in LIVERIES]
        own = (OWN_NUMBER, N_("the livery's own"))
        numbers = [own, *((number, str(number)) for number in range(1, MAX_NUMBER + 1))]
        rows = (
            Heading(N_("Your car")),
            choice(
                context,
                N_("Livery"),
                ("car", "livery"),
                liveries,
                N_("The colours of your car, on the track and on the title."),
            ),
            choice(
                context,
                N_("Start number"),
                ("car", "number"),
                numbers,
                N_("On the roof, to be read from above."),
            ),
            Heading(""),
            defaults_row(context, "car"),
        )
        super().__init__(N_("Car"), rows)
        self._context = context
        self._spec = garage.spec
        self._livery = chosen_livery(context.settings.car)
        self._sprite = CarSprite(self._spec, self._livery)

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:  # noqa: ARG002
        """Draw the car large, on a piece of road."""
        livery = chosen_livery(self._context.settings.car)
        if livery != self._livery:
            self._livery = livery
            self._sprite = CarSprite(self._spec, livery)
        picture = pygame.Surface(box[2:], depth=32)
        picture.fill(_ASPHALT)
        length_m = self._spec.chassis.length_m
        pixels_per_m = _ROOM * min(box.width / length_m, 2.0 * box.height / length_m)
        view = View(0.0, 0.0, pixels_per_m, box.width, box.height)
        line_px = max(round(_LINE_M * pixels_per_m), 1)
        top = round(0.5 * box.height + _LINE_BELOW_M * pixels_per_m)
        pygame.draw.rect(picture, _LINE, (0, top, box.width, line_px))
        self._sprite.draw(picture, view, CarPose(0.0, 0.0, _HEADING_RAD, 0.0))
        surface.blit(picture, (box.left, box.top))
