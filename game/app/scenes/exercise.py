"""Drive an exercise: a pedal begins it at speed, it ends in a result and begins again by itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.exercise_drive import ExerciseDrive, Judge
from game.app.hud.hud import Hud
from game.app.hud.instrument_list import OF_RACES
from game.app.input.commands import Command
from game.app.menus.menu import MenuScene
from game.app.menus.routes import ExerciseDriving, Routes
from game.app.menus.scene import Scene
from game.app.scenes.driving import DrivingScene
from game.app.scenes.start_messages import exercise_message
from game.app.setup.model.garage import Garage
from game.app.ui.box import Box
from game.app.ui.page import Page
from game.app.ui.rows import Action
from game.drivers.human_driver import HumanDriver
from game.translation import N_, _
from game.vehicle.setup import Setup

_OF_LAPS: Final = (
    "lap_times",
    "sectors",
    "mini_sectors",
    "predicted_lap",
    "delta",
    "verdict",
    "energy",
    *OF_RACES,
)  # instruments
_STILL_S: Final = 0.35  # before an attempt
_MEANT: Final = 0.1  # of a pedal


class ExerciseScene(DrivingScene, ABC):
    """An exercise is a short drive. Subclasses say when it ends and what is drawn over it."""

    teaches_keys = False  # the exercise has its own words
    back_words = N_("Back to the list")

    def __init__(
        self, garage: Garage, routes: Routes, drive: ExerciseDrive[Judge], back: MenuScene
    ) -> None:
        """back: the list that the exercise was chosen from."""
        super().__init__(garage, routes, drive)
        self.back = back
        self._hud = Hud(_OF_LAPS)
        self.adopt(drive)
        self._lap_to_beat_shown = True
        self._still_s = _STILL_S
        self._is_begun = False
        self._again_s = 0.0  # until the next attempt, once one has ended
        garage.context.notice.show(exercise_message(garage.context))

    def adopt(self, drive: Drive) -> None:
        """Show another drive from now on, whose laps are nothing to celebrate."""
        if drive is not self.drive:
            self.drive = drive
            self.picture = self.garage.venue.picture_of(drive)
        drive.followed.on_moment = lambda _: None

    @property
    def ended(self) -> bool:
        """Return whether the attempt has a result, which is shown."""
        return self._again_s > 0.0

    @property
    def waits_for(self) -> str:
        """Return what the player has to do for the first attempt to begin; empty once it has.

        Until then there is time to find the car, and to read.
        """
        return "" if self._is_begun else _("Press the throttle to begin")

    def end(self, shown_s: float) -> None:
        """Show the result of the attempt for so long, and then begin another."""
        self._again_s = shown_s

    def start(self) -> None:
        """Begin at once: there are no lights on the way to a corner."""

    def restart(self) -> None:
        """Begin another attempt."""
        self.drive.restart()
        self._catch_up()
        self._again_s = 0.0
        self._still_s = _STILL_S

    def reset_to_track(self) -> None:
        """Begin another attempt."""
        self.restart()

    def pause(self, reason: str = "") -> Scene:
        """Return the menu over the exercise."""
        return self._routes.pause_exercise(self, reason)

    def handle(self, command: Command) -> Scene | None:
        """Go to the next exercise or the one before, besides what every drive does."""
        if command in (Command.NEXT_TAB, Command.PREVIOUS_TAB):
            self.context.sound.play("confirm")
            return self.neighbour(1 if command is Command.NEXT_TAB else -1)
        return super().handle(command)

    @abstractmethod
    def neighbour(self, step: int) -> Scene:
        """Return the exercise a step further in the list."""

    def actions(self) -> Sequence[Action]:
        """Return what the menu over the exercise offers besides going on and leaving."""
        return ()

    def update(self, frame_s: float) -> None:
        """Stand still until it begins, drive, end if decided, and begin again after a result."""
        if not self._is_begun:
            self.context.inputs.read()
            held = self.context.inputs.state
            pedal = max(held.throttle, held.brake, float(held.up), float(held.down))
            self._is_begun = pedal > _MEANT
            frame_s = 0.0
        if self._still_s > 0.0:
            self._still_s -= frame_s
            frame_s = 0.0
        super().update(frame_s)
        if not self.ended:
            self.end_if_decided()
            return
        self._again_s -= frame_s
        if not self.ended:
            self.follow()

    @abstractmethod
    def end_if_decided(self) -> None:
        """End the attempt if it has a result by now."""

    def follow(self) -> None:
        """Continue after a result, with another attempt."""
        self.restart()

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the drive, and the exercise over it."""
        super().draw(surface)
        read = [*self.draw_exercise(surface), *self.read_boxes(surface.get_size())]
        self.context.notice.keep_clear(read)

    @abstractmethod
    def draw_exercise(self, surface: pygame.Surface) -> list[Box]:
        """Draw what there is to do, and the result; return where."""


def exercise_entry(garage: Garage, setup: Setup) -> CarEntry:
    """Return the player's car with a setup."""
    spec, state = garage.spec, garage.context.inputs.state
    return CarEntry(spec, setup, lambda: HumanDriver(state, spec, setup))


class ExercisePausedScene(MenuScene):
    """The exercise stands still until the player chooses."""

    title = N_("Paused")

    def __init__(
        self, garage: Garage, routes: Routes, exercise: ExerciseDriving, reason: str = ""
    ) -> None:
        self._routes = routes
        self._exercise = exercise
        rows = (
            Action(N_("Resume"), self._resume),
            Action(N_("Restart"), self._restart),
            *exercise.actions(),
            Action(N_("Settings"), lambda: self.go_to(routes.settings(self))),
            Action(exercise.back_words, lambda: self.go_to(exercise.back)),
            Action(N_("Quit to title"), lambda: self.go_to(routes.title())),
        )
        super().__init__(garage.context, Page(rows), exercise.world)
        self.under_title = reason or garage.place_text
        garage.context.sound.silence()

    def on_command(self, command: Command) -> None:
        """Follow the key that restarts, besides those of every menu."""
        if command in (Command.RESTART, Command.RESET):
            self._restart()
        super().on_command(command)

    def leave(self) -> None:
        """Drive on."""
        self._resume()

    def _resume(self) -> None:
        self._exercise.resume()
        self.go_to(self._exercise)

    def _restart(self) -> None:
        self._exercise.restart()
        self.go_to(self._exercise)
