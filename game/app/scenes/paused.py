"""Paused: the frozen picture with a menu over it, for keys, mouse and controllers."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

import pygame

from game.app.input.commands import Command
from game.app.scenes.scene import Pointer, Scene
from game.app.ui.box import Box
from game.app.ui.lettering import Align, write
from game.app.ui.panel import draw_panel

if TYPE_CHECKING:
    from game.app.scenes.driving import DrivingScene

_VEIL: Final = (8, 10, 14, 120)
_BRIGHT: Final = (243, 245, 248)
_DIM: Final = (158, 166, 176)
_CHOSEN: Final = (200, 24, 44)


class Entry(Enum):
    """The lines of the menu."""

    RESUME = "Resume"
    RESTART = "Restart"
    RESET = "Reset to track"
    QUIT = "Quit"


class PausedScene:
    """The drive stands still until the player chooses."""

    def __init__(self, driving: DrivingScene, reason: str = "") -> None:
        self._driving = driving
        self._reason = reason
        self._chosen = 0
        self._boxes: list[Box] = []

    def hear(self, command: Command) -> Scene | None:
        """Move through the menu or follow it."""
        if command is Command.QUIT:
            return None
        if command is Command.PAUSE:
            return self._follow(Entry.RESUME)
        if command is Command.RESTART:
            return self._follow(Entry.RESTART)
        if command is Command.RESET:
            return self._follow(Entry.RESET)
        if command is Command.CONFIRM:
            return self._follow(list(Entry)[self._chosen])
        if command is Command.UP:
            self._chosen = (self._chosen - 1) % len(Entry)
        elif command is Command.DOWN:
            self._chosen = (self._chosen + 1) % len(Entry)
        elif command is Command.UNPLUGGED:
            self._reason = "the controller was unplugged"
        elif command is Command.PLUGGED:
            self._reason = "a controller was plugged in"
        return self

    def point(self, pointer: Pointer) -> Scene | None:
        """Choose the line under the mouse; a press follows it."""
        place = pointer.place
        for index, box in enumerate(self._boxes):
            if box.left <= place[0] < box.right and box.top <= place[1] < box.bottom:
                self._chosen = index
                if pointer.pressed:
                    return self._follow(list(Entry)[index])
        return self

    def advance(self, frame_s: float) -> None:
        """Time stands still."""

    def draw(self, surface: pygame.Surface) -> None:
        """The drive under a veil, and the menu."""
        self._driving.draw(surface)
        width, height = surface.get_size()
        veil = pygame.Surface((width, height), pygame.SRCALPHA)
        veil.fill(_VEIL)
        surface.blit(veil, (0, 0))
        unit = min(width / 1280.0, height / 720.0)
        panel, self._boxes = menu_boxes(width, height, len(Entry))
        draw_panel(surface, panel, unit)
        middle = panel.left + panel.width / 2
        title = (middle, panel.top + 24 * unit)
        write(surface, "Paused", title, round(52 * unit), _BRIGHT, Align.CENTRE)
        reason = (middle, panel.top + 66 * unit)
        write(surface, self._reason, reason, round(24 * unit), _DIM, Align.CENTRE)
        for index, (entry, box) in enumerate(zip(Entry, self._boxes, strict=True)):
            if index == self._chosen:
                pygame.draw.rect(surface, _CHOSEN, box, border_radius=round(8 * unit))
            colour = _BRIGHT if index == self._chosen else _DIM
            place = (middle, box.top + 10 * unit)
            write(surface, entry.value, place, round(34 * unit), colour, Align.CENTRE)

    def _follow(self, entry: Entry) -> Scene | None:
        if entry is Entry.QUIT:
            return None
        if entry is Entry.RESTART:
            self._driving.restart()
        elif entry is Entry.RESET:
            self._driving.reset_to_track()
        self._driving.resume()
        return self._driving


def menu_boxes(width: int, height: int, entries: int) -> tuple[Box, list[Box]]:
    """The panel in the middle of a window and the lines of the menu in it."""
    unit = min(width / 1280.0, height / 720.0)
    wide, high = round(360 * unit), round((118 + 54 * entries) * unit)
    panel = Box((width - wide) // 2, (height - high) // 2, wide, high)
    lines = [
        Box(
            panel.left + round(24 * unit),
            panel.top + round((98 + 54 * index) * unit),
            wide - 2 * round(24 * unit),
            round(46 * unit),
        )
        for index in range(entries)
    ]
    return panel, lines
