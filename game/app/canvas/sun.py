"""Place the one sun that lights the world."""

from typing import Final

SUN_SHADOW: Final = (0.55, -0.62)  # metres east and north of a shadow per metre of height
