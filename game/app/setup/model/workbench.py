"""The setup being worked on, with the way back; and what was found out so far."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from game.app.context.toml_store import KeptFile
from game.app.setup.model.driven_laps import Logbook
from game.app.setup.model.what_if import WhatIf
from game.files import player_folder
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_MOST_STEPS: Final = 200  # that can be undone
_FILE: Final = "workbench.toml"


class OnTheBench(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the next sitting begins with."""

    setup: Setup = Setup()
    energy_cap_kwh: Annotated[float, Meta(ge=0.0, le=20.0)] = 0.0  # on a lap; 0: none


class BenchFile(KeptFile[OnTheBench]):
    """What lies on the player's workbench as a file."""

    def __init__(self) -> None:
        super().__init__(player_folder() / _FILE, OnTheBench)


class Workbench:
    """One a sitting. A row of changes to the same value counts as one."""

    def __init__(self, track: Track, spec: CarSpec, setup: Setup) -> None:
        self.setup = setup
        self.what_if = WhatIf(track, spec)
        self.logbook = Logbook()
        self._before: list[Setup] = []
        self._last_changed = ""

    @property
    def content(self) -> OnTheBench:
        """What the next sitting is to begin with."""
        return OnTheBench(self.setup, self.logbook.cap_kwh)

    def change(self, name: str, value: Any) -> None:
        """Give a value of the setup."""
        if getattr(self.setup, name) != value:
            if name != self._last_changed:
                self._remember()
            self._last_changed = name
            self.setup = msgspec.structs.replace(self.setup, **{name: value})

    def take(self, setup: Setup) -> None:
        """Go on with another setup as a whole."""
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
        self._before = [*self._before, self.setup][-_MOST_STEPS:]
