"""List the kept laps and races of a circuit, to be watched."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pygame

from game.app.menus.menu import MenuScene
from game.app.menus.routes import Routes
from game.app.menus.scene import Scene
from game.app.menus.weather_words import weather_title
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, Remark, Row, TextScale
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, write_line, write_paragraph
from game.app.ui.theme import Metrics
from game.boards.kept_lap import KeptLap, has_this_physics
from game.boards.lap_database import LapDatabase, circuit_folder
from game.boards.lap_writer import DRIVES_OF_TWO, RACES
from game.errors import InputError
from game.recording.replay import REPLAY_SUFFIX
from game.setups.items import items_of
from game.translation import N_, _
from game.units import lap_time_text

_MOST: Final = 300  # laps in the list, the newest ones
_MOST_RACES: Final = 50
_OF_SEVERAL: Final = (
    (RACES, N_("Race of {date}")),
    (DRIVES_OF_TWO, N_("Two players, {date}")),
)
_TEXT_PX: Final = 16
_NONE: Final = N_(
    "No lap with a replay is kept here yet. Drive a valid lap, or drop a replay on the window."
)


class LapRow(Action):
    """A row has a kept lap; confirmed, it is watched."""

    def __init__(self, lap: KeptLap, go: Callable[[], None]) -> None:
        super().__init__(lap_time_text(lap.time_s), go)
        self.lap = lap

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the time at the left, then driver, tyre and date."""
        lap, pad = self.lap, scale.em(0.8)
        inner = box._replace(left=box.left + pad, width=box.width - 2 * pad)
        colour = palette.BRIGHT if chosen else palette.TEXT
        bold = TextStyle(scale.px, palette.BRIGHT, Weight.BOLD)
        write_line(surface, self.label, inner, bold)
        who = inner._replace(left=inner.left + scale.em(5.2), width=scale.em(7.0))
        write_line(surface, driver_words(lap), who, TextStyle(scale.px, colour))
        tyre = inner._replace(left=who.right + scale.em(0.4), width=scale.em(3.4))
        write_line(surface, _(lap.tyre), tyre, TextStyle(scale.px, colour))
        date = f"{lap.date.astimezone():%Y-%m-%d %H:%M}"
        write_line(surface, date, inner, TextStyle(scale.px, colour), Align.RIGHT)


class ReplaysScene(MenuScene):
    """Lists the laps with a replay, the newest first, and says more of the chosen one."""

    title = N_("Replays")
    entry_px = 16
    column_em = 30.0

    def __init__(
        self,
        garage: Garage,
        routes: Routes,
        back: MenuScene,
        choose: Callable[[Path, str], Scene] | None = None,
    ) -> None:
        """choose: takes the file and the name of the chosen lap; else it is watched."""
        self.garage = garage
        self._routes = routes
        self._back = back
        self._choose = choose
        super().__init__(garage.context, Page(self._rows()), back.seen)
        self.under_title = garage.place_text

    def leave(self) -> None:
        """Return to where the player came from."""
        self.go_to(self._back)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of a list."""
        words = N_("Watch") if self._choose is None else N_("Show beside")
        return (SELECT._replace(words=words), BACK, CHOOSE)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw what is kept of the chosen lap beside the list."""
        box = self.box_beside(sizes)
        if box.width < sizes.space(180) or not isinstance(self.page.row, LapRow):
            return
        self.read_beside = [box]
        px = sizes.text(_TEXT_PX)
        high = line_height(px)
        top = self.below_title(sizes)
        for number, (name, value) in enumerate(self._facts(self.page.row.lap)):
            line = Box(box.left, top + number * high, box.width, high)
            if line.bottom > box.bottom:
                break
            write_line(surface, _(name), line, TextStyle(px, palette.DIM))
            right = line._replace(left=line.left + 8 * px, width=line.width - 8 * px)
            write_line(surface, value, right, TextStyle(px, palette.BRIGHT))
        else:
            below = top + (len(self._facts(self.page.row.lap)) + 1) * high
            rest = Box(box.left, below, box.width, box.bottom - below)
            style = TextStyle(px, palette.TEXT)
            write_paragraph(surface, self._setup_words(self.page.row.lap), rest, style)

    def _rows(self) -> list[Row]:
        garage = self.garage
        try:
            stored, damage = LapDatabase().laps(garage.track.name)
        except InputError as error:
            stored, damage = [], str(error)
        if damage:
            garage.context.notice.show(damage)
        laps = [each.lap for each in stored if each.lap.valid and each.lap.replay]
        laps = [lap for lap in laps if lap.car_id in ("", garage.spec.id)]
        newest = sorted(laps, key=lambda lap: lap.date, reverse=True)[:_MOST]
        races = self._race_rows() if self._choose is None else []
        rows: list[Row] = [*races, *(self._row(lap) for lap in newest)]
        return rows or [Action(N_("Back"), self.leave), Remark(_NONE)]

    def _race_rows(self) -> list[Action]:
        """Return a row for each race and drive of two that is kept of this circuit."""
        folder, rows = circuit_folder(self.garage.track.name), []
        for kind, words in _OF_SEVERAL:
            files = sorted((folder / kind).glob(f"*{REPLAY_SUFFIX}"), reverse=True)
            for path in files[:_MOST_RACES]:
                date = datetime.datetime.fromtimestamp(path.stat().st_mtime)
                name = _(words).format(date=f"{date:%Y-%m-%d %H:%M}")
                rows.append(Action(name, partial(self._open_race, path, name)))
        return rows

    def _open_race(self, path: Path, name: str) -> None:
        try:
            self.go_to(self._routes.open_replay(path, self, name))
        except InputError as error:
            self.context.notice.show(str(error))

    def _row(self, lap: KeptLap) -> LapRow:
        path = circuit_folder(lap.track) / lap.replay
        name = f"{lap_time_text(lap.time_s)} · {driver_words(lap)}"
        return LapRow(lap, lambda: self._open(path, lap, name))

    def _open(self, path: Path, lap: KeptLap, name: str) -> None:
        try:
            if self._choose is None:
                self.go_to(self._routes.open_replay(path, self, name, lap.replay_lap))
            else:
                self.go_to(self._choose(path, name))
        except InputError as error:
            self.context.notice.show(str(error))

    def _facts(self, lap: KeptLap) -> list[tuple[str, str]]:
        facts = [
            (N_("Time"), lap_time_text(lap.time_s)),
            (N_("Sectors"), "  ".join(f"{each:.3f}" for each in lap.sectors_s)),
            (N_("Driver"), driver_words(lap)),
            (N_("Date"), f"{lap.date.astimezone():%Y-%m-%d %H:%M}"),
            (N_("Tyre"), _(lap.tyre)),
            (N_("Energy"), f"{lap.net_kwh:.2f} kWh"),
        ]
        if lap.weather:
            facts.append((N_("Weather"), _(weather_title(lap.weather))))
        if lap.help:
            facts.append((N_("Help"), _(lap.help)))
        if not has_this_physics(lap.digests):
            facts.append((N_("Physics"), _("of version {version}").format(version=lap.program)))
        return facts

    def _setup_words(self, lap: KeptLap) -> str:
        """Return what of the lap's setup is not the default."""
        changed = [
            f"{_(item.label)} {item.text(item.value_in(lap.setup))}"
            for item in items_of(self.garage.spec)
            if item.value_in(lap.setup) != item.default
        ]
        return _("Setup: {values}").format(values=", ".join(changed) or _("the default"))


def driver_words(lap: KeptLap) -> str:
    """Return who drove a lap."""
    if lap.driver:
        return lap.driver
    return _("The bot") if lap.is_bot else _("You")
