"""Choose the weather that laps are predicted and driven in, while the drive keeps its own."""

from __future__ import annotations

from typing import Final

from game.app.menus.weather_words import weather_text, weather_title
from game.app.setup.model.garage import Garage
from game.app.ui.controls import Choice
from game.errors import InputError
from game.translation import N_
from game.weather.weather import load_weather, weather_names

_NOTE: Final = N_("Laps are predicted and driven in this weather; you drive in your own.")


class ChartsWeather(Choice[str]):
    """A row chooses the weather of the drive, or another."""

    def __init__(self, garage: Garage) -> None:
        drives = garage.spec.weather.name
        others = [name for name in weather_names() if name != drives]
        options = [(drives, N_("as you drive")), *((name, weather_title(name)) for name in others)]
        super().__init__(N_("Charts' weather"), _LookedAt(garage), options, _NOTE)
        self._bench = garage.workbench

    @property
    def explanation(self) -> str:
        """Return what the row is for, and what the chosen weather is like."""
        return f"{super().explanation} {weather_text(self._bench.weather)}"


class _LookedAt:
    """Changes the weather on the workbench by its name."""

    def __init__(self, garage: Garage) -> None:
        self._garage = garage

    def get(self) -> str:
        return self._garage.workbench.weather.name

    def put(self, name: str) -> None:
        drives = self._garage.spec.weather
        try:
            weather = drives if name == drives.name else load_weather(name)
        except InputError as error:
            self._garage.context.notice.show(str(error))
        else:
            self._garage.workbench.look_in(weather)
