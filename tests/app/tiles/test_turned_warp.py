"""The warp of a picture that repeats itself, block by block, on one thread or several."""

import math

import cv2
import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.app.canvas.warp import pixels_of, warp
from game.app.tiles.turned_warp import TurnedWarp

SIDE_PX = 400
PICTURE = np.random.default_rng(1).integers(0, 255, (SIDE_PX, SIDE_PX, 4), np.uint8)
REPEATED = np.tile(PICTURE, (5, 5, 1))


def turned(turn_rad, times, u, v):
    """The matrix of a turn, with the first pixel's place."""
    cos, sin = times * math.cos(turn_rad), times * math.sin(turn_rad)
    return np.array([[cos, -sin, u], [sin, cos, v]])


@pytest.fixture(scope="module", params=[1, 2, 3])
def turned_warp(request):
    usual = cv2.getNumThreads()
    cv2.setNumThreads(request.param)
    yield TurnedWarp()
    cv2.setNumThreads(usual)


@given(
    st.floats(-math.pi, math.pi),
    st.floats(0.5, 1.3),
    st.floats(-1000.0, 1000.0),
    st.integers(1, 600),
    st.integers(1, 300),
)
def test_blocks_show_what_a_picture_repeated_to_all_sides_shows(
    turned_warp, turn_rad, times, place, width, height
):
    matrix = turned(turn_rad, times, place, 0.7 * place)
    target, expected = np.zeros((2, height, width, 4), np.uint8)
    turned_warp.warp(PICTURE, matrix, target)
    # The same place, moved by whole pictures so that all of it lies in the repeated ones.
    corners = matrix @ [(0, width, 0, width), (0, 0, height, height), (1, 1, 1, 1)]
    moved = matrix.copy()
    moved[:, 2] -= SIDE_PX * (np.floor(corners.min(axis=1) / SIDE_PX) - 1.0)
    warp(REPEATED, moved, expected)
    # A place is a fraction of a pixel that OpenCV rounds; neighbours here are as far apart as any.
    assert np.abs(target.astype(int) - expected).max() <= 2


def test_a_view_from_far_away_is_warped_from_copies_that_are_larger():
    near, far = np.zeros((2, 90, 160, 4), np.uint8)
    kept = TurnedWarp()
    kept.warp(PICTURE, turned(0.3, 1.0, 5.0, 5.0), near)
    kept.warp(PICTURE, turned(0.3, 7.0, 5.0, 5.0), far)
    fresh = np.zeros_like(far)
    TurnedWarp().warp(PICTURE, turned(0.3, 7.0, 5.0, 5.0), fresh)
    assert np.array_equal(far, fresh)


def test_more_threads_give_the_same_pixels():
    usual, pictures = cv2.getNumThreads(), []
    for threads in (1, 2):
        cv2.setNumThreads(threads)
        target = np.zeros((700, 900, 4), np.uint8)
        TurnedWarp().warp(PICTURE, turned(1.0, 0.9, -50.0, 20.0), target)
        pictures.append(target)
    cv2.setNumThreads(usual)
    assert np.array_equal(*pictures)


def test_a_surface_can_be_drawn_onto_as_soon_as_its_ground_is_warped():
    usual = cv2.getNumThreads()
    cv2.setNumThreads(4)
    kept, surface = TurnedWarp(), pygame.Surface((600, 300), 0, 32)
    for frame in range(200):
        kept.warp(PICTURE, turned(0.01 * frame, 1.0, 0.0, 0.0), pixels_of(surface))
        assert not surface.get_locked()
    cv2.setNumThreads(usual)
