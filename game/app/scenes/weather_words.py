"""Say in the player's words what weather there is, and let it be chosen."""

from __future__ import annotations

from typing import Final

from game.app.menus.tab import PageValue
from game.app.setup.model.garage import Garage
from game.app.ui.controls import Choice
from game.app.ui.rows import Remark
from game.errors import InputError
from game.translation import N_, _
from game.units import celsius, kmh
from game.weather.weather import Weather, load_weather, weather_names

_TITLES: Final = {  # of what ships; a weather of the player's own is called by its file's name
    "clear_noon": N_("Clear noon"),
    "cool_morning": N_("Cool morning"),
    "damp": N_("Damp"),
    "drying": N_("Drying"),
    "dusk": N_("Dusk"),
    "overcast": N_("Overcast"),
    "rain": N_("Rain"),
    "warm_evening": N_("Warm evening"),
    "windy": N_("Windy"),
}
_FROM: Final = (
    N_("from the north"),
    N_("from the north-east"),
    N_("from the east"),
    N_("from the south-east"),
    N_("from the south"),
    N_("from the south-west"),
    N_("from the west"),
    N_("from the north-west"),
)


def weather_title(name: str) -> str:
    """Return the title of a weather of this name, to be translated where it is drawn."""
    return _TITLES.get(name, name)


def weather_text(weather: Weather) -> str:
    """Return the temperatures, the wind if there is any, and what makes the road wet."""
    air, road = celsius(weather.air_temperature_k), celsius(weather.road_temperature_k)
    text = _("Air {air:.0f} °C, road {road:.0f} °C").format(air=air, road=road)
    if weather.wind_mps > 0.0:
        origin = _FROM[round(weather.wind_from_deg / 45.0) % len(_FROM)]
        wind = _("wind {speed:.0f} km/h {origin}")
        text = f"{text}, {wind.format(speed=kmh(weather.wind_mps), origin=_(origin))}"
    if weather.rain_mmph > 0.0:
        text = f"{text}, {_('rain {rate:.0f} mm/h').format(rate=weather.rain_mmph)}"
    elif weather.water_m > 0.0:
        text = f"{text}, {_('wet road')}"
    return text


def place_text(garage: Garage) -> str:
    """Return the circuit's title, and the weather there if it is not the usual one."""
    weather = garage.spec.weather
    title = garage.track.title
    return f"{title} · {_(weather_title(weather.name))}" if weather.words else title


class WeatherChoice(Choice[str]):
    """A row chooses the weather of the circuit that is opened next."""

    def __init__(self, garage: Garage) -> None:
        self._present = garage.spec.weather
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
