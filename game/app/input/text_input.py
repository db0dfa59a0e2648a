"""Take text from the system: letters as the layout, dead keys or an input method make them."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.keys import key_of

_EVENTS: Final = (pygame.TEXTINPUT, pygame.TEXTEDITING, pygame.KEYDOWN)
_KEYS: Final = {
    "return": Command.CONFIRM,
    "enter": Command.CONFIRM,
    "escape": Command.BACK,
    "backspace": Command.ERASE,
}
_REPEAT_MS: Final = (400, 35)  # of a key that erases: before the first time and between the others
_LATIN_MAX: Final = 127


class TextInput:
    """Switches the system's text input, which is off unless somebody writes.

    An input method would take the keys that drive.
    """

    def __init__(self) -> None:
        self.text = ""  # that was typed last
        self.composed = ""  # what an input method has not yet made up its mind about
        self._on = False
        pygame.key.stop_text_input()

    def begin(self) -> None:
        """Let keys write from now on."""
        self._on = True
        self.text = self.composed = ""
        pygame.key.start_text_input()
        pygame.key.set_repeat(*_REPEAT_MS)

    def end(self) -> None:
        """Stop writing text by keys."""
        if self._on:
            self._on = False
            self.composed = ""
            pygame.key.stop_text_input()
            pygame.key.set_repeat()

    def show_at(self, box: tuple[int, int, int, int]) -> None:
        """Say where the text is, in the window, so that an input method shows its choices there."""
        if self._on:
            pygame.key.set_text_input_rect(pygame.Rect(box))

    def follows(self, event: pygame.Event) -> bool:
        """Return whether an event is text, or a key that goes to the text."""
        return self._on and event.type in _EVENTS

    def handle(self, event: pygame.Event) -> tuple[Command, ...]:
        """Take note of an event and return what it asks for."""
        if event.type == pygame.TEXTEDITING:
            self.composed = event.text
            return ()
        if event.type == pygame.TEXTINPUT:
            self.composed, self.text = "", event.text
            return (Command.TYPED,)
        if self.composed:
            return ()  # Enter, Esc and Backspace are the input method's
        if _is_paste(event):
            return (Command.PASTE,)
        command = _KEYS.get(key_of(event))
        return () if command is None else (command,)


def _is_paste(event: pygame.Event) -> bool:
    """Return whether it is Ctrl and V: by letter, or by place where there is no such letter."""
    if not getattr(event, "mod", 0) & (pygame.KMOD_CTRL | pygame.KMOD_META):
        return False
    return event.key == pygame.K_v or (event.key > _LATIN_MAX and key_of(event) == "v")
