"""Lay out the instruments, in pixels, for any size of window and of text.

Instruments are laid out in order of importance. Each wants the place that the
settings give it, pulled into the window. If others lie there already it moves to a free place
nearby, rather at the sides than in the middle of the picture; if there is none it is drawn smaller,
though its text never smaller than at a text scale of 100 %; if it still finds no room it is left
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from game.app.hud.free_space import nearest_free, pulled_in
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.placement import Anchor, Placement
from game.app.hud.presets import arrangement
from game.app.hud.settings import HudSettings
from game.app.ui.box import Box
from game.app.ui.text import Align

_WIDTH: Final = 1280.0
_HEIGHT: Final = 720.0
_MIN_UNIT: Final = (
    0.85  # of a pixel: in smaller windows instruments give way rather than legibility
)
_MIN_WIDTH_SHARE: Final = 0.8  # of the design's width at the same height, before units shrink
_STEPS: Final = 6  # sizes tried

_ANCHORS: Final[tuple[tuple[Anchor, Anchor, Anchor], ...]] = (
    ("top left", "top", "top right"),
    ("left", "middle", "right"),
    ("bottom left", "bottom", "bottom right"),
)


class PlacedInstrument(NamedTuple):
    """A placed instrument has a rectangle of the window."""

    box: Box
    unit: float  # pixels of a unit of its design
    align: Align


class HudLayout(NamedTuple):
    """Lists the instruments that are drawn, and the names of those that found no room."""

    placed: dict[str, PlacedInstrument]
    without_room: tuple[str, ...]


def unit_of(size: tuple[int, int]) -> float:
    """Return the pixels of a unit: the window's height counts, unless it is narrow."""
    width, height = size
    return max(min(height / _HEIGHT, width / (_WIDTH * _MIN_WIDTH_SHARE)), _MIN_UNIT)


@lru_cache(maxsize=8)
def lay_out(size: tuple[int, int], settings: HudSettings) -> HudLayout:
    """Return the layout of a window of this size."""
    placed: dict[str, PlacedInstrument] = {}
    without_room = []
    places = arrangement(settings)
    for name in INSTRUMENTS:
        place = places.of(name)
        if not place.shown:
            continue
        taken = [instrument.box for instrument in placed.values()]
        instrument = _find_room(name, place, size, settings.text_scale, taken)
        if instrument is None:
            without_room.append(name)
        else:
            placed[name] = instrument
    return HudLayout(placed, tuple(without_room))


def wanted_box(name: str, place: Placement, size: tuple[int, int], text: float) -> Box:
    """Return the box of an instrument if it were alone, inside the window."""
    return pulled_in(_at(name, place, size, text, _unit(name, place, size, text)), size)


def place_for(box: Box, size: tuple[int, int], text: float, place: Placement) -> Placement:
    """Return the place, otherwise as it was, at which an instrument has this box.

    It is anchored to the edges or the middle of the window, whichever are near.
    """
    unit = unit_of(size) * text
    across = _third(box.left + 0.5 * box.width, size[0])
    down = _third(box.top + 0.5 * box.height, size[1])
    x = (
        box.left,
        box.left + 0.5 * box.width - 0.5 * size[0],
        size[0] - box.right,
    )[across] / unit
    y = (
        box.top,
        box.top + 0.5 * box.height - 0.5 * size[1],
        size[1] - box.bottom,
    )[down] / unit
    return Placement(_ANCHORS[down][across], x, y, place.scale, place.shown)


def _third(middle: float, length: int) -> int:
    return min(int(3.0 * middle / length), 2)


def _unit(name: str, place: Placement, size: tuple[int, int], text: float) -> float:
    """Return the pixels of a unit of an instrument that has all the room it wants."""
    return unit_of(size) * place.scale * (text if INSTRUMENTS[name].grows_with_text else 1.0)


def _at(name: str, place: Placement, size: tuple[int, int], text: float, unit_px: float) -> Box:
    wide, high = (round(length * unit_px) for length in INSTRUMENTS[name].size)
    unit = unit_of(size) * text
    down = next(row for row, anchors in enumerate(_ANCHORS) if place.anchor in anchors)
    across = _ANCHORS[down].index(place.anchor)
    x, y = place.x * unit, place.y * unit
    left = (x, 0.5 * (size[0] - wide) + x, size[0] - wide - x)[across]
    top = (y, 0.5 * (size[1] - high) + y, size[1] - high - y)[down]
    return Box(round(left), round(top), wide, high)


def _find_room(
    name: str, place: Placement, size: tuple[int, int], text: float, taken: Sequence[Box]
) -> PlacedInstrument | None:
    largest = _unit(name, place, size, text)
    smallest = min(largest, unit_of(size))
    for step in range(_STEPS):
        unit = largest + (smallest - largest) * step / (_STEPS - 1)
        wanted = _at(name, place, size, text, unit)
        if wanted.width <= size[0] and wanted.height <= size[1]:
            box = nearest_free(pulled_in(wanted, size), size, unit_of(size), taken)
            if box is not None:
                across = _third(box.left + 0.5 * box.width, size[0])
                return PlacedInstrument(box, unit, (Align.LEFT, Align.CENTRE, Align.RIGHT)[across])
        if smallest == largest:
            break
    return None
