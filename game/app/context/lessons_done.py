"""Remember which lessons the player has finished."""

from __future__ import annotations

from game.app.context.toml_store import TomlStore
from game.files import player_folder
from game.toml_files import TomlTable

_FILE = "lessons.toml"


class LessonNames(TomlTable, frozen=True):
    """Holds the content of the file: the names of lessons."""

    done: tuple[str, ...] = ()


class FinishedLessons:
    """Keeps which lessons were finished; without a file they are forgotten at the end."""

    def __init__(self, store: TomlStore[LessonNames] | None = None) -> None:
        self._store = store
        self._done: tuple[str, ...] = () if store is None else store.content.done

    @property
    def warning(self) -> str:
        """Return what is wrong with the file, in one line."""
        return "" if self._store is None else self._store.warning

    def is_done(self, name: str) -> bool:
        """Return whether a lesson was finished."""
        return name in self._done

    def finish(self, name: str) -> None:
        """Remember a lesson. Raises InputError if that cannot be written."""
        if name not in self._done:
            self._done = (*self._done, name)
            if self._store is not None:
                self._store.keep(LessonNames(self._done))


def players_lessons() -> FinishedLessons:
    """Return the lessons in the player's folder."""
    return FinishedLessons(TomlStore(player_folder() / _FILE, LessonNames))
