"""Define the look of a photo: a filter over its colours, blur beside what it is about, a frame.

Everything is worked out from the picture's own size, so that the picture that is saved looks as
the one in the window did.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.grade import PLAIN, Grade, grade_colours
from game.app.canvas.warp import pixels_of
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.translation import N_

_PIXEL_BYTES: Final = 4  # that colours can be changed in
_SHARP: Final = 0.17  # of the height: so far from the car nothing is blurred
_BLURRED: Final = 0.62  # of the height: from here on everything is blurred
_BLUR: Final = 0.0065  # width of the blur, of the height
_BORDER: Final = 0.028  # of the height
_FOOT: Final = 0.085
_PAPER: Final = (244, 243, 239)
_PRINT: Final = (38, 40, 44)
_NAME: Final = "leaf-rc"


class Filter(NamedTuple):
    """Grades colours, and darkens the corners."""

    name: str
    grade: Grade = PLAIN
    vignette: float = 0.0  # by so much the corners are darker


FILTERS: Final = (
    Filter(N_("none")),
    Filter(N_("vivid"), Grade(exposure=1.04, contrast=0.35, saturation=1.35)),
    Filter(
        N_("golden hour"),
        Grade(bright=(1.16, 0.98, 0.74), dark=(0.05, 0.015, 0.0), contrast=0.30, saturation=1.12),
        vignette=0.28,
    ),
    Filter(
        N_("dusk"),
        Grade(
            bright=(0.86, 0.82, 1.02),
            dark=(0.02, 0.02, 0.10),
            exposure=0.62,
            contrast=0.22,
            saturation=0.85,
        ),
        vignette=0.40,
    ),
    Filter(
        N_("overcast"),
        Grade(
            bright=(0.93, 0.98, 1.03),
            dark=(0.02, 0.025, 0.03),
            exposure=0.95,
            contrast=-0.18,
            saturation=0.62,
        ),
    ),
    Filter(
        N_("retro"),
        Grade(bright=(1.05, 0.98, 0.82), dark=(0.06, 0.05, 0.09), contrast=-0.12, saturation=0.72),
        vignette=0.34,
    ),
    Filter(N_("black and white"), Grade(contrast=0.45, saturation=0.0), vignette=0.30),
)
BLURS: Final = (0.0, 1.0, 2.4)  # factors on the width of the blur
BLUR_NAMES: Final = (N_("off"), N_("soft"), N_("strong"))


@dataclass(slots=True)
class PhotoLook:
    """Holds the look that the player has chosen."""

    filter: int = 0  # of `FILTERS`
    blur: int = 0  # of `BLURS`
    framed: bool = False

    @property
    def is_plain(self) -> bool:
        """Return whether the picture stays as it is."""
        return self.filter == 0 and self.blur == 0 and not self.framed

    def develop(
        self,
        picture: pygame.Surface,
        focus: tuple[float, float],
        caption: tuple[str, str] | None = None,
    ) -> None:
        """Change a picture; focus: what it is about, in pixels.

        caption: two parts of the line on the frame; without one the frame is left out.
        """
        if picture.get_bytesize() == _PIXEL_BYTES:
            if BLURS[self.blur]:
                _blur_beside(picture, focus, BLURS[self.blur])
            if self.filter:
                _filter(picture, FILTERS[self.filter])
        if self.framed and caption is not None:
            _frame(picture, caption)


def _filter(picture: pygame.Surface, chosen: Filter) -> None:
    grade_colours(picture, chosen.grade)
    if chosen.vignette:
        values = pixels_of(picture)
        shade = _vignette(picture.get_width(), picture.get_height(), chosen.vignette)
        values[:] = cv2.multiply(values, shade, scale=1.0 / 255.0)


@lru_cache(maxsize=2)
def _vignette(width: int, height: int, strength: float) -> npt.NDArray[np.uint8]:
    """Return factors of 255, shape (height, width, 4): 255 in the middle."""
    across = np.linspace(-1.0, 1.0, width)[None, :]
    down = np.linspace(-1.0, 1.0, height)[:, None]
    away = np.clip((across**2 + down**2) / 2.0, 0.0, 1.0)
    shade = np.round(255.0 * (1.0 - strength * away)).astype(np.uint8)
    return np.repeat(shade[:, :, None], 4, axis=2)


def _blur_beside(picture: pygame.Surface, focus: tuple[float, float], times: float) -> None:
    """Blur what is far from the focus, as a lens with little depth of field does."""
    values = pixels_of(picture)
    height, width = values.shape[:2]
    sigma = max(times * _BLUR * height, 0.3)
    half = cv2.resize(
        values, (max(width // 2, 1), max(height // 2, 1)), interpolation=cv2.INTER_AREA
    )
    soft = cv2.resize(cv2.GaussianBlur(half, (0, 0), 0.5 * sigma), (width, height))
    x, y = np.arange(width)[None, :] - focus[0], np.arange(height)[:, None] - focus[1]
    away = (np.hypot(x, y) / height - _SHARP) / (_BLURRED - _SHARP)
    share = np.clip(away, 0.0, 1.0).astype(np.float32)
    values[:] = cv2.blendLinear(soft, np.ascontiguousarray(values), share, 1.0 - share)


def _frame(picture: pygame.Surface, caption: tuple[str, str]) -> None:
    """Put paper around the picture, with a caption at its foot."""
    width, height = picture.get_size()
    border, foot = round(_BORDER * height), round(_FOOT * height)
    for part in (
        (0, 0, width, border),
        (0, 0, border, height),
        (width - border, 0, border, height),
        (0, height - foot, width, foot),
    ):
        picture.fill(_PAPER, part)
    px = round(0.34 * foot)
    inner = Box(2 * border, height - foot, width - 4 * border, foot)
    mark_px = round(1.1 * px)
    wide = line_width(_NAME, mark_px, Weight.BOLD) + 2
    bar = round(0.16 * px)
    picture.fill(
        palette.ACCENT, (inner.right - wide - 3 * bar, inner.top + foot // 3, bar, foot // 3)
    )
    style = TextStyle(mark_px, _PRINT, Weight.BOLD)
    write_line(picture, _NAME, inner, style, Align.RIGHT)
    name, place = caption
    name_wide = min(line_width(name, px, Weight.BOLD) + 2, inner.width - wide - 6 * bar)
    first = Box(inner.left, inner.top, name_wide, foot)
    write_line(picture, name, first, TextStyle(px, _PRINT, Weight.BOLD))
    left = first.right + line_height(px) // 2
    rest = Box(left, inner.top, max(inner.right - wide - 6 * bar - left, 1), foot)
    write_line(picture, place, rest, TextStyle(px, palette.MUTED))
