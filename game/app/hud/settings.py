"""Which instruments are shown, where, and how large."""

from __future__ import annotations

import msgspec


class HudSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The player's instruments."""

    shown: bool = True
