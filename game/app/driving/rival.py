"""Drive against recorded laps: the player's own, or others."""

from __future__ import annotations

from typing import NamedTuple

from game.app.car.livery import Livery
from game.app.view.car_pose import CarPose
from game.recording.ghost import GhostLap


class Rival(NamedTuple):
    """A rival is a lap that drives along as a ghost."""

    name: str  # on the tag beside it
    livery: Livery
    lap: GhostLap


class RivalAt(NamedTuple):
    """Says where a ghost is now."""

    rival: Rival
    pose: CarPose
