"""Hold the setup being worked on, with the way back; and what was found out so far."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from game.app.context.toml_store import TomlStore
from game.app.setup.model.driven_laps import DrivenLap, DrivenLaps, bot_laps
from game.app.setup.model.what_if import WhatIf
from game.errors import InputError
from game.files import player_folder
from game.toml_files import TomlTable
from game.track.track import Track
from game.translation import _
from game.vehicle.setup import FORMER_SPLIT_LAW, Setup, check_setup, default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, in_weather
from game.weather.weather import Weather, weather_digest

_MAX_STEPS: Final = 200  # that can be undone
_FILE: Final = "workbench.toml"  # of the default car


class WorkbenchContent(TomlTable, frozen=True):
    """Holds the choices that the game begins with when it is started next."""

    setup: Setup | None = None  # None: the car's default
    energy_cap_kwh: Annotated[float, Meta(ge=0.0, le=20.0)] = 0.0  # on a lap; 0: none


class WorkbenchFile(TomlStore[WorkbenchContent]):
    """Keeps the player's workbench as a file; each car has its own."""

    def __init__(self, spec: CarSpec) -> None:
        self.car_id = spec.id
        self._names_no_law = self._names_no_tyre_state = False
        self._new_tyre_state = default_setup(spec).tyre_state
        super().__init__(player_folder() / _file_name(spec.id), WorkbenchContent)
        if self.content.setup is not None:
            self._check(self.content.setup, spec)
        if (self._names_no_law or self._names_no_tyre_state) and not self.warning:
            self._announce_new_values(spec)

    def setup_for(self, spec: CarSpec) -> Setup:
        """Return the setup that was worked on last, or the car's default."""
        return self.content.setup or default_setup(spec)

    def _taken_over(self, tables: dict[str, Any]) -> dict[str, Any]:
        """Return a file's tables with the split law that the setup was driven with, and with tyres
        as the car has them now.
        """
        setup = tables.get("setup")
        if not isinstance(setup, dict):
            return tables
        self._names_no_law = "split_law" not in setup
        self._names_no_tyre_state = "tyre_state" not in setup
        unnamed = {"split_law": FORMER_SPLIT_LAW, "tyre_state": self._new_tyre_state}
        return tables | {"setup": unnamed | setup}

    def _announce_new_values(self, spec: CarSpec) -> None:
        """Say what is new about the setup, and write it so that this is said once.

        A file that cannot be written is taken over again next time.
        """
        law = default_setup(spec).split_law
        texts = []
        if self._names_no_law and law != FORMER_SPLIT_LAW:
            text = _(
                "Your setup keeps the split law that it was driven with, {law}; new setups of this "
                "car have {new_law}"
            )
            texts.append(text.format(law=_(FORMER_SPLIT_LAW), new_law=_(law)))
        if self._names_no_tyre_state and self._new_tyre_state == "live":
            texts.append(_("Its tyres warm up and wear now; the setup can freeze them"))
        self.warning = "; ".join(texts)
        with suppress(InputError):
            self._write()

    def _check(self, setup: Setup, spec: CarSpec) -> None:
        """Fall back on the default where the car can no longer have this setup."""
        try:
            check_setup(spec, setup)
        except InputError as error:
            text = _("{error}; using the defaults")
            self.warning = text.format(error=f"{self.path}: {error}")
            self.content = msgspec.structs.replace(self.content, setup=None)
            self._unusable = True


def _file_name(car_id: str) -> str:
    return _FILE if car_id == DEFAULT_CAR else f"workbench-{car_id}.toml"


class Workbench:
    """Holds the setup with undo, in which successive changes to one value count as one."""

    def __init__(self, track: Track, spec: CarSpec, setup: Setup) -> None:
        self.spec = spec
        self.setup = setup
        self.weather = spec.weather  # that laps are predicted and driven in
        self._track = track
        self._what_ifs = {weather_digest(spec.weather): WhatIf(track, spec)}
        self.driven_laps = DrivenLaps()
        self._before: list[Setup] = []
        self._last_changed = ""

    @property
    def what_if(self) -> WhatIf:
        """Return what is known of setups in the weather that is looked at."""
        return self._what_ifs[weather_digest(self.weather)]

    @property
    def is_in_drives_weather(self) -> bool:
        """Return whether the weather that is looked at is that of the drive."""
        return weather_digest(self.weather) == weather_digest(self.spec.weather)

    def look_in(self, weather: Weather) -> None:
        """Have laps predicted and driven in this weather from now on; the drive keeps its own.

        What was found out in another weather is kept. The processes for that end now, and who
        wants new laps opens the what-if.
        """
        digest = weather_digest(weather)
        if digest != weather_digest(self.weather):
            self.what_if.close()
        if digest not in self._what_ifs:
            self._what_ifs[digest] = WhatIf(self._track, in_weather(self.spec, weather))
        self.weather = weather

    def laps(self) -> list[DrivenLap]:
        """Return all laps in the weather that is looked at; the player's are in the drive's."""
        measured = self.what_if.measurements
        if self.is_in_drives_weather:
            return self.driven_laps.laps(measured)
        return bot_laps(measured)

    @property
    def content(self) -> WorkbenchContent:
        """Return what the game is to begin with when it is started next."""
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
