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
    pixels = pixels_of(picture)
    # Three channels are mixed several times as fast as four.
    colours = np.empty((*pixels.shape[:2], 3), np.uint8)
    places = [*enumerate(_channels(picture))]
    cv2.mixChannels([pixels], [colours], [each for to, source in places for each in (source, to)])
    if grade.saturation != 1.0:
        mix = grade.saturation * np.eye(3) + (1.0 - grade.saturation) * np.array(_LUMA)
        colours = np.asarray(cv2.transform(colours, mix), np.uint8)
    cv2.LUT(colours, _curves(grade), colours)
    cv2.mixChannels([colours], [pixels], [each for pair in places for each in pair])


def _channels(picture: pygame.Surface) -> tuple[int, int, int]:
    """Return where red, green and blue are among the bytes of a pixel."""
    red, green, blue = (shift // 8 for shift in picture.get_shifts()[:3])
    return red, green, blue


@lru_cache(maxsize=16)
def _curves(grade: Grade) -> npt.NDArray[np.uint8]:
    """Return the new value of each of 256 values of red, green and blue, shape (1, 256, 3).

    It is (1, 256) where they are the same for all three.
    """
    before = np.linspace(0.0, 1.0, 256)
    exposed = np.clip(before * grade.exposure, 0.0, 1.0)
    s_curve = exposed * exposed * (3.0 - 2.0 * exposed)
    toned = exposed + grade.contrast * (s_curve - exposed)
    curves = np.empty((1, 256, 3), np.uint8)
    for channel, (bright, dark) in enumerate(zip(grade.bright, grade.dark, strict=True)):
        tinted = toned * (1.0 + (bright - 1.0) * toned) + dark * (1.0 - toned)
        curves[0, :, channel] = np.round(255.0 * np.clip(tinted, 0.0, 1.0))
    is_grey = len(set(grade.bright)) == len(set(grade.dark)) == 1
    return curves[:, :, 0].copy() if is_grey else curves
