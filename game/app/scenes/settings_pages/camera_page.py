"""Set the camera, and show beside it a car on the circuit as the camera will."""

from __future__ import annotations

import pygame

from game.app.menus.tab import Tab, choice, defaults_row, percent, slider
from game.app.scenes.settings_pages.camera_trial import CameraTrial
from game.app.setup.model.garage import Garage
from game.app.ui.box import Box
from game.app.ui.rows import Heading, Remark, TextScale
from game.translation import N_


class CameraPage(Tab):
    """Sets how the camera follows the car."""

    plots = True

    def __init__(self, garage: Garage) -> None:
        context = garage.context
        views = (("north_up", N_("north up")), ("heading_up", N_("heading up")))
        rows = (
            Heading(N_("While driving")),
            choice(
                context,
                N_("Direction"),
                ("camera", "mode"),
                views,
                N_("North up keeps the circuit still."),
            ),
            slider(
                context,
                N_("Distance"),
                ("camera", "distance"),
                0.05,
                percent,
                N_(
                    "100 % and above show two seconds of road at any speed; below, the car is "
                    "larger."
                ),
            ),
            slider(
                context,
                N_("Shaking"),
                ("camera", "shake"),
                0.05,
                percent,
                N_("From kerbs and loose ground."),
            ),
            Remark(
                N_(
                    "While you drive, C turns the view and Tab shows the whole circuit, unless "
                    "other keys are bound to it."
                )
            ),
            defaults_row(context, "camera"),
        )
        super().__init__(N_("Camera"), rows)
        self._trial = CameraTrial(garage)

    def update(self, frame_s: float) -> None:
        """Let the car run on."""
        self._trial.update(frame_s)

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:  # noqa: ARG002
        """Draw the car on the circuit."""
        self._trial.draw(surface, box)
