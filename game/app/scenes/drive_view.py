"""Show a drive through a camera at the car, and on the way to the whole circuit."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.context.app_context import AppContext
from game.app.driving.seen_drive import SeenDrive
from game.app.hud.hud import Hud
from game.app.venue.map_view import whole_circuit
from game.app.view.camera import Camera, CameraSettings, View, blended, whole_view
from game.app.view.framing import frame_without
from game.app.view.jolt import Jolt
from game.app.view.motion import RoadAhead
from game.app.view.road_feel import RoadFeel

_SOON_S: Final = 0.8
_WHOLE_S: Final = 0.45  # from the car to the whole circuit
_FIRST_SIZE: Final = (1280, 720)  # until a frame is drawn


class DriveView:
    """Follows the followed car of a drive."""

    def __init__(
        self, drive: SeenDrive, context: AppContext, hud: Hud, *, is_driven: bool = True
    ) -> None:
        """is_driven: whether somebody drives by this view."""
        self._drive = drive
        self._context = context
        self._hud = hud
        self._camera = Camera(is_driven=is_driven)
        self._road = RoadAhead(drive.track.centreline)
        self._jolt = Jolt()
        self._whole = whole_circuit(drive.track)
        self._whole_wanted = False
        self._whole_share = 0.0
        shown = pygame.display.get_surface()
        self._size = _FIRST_SIZE if shown is None else shown.get_size()
        self.settle()

    @property
    def whole_share(self) -> float:
        """Return how far the view is on its way to the whole circuit, 0..1."""
        return self._whole_share**2 * (3.0 - 2.0 * self._whole_share)

    def switch_whole(self) -> None:
        """Go to the whole circuit, or back to the car."""
        self._whole_wanted = not self._whole_wanted

    def settle(self) -> None:
        """Move the camera to where it would come to rest at this speed."""
        self._take_settings()
        self._jolt.stop()
        self._motion = self._road.motion_of(self._drive.followed.now)
        self._camera.jump(self._motion)

    def follow(self, frame_s: float, feel: RoadFeel) -> None:
        """Move on by a frame, shaken by what is felt of the road."""
        camera = self._take_settings()
        self._motion = self._road.motion_of(self._drive.followed.now)
        self._camera.follow(self._motion, frame_s, max(feel.kerb, feel.loose, feel.flat_spot))
        if not camera.reduced_motion:
            self._jolt.hit(camera.shake * feel.hit)
        self._jolt.update(frame_s)
        step = 1.0 if camera.reduced_motion else frame_s / _WHOLE_S
        wanted = float(self._whole_wanted)
        self._whole_share += min(max(wanted - self._whole_share, -step), step)

    def _take_settings(self) -> CameraSettings:
        """Let the camera do as the player has chosen by now, and keep the instruments' places."""
        settings = self._context.settings
        boxes = self._hud.lasting_boxes(self._size, settings.hud)
        self._camera.settings = settings.camera
        self._camera.frame = frame_without(self._size, boxes)
        return settings.camera

    def view(self, size: tuple[int, int], fraction: float) -> View:
        """Return the view: the car's surroundings, the whole circuit, or between the two."""
        self._size = size
        pose = self._drive.followed.pose(fraction)
        view = self._jolt.jolted(self._camera.view(pose.x_m, pose.y_m, size))
        if self._whole_share == 0.0:
            return view
        return blended(view, whole_view(*self._whole, size), self.whole_share)

    def view_soon(self, view: View) -> View:
        """Return the view a moment ahead if the car keeps to the road."""
        east_m, north_m = self._motion.place_m(_SOON_S)
        return view._replace(x_m=view.x_m + east_m, y_m=view.y_m + north_m)
