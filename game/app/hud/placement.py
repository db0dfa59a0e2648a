"""Place an instrument in the window as the player has set it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta

from game.toml_files import TomlTable

MIN_SCALE: Final = 0.6
MAX_SCALE: Final = 2.0

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
InwardUnits = Annotated[float, Meta(ge=-10_000.0, le=10_000.0)]


class Placement(TomlTable, frozen=True):
    """Places an instrument in units inwards from its anchor, which grow with the text.

    From an anchor in the middle of an edge x counts to the right, from the middle y downwards.
    """

    anchor: Anchor
    x: InwardUnits = 0.0
    y: InwardUnits = 0.0
    scale: Annotated[float, Meta(ge=MIN_SCALE, le=MAX_SCALE)] = 1.0
    shown: bool = True
