"""Run a car along the circuit, to show what the player's choices make of the camera."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Final

import pygame

from game.app.car.settings import chosen_livery
from game.app.car.sprite import CarSprite
from game.app.setup.model.garage import Garage
from game.app.ui.box import Box
from game.app.ui.palette import GRID
from game.app.view.camera import Camera
from game.app.view.car_pose import CarPose
from game.app.view.motion import RoadAhead
from game.simulation.snapshot import Snapshot
from game.simulation.world import Start, World
from game.track.elements import Pose

_PACE: Final = 0.6  # of the speed that no car exceeds
_MAX_MPS: Final = 58.0
_GAIN_MPS2: Final = 5.0
_BEFORE_M: Final = 260.0  # the first corner, where the car sets out
_SHAKEN_S: Final = 0.8  # after the strength of shaking was changed


class CameraTrial:
    """Runs along the centreline, braking for corners, and is seen through the chosen camera."""

    def __init__(self, garage: Garage) -> None:
        self._garage = garage
        self._context = garage.context
        self._centreline = garage.track.centreline
        self._camera = Camera(self._context.settings.camera)
        self._ground = garage.venue.world_view.inset()
        corners = garage.track.corners
        self._s_m = (corners[0].turn_in_m if corners else 0.0) - _BEFORE_M
        self._speed_mps = _MAX_MPS
        self._shaken_s = 0.0
        self._moved = False
        self._picture = pygame.Surface((0, 0))
        self._sprite: CarSprite | None = None

    @cached_property
    def _road(self) -> RoadAhead:
        return RoadAhead(self._centreline)

    @cached_property
    def _standing(self) -> Snapshot:
        garage = self._garage
        start = Start(garage.spec, garage.setup, Pose(0.0, 0.0, 0.0))
        return World(None, [start]).snapshots()[0]

    def update(self, frame_s: float) -> None:
        """Run on by a frame, with the camera as it is set now."""
        wanted_mps = min(_PACE * self._road.highest_mps(self._s_m), _MAX_MPS)
        self._speed_mps = min(wanted_mps, self._speed_mps + _GAIN_MPS2 * frame_s)
        self._s_m = (self._s_m + self._speed_mps * frame_s) % self._centreline.length_m
        before, after = self._camera.settings, self._context.settings.camera
        self._camera.settings = after
        self._shaken_s = _SHAKEN_S if after.shake != before.shake else self._shaken_s - frame_s
        motion = self._road.motion_of(self._now())
        if self._moved:
            self._camera.follow(motion, frame_s, float(self._shaken_s > 0.0))
        else:
            self._camera.jump(motion)
            self._moved = True

    def draw(self, surface: pygame.Surface, box: Box) -> None:
        """Draw the car and what is around it into a box, in the window's shape."""
        wide, high = surface.get_size()
        share = min(box.width / wide, box.height / high)
        size = (max(round(share * wide), 1), max(round(share * high), 1))
        if self._picture.get_size() != size:
            self._picture = pygame.Surface(size, 0, 32)
        pose = self._centreline.pose(self._s_m)
        view = self._camera.view(pose.x_m, pose.y_m, size)
        self._ground.draw(self._picture, view)
        bend_1pm = float(self._centreline.curvature_1pm(self._s_m))
        steering_rad = math.atan(self._garage.spec.chassis.wheelbase_m * bend_1pm)
        self._dressed().draw(self._picture, view, CarPose(*pose, steering_rad))
        surface.blit(self._picture, (box.left, box.top))
        pygame.draw.rect(surface, GRID, self._picture.get_rect(topleft=(box.left, box.top)), 1)

    def _dressed(self) -> CarSprite:
        """Return the car in the livery that is chosen now."""
        livery = chosen_livery(self._context.settings.car)
        if self._sprite is None or self._sprite.livery != livery:
            self._sprite = CarSprite(self._garage.spec, livery)
        return self._sprite

    def _now(self) -> Snapshot:
        pose = self._centreline.pose(self._s_m)
        return self._standing._replace(
            x_m=pose.x_m,
            y_m=pose.y_m,
            heading_rad=pose.heading_rad,
            track_heading_rad=pose.heading_rad,
            velocity_forward_mps=self._speed_mps,
            s_m=self._s_m,
        )
