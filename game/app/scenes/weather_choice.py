"""Choose the weather of the circuit that is opened next."""

from __future__ import annotations

from game.app.menus.tab import PageValue
from game.app.menus.weather_by_name import WeatherByName
from game.app.menus.weather_words import weather_title
from game.app.ui.controls import Choice
from game.app.ui.notice import Notice
from game.translation import N_
from game.weather.weather import Weather, weather_names


class WeatherChoice(Choice[str]):
    """A row chooses the weather of the circuit that is opened next."""

    def __init__(self, present: Weather, notice: Notice) -> None:
        self._chosen = PageValue(present)
        names = weather_names()
        if present.name not in names:
            names.append(present.name)
        super().__init__(
            N_("Weather"),
            WeatherByName(present, self._chosen, notice),
            tuple((name, weather_title(name)) for name in names),
        )

    @property
    def weather(self) -> Weather:
        """Return the chosen weather."""
        return self._chosen.get()
