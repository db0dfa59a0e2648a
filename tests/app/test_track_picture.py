"""The picture of a circuit has its findings at their places, listed below it by their numbers."""

from pathlib import Path

import pygame
import pytest
from figure_of_eight import figure_of_eight_file, make_figure_of_eight

from game.app.tools.track_picture import draw_circuit
from game.app.ui.palette import BLUE, YELLOW
from game.errors import InputError
from game.track.findings import finding_at
from game.track.track import UnfitTrackError, build_track

SIZE = (640, 480)


@pytest.fixture(scope="module")
def unfit():
    """Return why a figure of eight without a bridge cannot be driven on."""
    with pytest.raises(UnfitTrackError) as raised:
        build_track("eight", figure_of_eight_file(bridges=()), Path("eight"))
    return raised.value


def drawn(circuit, findings, folder):
    path = folder / "circuit.png"
    draw_circuit(circuit, findings, SIZE, path)
    return pygame.image.load(path)


def places(picture, colour):
    """Return the places of a colour."""
    pixels = pygame.surfarray.array3d(picture)
    return {
        (int(x), int(y)) for x, y in zip(*(pixels == colour).all(axis=2).nonzero(), strict=True)
    }


def test_a_circuit_that_cannot_be_driven_on_is_drawn_with_what_is_wrong(unfit, tmp_path):
    picture = drawn(unfit.draft, unfit.findings, tmp_path)
    rules = [y for x, y in places(picture, YELLOW) if x == SIZE[0] - 1]
    assert rules  # the legend's upper edge
    crossing = places(picture, YELLOW) - {
        (x, y) for x, y in places(picture, YELLOW) if y >= rules[0]
    }
    x_px = sum(x for x, _ in crossing) / len(crossing)
    assert abs(x_px - 0.5 * SIZE[0]) < 0.15 * SIZE[0]


def test_more_findings_than_there_is_room_for_are_counted(unfit, tmp_path):
    line = unfit.draft.centreline
    many = [finding_at(line, "width", "", "{place}", 10.0 * place) for place in range(60)]
    picture = drawn(unfit.draft, many, tmp_path)
    top = min(y for x, y in places(picture, YELLOW) if x == SIZE[0] - 1)
    assert 0.55 * SIZE[1] <= top < 0.75 * SIZE[1]


@pytest.mark.slow
def test_a_sound_circuit_is_painted_with_its_bridge_and_has_no_legend(tmp_path):
    picture = drawn(make_figure_of_eight(), [], tmp_path)
    assert not [y for x, y in places(picture, YELLOW) if x == SIZE[0] - 1]
    assert places(picture, BLUE)


def test_a_picture_of_an_unknown_kind_is_refused(unfit, tmp_path):
    with pytest.raises(InputError, match="pictures are written as"):
        draw_circuit(unfit.draft, [], SIZE, tmp_path / "circuit.bmp")
