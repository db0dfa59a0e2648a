"""Lines of text: digits keep their places, accents are not cut, nothing is lost silently."""

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.context import display
from game.app.ui.text import Align, Weight, shortened, text_width, write
from game.app.ui.text_layout import wrapped

WHITE = (255, 255, 255)


@pytest.fixture(autouse=True, scope="module")
def fonts():
    display.open_offscreen((64, 64))
    yield
    display.close()


def written(text, height=40, weight=Weight.REGULAR, width=None):
    line = pygame.Surface((width or text_width(text, height, weight) + 2, height), pygame.SRCALPHA)
    write(line, text, (0, 0), height, WHITE, weight=weight)
    return line


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("height", [11, 19, 22, 48, 84])
def test_a_time_that_runs_does_not_dance(height, weight):
    widths = {text_width(f"1:{number:02d}.{number:03d}", height, weight) for number in range(100)}
    assert len(widths) == 1


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("height", [19, 22, 33, 48, 84, 120])
def test_a_line_is_as_high_as_it_says_accents_and_descenders_whole(height, weight):
    tall = pygame.Surface((6 * height, 3 * height), pygame.SRCALPHA)
    write(tall, "ÁÑÇgjpqy", (height, height), height, WHITE, weight=weight)
    ink = tall.get_bounding_rect()
    assert ink.top >= height - 1
    assert ink.bottom <= 2 * height + 1
    assert ink.height >= 0.75 * height


@pytest.mark.parametrize("height", [19, 48])
def test_capitals_lie_in_the_middle_of_their_line(height):
    ink = written("HTE", height).get_bounding_rect()
    assert abs(ink.centery - 0.5 * height) <= 0.06 * height + 1.0


def test_text_ends_where_it_is_aligned_to():
    surface = pygame.Surface((400, 60), pygame.SRCALPHA)
    write(surface, "1:42.493", (300, 0), 40, WHITE, Align.RIGHT)
    assert 290 <= surface.get_bounding_rect().right <= 300
    surface.fill((0, 0, 0, 0))
    write(surface, "1:42.493", (200, 0), 40, WHITE, Align.CENTRE)
    assert abs(surface.get_bounding_rect().centerx - 200) <= 3


def test_bold_is_bolder():
    light, regular, bold = (
        pygame.mask.from_surface(written("Ricardo Tormo", 40, weight)).count() for weight in Weight
    )
    assert light < regular < bold


@pytest.mark.parametrize("sign", "\N{LEFTWARDS ARROW}\N{UPWARDS ARROW}\N{WHITE CIRCLE}")
def test_signs_that_the_font_lacks_come_from_another(sign):
    missing = written("\ue000").get_bounding_rect().size
    assert written(sign).get_bounding_rect().size not in {missing, (0, 0)}


@given(text=st.text(max_size=30), height=st.integers(1, 90), weight=st.sampled_from(Weight))
def test_any_text_of_any_size_is_written_within_its_width(text, height, weight):
    width = text_width(text, height, weight)
    tall = pygame.Surface((width + 2 * height + 20, 2 * height + 20), pygame.SRCALPHA)
    write(tall, text, (height + 10, 5), height, WHITE, weight=weight)
    ink = tall.get_bounding_rect()
    if ink.width:
        assert ink.left >= 10
        assert ink.right <= width + 2 * height + 10


@given(text=st.text(st.characters(codec="latin-1"), max_size=60), width=st.integers(0, 400))
def test_a_shortened_text_fits_and_is_the_beginning_of_the_whole(text, width):
    short = shortened(text, width, 19)
    assert text_width(short, 19) <= width or short == text
    if short != text:
        assert short == "" or (short.endswith("…") and text.startswith(short[:-1]))


def test_a_path_breaks_after_its_folders_and_a_unit_does_not():
    path = "C:\\Users\\someone\\AppData\\Local\\leaf-rc\\tracks"
    for text, separator in ((path, "\\"), (path.replace("\\", "/"), "/")):
        lines = wrapped(text, 150, 16)
        assert len(lines) > 1
        assert "".join(lines) == text
        assert all(line.endswith(separator) for line in lines[:-1])
    assert "km/h" in wrapped("as fast as 150 km/h", 60, 16)
