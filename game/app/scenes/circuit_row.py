"""Draw a circuit in the list: a small map, its title, its length, best time and medal."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import pygame

from game.app.scenes.circuit_board import length_text, time_text
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_sketch import CircuitSketch, SketchStyle
from game.app.ui.medals import draw_medal
from game.app.ui.rows import Action, TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, write_line
from game.app.venue.circuit_facts import CircuitFacts

_HEIGHT_EM: Final = 3.2
_MAP_EM: Final = 3.6  # its width
_LINE_EM: Final = 0.1  # of the map
_SMALL: Final = 0.82  # of the line below the title, of the title's size
_PAD_EM: Final = 0.6
_MARKED: Final = (255, 255, 255, 20)


class CircuitRow(Action):
    """A row opens its circuit when it is confirmed; left and right turn through its variants."""

    def __init__(self, name: str, go: Callable[[], None], turn: Callable[[int], None]) -> None:
        super().__init__(name, go)
        self.name = name  # of the circuit as its file has it
        self.is_marked = False  # whether it is the one that is shown beside the list
        self.is_open = False  # whether the player is there
        self.facts: CircuitFacts | None = None  # of the variant that is asked for
        self._turn = turn
        self._sketched: CircuitFacts | None = None
        self._sketch: CircuitSketch | None = None

    def height(self, scale: TextScale, width: int) -> int:  # noqa: ARG002
        """Return the height of two lines beside a map."""
        return scale.em(_HEIGHT_EM)

    def change(self, steps: int) -> None:
        """Turn to the next variant."""
        self._turn(steps)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the map at the left, the words beside it."""
        pad = scale.em(_PAD_EM)
        if self.is_marked and not chosen:
            fill_rounded(surface, box, _MARKED, scale.em(0.3))
        place = Box(box.left + pad, box.top + pad // 2, scale.em(_MAP_EM), box.height - pad)
        colour = palette.BRIGHT if chosen or self.is_marked else palette.LABEL
        if self.facts is not None:
            style = SketchStyle(max(_LINE_EM * scale.px, 1.0), colour)
            self._sketch_of(self.facts).draw(surface, place, style)
        left = place.right + pad
        words = Box(left, box.top + pad // 3, box.right - pad - left, box.height - 2 * (pad // 3))
        upper = words._replace(height=round(0.54 * words.height))
        lower = words._replace(top=upper.bottom, height=words.bottom - upper.bottom)
        weight = Weight.BOLD if self.is_open else Weight.REGULAR
        write_line(surface, self.label, upper, TextStyle(scale.px, colour, weight))
        if self.facts is not None:
            self._draw_facts(surface, lower, round(_SMALL * scale.px), self.facts, chosen=chosen)

    def _draw_facts(
        self, surface: pygame.Surface, box: Box, px: int, facts: CircuitFacts, *, chosen: bool
    ) -> None:
        """Draw the length at the left, the best time and the medal at the right."""
        colour = palette.BRIGHT if chosen else palette.DIM
        write_line(surface, length_text(facts.length_m), box, TextStyle(px, colour))
        right = box.right
        if facts.medal is not None:
            middle = (right - px / 2, box.top + box.height / 2)
            draw_medal(surface, middle, float(px), facts.medal, won=True)
            right -= round(1.5 * px)
        if not math.isinf(facts.best_s):
            time = box._replace(width=right - box.left)
            bright = palette.BRIGHT if chosen else palette.TEXT
            write_line(surface, time_text(facts.best_s), time, TextStyle(px, bright), Align.RIGHT)

    def _sketch_of(self, facts: CircuitFacts) -> CircuitSketch:
        if self._sketch is None or self._sketched is not facts:
            shape = facts.shape
            self._sketched = facts
            self._sketch = CircuitSketch(shape.line_m, (), shape.above)
        return self._sketch
