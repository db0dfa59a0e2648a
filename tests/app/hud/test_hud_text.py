"""No text of the instruments leaves its panel or runs into another."""

from itertools import combinations
from typing import NamedTuple

import pygame
import pytest

from game.app.hud import pen
from game.app.hud.layout import lay_out
from game.app.hud.pieces import PIECES
from game.app.hud.settings import HudSettings
from game.app.hud.style import Style
from game.app.ui.lettering import Align, Weight, text_width, write

SIZES = [(1280, 720), (1920, 1080), (2560, 1440), (1024, 768), (1600, 1000), (3440, 1440)]
SCALES = [1.0, 1.25, 1.5, 1.75, 2.0]


class Line(NamedTuple):
    """A line of text, the pixels it takes up, and its height from accents to descenders."""

    text: str
    ink: pygame.Rect
    height: int


def ink(text, place, height, colour, align=Align.LEFT, weight=Weight.REGULAR):
    """The pixels that a line takes up."""
    width = text_width(text, height, weight)
    clean = pygame.Surface((width + 2 * height, 3 * height), pygame.SRCALPHA)
    write(clean, text, (height, height), height, colour, weight=weight)
    taken = clean.get_bounding_rect()
    left = round(place[0] - align.value * width)
    return taken.move(left - height, round(place[1]) - height)


@pytest.fixture
def texts_of(monkeypatch, offscreen):
    """Draws a window's instruments; for each its box and the ink of every line, with the text."""

    def draw(seen, size, settings):
        surface = offscreen(size)
        drawn = {}
        for name, piece in lay_out(size, settings).placed.items():
            lines = []

            def note(target, text, place, *rest, lines=lines, box=piece.box):
                taken = ink(text, place, *rest)
                if target is surface:
                    taken = taken.move(-box.left, -box.top)
                if text.strip():
                    lines.append(Line(text, taken, rest[0]))
                write(target, text, place, *rest)

            monkeypatch.setattr(pen, "write", note)
            style = Style(piece.unit, settings.opacity, settings.speed_unit, piece.align)
            PIECES[name]().draw(surface, piece.box, style, seen)
            drawn[name] = (piece, lines)
        return drawn

    return draw


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("moment", ["seen", "extreme"])
def test_every_line_lies_in_its_panel_and_off_the_others(texts_of, request, moment, size):
    seen = request.getfixturevalue(moment)
    for scale in SCALES:
        drawn = texts_of(seen, size, HudSettings(text_scale=scale))
        for name, (piece, lines) in drawn.items():
            panel = pygame.Rect(0, 0, piece.box.width, piece.box.height)
            for text, taken, _ in lines:
                assert panel.contains(taken), (name, text, scale, taken, panel)
            for (one, its, _), (other, others, _) in combinations(lines, 2):
                assert not its.colliderect(others), (name, one, other, scale)


def test_the_extremes_are_really_shown(texts_of, extreme):
    drawn = texts_of(extreme, (2560, 1440), HudSettings())
    shown = {text for _, lines in drawn.values() for text, *_ in lines}
    assert shown >= {"9:59.999", "\N{MINUS SIGN}99.999", "300", "\N{MINUS SIGN}240 kW", "100.0 %"}
    assert shown >= {"LAP 100", "NOT VALID T88 188.8 m", "REVERSE", "\N{MINUS SIGN}320 Nm"}


@pytest.mark.parametrize("speed_unit", ["km/h", "mph"])
def test_speed_is_shown_in_the_unit_that_was_chosen(texts_of, extreme, speed_unit):
    settings = HudSettings(speed_unit=speed_unit)
    shown = {text for text, *_ in texts_of(extreme, (1280, 720), settings)["speed"][1]}
    assert shown == {{"km/h": "300", "mph": "186"}[speed_unit], speed_unit, "REVERSE"}


@pytest.mark.parametrize("size", SIZES)
def test_from_capitals_to_descenders_the_smallest_line_has_13_pixels(texts_of, extreme, size):
    drawn = texts_of(extreme, size, HudSettings())
    heights = {line.height for _, lines in drawn.values() for line in lines}
    assert ink("Hp", (0, 0), min(heights), (255, 255, 255)).height >= 13


def test_a_text_that_is_too_long_is_shortened_and_says_so(texts_of, extreme):
    (_, name) = [text for text, *_ in texts_of(extreme, (1280, 720), HudSettings())["corner"][1]]
    assert name.startswith("Curva del Maestro")
    assert name.endswith("\N{HORIZONTAL ELLIPSIS}")
