"""Import circuits from files beside the game, one after another, as long as the window is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from game.errors import InputError
from game.files import read_text, write_text
from game.progress import OnProgress
from game.track.importing.importing import ImportOptions, circuit_name, import_circuit
from game.track.importing.read_source import SUFFIXES
from game.track.own_tracks import own_tracks_folder
from game.track.track import build_track, track_names
from game.track.track_file import FILE_NAME, read_track_file
from game.translation import _
from game.workers.budget import NORMAL_PRIORITY
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.worker import Worker
from game.workers.worker_loop import ParentLink

CIRCUIT_SUFFIXES: Final = (*SUFFIXES, Path(FILE_NAME).suffix)

_NAMELESS: Final = "imported"  # what a circuit is called whose file has no letters in its name
_OWN_SUFFIX: Final = Path(FILE_NAME).suffix
_OWN_TABLE: Final = "[centreline]"  # which every circuit's own file has, and no setup's


class ImportResult(NamedTuple):
    """Holds the name of an imported circuit among the player's, and what is said about it."""

    name: str
    words: str  # a line
    notes: tuple[str, ...] = ()  # what was left out, joined or assumed, and what is wrong with it


class CircuitImport:
    """Imports files into the player's folder of circuits."""

    def __init__(self, report: Callable[[str], None]) -> None:
        """Report in a line what has become of each file."""
        self.progress = 0.0  # of the file that is being imported, 0..1
        self.latest = ""  # name of the circuit that came last
        self.fault = ""  # why the last file is no circuit, in a line; empty if it is one
        self.notes: tuple[str, ...] = ()  # about the last file, if it is one
        self._report = report
        self._waiting: list[Path] = []
        self._worker: Worker | None = None

    @property
    def current(self) -> Path | None:
        """Return the file that is being imported."""
        return None if self._worker is None else self._worker.busy_with

    def begin(self, path: Path) -> None:
        """Import a file, after those that are waiting."""
        self._waiting.append(path)
        self._next()

    def poll(self) -> None:
        """Collect what has been done; once a frame."""
        for message in self._worker.poll() if self._worker is not None else ():
            if isinstance(message, Progress):
                self.progress = message.value
            elif isinstance(message, Answer):
                self.latest, self.fault = message.value.name, ""
                self.notes = message.value.notes
                self._report(message.value.words)
            elif isinstance(message, Failure):
                self._fail(message.task, message.error)
            elif isinstance(message, WorkerLost):
                if message.task is not None:
                    self._fail(message.task, message.reason)
                self._worker = None
        self._next()

    def close(self) -> None:
        """Give up at once what is under way."""
        self._waiting.clear()
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _fail(self, path: Path, why: object) -> None:
        text, self.notes = str(why), ()
        self.fault = text if str(path) in text else f"{path}: {text}"
        self._report(self.fault)

    def _next(self) -> None:
        """Begin with the next file, or end the process when none is left."""
        if self.current is not None:
            return
        if not self._waiting:
            self.close()
            return
        if self._worker is None:
            self._worker = Worker(WorkerSpec(_importer, niceness=NORMAL_PRIORITY))
        self.progress = 0.0
        self._worker.send(self._waiting.pop(0))


def is_circuit(path: Path) -> bool:
    """Return whether a file or folder can only be meant as a circuit, not as a setup."""
    path = _file_in(path)
    if path.suffix.lower() != _OWN_SUFFIX:
        return path.suffix.lower() in SUFFIXES
    try:
        return any(line.strip() == _OWN_TABLE for line in read_text(path).splitlines())
    except InputError:
        return False


def import_under_free_name(path: Path, on_progress: OnProgress) -> ImportResult:
    """Import a file of points, or a circuit's own file, under a name that is free.

    A circuit's folder stands for its file. Raises InputError with one line if it is neither.
    """
    path = _file_in(path)
    if path.suffix.lower() == _OWN_SUFFIX:
        return _own_file(path)
    name = _free_name(path.stem)
    imported = import_circuit(path, ImportOptions(name=name), on_progress)
    words = _("{title}: imported, {length} m, on average {error} m from the file's points")
    return ImportResult(
        name,
        words.format(
            title=imported.title, length=f"{imported.length_m:.0f}", error=f"{imported.rms_m:.2f}"
        ),
        imported.notes,
    )


def _file_in(path: Path) -> Path:
    """Return the circuit's file in a folder that has one, else the path as it is."""
    inside = path / FILE_NAME
    return inside if inside.is_file() else path


def _own_file(path: Path) -> ImportResult:
    """Keep a copy of a circuit's file that can be driven on."""
    file, folder = read_track_file(path), path.absolute().parent.name
    name = _free_name(folder if path.name == FILE_NAME else path.stem)
    track = build_track(name, file, path)
    write_text(own_tracks_folder() / name / FILE_NAME, read_text(path))
    words = _("{title}: imported, {length} m")
    return ImportResult(name, words.format(title=track.title, length=f"{track.length_m:.0f}"))


def _free_name(text: str) -> str:
    """Return a name like a text that no circuit has yet."""
    try:
        wanted = circuit_name(text)
    except InputError:
        wanted = _NAMELESS
    taken, name, number = set(track_names()), wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def _importer(link: ParentLink) -> Callable[[Path], ImportResult]:
    """Return a function that imports a file."""
    return lambda path: import_under_free_name(path, link.report)
