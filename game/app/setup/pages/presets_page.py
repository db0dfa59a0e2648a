"""Keep setups with names, shipped and the player's own; share them as codes; load them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.menus.menu import bound_hint
from game.app.setup.model import clipboard
from game.app.setup.model.exchange import exchange_folder, export, files_found, import_and_load
from game.app.setup.model.garage import Garage
from game.app.setup.pages.preset_facts import SetupPair, draw_code, draw_differences
from game.app.setup.pages.preset_rows import OWN, SHIPPED, EntryRow, FilesRow, PresetRow
from game.app.setup.pages.setup_tab import SetupTab
from game.app.setup.pages.text_entry import TextEntry
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.footer import SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, Heading, Row, TextScale
from game.app.ui.text_layout import (
    TextStyle,
    paragraph_height,
    write_paragraph,
)
from game.errors import InputError
from game.setups import presets
from game.setups.items import items_of
from game.setups.presets import Preset
from game.setups.share_code import code_of, is_code
from game.translation import N_, _
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec

_PASTE_NOTE: Final = N_(
    "Loads a code, or the path of a .toml file, from the clipboard. An invalid one changes nothing."
)
_TYPE_NOTE: Final = N_("A code, the path of a .toml file, or the name of a setup.")
_EXPORT_NOTE: Final = N_("A .toml file in your exchange folder; its path is shown and copied.")
_FILES_NOTE: Final = N_(
    "Left and right pick among the .toml files in your exchange folder and downloads; Enter keeps "
    "the setup among your own and loads it. You can also drop a file onto the window."
)


class PresetsPage(SetupTab):
    """Shows setups. Loading one changes the setup on the workbench; all else changes files."""

    rows_share = 0.52

    def __init__(self, garage: Garage) -> None:
        self._entry = TextEntry(garage.context)
        self.presets: list[Preset] = []
        self._folder_ns = 0  # when the player's folder changed last
        self._trashed = False  # whether what was done last has moved a setup to the trash
        super().__init__(N_("Presets"), garage, (Heading(""),))

    @property
    def captures(self) -> bool:
        """Return whether a text is being typed."""
        return self._entry.active

    @property
    def typed(self) -> str:
        """Return what has been typed so far, with a caret."""
        return self._entry.text

    def typing_in(self, box: Box) -> None:
        """Show the system where the text is, so that an input method shows its choices there."""
        self.garage.context.inputs.text_input.show_at(box)

    def enter(self) -> None:
        """List the presets there are; nothing needs to be driven."""
        self.bench.what_if.request(())
        self._read()

    def update(self, frame_s: float) -> None:  # noqa: ARG002
        """List what came into the player's folder meanwhile, as by a file dropped."""
        if not self.captures and _changed_ns() != self._folder_ns:
            self._read()

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what else can be done."""
        if self.captures:
            return self._entry.hints()
        undo = bound_hint(self.garage.context, N_("Undo"), ("undo",), Command.UNDO)
        return (SELECT, undo)

    def handle(self, command: Command) -> None:
        """Take a key while a text is typed; else through the rows."""
        if self.captures:
            self._entry.handle(command)
        elif command is Command.UNDO:
            if self._trashed:
                self._restore()
            elif not self.bench.undo():
                self.garage.context.notice.show(_("nothing to undo"))
        else:
            super().handle(command)

    def give_up(self) -> None:
        """Stop typing; nothing has changed."""
        self._entry.give_up()

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw what the chosen preset is, and how it differs from the setup as it is now."""
        row, spec = self.page.row, self.garage.spec
        text = self._entry.prompt if self.captures else row.explanation
        note = TextStyle(scale.em(0.92), palette.TEXT)
        needed = paragraph_height(text, box.width, note.px)
        below = Box(box.left, box.bottom - needed, box.width, needed)
        write_paragraph(surface, text, below, note)
        room = box._replace(height=below.top - scale.em(0.5) - box.top)
        preset = row.preset if isinstance(row, PresetRow) else None
        setup = preset.setup if preset is not None else self.bench.setup
        if preset is not None and preset.error:
            write_paragraph(surface, preset.error, room, TextStyle(scale.px, palette.ORANGE))
        if setup is None:
            return
        code_high = draw_code(surface, room, scale, code_of(setup, spec.id))
        room = room._replace(height=room.height - code_high)
        if preset is None:
            pair = SetupPair(spec, default_setup(spec), setup)
            draw_differences(surface, room, scale, _("Differs from the defaults in"), pair)
            return
        text = f"{preset.name}: {preset.about}" if preset.about else preset.name
        about = paragraph_height(text, room.width, scale.px)
        write_paragraph(surface, text, room, TextStyle(scale.px, palette.BRIGHT))
        room = Box(room.left, room.top + about, room.width, room.height - about)
        heading = _("Differs from the current setup in")
        pair = SetupPair(spec, self.bench.setup, setup)
        draw_differences(surface, room, scale, heading, pair)

    def run_preset_action(self, preset: Preset, what: str) -> None:
        """Do something with a preset."""
        name, spec = preset.name, self.garage.spec
        if what == "load":
            self._try(lambda: self._load(presets.load_setup(name, spec), name))
        elif what == "duplicate":
            self._try(lambda: self._duplicate(name))
        elif what == "replace":
            self._try(lambda: self._keep(self._replaced(preset)))
        elif what == "rename":
            self._ask(name, lambda new: presets.rename(name, new))
        elif what == "delete":
            self._try(lambda: self._delete(name))
        elif what == "export":
            self._try(lambda: self._export(name, presets.load_setup(name, spec), preset.about))
        elif preset.setup is not None:
            self._copy(code_of(preset.setup, spec.id))

    def import_file(self, path: Path | None) -> None:
        """Keep the setup of a file among the player's own, and go on with it."""
        if path is None:
            text = _("there is no .toml file in {folder}").format(folder=exchange_folder())
            self.garage.context.notice.show(text)
        else:
            import_and_load(self.garage, path)
            self._read()

    def _read(self) -> None:
        """Read the rows again; the same one stays chosen if it is still there."""
        label = self.page.row.label
        self._folder_ns = _changed_ns()
        self.presets = presets.presets(self.garage.spec)
        chosen = self.page.chosen
        self.page = Page(self._rows())
        labels = [row.label for row in self.page.rows]
        if label in labels:
            self.page.chosen = labels.index(label)
        elif chosen < len(labels) and self.page.rows[chosen].selectable:
            self.page.chosen = chosen

    def _rows(self) -> list[Row]:
        shipped = [PresetRow(self, each, SHIPPED) for each in self.presets if each.shipped]
        own = [PresetRow(self, each, OWN) for each in self.presets if not each.shipped]
        return [
            Heading(N_("As it is now")),
            EntryRow(
                self,
                N_("Save as ..."),
                self._save,
                N_("Under a name that you choose, in your folder."),
            ),
            Action(
                N_("Copy its code"), self._copy_code, N_("To send to others, or to keep for later.")
            ),
            Action(N_("Export to a file"), self._export_now, _EXPORT_NOTE),
            Heading(N_("Import")),
            FilesRow(self, files_found(), _FILES_NOTE),
            Action(N_("Paste a code or a path"), self._paste, _PASTE_NOTE),
            EntryRow(self, N_("Type a code or a path"), self._type, _TYPE_NOTE),
            Heading(N_("Shipped")),
            *shipped,
            Heading(N_("Your own")),
            *own,
            Action(
                N_("Restore a deleted setup"),
                self._restore,
                N_("The setup deleted or replaced last; again, the one before it."),
            ),
        ]

    def _save(self) -> None:
        spec = self.garage.spec
        offered = presets.free_name(_described(self.bench.setup, spec))
        self._ask(offered, lambda name: presets.save(name, self.bench.setup, spec).name)

    def _ask(self, offered: str, then: Callable[[str], str]) -> None:
        """Ask for a name, and keep something under it."""
        self._entry.ask(
            N_("Type a name."), offered, lambda name: self._try(lambda: self._keep(then(name)))
        )

    def _type(self) -> None:
        self._entry.ask(N_("Type a code or a path."), "", self._take_text)

    def _take_text(self, text: str) -> bool:
        """Load the setup that a code, a path or a name stands for; return whether there is one."""
        text = text.strip()
        if text.endswith(".toml") and not is_code(text):
            self.import_file(Path(text).expanduser())
            return True
        return self._try(lambda: self._load(presets.load_setup(text, self.garage.spec), ""))

    def _load(self, setup: Setup, name: str) -> None:
        self.bench.load(setup)
        self._trashed = False
        text = _("loaded {name}").format(name=name) if name else _("loaded")
        self.garage.context.notice.show(text)

    def _duplicate(self, name: str) -> None:
        copy = presets.duplicate(name, presets.free_name(name), self.garage.spec)
        self._keep(copy.name)

    def _keep(self, name: str) -> None:
        self.garage.context.notice.show(_("saved as {name}").format(name=name))

    def _replaced(self, preset: Preset) -> str:
        spec = self.garage.spec
        kept = presets.save(preset.name, self.bench.setup, spec, preset.about, replace=True)
        self._trashed = True
        return kept.name

    def _delete(self, name: str) -> None:
        presets.delete(name)
        self._trashed = True
        text = _("deleted {name}; you can restore it").format(name=name)
        self.garage.context.notice.show(text)

    def _restore(self) -> None:
        self._trashed = False
        self._try(lambda: self._keep(presets.restore()))

    def _copy_code(self) -> None:
        self._copy(code_of(self.bench.setup, self.garage.spec.id))

    def _export_now(self) -> None:
        self._try(
            lambda: self._export(_described(self.bench.setup, self.garage.spec), self.bench.setup)
        )

    def _export(self, name: str, setup: Setup, about: str = "") -> None:
        path = export(name, setup, self.garage.spec, about)
        copied = clipboard.copy(str(path))
        text = _("written to {path}; its path is copied") if copied else _("written to {path}")
        self.garage.context.notice.show(text.format(path=path))

    def _copy(self, code: str) -> None:
        copied = clipboard.copy(code)
        self.garage.context.notice.show(_("copied its code") if copied else code)

    def _paste(self) -> None:
        text = clipboard.pasted()
        if not text:
            self.garage.context.notice.show(_("there is no text on the clipboard"))
        else:
            self._take_text(text)

    def _try(self, change: Callable[[], None]) -> bool:
        """Make a change; if it cannot be made, say why, and everything stays. Whether it was."""
        try:
            change()
        except InputError as error:
            self.garage.context.notice.show(str(error))
            return False
        finally:
            self._read()
        return True


def _changed_ns() -> int:
    """Return when the player's folder of setups changed last; 0 as long as there is none."""
    try:
        return presets.own_folder().stat().st_mtime_ns
    except OSError:
        return 0


def _described(setup: Setup, spec: CarSpec) -> str:
    """Return a name for a setup that has none."""
    front = round(100.0 * setup.front_torque_share)
    others = sum(
        getattr(setup, item.name) != item.default
        for item in items_of(spec)
        if item.name != "front_torque_share"
    )
    split = f"{front}-{100 - front}"
    return _("{split} and {count} more").format(split=split, count=others) if others else split
