"""Find drivers by name: installed ones by their entry point, others in a Python file."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from game.drivers.driver import DriverMaker
from game.drivers.fault import fault_line
from game.errors import InputError
from game.sources import PACKAGE

GROUP: Final = "leaf_rc.drivers"  # of entry points, each the class of a driver


def driver_names() -> list[str]:
    """Return the names of all drivers that are installed."""
    return sorted(_installed())


def find_driver(name: str, folder: Path = Path()) -> DriverMaker:
    """Return the class of the driver of that name, or of the one in the file `my_bot.py`.

    `my_bot.py:MyBot` picks one of several in a file. The driver's module is imported here, which
    runs its own code; what that prints goes to stderr. `folder` is that of a relative path.
    Raises InputError with one line if there is no such driver or its code cannot be loaded.
    """
    path, picked = _split(name)
    if path is not None:
        path = folder / path
        return _pick_driver(_load_file(path), path, picked)
    if name not in _installed():
        raise InputError(
            f"bot '{name}': there is no such bot; there are {', '.join(driver_names())}, or name "
            "a file such as my_bot.py"
        )
    return _load_installed(_installed()[name])


def driver_file(name: str, folder: Path = Path()) -> Path | None:
    """Return the file that has the code of a driver; None if it has no file of its own."""
    path, _picked = _split(name)
    if path is not None:
        return folder / path
    entry = _installed().get(name)
    module = None if entry is None else importlib.util.find_spec(entry.module)
    return None if module is None or module.origin is None else Path(module.origin)


def _installed() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _split(name: str) -> tuple[Path | None, str]:
    """Return the file and the class that a name asks for, if it names a file."""
    before, colon, after = name.rpartition(":")
    if colon and before.endswith(".py"):
        return Path(before), after
    return (Path(name) if name.endswith(".py") else None), ""


def _load_installed(entry: EntryPoint) -> DriverMaker:
    try:
        with contextlib.redirect_stdout(sys.stderr):
            loaded: DriverMaker = entry.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        fault = fault_line(error, "")
        raise InputError(f"bot '{entry.name}' ({entry.value}): {fault}") from error
    if not _is_driver(loaded):
        raise InputError(f"bot '{entry.name}' ({entry.value}): no class with a method 'decide'")
    return loaded


def _load_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise InputError(f"{path}: there is no such file")
    path = path.resolve()
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))  # so that a bot may be made of several files
    spec = importlib.util.spec_from_file_location(f"leaf_rc_bot {path}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses and pickle look for it
    try:
        with contextlib.redirect_stdout(sys.stderr):
            spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise InputError(fault_line(error, str(path)) + _namesake(error, path)) from error
    return module


def _namesake(error: BaseException, path: Path) -> str:
    """Return what to do where a bot wants a module of a package of its own that is named as ours.

    Python knows only one package of a name, and the program's is already loaded.
    """
    wanted = getattr(error, "name", None) if isinstance(error, ImportError) else None
    if wanted is None or wanted.split(".")[0] != PACKAGE:
        return ""
    for own in (path.with_name(PACKAGE), path.with_name(f"{PACKAGE}.py")):
        if own.exists() and own != Path(__file__).parents[1]:
            return f"; '{PACKAGE}' is leaf-rc's own package: rename {own}"
    return ""


def _pick_driver(module: ModuleType, path: Path, picked: str) -> DriverMaker:
    """Return the class that was picked, or the only one that the file itself defines."""
    if picked:
        chosen: DriverMaker | None = getattr(module, picked, None)
        if chosen is None or not _is_driver(chosen):
            raise InputError(f"{path}: there is no class '{picked}' with a method 'decide'")
        return chosen
    found: list[DriverMaker] = [
        each
        for each in vars(module).values()
        if _is_driver(each) and each.__module__ == module.__name__
    ]
    if not found:
        raise InputError(f"{path}: there is no class with a method 'decide'")
    if len(found) > 1:
        names = ", ".join(each.__name__ for each in found)
        raise InputError(
            f"{path}: has several drivers, {names}; pick one as in {path}:{found[0].__name__}"
        )
    return found[0]


def _is_driver(thing: Any) -> bool:
    return isinstance(thing, type) and callable(getattr(thing, "decide", None))
