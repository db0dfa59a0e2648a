"""Take photos: the world stands still and the camera goes where the player takes it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pygame

from game.app.context import display
from game.app.driving.drive_picture import DrivePicture
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import bound_hint
from game.app.menus.scene import Scene
from game.app.scenes.photo_look import BLUR_NAMES, BLURS, FILTERS, PhotoLook
from game.app.ui.backdrop import draw_bottom_shade
from game.app.ui.footer import BACK, Footer, Hint
from game.app.ui.theme import metrics
from game.app.venue.venue import Venue
from game.app.view.camera import NORTH_RAD, View
from game.errors import InputError
from game.translation import N_, _

_HEIGHT_M: Final = 40.0  # of what is in view at first
_MIN_M: Final = 9.0
_MAX_M: Final = 900.0
_PAN_PS: Final = 0.55  # heights of the view a second
_ZOOM_PS: Final = 1.1  # e-folds a second
_WHEEL: Final = 0.12  # e-folds a line
_TURN_RADPS: Final = 1.0
_TIMES: Final = 2  # the picture has this many times the window's width and height
_FRAMES_OF_NEWS: Final = 2  # that say so before the picture is taken: it may need a second
_UNSEEN_S: Final = 4.0  # without input the hints go
_RESTED_S: Final = 0.25  # a view that has stood still for so long is painted as it is saved

_TAKE: Final = Hint(N_("Take the picture"), ("Enter",), ("A",), Command.CONFIRM)
_MOVE: Final = Hint(N_("Move"), (N_("Arrows"), N_("Mouse drag")), (N_("Left stick"),))
_ZOOM: Final = Hint(N_("Zoom"), (), ("LT", "RT"))
_TURN: Final = Hint(N_("Turn"), (), (N_("Right stick"),))
_LOOK: Final = (
    (N_("Filter"), ("whole_track",), Command.WHOLE_TRACK),
    (N_("Blur"), ("reset",), Command.RESET),
    (N_("Frame"), ("restart",), Command.RESTART),
)


class PhotoScene:
    """Shows a drive that stands still, through a free camera."""

    def __init__(self, venue: Venue, picture: DrivePicture, back: Scene) -> None:
        self._venue = venue
        self._context = venue.context
        self._back = back
        self._picture = picture
        self.footer = Footer()
        self.look = PhotoLook()
        self._dragged: tuple[int, int] | None = None
        self._size = (1, 1)
        self._idle_s = 0.0
        self._fine = venue.world_view.fine_ground()
        self._shown: View | None = None  # in the last frame
        self._still_s = 0.0  # since the view moved
        self._frames_to_go = 0  # until the picture is taken, if one is asked for
        self._centre()
        venue.context.sound.silence()

    def handle(self, command: Command) -> Scene | None:
        """Take the picture, go back to the car or to where the player came from."""
        self._idle_s = 0.0
        if command is Command.QUIT:
            return None
        if command in (Command.BACK, Command.PAUSE, Command.PHOTO):
            return self._back
        if command is Command.CONFIRM:
            self._frames_to_go = _FRAMES_OF_NEWS
            self._context.notice.show(_("saving the picture"))
        elif command is Command.CAMERA:
            self._centre()
        else:
            self._change_look(command)
        return self

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Drag the world, zoom with the wheel, press the hints."""
        self._idle_s = 0.0
        if pointer.scrolled:
            self._zoom(-_WHEEL * pointer.scrolled)
        if pointer.pressed:
            asked = self.footer.command_at(pointer.place)
            if asked is not None:
                return self.handle(asked)
            self._dragged = pointer.place
        elif pointer.held and self._dragged is not None:
            per_px = self._height_m / self._size[1]
            right = (self._dragged[0] - pointer.place[0]) * per_px
            up = (pointer.place[1] - self._dragged[1]) * per_px
            self._pan(right, up)
            self._dragged = pointer.place
        else:
            self._dragged = None
        return self

    def update(self, frame_s: float) -> None:
        """Move the camera as keys and sticks ask."""
        inputs = self._context.inputs
        left_x, left_y, right_x, _, left_trigger, right_trigger = inputs.sticks()
        inputs.read()
        held = inputs.state
        keys_x, keys_y = float(held.right) - float(held.left), float(held.up) - float(held.down)
        turn = -right_x
        if held.some:
            turn, keys_x = turn - keys_x, 0.0
        step_m = _PAN_PS * self._height_m * frame_s
        right, up = left_x + keys_x, keys_y - left_y
        zoom = inputs.held("previous_tab") - inputs.held("next_tab") + left_trigger - right_trigger
        if any((right, up, zoom, turn)):
            self._idle_s = 0.0
        self._pan(step_m * right, step_m * up)
        self._zoom(_ZOOM_PS * zoom * frame_s)
        self._up_rad += _TURN_RADPS * turn * frame_s
        self._idle_s += frame_s
        self._still_s += frame_s
        if self._frames_to_go:
            self._frames_to_go -= 1
            if not self._frames_to_go:
                self._take()

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the world, and for a while the hints."""
        self._size = surface.get_size()
        view = self.view(self._size)
        self._draw_world(surface, view)
        self._develop(surface, view, framed=self._idle_s > _UNSEEN_S)
        if self._idle_s > _UNSEEN_S:
            return
        draw_bottom_shade(surface)
        sizes = metrics(self._size, self._context.settings.hud.text_scale)
        pad = self._context.inputs.last_device == "pad"
        self.footer.draw(surface, sizes, self._hints(), pad=pad)

    def view(self, size: tuple[int, int]) -> View:
        """Return the view in a window of this size."""
        return View(self._x_m, self._y_m, size[1] / self._height_m, *size, self._up_rad)

    def _draw_world(self, surface: pygame.Surface, view: View) -> None:
        """Draw the world: while the view moves as in a drive, and once it rests as it is saved.

        At rest the render scale no longer counts, and near ground is painted finer beside the game.
        """
        if view != self._shown:
            self._shown, self._still_s = view, 0.0
        rests = self._still_s >= _RESTED_S
        if rests:
            self._fine.paint_beside(view)
        with self._venue.world_view.drawn_finely(self._fine):
            draw = self._picture.paint if rests else self._picture.draw
            draw(surface, view, 1.0)

    def _hints(self) -> Sequence[Hint]:
        zoom = bound_hint(self._context, "", ("previous_tab", "next_tab")).keys
        turn = bound_hint(self._context, "", ("steer_some",)).keys
        centre = bound_hint(self._context, N_("Back to the car"), ("camera",), Command.CAMERA)
        return (
            _TAKE,
            BACK,
            _MOVE,
            _ZOOM._replace(keys=(*zoom, N_("Wheel"))),
            _TURN._replace(keys=(*turn, "left", "right")),
            centre,
            *(bound_hint(self._context, *each) for each in _LOOK),
        )

    def _change_look(self, command: Command) -> None:
        """Choose the next filter or blur, or put a frame around the picture; say which."""
        look = self.look
        if command is Command.WHOLE_TRACK:
            look.filter = (look.filter + 1) % len(FILTERS)
            text = _("Filter: {name}").format(name=_(FILTERS[look.filter].name))
        elif command is Command.RESET:
            look.blur = (look.blur + 1) % len(BLURS)
            text = _("Blur: {name}").format(name=_(BLUR_NAMES[look.blur]))
        elif command is Command.RESTART:
            look.framed = not look.framed
            self._idle_s = 2.0 * _UNSEEN_S  # the hints make room for it at once
            text = _("Frame: on") if look.framed else _("Frame: off")
        else:
            return
        self._context.notice.show(text)

    def _develop(self, surface: pygame.Surface, view: View, *, framed: bool) -> None:
        """Give a picture the look that was chosen, sharp where the car is if it is in view.

        framed: with its frame, where the hints would stand.
        """
        if self.look.is_plain:
            return
        drive = self._picture.drive
        pose = drive.followed.pose(1.0)
        x, y = view.to_screen(pose.x_m, pose.y_m)
        if not (0.0 <= x < view.width and 0.0 <= y < view.height):
            x, y = 0.5 * view.width, 0.5 * view.height
        caption = (drive.followed.spec.name, drive.track.title) if framed else None
        self.look.develop(surface, (x, y), caption)

    def _centre(self) -> None:
        """Show the car."""
        pose = self._picture.drive.followed.pose(1.0)
        self._x_m, self._y_m = pose.x_m, pose.y_m
        self._height_m = _HEIGHT_M
        self._up_rad = NORTH_RAD

    def _pan(self, right_m: float, up_m: float) -> None:
        cos, sin = math.cos(self._up_rad), math.sin(self._up_rad)
        self._x_m += up_m * cos + right_m * sin
        self._y_m += up_m * sin - right_m * cos

    def _zoom(self, folds: float) -> None:
        self._height_m = min(max(self._height_m * math.exp(folds), _MIN_M), _MAX_M)

    def _take(self) -> None:
        """Save the picture without hints, in more pixels than the window has."""
        size = (self._size[0] * _TIMES, self._size[1] * _TIMES)
        picture = pygame.Surface(size)
        view = self.view(size)
        self._venue.world_view.paint_in_view(view)
        self._fine.paint_now(view)
        with self._venue.world_view.drawn_finely(self._fine):
            self._picture.paint(picture, view, 1.0)
        self._develop(picture, view, framed=True)
        try:
            self._context.notice.show(
                _("saved {path}").format(path=display.take_screenshot(picture))
            )
        except InputError as error:
            self._context.notice.show(str(error))
