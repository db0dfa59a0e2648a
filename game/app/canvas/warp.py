"""Move, turn and scale pictures in one step, with every target pixel interpolated."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.arrays import Array

Pixels = npt.NDArray[np.uint8]  # shape (height, width, 4): a window's own order of bytes

_BITS: Final = 32


def warp(source: Pixels, matrix: Array, target: Pixels) -> None:
    """Fill the target's pixels whose places lie in the source; leave all others as they are.

    The matrix, shape (2, 3), takes a target pixel's column and row to places in the source.
    """
    cv2.warpAffine(
        source,
        matrix,
        (target.shape[1], target.shape[0]),
        dst=target,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_TRANSPARENT,
    )


def pixels_of(surface: pygame.Surface) -> Pixels:
    """Return the surface's own memory; the surface is locked as long as it is kept.

    The surface has 32 bits a pixel.
    """
    rows = pygame.surfarray.pixels2d(surface).T
    height, width = rows.shape
    return rows.view(np.uint8).reshape(height, width, 4)


def is_plain(surface: pygame.Surface) -> bool:
    """Return whether a surface's pixels are laid out as those of tiles, and have no alpha."""
    if surface.get_bitsize() != _BITS or surface.get_flags() & pygame.SRCALPHA:
        return False
    return tuple(surface.get_masks()[:3]) == (0xFF0000, 0xFF00, 0xFF)
