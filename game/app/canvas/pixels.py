"""Share the bytes of a surface with numpy and OpenCV, without a copy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pygame


def bytes_of(surface: pygame.Surface) -> npt.NDArray[np.uint8]:
    """Return blue, green, red and opacity of a surface of 32 bits, shape (rows, columns, 4).

    The surface cannot be drawn onto as long as the array is in use.
    """
    width, height = surface.get_size()
    rows: npt.NDArray[np.uint8] = pygame.surfarray.pixels2d(surface).T.view(np.uint8)
    return rows.reshape(height, width, 4)
