"""Choose the weather that laps are predicted and driven in, while the drive keeps its own."""

from __future__ import annotations

from typing import Final

from game.app.menus.weather_by_name import WeatherByName
from game.app.menus.weather_words import weather_text, weather_title
from game.app.setup.model.garage import Garage
from game.app.setup.model.workbench import Workbench
from game.app.ui.controls import Choice
from game.translation import N_
from game.weather.weather import Weather, weather_names

_NOTE: Final = N_("Laps are predicted and driven in this weather; you drive in your own.")


class ChartsWeather(Choice[str]):
    """A row chooses the weather of the drive, or another."""

    def __init__(self, garage: Garage) -> None:
        drives = garage.spec.weather
        others = [name for name in weather_names() if name != drives.name]
        options = [
            (drives.name, N_("as you drive")),
            *((name, weather_title(name)) for name in others),
        ]
        self._bench = garage.workbench
        chosen = WeatherByName(drives, _LookedAt(self._bench), garage.context.notice)
        super().__init__(N_("Charts' weather"), chosen, options, _NOTE)

    @property
    def explanation(self) -> str:
        """Return what the row is for, and what the chosen weather is like."""
        return f"{super().explanation} {weather_text(self._bench.weather)}"


class _LookedAt:
    """Changes the weather on the workbench."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    def get(self) -> Weather:
        return self._bench.weather

    def put(self, weather: Weather) -> None:
        self._bench.look_in(weather)
