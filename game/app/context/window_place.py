"""Keep the window's place and size: at first, and as the player left it on each screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Annotated, Final, NamedTuple

import msgspec
import pygame
from msgspec import Meta

from game.app.context.screens import Area, Screen
from game.app.context.toml_store import TomlStore
from game.errors import InputError
from game.files import player_folder
from game.toml_files import TomlTable

_FILE: Final = "window.toml"
_DESIGN: Final = (1280, 720)
_LARGEST_AT_FIRST: Final = (1920, 1080)  # what every machine draws quickly
_OF_THE_SCREEN: Final = 0.8
_FRAME: Final = (16, 48)  # the system's borders and title bar, left and right, above and below
_TITLE_BAR: Final = 36
_MIN_SIZE: Final = (320, 180)
_SETTLED_S: Final = 0.5  # a size that stays so long was meant; systems change it on the way
_SEEN_SHARE: Final = 0.4  # of the window that has to be on its screen, or it is placed anew

DesktopPixels = Annotated[int, Meta(ge=-100_000, le=100_000)]
Size = Annotated[int, Meta(ge=1, le=100_000)]


class WindowPlace(TomlTable, frozen=True):
    """Says where the content of a window with a frame is, and whether it was maximised."""

    left: DesktopPixels
    top: DesktopPixels
    width: Size
    height: Size
    maximised: bool = False


class WindowPlaces(TomlTable, frozen=True):
    """Keeps the places of the window on each screen, by the screen's key."""

    latest: str = ""  # key of the screen that the window was on when the game was closed
    places: dict[str, WindowPlace] = msgspec.field(default_factory=dict)


class ScreenPlace(NamedTuple):
    """Says on which screen the window is shown, and where while it has a frame."""

    screen: int
    place: WindowPlace


def first_place(screen: Screen) -> WindowPlace:
    """Return the place of a window that was never moved: in the middle, beside no panel.

    It is 16 to 9, as large as suits the screen, unless the screen is smaller than that.
    """
    wide, high = _room(screen.usable)
    share = min(
        _OF_THE_SCREEN * screen.whole.width / _DESIGN[0],
        _OF_THE_SCREEN * screen.whole.height / _DESIGN[1],
        _LARGEST_AT_FIRST[0] / _DESIGN[0],
    )
    share = max(share, 1.0)
    return _placed(
        screen.usable, min(round(share * _DESIGN[0]), wide), min(round(share * _DESIGN[1]), high)
    )


def place_on(screens: Sequence[Screen], remembered: WindowPlaces) -> ScreenPlace:
    """Return where to show the window: as it was left, as far as its screen is still there."""
    keys = {screen.key(index): index for index, screen in enumerate(screens)}
    index = keys.get(remembered.latest, 0)
    screen = screens[index]
    place = remembered.places.get(screen.key(index))
    if place is None:
        return ScreenPlace(index, first_place(screen))
    wide, high = _room(screen.usable)
    size = (
        min(max(place.width, _MIN_SIZE[0]), wide),
        min(max(place.height, _MIN_SIZE[1]), high),
    )
    area = Area(place.left, place.top, *size)
    seen = area.overlap_px(screen.usable) >= _SEEN_SHARE * size[0] * size[1]
    if seen and place.top >= screen.usable.top:
        return ScreenPlace(index, msgspec.structs.replace(place, width=size[0], height=size[1]))
    centred = _placed(screen.usable, *size)
    return ScreenPlace(index, msgspec.structs.replace(centred, maximised=place.maximised))


def screen_of(screens: Sequence[Screen], area: Area) -> int:
    """Return the index of the screen that shows most of an area."""
    return max(range(len(screens)), key=lambda index: screens[index].whole.overlap_px(area))


class WindowMemory(TomlStore[WindowPlaces]):
    """Follows the window and keeps its place as a file of the player's."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(player_folder() / _FILE, WindowPlaces)
        self._clock_s = clock_s
        self._place: WindowPlace | None = None  # that has stayed for a while
        self._latest: WindowPlace | None = None  # that may be a stage of a change
        self._changed_s = 0.0
        self._maximised = False
        self._unwritten_since_s: float | None = None

    def begin(self, place: WindowPlace) -> None:
        """Remember that the window was opened here."""
        self._place = self._latest = place
        self._maximised = place.maximised

    def on_event(self, event: pygame.Event, area: Area) -> None:
        """Follow an event of a window that has a frame; area: where the window is now."""
        if event.type in (pygame.WINDOWRESIZED, pygame.WINDOWMOVED) and not self._maximised:
            self._settle()
            self._latest = WindowPlace(area.left, area.top, area.width, area.height)
            self._changed_s = self._clock_s()
        elif event.type == pygame.WINDOWMAXIMIZED:
            self._settle()
            self._latest = self._place  # the size that it just took is that of the screen
            self._maximised = True
        elif event.type == pygame.WINDOWRESTORED:
            self._maximised = False
        else:
            return
        self._unwritten_since_s = self._clock_s()

    @property
    def is_due(self) -> bool:
        """Return whether the window has stayed where it is since a change that is not written."""
        since_s = self._unwritten_since_s
        return since_s is not None and self._clock_s() - since_s >= _SETTLED_S

    def remember(self, screens: Sequence[Screen]) -> None:
        """Write down where the window is. A file that cannot be written costs only its place."""
        self._unwritten_since_s = None
        place = self._latest
        if place is None:
            return
        place = msgspec.structs.replace(place, maximised=self._maximised)
        index = screen_of(screens, Area(place.left, place.top, place.width, place.height))
        key = screens[index].key(index)
        try:
            self.keep(WindowPlaces(key, {**self.content.places, key: place}))
        except InputError:
            return

    def _settle(self) -> None:
        """Accept the latest place if it has stayed for a while."""
        if self._clock_s() - self._changed_s >= _SETTLED_S:
            self._place = self._latest


def _room(usable: Area) -> tuple[int, int]:
    """Return the largest content of a window whose frame is to be in view too."""
    return max(usable.width - _FRAME[0], 1), max(usable.height - _FRAME[1], 1)


def _placed(usable: Area, width: int, height: int) -> WindowPlace:
    """Return a window in the middle of an area, its title bar in view."""
    left = usable.left + (usable.width - width) // 2
    top = usable.top + max((usable.height - height) // 2, min(_TITLE_BAR, usable.height - height))
    return WindowPlace(left, top, width, height)
