"""Draw the instruments over the picture, where the settings and the window let them be."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import pygame

from game.app.driving.seen_drive import SeenDrive
from game.app.hud.hud_data import HudData, read_hud_data
from game.app.hud.instrument_list import INSTRUMENTS, OF_RACES
from game.app.hud.layout import PlacedInstrument, lay_out
from game.app.hud.presets import PresetName, arrangement, rearranged, with_preset
from game.app.hud.settings import HudSettings
from game.app.hud.style import InstrumentStyle
from game.app.ui.box import Box


class Hud:
    """Draws the instruments over one drive."""

    def __init__(
        self, hidden: tuple[str, ...] = OF_RACES, preset: PresetName | None = None
    ) -> None:
        """Hide some instruments, by their names, and arrange the others by a preset, whatever the
        settings say; None: by that of the settings.
        """
        self._hidden = hidden
        self._preset = preset
        self._instruments = {name: kind() for name, kind in INSTRUMENTS.items()}

    def layout_at(self, size: tuple[int, int], settings: HudSettings) -> dict[str, Box]:
        """Return the boxes of the instruments drawn in a window of this size, by their names."""
        placed = lay_out(size, self._arranged(settings, self._hidden)).placed
        return {name: instrument.box for name, instrument in placed.items()}

    def lasting_boxes(self, size: tuple[int, int], settings: HudSettings) -> tuple[Box, ...]:
        """Return the boxes of the instruments that hide the road all the time, where any do."""
        if not settings.shown:
            return ()
        boxes = self.layout_at(size, settings)
        return tuple(box for name, box in boxes.items() if self._instruments[name].lasting)

    def filled_boxes(
        self, size: tuple[int, int], data: HudData, settings: HudSettings
    ) -> dict[str, Box]:
        """Return the part of its box that each instrument fills with these data."""
        placed = lay_out(size, self._arranged(settings, self._hidden)).placed
        return {
            name: self._instruments[name].filled_box(each.box, _style(each, settings), data)
            for name, each in placed.items()
        }

    def draw(self, surface: pygame.Surface, drive: SeenDrive, settings: HudSettings) -> None:
        """Draw everything over the picture of a drive."""
        self.draw_data(surface, read_hud_data(drive), settings)

    def draw_data(self, surface: pygame.Surface, data: HudData, settings: HudSettings) -> None:
        """Draw everything that was read of a drive."""
        needless = tuple(
            name
            for name, instrument in self._instruments.items()
            if name in self._hidden or not instrument.is_needed(data)
        )
        settings = self._arranged(settings, needless)
        for name, placed in lay_out(surface.get_size(), settings).placed.items():
            style = _style(placed, settings)
            self._instruments[name].draw(surface, placed.box, style, data)

    def _arranged(self, settings: HudSettings, hidden: tuple[str, ...]) -> HudSettings:
        """Return the settings as they are followed, with some instruments hidden."""
        if self._preset is not None and settings.shown:
            settings = with_preset(settings, self._preset)
        return _without(settings, hidden)


def _style(placed: PlacedInstrument, settings: HudSettings) -> InstrumentStyle:
    return InstrumentStyle(placed.unit, settings.opacity, settings.speed_unit, placed.align)


@lru_cache(maxsize=8)
def _without(settings: HudSettings, names: tuple[str, ...]) -> HudSettings:
    """Return the settings with some instruments hidden, so that others may have their room."""
    if not names:
        return settings
    places = arrangement(settings)
    for name in names:
        hidden = msgspec.structs.replace(places.of(name), shown=False)
        places = places.with_placement(name, hidden)
    return rearranged(settings, places)
