"""Place the one sun that lights the world."""

import math
from typing import Final, NamedTuple

SUN_SHADOW: Final = (0.55, -0.62)  # metres east and north of a noon's shadow per metre of height


class ShadowCast(NamedTuple):
    """Says how everything throws its shadow: where to, per metre of height, and how soft."""

    east: float
    north: float
    softness: float  # of its edge, in times of noon's

    @property
    def stretch(self) -> float:
        """Return how long shadows are, in times of noon's."""
        return math.hypot(self.east, self.north) / math.hypot(*SUN_SHADOW)


DIFFUSE_CAST: Final = ShadowCast(0.06, -0.06, 5.0)  # of no sun: soft, and close around things
NOON_CAST: Final = ShadowCast(*SUN_SHADOW, 1.0)
