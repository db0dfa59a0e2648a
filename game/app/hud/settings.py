"""Which instruments are shown, where, and how large."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

LEAST_SCALE: Final = 0.6
MOST_SCALE: Final = 2.0

Anchor = Literal[
    "top left",
    "top",
    "top right",
    "left",
    "middle",
    "right",
    "bottom left",
    "bottom",
    "bottom right",
]
Offset = Annotated[float, Meta(ge=-10_000.0, le=10_000.0)]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a piece lies: how far inwards from the anchor, in units that grow with the text.

    From an anchor in the middle of an edge x counts to the right, from the middle y downwards.
    """

    anchor: Anchor
    x: Offset = 0.0
    y: Offset = 0.0
    scale: Annotated[float, Meta(ge=LEAST_SCALE, le=MOST_SCALE)] = 1.0
    shown: bool = True


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The places of all pieces, the most important first: it keeps its room when room is short."""

    speed: Place = Place("bottom right", 16, 66)
    lap_times: Place = Place("top left", 16, 16)
    delta: Place = Place("top left", 16, 166)
    verdict: Place = Place("top", 0, 16)
    energy: Place = Place("top left", 16, 256)  # while there is a cap
    power: Place = Place("bottom right", 16, 16)
    split_bar: Place = Place("bottom right", 234, 66)
    battery: Place = Place("bottom right", 234, 16)
    minimap: Place = Place("bottom left", 16, 16)
    sectors: Place = Place("top left", 16, 120)
    pedals: Place = Place("bottom right", 714, 16)
    gg_circle: Place = Place("bottom right", 600, 16)
    wheels: Place = Place("bottom right", 496, 16)
    corner: Place = Place("top right", 16, 16)


class HudSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The player's instruments."""

    shown: bool = True
    text_scale: Annotated[float, Meta(ge=1.0, le=2.0)] = 1.0  # of menus too
    opacity: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.72  # of the panels
    speed_unit: Literal["km/h", "mph"] = "km/h"
    ghost: bool = True  # the best lap drives along
    places: Places = Places()
