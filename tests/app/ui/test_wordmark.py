"""A wordmark fits the width it has, whatever the name, and shows all of its letters."""

import numpy as np
import pygame
import pytest

from game.app.ui import palette
from game.app.ui.wordmark import draw_wordmark, wordmark_size

NAMES = (
    "Nissan LEAF NISMO RC",
    "Hatchback",
    "Ford Ka",
    "A car with quite a long name indeed",
    "日産 リーフ",
)


@pytest.fixture(autouse=True)
def pygame_fonts():
    pygame.font.init()


def drawn(name, px=76, width=1152):
    surface = pygame.Surface((1280, 200), 0, 32)
    draw_wordmark(surface, name, (64, 20), px, width)
    return pygame.surfarray.array3d(surface).astype(int).transpose(1, 0, 2)


@pytest.mark.parametrize("width", [1152, 600, 240])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_no_wider_than_allowed_and_nothing_of_it_lies_outside_its_size(name, width):
    wide, high = wordmark_size(name, 76, width)
    assert wide <= width
    lit = np.argwhere(drawn(name, width=width).max(axis=2) > 30)
    top, left = lit.min(axis=0)
    bottom, right = lit.max(axis=0)
    assert top >= 20
    assert bottom < 20 + high
    assert left >= 64 - 1
    assert right < 64 + wide


def test_a_name_that_has_room_keeps_its_size_and_one_that_has_not_gets_smaller():
    assert wordmark_size("Ford Ka", 76, 1152) == wordmark_size("Ford Ka", 76, 600)
    assert wordmark_size(NAMES[3], 76, 600)[1] < wordmark_size(NAMES[3], 76, 1152)[1]


def test_the_last_of_several_large_words_has_a_plate_and_a_word_alone_has_none():
    def plate(name):
        return np.all(drawn(name) == palette.ACCENT, axis=2)

    assert plate("Nissan LEAF NISMO RC").sum() > 2000
    assert not plate("Ford Ka").any()
    assert not plate("Hatchback").any()


def test_its_letters_stand_on_the_left_edge_at_their_feet_and_lean_to_the_right():
    rows = np.flatnonzero((drawn("III").min(axis=2) > 200).any(axis=1))
    lefts = [np.flatnonzero(drawn("III")[row].min(axis=1) > 200)[0] for row in (rows[3], rows[-3])]
    assert lefts[0] - lefts[1] == pytest.approx(0.2 * (rows[-3] - rows[3]), abs=2.0)
