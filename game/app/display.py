"""Opening the display, on screen or off it, and the pictures the player takes of it."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from typing import Annotated, Final, Literal

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import msgspec
import pygame

from game.app.ui.lettering import forget_fonts
from game.files import InputError, player_folder, write_bytes

PICTURES: Final = (".png", ".jpg")

_SIZE: Final = (1280, 720)
_TITLE: Final = "LEAF NISMO RC"
_UNSEEN: Final = ("dummy", "offscreen", "evdev")  # SDL falls back on these without a display
_LEAST_RATE_HZ: Final = 60
_MOST_RATE_HZ: Final = 240


class DisplaySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the window is shown."""

    mode: Literal["window", "borderless", "fullscreen"] = "window"
    pacing: Literal["vsync", "cap"] = "cap"
    frame_rate_hz: Annotated[int, msgspec.Meta(ge=0, le=500)] = 0  # 0: what the screen shows


def open_window(size: tuple[int, int] = _SIZE) -> pygame.Surface:
    """A resizable window. Raises InputError where there is no display."""
    _choose_presentation()
    try:
        _choose_driver()
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver in _UNSEEN and os.environ.get("SDL_VIDEODRIVER") != driver:
            raise pygame.error(f"only '{driver}', which shows nothing")
        pygame.font.init()
        pygame.display.set_caption(_TITLE)
        return pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        pygame.display.quit()
        raise InputError(
            f"cannot open a window: no display is available ({str(error).rstrip('.')});"
            " set DISPLAY or run 'leaf-rc lap' for headless laps"
        ) from None


def open_offscreen(size: tuple[int, int]) -> pygame.Surface:
    """A surface to draw on where no display is needed."""
    before = os.environ.get("SDL_VIDEODRIVER")
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    try:
        pygame.display.init()
    finally:
        if before is None:
            del os.environ["SDL_VIDEODRIVER"]
        else:
            os.environ["SDL_VIDEODRIVER"] = before
    pygame.font.init()
    return pygame.display.set_mode(size)


def close() -> None:
    """Close the window and all of pygame."""
    forget_fonts()
    pygame.quit()


def toggle_fullscreen() -> None:
    """Between window and full screen, at the desktop's resolution."""
    surface = pygame.display.get_surface()
    if surface is not None and surface.get_flags() & pygame.FULLSCREEN:
        pygame.display.set_mode(_SIZE, pygame.RESIZABLE)
    else:
        pygame.display.set_mode((0, 0), pygame.FULLSCREEN)


def frame_rate_hz() -> int:
    """How many frames a second the screen shows: the loop is capped there, without vsync."""
    rates = pygame.display.get_desktop_refresh_rates()
    return min(max([_LEAST_RATE_HZ, *rates]), _MOST_RATE_HZ)


def save_picture(surface: pygame.Surface, path: Path) -> None:
    """Write a picture file, one of `PICTURES`. Raises InputError if it cannot be written."""
    stream = io.BytesIO()
    pygame.image.save(surface, stream, path.name)
    write_bytes(path, stream.getvalue())


def take_screenshot(surface: pygame.Surface) -> Path:
    """Save what is on the screen in the player's folder; where it is."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path = player_folder() / "screenshots" / f"leaf-rc-{stamp}.png"
    save_picture(surface, path)
    return path


def _choose_driver() -> None:
    """Spare SDL the search for a display that is not there: libraries complain on the way."""
    if not sys.platform.startswith("linux") or "SDL_VIDEODRIVER" in os.environ:
        return
    if "WAYLAND_DISPLAY" in os.environ:
        return
    if "DISPLAY" not in os.environ:
        raise pygame.error("neither DISPLAY nor WAYLAND_DISPLAY is set")
    os.environ["SDL_VIDEODRIVER"] = "x11"


def _choose_presentation() -> None:
    """Without a graphics card, have X11 show our pixels itself: 0.4 instead of 6 ms a frame.

    SDL otherwise copies them through a renderer, which is worth it on a card only. It reads the
    hint when it starts.
    """
    has_card = any(Path("/dev/dri").glob("renderD*"))
    if sys.platform.startswith("linux") and not has_card:
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
