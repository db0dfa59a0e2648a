"""Grade the colours of a picture: saturation, exposure, contrast, tints of bright and dark."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.warp import pixels_of

Rgb = tuple[float, float, float]

_LUMA: Final[Rgb] = (0.2126, 0.7152, 0.0722)  # share of each channel in brightness (BT.709)


class Grade(NamedTuple):
    """Says how colours change; by default they do not."""

    bright: Rgb = (1.0, 1.0, 1.0)  # factors, at full brightness
    dark: Rgb = (0.0, 0.0, 0.0)  # added where it is black, 0..1
    exposure: float = 1.0
    contrast: float = 0.0  # 0: as it is; 1: a full S
    saturation: float = 1.0


PLAIN: Final = Grade()


def grade_colours(picture: pygame.Surface, grade: Grade) -> None:
    """Change the colours of a picture of 32 bits a pixel."""
    if grade == PLAIN:
        return
    values, places = pixels_of(picture), _channels(picture)
    mix = np.eye(4)
    for row, to in enumerate(places):
        for column, source in enumerate(places):
            own = grade.saturation if row == column else 0.0
            mix[to, source] = own + (1.0 - grade.saturation) * _LUMA[column]
    mixed = values if grade.saturation == 1.0 else cv2.transform(values, mix)
    cv2.LUT(mixed, _curves(grade, places), values)


def _channels(picture: pygame.Surface) -> tuple[int, int, int]:
    """Return where red, green and blue are among the bytes of a pixel."""
    red, green, blue = (shift // 8 for shift in picture.get_shifts()[:3])
    return red, green, blue


@lru_cache(maxsize=16)
def _curves(grade: Grade, places: tuple[int, int, int]) -> npt.NDArray[np.uint8]:
    """Return the new value of each of 256 values of each channel, shape (1, 256, 4)."""
    before = np.linspace(0.0, 1.0, 256)
    exposed = np.clip(before * grade.exposure, 0.0, 1.0)
    s_curve = exposed * exposed * (3.0 - 2.0 * exposed)
    toned = exposed + grade.contrast * (s_curve - exposed)
    curves = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 4, axis=2)
    for place, bright, dark in zip(places, grade.bright, grade.dark, strict=True):
        tinted = toned * (1.0 + (bright - 1.0) * toned) + dark * (1.0 - toned)
        curves[0, :, place] = np.round(255.0 * np.clip(tinted, 0.0, 1.0))
    return curves
