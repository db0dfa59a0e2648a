"""Let rows choose a weather by the name of its file."""

from __future__ import annotations

from game.app.ui.controls import Value
from game.app.ui.notice import Notice
from game.errors import InputError
from game.weather.weather import Weather, load_weather


class WeatherByName:
    """Holds a weather by its name; of one that cannot be read it tells, and keeps the former.

    drives: the weather of the drive, which is had even if its file is gone.
    """

    def __init__(self, drives: Weather, chosen: Value[Weather], notice: Notice) -> None:
        self._drives = drives
        self._chosen = chosen
        self._notice = notice

    def get(self) -> str:
        """Return the name of the chosen weather."""
        return self._chosen.get().name

    def put(self, name: str) -> None:
        """Choose the weather of this name, if it can be had."""
        try:
            weather = self._drives if name == self._drives.name else load_weather(name)
        except InputError as error:
            self._notice.show(str(error))
        else:
            self._chosen.put(weather)
