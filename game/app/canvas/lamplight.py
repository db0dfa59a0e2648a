"""Let lamps shine on what was painted: places are lighter by a share of their own colour."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from game.app.canvas.warp import Pixels

_WARM: Final = (0.62, 0.90, 1.0)  # blue, green, red

Strength = npt.NDArray[np.uint8]


def shine_on(pixels: Pixels, strength: Strength, gain: float) -> None:
    """Lighten pixels by a lamp's strength at each, 0..255; bright ones by less, as an eye sees it.

    gain: the brightest light, in times of the light there is.
    """
    for channel, warm in enumerate(_WARM):
        plane = pixels[:, :, channel]
        added = cv2.multiply(plane, strength, scale=warm * gain / 255.0)
        pixels[:, :, channel] = cv2.add(
            plane, cv2.multiply(added, cv2.bitwise_not(plane), scale=1.0 / 255.0)
        )
