"""Say how far a car went beyond the limits, in the same words for instruments and lap tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.recording.lap_recorder import LapExcursion

_STEP_M: Final = 0.1  # shown; what counts as beyond never reads as nothing


def excursion_text(beyond_m: float) -> str:
    """Return the metres beyond the limit as text."""
    return f"{max(beyond_m, _STEP_M):.1f} m"


def farthest(excursions: Sequence[LapExcursion]) -> LapExcursion:
    """Return the one that went farthest beyond; there must be one."""
    return max(excursions, key=lambda excursion: excursion.farthest_m)
