"""Open the display, on screen or off it, and save the pictures the player takes of it."""

from __future__ import annotations

import io
import os
import sys
import warnings
from pathlib import Path
from typing import Annotated, Final, Literal

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import msgspec
import pygame

from game.app.context.frame_pace import FramePace
from game.app.context.screens import Area, screens
from game.app.context.window_place import (
    WindowMemory,
    WindowPlace,
    WindowPlaces,
    place_on,
    screen_of,
)
from game.app.ui.text import forget_fonts
from game.app.view.render_scale import AUTOMATIC, MAX_PERCENT
from game.errors import InputError
from game.files import assets_folder, named_by_the_time, player_folder, write_bytes
from game.toml_files import TomlTable
from game.translation import _

PICTURES: Final = (".png", ".jpg")

_ICON: Final = "icon.png"
_TITLE: Final = "leaf-rc"
_UNSEEN: Final = ("dummy", "offscreen", "evdev")  # SDL falls back on these without a display
_MIN_RATE_HZ: Final = 60
_MAX_RATE_HZ: Final = 240
_PLACE_EVENTS: Final = (
    pygame.WINDOWRESIZED,
    pygame.WINDOWMOVED,
    pygame.WINDOWMAXIMIZED,
    pygame.WINDOWRESTORED,
)


class DisplaySettings(TomlTable, frozen=True):
    """Keeps the player's choice of how the window is shown."""

    mode: Literal["window", "borderless", "fullscreen"] = "window"
    pacing: Literal["vsync", "cap"] = "cap"
    frame_rate_hz: Annotated[int, msgspec.Meta(ge=0, le=500)] = 0  # cap; 0: the screen's own
    # Of the window's pixels that the world is painted with; 0: found automatically.
    render_percent: Annotated[int, msgspec.Meta(ge=AUTOMATIC, le=MAX_PERCENT)] = AUTOMATIC


class _WindowState:
    """Holds the present state of the window, and its place while it has a frame."""

    settings = DisplaySettings()
    place = WindowPlace(0, 0, 1280, 720)
    screen = 0
    memory: WindowMemory | None = None


def open_window(
    settings: DisplaySettings | None = None, memory: WindowMemory | None = None
) -> pygame.Surface:
    """Open the window where it was left. Raises InputError where there is no display."""
    settings = settings or DisplaySettings()
    _choose_presentation(settings)
    try:
        _choose_driver()
        pygame.display.init()
        driver = pygame.display.get_driver()
        if driver in _UNSEEN and os.environ.get("SDL_VIDEODRIVER") != driver:
            raise pygame.error(f"only '{driver}', which shows nothing")
        pygame.font.init()
        remembered = memory.content if memory is not None else WindowPlaces()
        _WindowState.screen, _WindowState.place = place_on(screens(), remembered)
        _WindowState.memory = memory
        surface = _show(settings)
    except pygame.error as error:
        pygame.display.quit()
        raise InputError(
            f"cannot open a window: no display is available ({str(error).rstrip('.')});"
            " set DISPLAY or run 'leaf-rc lap' for headless laps"
        ) from None
    if memory is not None:
        memory.begin(_WindowState.place)
    return surface


def on_event(event: pygame.Event) -> None:
    """Follow where the player puts the window, so that it opens there the next time."""
    memory = _WindowState.memory
    if memory is None or event.type not in _PLACE_EVENTS or _WindowState.settings.mode != "window":
        return
    area = _area()
    if area[2:] not in [screen.whole[2:] for screen in screens()]:  # full screen, or on its way
        memory.on_event(event, area)


def remember_window() -> None:
    """Write down where the window is, if it has moved and come to rest; call it once a frame."""
    if _WindowState.memory is not None and _WindowState.memory.is_due:
        _WindowState.memory.remember(screens())


def show_as(settings: DisplaySettings) -> None:
    """Change how the open window is shown; nothing happens where nothing changes.

    Raises InputError if the system will not show it at all.
    """
    before = _WindowState.settings
    if settings == before or pygame.display.get_surface() is None:
        return
    if before.mode == "window":
        area = _area()
        _WindowState.screen = screen_of(screens(), area)
        _WindowState.place = WindowPlace(*area)
    try:
        if settings.pacing != before.pacing:  # SDL settles it when the window is made
            pygame.display.quit()
            _choose_presentation(settings)
            pygame.display.init()
        _show(settings)
    except pygame.error as error:
        text = _("the window cannot be shown in this mode ({reason})")
        raise InputError(text.format(reason=str(error).rstrip("."))) from None


