"""Show the chosen circuit beside the list: its map, its facts and its attribution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from game.app.menus.weather_words import weather_text, weather_title
from game.app.scenes.medal_list import draw_medals_across, medal_rows, medals_across_height
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_sketch import CircuitSketch, SketchStyle
from game.app.ui.medals import MEDAL_COLOURS, draw_medal
from game.app.ui.palette import Colour
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    line_width,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.app.ui.theme import Metrics
from game.app.venue.circuit_facts import CircuitFacts
from game.app.venue.height_strip import climb_text
from game.goals.medals import Medal
from game.track.summary import DIRECTIONS
from game.track.track_file import LandscapeKind
from game.translation import N_, _
from game.units import lap_time_text

_TITLE_PX: Final = 30
_PLACE_PX: Final = 15
_LABEL_PX: Final = 13
_VALUE_PX: Final = 19
_CREDIT_PX: Final = 13
_MEDAL_PX: Final = 15
_NUMBER_PX: Final = 13
_LINE_PX: Final = 3.4
_MIN_MAP: Final = 90  # units of height; in less room there is none
_PAD: Final = 22  # between the panel's edge and what is on it
_NUMBERED: Final = 18.0  # heights of a number, below which a map is too small for them
_GAP_EM: Final = 1.6  # between two facts, of their values' text
_DISC: Final = 0.9  # of a medal, of its text's height
_LANDSCAPES: Final[dict[LandscapeKind, str]] = {
    "orchards": N_("Among orchards"),
    "meadows": N_("In meadows"),
    "woodland": N_("In the woods"),
    "desert": N_("In the desert"),
    "city": N_("In a city"),
}
_NONE: Final = "\N{EN DASH}"


class _Fact(NamedTuple):
    """Holds a name above, a value below, in its colour and with a medal if it has one."""

    label: str
    value: str
    colour: Colour = palette.BRIGHT
    medal: Medal | None = None

    def width(self, label_px: int, value_px: int) -> int:
        """Return how wide it is in text of these sizes."""
        disc = 0 if self.medal is None else round(1.4 * _DISC * value_px)
        value = line_width(self.value, value_px, Weight.BOLD) + disc
        return max(line_width(self.label, label_px), value) + 2


class CircuitBoard:
    """Draws what is known about one circuit."""

    def __init__(self, facts: CircuitFacts) -> None:
        self.facts = facts
        self._sketch = CircuitSketch(*facts.shape)

    def draw(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> None:
        """Draw the title, the map in the room that the rest leaves, the facts and the credit."""
        draw_panel(surface, box, sizes.unit)
        pad = sizes.space(_PAD)
        box = Box(box.left + pad, box.top + pad, box.width - 2 * pad, box.height - 2 * pad)
        px = sizes.title(_TITLE_PX)
        title = TextStyle(px, palette.BRIGHT, Weight.BOLD)
        high = paragraph_height(self.facts.title, box.width, px)
        write_paragraph(surface, self.facts.title, box._replace(height=high), title)
        px = sizes.entry(_PLACE_PX)
        text = place_text(self.facts)
        place = box._replace(top=box.top + high, height=paragraph_height(text, box.width, px))
        high += place.height
        write_paragraph(surface, text, place, TextStyle(px, palette.DIM))
        bottom = self._draw_facts(surface, box, self._draw_credit(surface, box, sizes), sizes)
        top = box.top + high
        room = Box(box.left, top, box.width, bottom - sizes.space(8) - top)
        if room.height >= sizes.space(_MIN_MAP):
            px = sizes.entry(_NUMBER_PX)
            numbers_px = px if room.height >= _NUMBERED * px else 0
            style = SketchStyle(_LINE_PX * sizes.unit, palette.BRIGHT, numbers_px, arrow=True)
            self._sketch.draw(surface, room, style)

    def _draw_credit(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> int:
        """Draw the attribution of the circuit at the bottom; return the height that is left."""
        px = sizes.entry(_CREDIT_PX)
        high = paragraph_height(self.facts.credit, box.width, px)
        credit = box._replace(top=box.bottom - high, height=high)
        write_paragraph(surface, self.facts.credit, credit, TextStyle(px, palette.DIM))
        return credit.top - sizes.space(6)

    def _draw_facts(self, surface: pygame.Surface, box: Box, bottom: int, sizes: Metrics) -> int:
        """Draw the facts above a height, the medals below them; return the height that is left."""
        rows = medal_rows(self.facts.medal_times, self.facts.best_s)
        px = sizes.entry(_MEDAL_PX)
        medals = box._replace(top=bottom - medals_across_height(rows, box.width, px))
        draw_medals_across(surface, rows, medals, px)
        lines = _flowed(facts_of(self.facts), box.width, sizes)
        high = _fact_height(sizes)
        top = medals.top - sizes.space(4) - len(lines) * high
        for number, line in enumerate(lines):
            for left, fact in line:
                cell = Box(box.left + left, top + number * high, 0, high)
                _draw_fact(surface, fact, cell, sizes)
        return top


def facts_of(facts: CircuitFacts) -> list[_Fact]:
    """Return a circuit's facts in the player's words."""
    count = facts.left_corners + facts.right_corners
    corners = _("{count} ({left} left, {right} right)").format(
        count=count, left=facts.left_corners, right=facts.right_corners
    )
    climb = []
    if facts.climb_m > 0.0:
        climb.append(_Fact(_("Climb"), climb_text(facts.climb_m, facts.steepest)))
    won = palette.BRIGHT if facts.medal is None else MEDAL_COLOURS[facts.medal]
    return [
        _Fact(_("Length"), length_text(facts.length_m)),
        _Fact(_("Corners"), corners),
        _Fact(_("Driving direction"), _(DIRECTIONS[facts.clockwise])),
        *climb,
        _Fact(
            _("Your best"),
            time_text(facts.best_s),
            won,
            facts.medal,
        ),
        _Fact(_("The bot"), time_text(facts.bot_s)),
    ]


def place_text(facts: CircuitFacts) -> str:
    """Return the land that a circuit lies in, and the weather that the times are of."""
    land, weather = _(_LANDSCAPES[facts.landscape]), facts.weather
    return f"{land} \N{MIDDLE DOT} {_(weather_title(weather.name))}: {weather_text(weather)}"


def length_text(length_m: float) -> str:
    """Return the length of a lap."""
    return f"{length_m / 1000.0:.2f} km"


def time_text(time_s: float) -> str:
    """Return a lap time, or a dash where there is none."""
    return _NONE if math.isinf(time_s) else lap_time_text(time_s)


def _flowed(facts: Sequence[_Fact], width: int, sizes: Metrics) -> list[list[tuple[int, _Fact]]]:
    """Return the facts in as many lines as they need, each with its left edge."""
    lines: list[list[tuple[int, _Fact]]] = [[]]
    gap, left = round(_GAP_EM * sizes.entry(_VALUE_PX)), 0
    for fact in facts:
        wide = fact.width(sizes.entry(_LABEL_PX), sizes.entry(_VALUE_PX))
        if lines[-1] and left + wide > width:
            lines.append([])
            left = 0
        lines[-1].append((left, fact))
        left += wide + gap
    return lines


def _fact_height(sizes: Metrics) -> int:
    texts = line_height(sizes.entry(_LABEL_PX)) + line_height(sizes.entry(_VALUE_PX))
    return texts + sizes.space(8)


def _draw_fact(surface: pygame.Surface, fact: _Fact, cell: Box, sizes: Metrics) -> None:
    label_px, px = sizes.entry(_LABEL_PX), sizes.entry(_VALUE_PX)
    wide = fact.width(label_px, px)
    label = Box(cell.left, cell.top, wide, line_height(label_px))
    write_line(surface, fact.label, label, TextStyle(label_px, palette.LABEL))
    value = Box(cell.left, label.bottom, wide, line_height(px))
    if fact.medal is not None:
        disc = _DISC * px
        middle = (value.left + disc / 2, value.top + value.height / 2)
        draw_medal(surface, middle, disc, fact.medal, won=True)
        left = value.left + round(1.4 * disc)
        value = value._replace(left=left, width=value.right - left)
    write_line(surface, fact.value, value, TextStyle(px, fact.colour, Weight.BOLD), Align.LEFT)
