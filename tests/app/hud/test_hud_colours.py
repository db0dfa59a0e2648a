"""The instruments' colours stay apart for everyone."""

from itertools import combinations

import numpy as np
import pytest
from colour_vision import VISIONS, lab, luminance

from game.app.ui import palette

JUST_TOLD_APART = 2.3  # Mahy et al. 1994
PANEL = (18, 21, 27)
CLEARLY = 10.0 * JUST_TOLD_APART


@pytest.mark.parametrize("vision", VISIONS)
def test_better_worse_and_neither_are_clearly_told_apart(vision):
    for one, other in combinations((palette.BLUE, palette.ORANGE, palette.BRIGHT), 2):
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) > CLEARLY


@pytest.mark.parametrize("vision", VISIONS)
def test_brake_and_throttle_are_clearly_told_apart(vision):
    difference = lab(palette.VERMILION, vision) - lab(palette.BRIGHT, vision)
    assert np.linalg.norm(difference) > CLEARLY


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", ["BLUE", "ORANGE", "VERMILION", "BRIGHT", "LABEL"])
def test_everything_stands_out_from_the_panel(vision, name):
    difference = lab(getattr(palette, name), vision) - lab(PANEL, vision)
    assert np.linalg.norm(difference) > CLEARLY - 5.0


@pytest.mark.parametrize("name", ["BRIGHT", "LABEL", "BLUE", "ORANGE", "VERMILION"])
def test_text_has_the_contrast_of_wcag_aa_on_a_panel(name):
    contrast = (luminance(getattr(palette, name)) + 0.05) / (luminance(PANEL) + 0.05)
    assert contrast >= 4.5
