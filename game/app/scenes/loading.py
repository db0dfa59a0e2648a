"""Do work a little each frame while a circuit draws itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.scene import PassingScene, Scene
from game.app.scenes.loading_tips import SHOWN_S, loading_tip
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_outline import CircuitOutline
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, wrapped, write_line
from game.app.ui.theme import Metrics, metrics
from game.app.venue.venue import Venue
from game.translation import N_, _

_SLICE_S: Final = 0.010  # of every frame for the work; what it does at once may take longer
_TIP_NS: Final = 1_000_000_000
_TITLE_PX: Final = 34
_BELOW_PX: Final = 17
_TIP_PX: Final = 16
_MIN_TIP: Final = 240  # units; in less room there is none


class LoadingScene(PassingScene):
    """Works through steps that give their progress, 0..1, then gives way to the next scene."""

    def __init__(
        self,
        venue: Venue,
        steps: Iterator[float],
        then: Callable[[], Scene],
        activity: str = N_("Painting the circuit"),
        back: Scene | None = None,
        *,
        shows_first: bool = False,
    ) -> None:
        """Make a wait; `back` is a scene to return to, so that the player need not wait.

        shows_first: whether a frame is shown before any work, for what may be done at once and
        leads to what takes long.
        """
        self._venue = venue
        self.progress = 0.0
        self._steps = steps
        self._then = then
        self._activity = activity
        self._back = back
        self._shows_first = shows_first
        self._outline = CircuitOutline(venue.track)
        self._waited_s = 0.0
        self._first_tip = time.time_ns() // _TIP_NS  # another one at every start

    def handle(self, command: Command) -> Scene | None:
        """Close the window, or give up where that is possible."""
        if command is Command.QUIT:
            return None
        if command in (Command.BACK, Command.PAUSE) and self._back is not None:
            return self._given_up(self._back)
        return self

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Give up on a click, where that is possible."""
        if pointer.pressed and self._back is not None:
            return self._given_up(self._back)
        return self

    def update(self, frame_s: float) -> None:
        """Work for a while."""
        self._waited_s += frame_s
        if self._shows_first:
            self._shows_first = False
            return
        end_s = time.perf_counter() + _SLICE_S
        while self.progress < 1.0 and time.perf_counter() < end_s:
            self.progress = next(self._steps, 1.0)

    def following(self) -> Scene:
        """Return the following scene: this one until the work is done, then the next one."""
        return self._then() if self.progress >= 1.0 else self

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the circuit's line as far as the work is done."""
        surface.fill(palette.INK)
        sizes = metrics(surface.get_size(), self._venue.context.settings.hud.text_scale)
        self._outline.draw(surface, _middle(sizes), self.progress)
        px = sizes.title(_TITLE_PX)
        top = sizes.height - sizes.margin - line_height(px) - line_height(sizes.text(_BELOW_PX))
        line = Box(sizes.margin, top, sizes.width - 2 * sizes.margin, line_height(px))
        write_line(
            surface, self._venue.track.title, line, TextStyle(px, palette.BRIGHT, Weight.BOLD)
        )
        px = sizes.text(_BELOW_PX)
        below = Box(line.left, line.bottom, line.width, line_height(px))
        write_line(surface, _(self._activity), below, TextStyle(px, palette.DIM))
        share = f"{100.0 * self.progress:.0f} %"
        write_line(surface, share, below, TextStyle(px, palette.TEXT), Align.RIGHT)
        self._draw_tip(surface, line, sizes)

    def _given_up(self, back: Scene) -> Scene:
        """End the work, so that it leaves nothing behind, and return where that leads."""
        if isinstance(self._steps, Generator):
            self._steps.close()
        return back

    def _draw_tip(self, surface: pygame.Surface, line: Box, sizes: Metrics) -> None:
        """Write a tip at the right of the circuit's name, the last line beside it."""
        tip = loading_tip(self._venue.context, self._first_tip + int(self._waited_s / SHOWN_S))
        px = sizes.entry(_TIP_PX)
        named = line_width(self._venue.track.title, sizes.title(_TITLE_PX), Weight.BOLD)
        width = line.width - named - sizes.space(48)
        high = line_height(px)
        lines = wrapped(tip, width, px) if width > sizes.space(_MIN_TIP) else ()
        for number, words in enumerate(reversed(lines)):
            top = line.bottom - (number + 1) * high
            place = Box(line.right - width, top, width, high)
            write_line(surface, words, place, TextStyle(px, palette.TEXT), Align.RIGHT)


def _middle(sizes: Metrics) -> Box:
    """Return the middle of the circuit as it is drawn: above the words."""
    words = line_height(sizes.title(_TITLE_PX)) + line_height(sizes.text(_BELOW_PX))
    height = sizes.height - 2 * sizes.margin - words - sizes.space(32)
    return Box(sizes.margin, sizes.margin, sizes.width - 2 * sizes.margin, height)
