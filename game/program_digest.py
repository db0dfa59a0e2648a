"""Digest parts of the program: what a thing in the cache was made by.

A part is a module with all modules of the program that it imports, directly or not, so that nobody
has to maintain a list. A wheel carries the modules' digests in a file; in a checkout they come from
the sources, each of which is parsed once and then known by its text.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from game.errors import InputError
from game.files import cache_folder, read_bytes, write_text
from game.short_digest import short_digest
from game.sources import (
    DIGESTS_FILE,
    PACKAGE,
    Module,
    module_file,
    read_digests,
    read_module,
)

_FOLDER: Final = Path(__file__).parent
_KNOWN: Final = "module_digests-1.json"  # in the cache; the number changes with the digests' rule
_MAX_BYTES: Final = 16_000_000  # of a file of digests; one takes some 300,000
_MAX_KNOWN: Final = 3000  # texts, after which those of old versions are forgotten


class MissingSourcesError(InputError):
    """The program has neither sources nor their digests, so nothing can be named by its code."""


def program_digest(*names: str, within: tuple[str, ...] = ()) -> str:
    """Return a name for what these modules are and all that they import from the program.

    It changes with the code, not with comments and docstrings. within: modules and packages of the
    program, of which alone the code counts; empty for all. Raises MissingSourcesError.
    """
    return _digest(frozenset(names), tuple(f"{PACKAGE}.{part}" for part in within))


@cache
def _digest(names: frozenset[str], within: tuple[str, ...]) -> str:
    modules = _reached(names)
    counting = (
        f"{name} {modules[name].digest}\n"
        for name in sorted(modules)
        if not within or any(f"{name}.".startswith(f"{part}.") for part in within)
    )
    return short_digest("".join(counting).encode())


def _reached(names: Iterable[str]) -> dict[str, Module]:
    """Return the modules of these names, and those that they import, near and far."""
    source = _built() or _from_sources()
    found: dict[str, Module] = {}
    waiting = list(names)
    wanted = set(waiting)
    while waiting:
        name = waiting.pop()
        module = source.get(name)
        if module is not None:
            found[name] = module
            waiting += set(module.imports) - wanted
            wanted |= set(module.imports)
        elif name in names:
            raise MissingSourcesError(
                f"{name}: has no source in {_FOLDER}, and there is no {DIGESTS_FILE} that a wheel "
                "would have; install leaf-rc from a wheel, or keep its .py files"
            )
    if isinstance(source, _FromSources):
        source.keep()
    return found


@cache
def _built() -> dict[str, Module] | None:
    """Return the digests that were built into a wheel; None in a checkout."""
    return _digests_in(_FOLDER / DIGESTS_FILE)


def _digests_in(path: Path) -> dict[str, Module] | None:
    try:
        return read_digests(read_bytes(path, _MAX_BYTES))
    except InputError:
        return None


class _FromSources:
    """Reads the modules' sources; what any process parsed before is known by its text."""

    def __init__(self) -> None:
        self._known = _digests_in(cache_folder() / _KNOWN) or {}  # by the digest of the text
        self._parsed: dict[str, Module] = {}
        self._modules: dict[str, Module | None] = {}  # by name
        self._paths: dict[str, Path | None] = {}

    def get(self, name: str) -> Module | None:
        """Return a module of the program, or another loaded one; None if it has no source."""
        if name not in self._modules:
            path = self._path(name)
            self._modules[name] = None if path is None else self._read(path)
        return self._modules[name]

    def keep(self) -> None:
        """Keep what had to be parsed, if the disk lets it."""
        if not self._parsed:
            return
        if len(self._known) > _MAX_KNOWN:
            self._known = {}
        self._known |= self._parsed
        self._parsed = {}
        try:
            write_text(cache_folder() / _KNOWN, json.dumps(self._known))
        except InputError:
            return  # is parsed again next time

    def _path(self, name: str) -> Path | None:
        """Return the source of a module; a name within a module costs no look at the disk."""
        if name not in self._paths:
            parent = name.rpartition(".")[0]
            within = self._path(parent) if parent.split(".")[0] == PACKAGE else None
            is_no_module = within is not None and within.name != "__init__.py"
            self._paths[name] = None if is_no_module else _source(name)
        return self._paths[name]

    def _read(self, path: Path) -> Module:
        text = path.read_text(encoding="utf-8")
        key = hashlib.sha256(text.encode()).hexdigest()[:32]
        if key not in self._known:
            self._parsed[key] = read_module(text)
        return self._known.get(key) or self._parsed[key]


@cache
def _from_sources() -> _FromSources:
    return _FromSources()


def _source(name: str) -> Path | None:
    if name.split(".")[0] == PACKAGE:
        return module_file(_FOLDER, name)
    file = getattr(sys.modules.get(name), "__file__", None)
    return Path(file) if file is not None and Path(file).suffix == ".py" else None
