"""Say how a sky lights the picture of a drive, whose ground was painted without shadows.

They are laid over its tiles, and its colours are graded, as these come into memory; a tint lies
over all that is drawn.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import pygame

from game.app.canvas.grade import PLAIN, Grade, Rgb
from game.app.canvas.sun import DIFFUSE_CAST, NOON_CAST, SUN_SHADOW, ShadowCast
from game.weather.sky import Sky

NOON: Final = Sky()

_MAX_STRETCH: Final = 3.2  # of shadows: longer ones are too faint to be seen
_OVERCAST: Final = 0.9  # of the sky: from here on no sun comes through
_WHITE: Final = (255, 255, 255)
_LEFT_AT_NOON: Final[Rgb] = (0.50, 0.535, 0.63)  # of the light, in the shade
_LEFT_AT_SUNSET: Final[Rgb] = (0.36, 0.44, 0.62)  # estimate: bluer, as the sun itself is warm
_LEFT_OF_SKY: Final[Rgb] = (0.52, 0.54, 0.57)  # estimate: where things hide most of a grey sky
_LOW_DEG: Final = 25.0
_LOW_SOFTNESS: Final = 1.4  # estimate: shadows of a low sun fall far


class GroundLight(NamedTuple):
    """Says how ground is lit that was painted without shadows; by default as at noon."""

    cast: ShadowCast = NOON_CAST
    in_shade: Rgb = _LEFT_AT_NOON
    grade: Grade = PLAIN


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
    """Return where a shadow falls, metres east and north per metre of height."""
    noon = 1.0 / math.hypot(*SUN_SHADOW)  # the tangent of the sun's height at noon
    height_rad = math.radians(max(sky.sun_height_deg, 1.0))
    is_noon = sky.sun_height_deg == NOON.sun_height_deg
    stretch = 1.0 if is_noon else min(noon / math.tan(height_rad), _MAX_STRETCH)
    east, north = sun_direction(sky)
    return stretch * east, stretch * north


def sun_direction(sky: Sky) -> tuple[float, float]:
    """Return where a shadow would fall if the sun stood as high as at noon."""
    turn_rad = math.radians(sky.sun_from_deg - NOON.sun_from_deg)
    cos, sin = math.cos(turn_rad), math.sin(turn_rad)
    east, north = SUN_SHADOW
    return east * cos + north * sin, north * cos - east * sin


def shadow_cast(sky: Sky) -> ShadowCast:
    """Return how what stands on the ground throws shadows.

    Where no sun comes through, each thing keeps a part of the sky off the ground around it.
    """
    if sunlight(sky) == 0.0:
        return DIFFUSE_CAST
    east, north = sun_shadow(sky)
    softness = 1.0 if sky.sun_height_deg >= _LOW_DEG else _LOW_SOFTNESS
    return ShadowCast(round(east, 2), round(north, 2), softness)


def light_in_shade(sky: Sky) -> Rgb:
    """Return how much of each colour's light is left where it is darkest."""
    if sunlight(sky) == 0.0:
        return _LEFT_OF_SKY
    low = min(max((NOON.sun_height_deg - sky.sun_height_deg) / NOON.sun_height_deg, 0.0), 1.0)
    red, green, blue = (
        noon + low * (dusk - noon)
        for noon, dusk in zip(_LEFT_AT_NOON, _LEFT_AT_SUNSET, strict=True)
    )
    return red, green, blue


def ground_light(sky: Sky) -> GroundLight:
    """Return all that a sky does to the painted ground."""
    return GroundLight(shadow_cast(sky), light_in_shade(sky), ground_grade(sky))
