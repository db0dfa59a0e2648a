"""Paused: the drive stands still behind a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from game.app.input.commands import Command
from game.app.scenes.menu import MenuScene
from game.app.scenes.photo import PhotoScene
from game.app.scenes.result import ResultScene
from game.app.scenes.scene import Scene
from game.app.scenes.settings import SettingsScene
from game.app.ui.page import Page
from game.app.ui.rows import Action

if TYPE_CHECKING:
    from game.app.scenes.driving import DrivingScene

_UNPLUGGED: Final = "the controller was unplugged"


class PausedScene(MenuScene):
    """The drive stands still until the player chooses."""

    title = "Paused"

    def __init__(self, driving: DrivingScene, reason: str = "") -> None:
        self._driving = driving
        rows = (
            Action("Resume", self._resume),
            Action("Restart", self._restart),
            Action("Reset to track", self._reset),
            Action("Photo mode", self._photograph),
            Action("Settings", self._set),
            Action("End session", self._end),
            Action("Quit to title", self._quit),
        )
        super().__init__(driving.stage, Page(rows), driving)
        self.under_title = reason or driving.stage.track.title
        driving.stage.sound.rest()

    def hear(self, command: Command) -> Scene | None:
        """Besides what every menu follows, the keys that work while driving."""
        if command is Command.RESTART:
            self._restart()
        elif command is Command.RESET:
            self._reset()
        elif command is Command.PHOTO:
            self._photograph()
        elif command is Command.UNPLUGGED:
            self.under_title = _UNPLUGGED
        return super().hear(command)

    def leave(self) -> None:
        """Drive on."""
        self._resume()

    def _resume(self) -> None:
        self._driving.resume()
        self.go_to(self._driving)

    def _restart(self) -> None:
        self._driving.restart()
        self._resume()

    def _reset(self) -> None:
        self._driving.reset_to_track()
        self._resume()

    def _photograph(self) -> None:
        self.go_to(PhotoScene(self.stage, self._driving.drive, self))

    def _set(self) -> None:
        self.go_to(SettingsScene(self.stage, self))

    def _end(self) -> None:
        self.go_to(ResultScene(self._driving))

    def _quit(self) -> None:
        # The title begins drives and so knows the driving scene, which knows this one.
        from game.app.scenes.title import TitleScene

        self.go_to(TitleScene(self.stage))
