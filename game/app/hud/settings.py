"""Keep which instruments are shown, where, and how large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.placement import Placement
from game.app.hud.reference_names import ReferenceName
from game.toml_files import TomlTable


class _Placements(TomlTable, frozen=True):
    """Keeps the placements of instruments by name; those left out are where they began."""

    def of(self, name: str) -> Placement:
        """Return the placement of an instrument."""
        placement: Placement = getattr(self, name)
        return placement

    def with_placement(self, name: str, placement: Placement) -> Placements:
        """Return the placements with one instrument placed elsewhere."""
        return msgspec.structs.replace(self, **{name: placement})


if TYPE_CHECKING:
    Placements = _Placements
else:
    Placements = msgspec.defstruct(  # one field for each instrument
        "Placements",
        [(name, Placement, kind.placement) for name, kind in INSTRUMENTS.items()],
        bases=(_Placements,),
        frozen=True,
        forbid_unknown_fields=True,
    )


class HudSettings(TomlTable, frozen=True):
    """Keeps the player's instruments."""

    shown: bool = True
    text_scale: Annotated[float, Meta(ge=1.0, le=2.0)] = 1.0  # of menus too
    opacity: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.72  # of the panels
    speed_unit: Literal["km/h", "mph"] = "km/h"
    delta_to: ReferenceName = "best"  # the lap that the one under way is compared with
    preset: Literal["", "clean", "engineer", "own"] = ""  # empty: versions before had none
    places: Placements = Placements()  # the player's own arrangement
