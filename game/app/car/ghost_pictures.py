"""Keep pictures of a ghost: translucent, of one colour, but for a bright outline."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, NamedTuple

import cv2
import numpy as np

from game.app.canvas.warp import Pixels, pixels_of
from game.app.car.pictures import CarPictures
from game.app.ui.palette import Colour
from game.units import TAU

_OPACITY: Final = 0.55
_TINT: Final = 0.6  # share of a ghost's own colour in all of its body
_OUTLINE_M: Final = 0.09  # which is seen however faint the rest of it is
_MIN_OUTLINE_PX: Final = 2.0
_OUTLINE_OPACITY: Final = 0.88
_DARKEST_TINT: Final = 64  # of what is black, so that a ghost's glass is seen, too
_KEPT_PX: Final = 1_000_000  # of all pictures of a ghost: 4 MB
# Many ghosts are seen at once, and through their colour light and wheels are hardly seen.
_LIGHTS: Final = 12  # headings that one is lit for
_STEERING_STEP_RAD: Final = 0.12
_CLARITIES: Final = 12
_OUTLINES_PER_PX: Final = 4
_FINER: Final = 1.4  # than it is shown, so that its outline stays sharp as it is turned


class _GhostKey(NamedTuple):
    """Names the parameters by which pictures of one ghost differ."""

    scale: float
    light: int
    steering: int
    clarity: int
    outline: int


class GhostPictures:
    """Makes pictures of a ghost out of those of its car, and keeps them."""

    def __init__(self, cars: CarPictures, colour: Colour) -> None:
        self._cars = cars
        self._colour = colour
        self._kept: OrderedDict[_GhostKey, Pixels] = OrderedDict()
        self._kept_px = 0

    def ghost(
        self, pixels_per_m: float, heading_rad: float, steering_rad: float, clarity: float
    ) -> tuple[Pixels, float]:
        """Return the ghost pointing right, its alpha in its colours, and the picture's scale."""
        light = round(heading_rad / TAU * _LIGHTS) % _LIGHTS
        steering = round(steering_rad / _STEERING_STEP_RAD)
        car, scale = self._cars.car(
            _FINER * pixels_per_m,
            light * TAU / _LIGHTS,
            steering * _STEERING_STEP_RAD,
            braking=False,
            reversing=False,
        )
        outline_px = max(_OUTLINE_M * pixels_per_m, _MIN_OUTLINE_PX) * scale / pixels_per_m
        outline = round(_OUTLINES_PER_PX * outline_px)
        key = _GhostKey(scale, light, steering, round(_CLARITIES * clarity), outline)
        picture = self._kept.get(key)
        if picture is None:
            opacity = _OPACITY * key.clarity / _CLARITIES
            picture = _faded(pixels_of(car), opacity, self._colour, outline / _OUTLINES_PER_PX)
            self._keep(key, picture)
        else:
            self._kept.move_to_end(key)
        return picture, scale

    def _keep(self, key: _GhostKey, picture: Pixels) -> None:
        self._kept[key] = picture
        self._kept_px += picture.shape[0] * picture.shape[1]
        while self._kept_px > _KEPT_PX and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._kept_px -= oldest.shape[0] * oldest.shape[1]


def _faded(pixels: Pixels, opacity: float, colour: Colour, outline_px: float) -> Pixels:
    """Return what pixels show translucent and of one colour, but for a bright outline."""
    whole = np.ascontiguousarray(pixels[:, :, 3])
    depth_px = cv2.distanceTransform(cv2.inRange(whole, 128, 255), cv2.DIST_L2, cv2.DIST_MASK_3)
    outline = np.float32(_OUTLINE_OPACITY) * np.clip(outline_px + 1.0 - depth_px, 0.0, 1.0)
    body = opacity * (1.0 - outline)
    brightest = cv2.convertScaleAbs(pixels[:, :, :3].max(2), beta=_DARKEST_TINT)
    painted = outline * whole + _TINT * body * np.minimum(whole, brightest)
    kept = (1.0 - _TINT) * body
    faded = cv2.multiply(
        np.ascontiguousarray(pixels), cv2.merge((kept, kept, kept, outline + body)), dtype=cv2.CV_8U
    )
    tint = [cv2.convertScaleAbs(painted, alpha=channel / 255.0) for channel in colour[::-1]]
    picture: Pixels = np.empty_like(faded, np.uint8)
    cv2.add(faded, cv2.merge((*tint, np.zeros_like(whole))), picture)
    return picture
