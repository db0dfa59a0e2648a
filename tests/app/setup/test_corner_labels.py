"""Words on a map keep off the line and apart from each other, and say where they belong."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.app.setup.charts.corner_labels import place_labels
from game.app.ui.box import Box

PIECES = 400


@pytest.fixture(scope="module")
def circuit(ricardo_tormo):
    """The line with y downwards, and the places of the apexes on it."""
    line = ricardo_tormo.centreline.position(np.linspace(0.0, ricardo_tormo.length_m, PIECES + 1))
    at = [round(c.apex_m / ricardo_tormo.length_m * PIECES) for c in ricardo_tormo.corners]
    return (line - line.mean(axis=0)) * (1.0, -1.0), at


def placed(circuit, room, size):
    """The circuit fitted into a room, and the words beside it."""
    line, at = circuit
    span = line.max(axis=0) - line.min(axis=0)
    scale = min((room.width - 90) / span[0], (room.height - 90) / span[1])
    line = (line - 0.5 * (line.max(axis=0) + line.min(axis=0))) * scale
    line += (room.left + room.width / 2, room.top + room.height / 2)
    normals = np.gradient(line, axis=0)[:, ::-1] * (-1.0, 1.0)
    normals /= np.hypot(*normals.T)[:, None]
    return line, place_labels(line[at], normals[at], line, [size] * len(at), room)


@settings(max_examples=25, deadline=None)
@given(st.integers(480, 1400), st.integers(380, 900), st.integers(24, 64))
def test_no_word_meets_another_or_leaves_the_map(circuit, width, height, wide):
    room = Box(300, 100, width, height)
    _, boxes = placed(circuit, room, (wide, 18))
    assert not [pair for pair in itertools.combinations(boxes, 2) if pair[0].meets(pair[1])]
    for box in boxes:
        assert room.left <= box.left
        assert box.right <= room.right
        assert room.top <= box.top
        assert box.bottom <= room.bottom


@pytest.mark.parametrize("room", [Box(0, 0, 660, 470), Box(9, 7, 990, 700)], ids=str)
@pytest.mark.parametrize("size", [(34, 18), (78, 18)], ids=str)
def test_no_word_covers_the_line(circuit, room, size):
    line, boxes = placed(circuit, room, size)
    for box in boxes:
        inside = np.abs(line - (box.left + size[0] / 2, box.top + size[1] / 2)) < np.array(size) / 2
        assert not inside.all(axis=1).any()


def test_the_same_map_has_its_words_at_the_same_places(circuit):
    room = Box(0, 0, 700, 500)
    assert placed(circuit, room, (50, 18))[1] == placed(circuit, room, (50, 18))[1]
