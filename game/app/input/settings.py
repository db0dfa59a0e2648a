"""What the player steers with and which key or button does what."""

from __future__ import annotations

import msgspec

from game.drivers.human import HumanSettings


class ControlSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The player's controls."""

    filter: HumanSettings = HumanSettings()
