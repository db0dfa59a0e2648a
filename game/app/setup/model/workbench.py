"""The setup being worked on, with the way back; and what was found out so far."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from game.app.context.toml_store import TomlStore
from game.app.setup.model.driven_laps import DrivenLaps
from game.app.setup.model.what_if import WhatIf
from game.files import player_folder
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_MAX_STEPS: Final = 200  # that can be undone
_FILE: Final = "workbench.toml"


class WorkbenchContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the game begins with when it is started next."""

    setup: Setup = Setup()
    energy_cap_kwh: Annotated[float, Meta(ge=0.0, le=20.0)] = 0.0  # on a lap; 0: none


class WorkbenchFile(TomlStore[WorkbenchContent]):
    """What lies on the player's workbench as a file."""

    def __init__(self) -> None:
        super().__init__(player_folder() / _FILE, WorkbenchContent)


class Workbench:
    """The setup with undo, in which successive changes to the same value count as one."""

    def __init__(self, track: Track, spec: CarSpec, setup: Setup) -> None:
        self.setup = setup
        self.what_if = WhatIf(track, spec)
        self.driven_laps = DrivenLaps()
        self._before: list[Setup] = []
        self._last_changed = ""

    @property
    def content(self) -> WorkbenchContent:
        """What the game is to begin with when it is started next."""
        return WorkbenchContent(self.setup, self.driven_laps.cap_kwh)

    def change(self, name: str, value: Any) -> None:
        """Give a value of the setup."""
        if getattr(self.setup, name) != value:
            if name != self._last_changed:
                self._remember()
            self._last_changed = name
            self.setup = msgspec.structs.replace(self.setup, **{name: value})

    def load(self, setup: Setup) -> None:
        """Replace the setup as a whole."""
        if setup != self.setup:
            self._remember()
            self._last_changed = ""
            self.setup = setup

    def undo(self) -> bool:
        """Take the last change back, if there is one."""
        if not self._before:
            return False
        self.setup = self._before.pop()
        self._last_changed = ""
        return True

    def _remember(self) -> None:
        self._before = [*self._before, self.setup][-_MAX_STEPS:]
