"""Ask the player for a line of text: by keys, or letter by letter with a controller."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from game.app.context.app_context import AppContext
from game.app.input.commands import Command
from game.app.setup.model import clipboard
from game.app.setup.model.typed_line import TypedLine
from game.app.ui.footer import D_PAD, Hint
from game.translation import N_, _

_CARET: Final = "_"
_BY_KEYS: Final = N_("Ctrl+V pastes the clipboard. Enter confirms, Esc or a click cancels.")
_BY_PAD: Final = N_(
    "Up and down change the last letter, right adds one, left removes it. A confirms, B cancels."
)


class TextEntry:
    """Takes a text that is entered. While it is active, every input goes to it."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._line: TypedLine | None = None
        self._then: Callable[[str], bool] | None = None
        self._what = ""

    @property
    def active(self) -> bool:
        """Return whether a text is asked for."""
        return self._line is not None

    @property
    def text(self) -> str:
        """Return what is there so far, with a caret."""
        if self._line is None:
            return ""
        return self._line.text + self._context.inputs.text_input.composed + _CARET

    @property
    def typed(self) -> str:
        """Return what is there so far."""
        return "" if self._line is None else self._line.text

    @property
    def prompt(self) -> str:
        """Return what is asked, and how it is answered."""
        return f"{_(self._what)} {_(_BY_KEYS if self._by_keys else _BY_PAD)}"

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done meanwhile."""
        if self._by_keys:
            return (Hint(N_("Confirm"), ("Enter",), ("A",)), Hint(N_("Cancel"), ("Esc",), ("B",)))
        return (
            Hint(N_("Confirm"), ("Enter",), ("A",), Command.CONFIRM),
            Hint(N_("Cancel"), ("Esc",), ("B",), Command.BACK),
            Hint(N_("Letter"), ("up", "down"), (D_PAD,)),
            Hint(N_("Length"), ("left", "right"), (D_PAD,)),
        )

    def ask(self, what: str, offered: str, then: Callable[[str], bool]) -> None:
        """Ask for a text until `then` is content with it, or the player gives up."""
        self._what, self._line, self._then = what, TypedLine(offered), then
        self._context.inputs.text_input.begin()

    def give_up(self) -> None:
        """Stop asking."""
        self._line = self._then = None
        self._context.inputs.text_input.end()

    def handle(self, command: Command) -> None:
        """Follow a key, or a button."""
        line = self._line
        if line is None:
            return
        if command is Command.TYPED:
            line.insert(self._context.inputs.text_input.text)
        elif command is Command.PASTE:
            line.insert(clipboard.pasted())
        elif command is Command.ERASE:
            line.erase()
        elif command in (Command.BACK, Command.PAUSE):
            self.give_up()
        elif command in (Command.UP, Command.DOWN):
            line.turn(1 if command is Command.UP else -1)
        elif command is Command.RIGHT:
            line.lengthen()
        elif command is Command.LEFT:
            line.shorten()
        elif command is Command.CONFIRM:
            self._finish(line)

    @property
    def _by_keys(self) -> bool:
        """Return whether to speak of keys: letters can be typed and turned at any time."""
        return self._context.inputs.last_device != "pad"

    def _finish(self, line: TypedLine) -> None:
        then = self._then
        self.give_up()
        if then is None or then(line.text):
            return
        line.keep_text()
        self._line, self._then = line, then
        self._context.inputs.text_input.begin()
