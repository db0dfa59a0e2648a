"""The one switch between plain Python and machine code for the functions of the tick.

A tick function is plain scalar Python. It runs as it stands over dataclasses and lists; or its
twin, made here by numba, runs over numpy records and arrays of the same field names. Both give
the same bits: no fastmath, no numpy arithmetic, trigonometry from `trig.py`.

numba (the extra `fast`) and numpy are imported only when a twin is asked for.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, get_type_hints

from game.files import cache_folder

Function = TypeVar("Function", bound=Callable[..., Any])

_tick_functions: set[Any] = set()
_machine_forms: dict[Any, Callable[[], Any]] = {}


def tick_function(function: Function) -> Function:
    """Mark a function as part of the tick, so that its callers' twins call its twin."""
    _tick_functions.add(function)
    return function


def machine_form(plain: Callable[..., Any]) -> Callable[[Function], Function]:
    """Name the builder of the machine form of `plain`, where one source cannot serve both.

    The builder takes nothing, imports numba itself and returns what the twins shall call.
    """

    def register(builder: Function) -> Function:
        _tick_functions.add(plain)
        _machine_forms[plain] = builder
        return builder

    return register


def numba_is_installed() -> bool:
    """Whether the extra `fast` is there; looks without importing it."""
    return importlib.util.find_spec("numba") is not None


@cache
def compiled(function: Any) -> Any:
    """The machine-code twin of a tick function and, with it, of every tick function it calls."""
    if function in _machine_forms:
        return _machine_forms[function]()
    callees = {
        name: compiled(value)
        for name in function.__code__.co_names
        if isinstance(value := function.__globals__.get(name), FunctionType)
        and value in _tick_functions
    }
    twin = FunctionType(
        function.__code__,
        {**function.__globals__, **callees},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    twin.__qualname__ = function.__qualname__
    return _numba().njit(cache=True, error_model="numpy")(twin)


@cache
def _numba() -> Any:
    """numba, told to keep its machine code in a folder named by all that the code depends on.

    numba's own cache looks only at the file of the outermost function, so an edit to a function
    that it calls would go unseen; the folder's name sees it.
    """
    numba: Any = importlib.import_module("numba")

    package = Path(__file__).parent
    digest = hashlib.sha256()
    for source in sorted(package.rglob("*.py")):
        if "app" not in source.relative_to(package).parts:
            digest.update(source.read_bytes())
    for part in (sys.version, importlib.metadata.version("numba")):
        digest.update(part.encode())
    numba.config.CACHE_DIR = str(cache_folder() / "machine_code" / digest.hexdigest()[:16])
    return numba


def record_type(kind: type) -> Any:
    """The numpy record type with the fields of a dataclass: float, int, tuple of floats, nested."""
    import numpy as np

    hints = get_type_hints(kind)
    fields: list[Any] = []
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if dataclasses.is_dataclass(hint):
            fields.append((field.name, record_type(hint)))  # type: ignore[arg-type]
        else:
            fields.append((field.name, {float: "f8", int: "i8"}[hint]))
    return np.dtype(fields)


def records(values: list[Any]) -> Any:
    """A numpy array of records, shape (n,), copied from n dataclass instances of one type."""
    import numpy as np

    array = np.zeros(len(values), record_type(type(values[0])))
    for index, value in enumerate(values):
        array[index] = dataclasses.astuple(value)
    return array


def arrays(tables: Any) -> Any:
    """A `NamedTuple` of lists as the same `NamedTuple` of arrays; numbers stay as they are."""
    import numpy as np

    return type(tables)(
        *(np.array(value) if isinstance(value, list) else value for value in tables)
    )
