"""Say in the player's words what weather there is."""

from __future__ import annotations

from typing import Final

from game.translation import N_, _
from game.units import celsius, kmh
from game.weather.weather import Weather

_TITLES: Final = {  # of what ships; a weather of the player's own is called by its file's name
    "clear_noon": N_("Clear noon"),
    "cool_morning": N_("Cool morning"),
    "damp": N_("Damp"),
    "drying": N_("Drying"),
    "dusk": N_("Dusk"),
    "green_road": N_("Green road"),
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
    """Return the temperatures, the wind if there is any, and what makes the road less grippy."""
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
    if weather.rubber is not None:
        text = f"{text}, {_('rubber {share:.0f} %').format(share=100.0 * weather.rubber)}"
    return text
