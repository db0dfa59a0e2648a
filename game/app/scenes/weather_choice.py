"""Choose the weather of the circuit that is opened next."""

from __future__ import annotations

from game.app.menus.tab import PageValue
from game.app.menus.weather_words import weather_text, weather_title
from game.app.ui.controls import Choice
from game.app.ui.rows import Remark
from game.errors import InputError
from game.translation import N_
from game.weather.weather import Weather, load_weather, weather_names


class WeatherChoice(Choice[str]):
    """A row chooses the weather of the circuit that is opened next."""

    def __init__(self, present: Weather) -> None:
        self._present = present
        self._read = self._present
        self._name = PageValue(self._present.name)
        self.fault = ""  # why the chosen weather cannot be had, in one line
        names = weather_names()
        if self._present.name not in names:
            names.append(self._present.name)
        super().__init__(
            N_("Weather"), self._name, tuple((name, weather_title(name)) for name in names)
        )

    @property
    def weather(self) -> Weather:
        """Return the chosen weather, or the present one if its file cannot be used."""
        name = self._name.get()
        if name != self._read.name:
            self.fault = ""
            try:
                self._read = self._present if name == self._present.name else load_weather(name)
            except InputError as error:
                self.fault = str(error)
                self._read = self._present
                self._name.put(self._present.name)
        return self._read


class WeatherRemark(Remark):
    """A paragraph says what the chosen weather is like."""

    def __init__(self, choice: WeatherChoice) -> None:
        super().__init__("")
        self._choice = choice

    @property
    def words(self) -> str:
        """Return the text as it is to be drawn."""
        return weather_text(self._choice.weather)
