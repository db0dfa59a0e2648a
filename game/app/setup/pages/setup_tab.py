"""Give the pages of the setup scene their base."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.app.menus.tab import Tab
from game.app.menus.weather_words import weather_title
from game.app.setup.charts.what_if_chart import draw_progress
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import Row, TextScale
from game.app.ui.text_layout import TextStyle, paragraph_height, write_paragraph
from game.translation import _, ngettext


class SetupTab(Tab):
    """A tab is about the setup on the workbench. `draw_beside` has the room beside the rows."""

    rows_share = 0.5  # of the width

    def __init__(self, name: str, garage: Garage, rows: Sequence[Row]) -> None:
        super().__init__(name, rows)
        self.garage = garage
        self.bench = garage.workbench

    def enter(self) -> None:
        """Ask for what the page shows, as it comes into view."""

    def named(self, found: str) -> str:
        """Return what was found, headed by its weather; by nothing on a drive at a clear noon."""
        weather = self.bench.weather
        if self.bench.is_in_drives_weather and not weather.words:
            return found
        return f"{_(weather_title(weather.name))} \N{MIDDLE DOT} {found}"

    def draw_waiting(self, surface: pygame.Surface, box: Box, scale: TextScale, count: int) -> None:
        """Draw how many of the setups have been driven so far."""
        known = max(count - self.bench.what_if.waiting, 0)
        text = driving_laps(known, count)
        share, done = self.bench.what_if.preparing, known / max(count, 1)
        if share is not None:
            text, done = getting_ready(share), share
        text = self.named(text)
        high = paragraph_height(text, box.width, scale.px)
        write_paragraph(surface, text, box, TextStyle(scale.px, palette.TEXT))
        bar = Box(box.left, box.top + high + scale.em(0.2), box.width, max(3, scale.em(0.18)))
        draw_progress(surface, bar, done)


def driving_laps(known: int, count: int) -> str:
    """Return the words for how many of some setups have been driven."""
    text = ngettext(
        "Driving laps: {known} of {count} setup", "Driving laps: {known} of {count} setups", count
    )
    return text.format(known=known, count=count)


def getting_ready(share: float) -> str:
    """Return the words for what has to be done once before laps are driven, 0..1 of it done."""
    return _("Getting ready: {percent} %").format(percent=f"{100.0 * share:.0f}")
