"""Say how a sky lights the picture of a drive, whose ground was painted in the sun of noon.

The ground's colours are graded as its tiles come into memory; a tint lies over all that is drawn.
"""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.canvas.grade import Grade
from game.app.canvas.sun import SUN_SHADOW
from game.weather.sky import Sky

NOON: Final = Sky()

_MAX_STRETCH: Final = 3.2  # of shadows: longer ones are too faint to be seen
_OVERCAST: Final = 0.9  # of the sky: from here on no sun comes through
_WHITE: Final = (255, 255, 255)


def ground_grade(sky: Sky) -> Grade:
    """Return how the ground's colours differ from those of noon."""
    return Grade(saturation=sky.saturation, contrast=sky.contrast)


def tint(surface: pygame.Surface, sky: Sky) -> None:
    """Darken and colour all that is drawn as the light of this sky does."""
    red, green, blue = (round(255.0 * part) for part in sky.light)
    if (red, green, blue) != _WHITE:
        surface.fill((red, green, blue), special_flags=pygame.BLEND_RGB_MULT)


def sunlight(sky: Sky) -> float:
    """Return the share of the sun's light that comes through the clouds, 0..1.

    Single clouds let it all through beside them.
    """
    if sky.sun_height_deg <= 0.0:
        return 0.0
    return 0.0 if sky.cloud_cover >= _OVERCAST else 1.0


def has_single_clouds(sky: Sky) -> bool:
    """Return whether clouds throw shadows that can be told apart."""
    return sky.cloud_cover > 0.0 and sunlight(sky) > 0.0


def sun_shadow(sky: Sky) -> tuple[float, float]:
    """Return where a shadow falls, metres east and north per metre of height.

    The direction is that of the painted ground's shadows, whatever the hour.
    """
    noon = 1.0 / math.hypot(*SUN_SHADOW)  # the tangent of the sun's height in the painted ground
    height_rad = math.radians(max(sky.sun_height_deg, 1.0))
    is_noon = sky.sun_height_deg == NOON.sun_height_deg
    stretch = 1.0 if is_noon else min(noon / math.tan(height_rad), _MAX_STRETCH)
    return stretch * SUN_SHADOW[0], stretch * SUN_SHADOW[1]
