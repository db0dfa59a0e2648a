"""Repeat a menu direction that is held."""

from __future__ import annotations

from typing import Final

from game.app.input.commands import Command

_FIRST_S: Final = 0.35
_NEXT_S: Final = 0.125
_REPEATED: Final = (Command.UP, Command.DOWN, Command.LEFT, Command.RIGHT)


class Repeat:
    """Follows the last direction pressed until its key, button or stick is released."""

    def __init__(self) -> None:
        self._source = ""
        self._command: Command | None = None
        self._in_s = 0.0

    def press(self, source: str, commands: tuple[Command, ...]) -> None:
        """Note that a key or button went down that stands for these commands."""
        for command in commands:
            if command in _REPEATED:
                self._source, self._command, self._in_s = source, command, _FIRST_S

    def release(self, source: str) -> None:
        """Note that the key or button went up."""
        if source == self._source:
            self.stop()

    def stop(self) -> None:
        """Stop repeating."""
        self._source, self._command = "", None

    def update(self, frame_s: float) -> tuple[Command, ...]:
        """Return what is asked for again in this frame: one command at most."""
        if self._command is None:
            return ()
        self._in_s -= frame_s
        if self._in_s > 0.0:
            return ()
        self._in_s = max(self._in_s + _NEXT_S, 0.0)
        return (self._command,)