def _show(settings: DisplaySettings) -> pygame.Surface:
    _WindowState.settings = settings
    pygame.display.set_caption(_TITLE)
    icon = assets_folder() / _ICON
    if icon.exists():
        pygame.display.set_icon(pygame.image.load(icon))
    screen = min(_WindowState.screen, pygame.display.get_num_displays() - 1)
    if settings.mode == "fullscreen":
        return pygame.display.set_mode((0, 0), pygame.FULLSCREEN, display=screen)
    if settings.mode == "borderless":
        size = pygame.display.get_desktop_sizes()[screen]
        return pygame.display.set_mode(size, pygame.NOFRAME, display=screen)
    return _show_with_frame(_WindowState.place, screen)


def _show_with_frame(place: WindowPlace, screen: int) -> pygame.Surface:
    size = (place.width, place.height)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a size that the system overrules
        surface = pygame.display.set_mode(size, pygame.RESIZABLE, display=screen)
        if surface.get_size() != size:  # X11 may leave full screen only when asked again
            surface = pygame.display.set_mode(size, pygame.RESIZABLE, display=screen)
    pygame.display.set_window_position((place.left, place.top))
    if place.maximised:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # there is no other way yet
            pygame.Window.from_display_module().maximize()
    return surface


def _area() -> Area:
    """Return where the window's content is on the desktop."""
    return Area(*pygame.display.get_window_position(), *pygame.display.get_window_size())


def window_size() -> tuple[int, int]:
    """Return the size of the open window's picture, in pixels."""
    surface = pygame.display.get_surface()
    assert surface is not None
    return surface.get_size()


def open_offscreen(size: tuple[int, int]) -> pygame.Surface:
    """Return a surface to draw on where no display is needed."""
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
    surface = pygame.display.set_mode(size)
    pygame.event.clear()  # such as that another window was closed, which was before this one
    return surface


def close() -> None:
    """Close the window and all of pygame, and remember where the window was."""
    if _WindowState.memory is not None and pygame.display.get_init():
        _WindowState.memory.remember(screens())
        _WindowState.memory = None
    forget_fonts()
    pygame.quit()


def frame_pace(settings: DisplaySettings) -> FramePace:
    """Return the pace of frames: the screen's own, or the rate that the player chose."""
    rates = pygame.display.get_desktop_refresh_rates()
    screen_hz = min(max([_MIN_RATE_HZ, *rates]), _MAX_RATE_HZ)
    vsync = settings.pacing == "vsync" and _has_card()
    return FramePace(screen_hz if vsync else settings.frame_rate_hz or screen_hz, vsync=vsync)


def save_picture(surface: pygame.Surface, path: Path) -> None:
    """Write a picture file, one of `PICTURES`. Raises InputError if it cannot be written."""
    stream = io.BytesIO()
    pygame.image.save(surface, stream, path.name)
    write_bytes(path, stream.getvalue())


def take_screenshot(surface: pygame.Surface) -> Path:
    """Save the screen in the player's folder, over no other picture; return its path."""
    path = named_by_the_time(player_folder() / "screenshots", ".png")
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


def _choose_presentation(settings: DisplaySettings) -> None:
    """Have X11 show our pixels itself if there is no graphics card: 0.4 instead of 6 ms a frame.

    SDL otherwise copies them through a renderer, which is worth it on a card only, and which can
    wait for the screen. It reads these hints when the window is made.
    """
    if sys.platform.startswith("linux") and not _has_card():
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    os.environ["SDL_RENDER_VSYNC"] = "1" if settings.pacing == "vsync" else "0"
    # Windows would otherwise enlarge a small picture on screens of high density.
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")


def _has_card() -> bool:
    """Return whether there is a graphics card; systems other than Linux are taken to have one."""
    return not sys.platform.startswith("linux") or any(Path("/dev/dri").glob("renderD*"))
