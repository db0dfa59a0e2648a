"""Which instruments are shown, where, and how large."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta


class HudSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The player's instruments."""

    shown: bool = True
    text_scale: Annotated[float, Meta(ge=1.0, le=2.0)] = 1.0  # of menus too
