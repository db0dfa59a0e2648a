"""No text of the instruments leaves its panel or runs into another."""

import dataclasses
from itertools import combinations

import pygame
import pytest
from oval import make_oval

from game.app.hud.example import example
from game.app.hud.settings import HudSettings
from game.catalogues import LANGUAGES, set_language
from game.translation import ENGLISH

SIZES = [(1280, 720), (1920, 1080), (2560, 1440), (1024, 768), (1600, 1000), (3440, 1440)]
SCALES = [1.0, 1.25, 1.5, 1.75, 2.0]


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("moment", ["data", "extreme"])
def test_every_line_lies_in_its_panel_and_off_the_others(texts_of, request, moment, size):
    data = request.getfixturevalue(moment)
    for scale in SCALES:
        drawn = texts_of(data, size, HudSettings(text_scale=scale, preset="engineer"))
        for name, (instrument, lines) in drawn.items():
            panel = pygame.Rect(0, 0, instrument.box.width, instrument.box.height)
            for text, taken, *_ in lines:
                assert panel.contains(taken), (name, text, scale, taken, panel)
            for (one, its, *_), (other, others, *_) in combinations(lines, 2):
                assert not its.colliderect(others), (name, one, other, scale)


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != ENGLISH])
@pytest.mark.parametrize("moment", ["data", "extreme"])
def test_every_line_lies_in_its_panel_and_off_the_others_in_every_language(
    texts_of, request, moment, language
):
    data = request.getfixturevalue(moment)
    set_language(language)
    try:
        drawn = texts_of(data, (1280, 720), HudSettings(preset="engineer"))
    finally:
        set_language(ENGLISH)
    for name, (instrument, lines) in drawn.items():
        panel = pygame.Rect(0, 0, instrument.box.width, instrument.box.height)
        for text, taken, *_ in lines:
            assert panel.contains(taken), (name, text, taken, panel)
        for (one, its, *_), (other, others, *_) in combinations(lines, 2):
            assert not its.colliderect(others), (name, one, other)


def test_the_extremes_are_really_shown(texts_of, extreme):
    drawn = texts_of(extreme, (2560, 1440), HudSettings(preset="engineer"))
    shown = {text for _, lines in drawn.values() for text, *_ in lines}
    assert shown >= {"9:59.999", "\N{MINUS SIGN}99.999", "300", "\N{MINUS SIGN}240 kW", "100.0 %"}
    assert shown >= {"LAP 100", "NOT VALID T88 88.8 m", "REVERSE", "\N{MINUS SIGN}320 Nm"}
    assert shown >= {"+99.99", "99.99 of 9.9 kWh"}


@pytest.mark.parametrize("speed_unit", ["km/h", "mph"])
def test_speed_is_shown_in_the_unit_that_was_chosen(texts_of, extreme, speed_unit):
    settings = HudSettings(speed_unit=speed_unit, preset="engineer")
    shown = {text for text, *_ in texts_of(extreme, (1280, 720), settings)["speed"][1]}
    assert shown == {{"km/h": "300", "mph": "186"}[speed_unit], speed_unit, "REVERSE"}


@pytest.mark.parametrize("size", SIZES)
def test_from_capitals_to_descenders_the_smallest_line_has_13_pixels(
    texts_of, ink_of, extreme, size
):
    drawn = texts_of(extreme, size, HudSettings(preset="engineer"))
    heights = {line.height for _, lines in drawn.values() for line in lines}
    assert ink_of("Hp", min(heights)).height >= 13


def test_a_text_that_is_too_long_is_shortened_and_says_so(texts_of, extreme):
    (_, name) = [
        text
        for text, *_ in texts_of(extreme, (1280, 720), HudSettings(preset="engineer"))["corner"][1]
    ]
    assert name.startswith("Curva del Maestro")
    assert name.endswith("\N{HORIZONTAL ELLIPSIS}")


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_the_example_fits_any_circuit(texts_of, spec, setup, text_scale):
    oval = example(make_oval(), spec, setup)
    for instrument, lines in texts_of(
        oval, (1280, 720), HudSettings(text_scale=text_scale, preset="engineer")
    ).values():
        panel = pygame.Rect(0, 0, instrument.box.width, instrument.box.height)
        assert all(panel.contains(line.ink) for line in lines)


def test_many_sectors_leave_out_the_figures_that_have_no_room(texts_of, extreme):
    many = dataclasses.replace(extreme.track, sectors_m=tuple(range(12)))
    _, lines = texts_of(extreme._replace(track=many), (1280, 720), HudSettings(preset="engineer"))[
        "sectors"
    ]
    assert {line.text for line in lines} <= {f"S{number}" for number in range(1, 13)}
    for (_, its, *_), (_, others, *_) in combinations(lines, 2):
        assert not its.colliderect(others)
