"""Choose a circuit, of those that ship and the player's own, and how it is driven."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import MenuScene, bound_hint
from game.app.menus.routes import Routes
from game.app.menus.tab import PageValue
from game.app.scenes.circuit_board import CircuitBoard
from game.app.scenes.circuit_import_panel import ImportPanel, ImportRow
from game.app.scenes.circuit_row import CircuitRow
from game.app.scenes.circuit_search import CircuitSearch, SearchRow
from game.app.scenes.weather_choice import WeatherChoice
from game.app.setup.model.garage import Garage
from game.app.setup.pages.text_entry import TextEntry
from game.app.ui import palette
from game.app.ui.controls import Toggle
from game.app.ui.footer import BACK, CHANGE, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Heading, Remark, Row
from game.app.ui.text_layout import TextStyle, write_paragraph
from game.app.ui.theme import Metrics
from game.app.venue.circuit_import import CircuitImport
from game.app.venue.circuit_survey import CircuitSurvey
from game.app.venue.circuit_titles import circuit_title
from game.errors import InputError
from game.files import tracks_folder
from game.track.track import track_names
from game.track.track_file import FILE_NAME
from game.track.variants import MIRROR, REVERSE, VariantName, split_name
from game.translation import N_, _
from game.vehicle.spec import in_weather

_ROW_PX: Final = 17
_LIST_EM: Final = 22.0
_TEXT_PX: Final = 17
_MIN_BOARD: Final = 240  # units of width; in less room the list is alone
_MANY: Final = 8  # circuits; more of them can be searched by name
_SECTIONS: Final = {Command.NEXT_TAB: 1, Command.PREVIOUS_TAB: -1}
_VARIANTS: Final = ((), (MIRROR,), (REVERSE,), (MIRROR, REVERSE))


class CircuitsScene(MenuScene):
    """Lists all circuits. `to_drive`: the chosen one leads to a drive there, else to its title."""

    title = N_("Circuits")
    entry_px = _ROW_PX
    column_em = _LIST_EM

    def __init__(
        self,
        garage: Garage,
        routes: Routes,
        survey: CircuitSurvey,
        imports: CircuitImport,
        back: MenuScene,
        *,
        to_drive: bool,
    ) -> None:
        self.garage = garage
        self._routes = routes
        self._survey = survey
        self._imports = imports
        self._import_panel = ImportPanel(garage.context, imports)
        self._search = CircuitSearch(garage.context)
        self._searched = ""  # what the list was made for
        self._known_rows: dict[str, CircuitRow] = {}
        self._titles: dict[str, str] = {}  # as the files have them, by the circuits' names
        self._importing: Path | None = None
        self._latest = imports.latest
        self._back = back
        self._to_drive = to_drive
        self._here = split_name(garage.track.name)
        self._mirrored = PageValue(MIRROR in self._here.words)
        self._reversed = PageValue(REVERSE in self._here.words)
        self._board: CircuitBoard | None = None
        self._weather = WeatherChoice(garage.spec.weather, garage.context.notice)
        self._spec = garage.spec  # in the weather that is chosen
        survey.begin(garage.spec, garage.setup.tyre)
        super().__init__(garage.context, Page(self._rows()), back.seen)
        self.share_backdrop(back)
        self.under_title = _("Times on {tyre} tyres").format(tyre=_(garage.setup.tyre))
        self._shown = self._row_of(self._here.base)
        self.page.choose(self.page.rows.index(self._shown))

    @property
    def chosen_name(self) -> str:
        """Return the name of the circuit that is shown, as the variant that is switched on."""
        return self._variant_of(self._shown)

    @property
    def is_reading(self) -> bool:
        """Return whether there are circuits of which nothing is known yet."""
        return self._survey.is_busy

    def leave(self) -> None:
        """Return to where the player came from."""
        self._survey.stop()
        self.go_to(self._back)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done here."""
        if self._entry is not None:
            return self._entry.hints()
        changed = N_("Weather") if self.page.row is self._weather else N_("Variant")
        hints = [SELECT, BACK, CHANGE._replace(words=changed), CHOOSE]
        hints.append(bound_hint(self.context, N_("Import"), ("default",), Command.DEFAULT))
        if self._is_long:
            hints.append(bound_hint(self.context, N_("Search"), ("next_view",), Command.NEXT_VIEW))
        return hints

    @property
    def captures(self) -> bool:
        """Return whether a path or a name is being typed."""
        return self._entry is not None

    @property
    def _entry(self) -> TextEntry | None:
        """Return the text that is being typed, if there is one."""
        entries = (self._import_panel.entry, self._search.entry)
        return next((entry for entry in entries if entry.active), None)

    @property
    def _is_long(self) -> bool:
        """Return whether there are so many circuits that they can be searched."""
        return len(self._known_rows) > _MANY

    def on_command(self, command: Command) -> None:
        """Take a key while something is typed; else do what every menu does, and some more."""
        if self._entry is not None:
            self._type(self._entry, command)
        elif command in (Command.BACK, Command.PAUSE) and self._search.text:
            self._search.clear()
        elif command is Command.DEFAULT:
            self._ask_for_file()
        elif command is Command.NEXT_VIEW and self._is_long:
            self._search_by_name()
        elif command in _SECTIONS:
            self.page.choose_section(_SECTIONS[command])
        else:
            super().on_command(command)

    def _type(self, entry: TextEntry, command: Command) -> None:
        entry.handle(command)
        if entry is self._search.entry and not entry.active and self._circuit_rows:
            self._relist(self._circuit_rows[0].name)

    def on_pointer(self, pointer: Pointer) -> None:
        """Choose by the mouse; a click gives up what is being typed."""
        if self._entry is None:
            super().on_pointer(pointer)
        elif pointer.pressed:
            self._entry.give_up()

    def state(self) -> tuple[object, ...]:
        """Return the state whose change makes a sound."""
        return *super().state(), self._words

    def update(self, frame_s: float) -> None:
        """Show what has been found out meanwhile."""
        self._follow_imports()
        if self._search.text != self._searched:
            self._find()
        super().update(frame_s)
        self._follow_weather()
        row = self.page.row
        if isinstance(row, CircuitRow):
            self._shown = row
        self._read_on()
        facts = self._shown.facts
        if facts is None:
            self._board = None
        elif self._board is None or self._board.facts is not facts:
            self._board = CircuitBoard(facts)

    def _read_on(self) -> None:
        """Find out what is not known yet about the circuits in the list, and show it there."""
        rows = self._circuit_rows
        bases, variants = [each.name for each in rows], [self._variant_of(each) for each in rows]
        self._survey.request([self._shown.name, self.chosen_name, *bases, *variants])
        self._survey.poll()
        titles = Counter(self._title_of(each.name) for each in self._known_rows.values())
        for each in rows:
            title = self._title_of(each.name)
            each.label = title if titles[title] == 1 else f"{title} ({each.name})"
            each.facts = self._survey.facts(self._variant_of(each))
            each.is_marked = each is self._shown
            each.is_open = self._variant_of(each) == self.garage.track.name

    def _follow_weather(self) -> None:
        """Show the times in the weather that is chosen."""
        spec = in_weather(self.garage.spec, self._weather.weather)
        if spec != self._spec:
            self._spec = spec
            self._survey.begin(spec, self.garage.setup.tyre)

    def _follow_imports(self) -> None:
        """Show the import that has begun, and the circuit that has come."""
        if self._imports.current != self._importing:
            self._importing = self._imports.current
            if self._importing is not None and self._entry is None:
                self.page.choose(len(self.page.rows) - 1)
        if self._imports.latest != self._latest:
            self._latest = self._imports.latest
            if self._import_panel.entry.active:
                self._import_panel.entry.give_up()
            self._search.clear()
            self._relist(self._latest)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the circuit that is chosen at the right, or why there is nothing to be seen."""
        box = self.box_beside(sizes)
        if box.width < sizes.space(_MIN_BOARD):
            return
        self.read_beside = [box]
        if isinstance(self.page.row, ImportRow):
            self._import_panel.draw(surface, box, sizes)
            return
        fault = self._survey.fault(self.chosen_name) or self._survey.error
        if self._board is not None:
            self._board.draw(surface, box, sizes)
        else:
            colour = palette.ORANGE if fault else palette.DIM
            text = fault or _("Reading the circuit")
            write_paragraph(surface, text, box, TextStyle(sizes.entry(_TEXT_PX), colour))

    def _rows(self) -> list[Row]:
        names = sorted(track_names(), key=_in_order)
        self._known_rows = {
            name: self._known_rows.get(name) or self._circuit_row(name) for name in names
        }
        self._searched = self._search.text
        found = [name for name in names if self._search.matches(name, self._title_of(name))]
        shipped = [name for name in found if (tracks_folder() / name / FILE_NAME).exists()]
        own = [name for name in found if name not in shipped]
        return [
            *([SearchRow(self._search, self._search_by_name)] if self._is_long else []),
            self._weather,  # above the list, however long that is
            *([Heading(N_("Shipped"))] if own and shipped else []),
            *(self._known_rows[name] for name in shipped),
            *([Heading(N_("Your own"))] if own else []),
            *(self._known_rows[name] for name in own),
            *([] if found else [Remark(N_("No circuit has that in its name."))]),
            Heading(N_("Variant")),
            Toggle(N_("Mirrored"), self._mirrored),
            Toggle(N_("Reversed"), self._reversed),
            Heading(N_("Import")),
            ImportRow(self._imports, self._ask_for_file),
        ]

    def _relist(self, name: str) -> None:
        """List the circuits there are now, and choose one if any is found."""
        self.page = Page(self._rows())
        if self._circuit_rows:
            self._shown = self._row_of(name)
            self.page.choose(self.page.rows.index(self._shown))

    def _find(self) -> None:
        """List the circuits that are searched for; while it is typed the search stays chosen."""
        if not self._search.entry.active:
            self._relist(self._shown.name)
            return
        self.page = Page(self._rows())
        self._shown = next(iter(self._circuit_rows), self._shown)

    def _search_by_name(self) -> None:
        self.page.choose(0)
        self._search.ask()

    def _ask_for_file(self) -> None:
        self.page.choose(len(self.page.rows) - 1)
        self._import_panel.ask()

    def _title_of(self, name: str) -> str:
        """Return a circuit's title, from its file as long as no more is known."""
        facts = self._survey.facts(name)
        if facts is not None:
            return facts.title
        if name not in self._titles:
            self._titles[name] = circuit_title(name)
        return self._titles[name]

    def _circuit_row(self, name: str) -> CircuitRow:
        return CircuitRow(name, lambda: self._open(name), self._turn_variant)

    @property
    def _circuit_rows(self) -> list[CircuitRow]:
        return [row for row in self.page.rows if isinstance(row, CircuitRow)]

    def _row_of(self, name: str) -> CircuitRow:
        """Return the row of a circuit, or the first one if it has none."""
        rows = self._circuit_rows
        return next((row for row in rows if row.name == name), rows[0])

    @property
    def _words(self) -> tuple[str, ...]:
        """Return the words of the variant that is switched on."""
        switches = ((MIRROR, self._mirrored), (REVERSE, self._reversed))
        return tuple(word for word, switch in switches if switch.get())

    def _variant_of(self, row: CircuitRow) -> str:
        return row.name + VariantName(row.name, self._words).suffix

    def _turn_variant(self, steps: int) -> None:
        """Switch to the next of all variants, or to the one before."""
        index = (_VARIANTS.index(self._words) + steps) % len(_VARIANTS)
        self._mirrored.put(MIRROR in _VARIANTS[index])
        self._reversed.put(REVERSE in _VARIANTS[index])

    def _open(self, name: str) -> None:
        """Go to a circuit, or say why that cannot be."""
        name = self._variant_of(self._known_rows[name])
        try:
            scene = self._routes.open_circuit(
                name, self._back, weather=self._weather.weather, to_drive=self._to_drive
            )
        except InputError as error:
            self.context.notice.show(str(error))
            return
        self._survey.stop()
        self.go_to(scene)


def _in_order(name: str) -> list[tuple[int, str]]:
    """Return what circuits are sorted by: their names, in which numbers count as such."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
