"""Draw shapes with smooth edges: at twice the scale, scaled down, blended onto the ground."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Sheet

_FINER: Final = 2


class Overlay:
    """A transparent picture of a piece, on which opaque shapes are drawn at its `fine` scale."""

    def __init__(self, piece: Piece) -> None:
        self.fine = piece._replace(
            pixels_per_m=piece.pixels_per_m * _FINER, pixels=piece.pixels * _FINER
        )
        self.surface = pygame.Surface((self.fine.pixels, self.fine.pixels), pygame.SRCALPHA, 32)

    def scaled(self) -> pygame.Surface:
        """Return the picture at the piece's own scale, its colours multiplied by their opacity.

        Where a pixel is covered in part, its clear parts count as black: just that product.
        """
        side = self.fine.pixels // _FINER
        return pygame.transform.smoothscale(self.surface, (side, side))

    def coverage(self) -> npt.NDArray[np.floating]:
        """Return the share of each pixel that is covered, 0..1, shape (pixels, pixels)."""
        return np.asarray(pygame.surfarray.pixels_alpha(self.scaled()).T / np.float32(255.0))

    def blend_onto(
        self, sheet: Sheet, share: npt.NDArray[np.floating], tone: npt.NDArray[np.floating]
    ) -> None:
        """Blend a share of what is drawn onto the sheet, its colours multiplied by a tone."""
        picture = self.scaled()
        alpha = pygame.surfarray.pixels_alpha(picture).T * (share * np.float32(1.0 / 255.0))
        colours = pygame.surfarray.pixels3d(picture).transpose(1, 0, 2)
        sheet.rgb *= 1.0 - alpha
        covered = share * tone
        for channel in range(3):
            sheet.rgb[channel] += colours[:, :, channel] * covered
