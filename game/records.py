"""Make structs of numbers numpy records, and lists of them arrays, for machine code.

A record has the field names of its dataclass, `NamedTuple` or msgspec struct. numpy is imported
only when a record is made.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints


@cache
def record_type(kind: Any) -> Any:
    """Return the numpy record type of a struct of floats, ints, tuples and such structs."""
    import numpy as np

    if kind is float or kind is int:
        return np.dtype("f8" if kind is float else "i8")
    if get_origin(kind) is tuple:
        return np.dtype(("f8", (len(get_args(kind)),)))
    hints = _hints(kind)
    return np.dtype([(name, record_type(hints[name])) for name in _field_names(kind)], align=True)


def records(values: Sequence[Any]) -> Any:
    """Return a numpy array of records, shape (n,), copied from n > 0 values of one such type."""
    return rows(type(values[0]), values)


def bits(value: Any) -> bytes:
    """Return the exact content of a dataclass or of its record: equal bytes are equal values."""
    return bytes((value if hasattr(value, "tobytes") else records([value])[0]).tobytes())


def from_record(kind: Any, record: Any) -> Any:
    """Return a new dataclass with the numbers of its record."""
    return _maker(kind)(record.item())


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a struct of a record's numbers, a tuple that has tuples for structs."""
    if get_origin(kind) is tuple:
        return lambda numbers: tuple(numbers.tolist())
    hints = [_hints(kind)[name] for name in _field_names(kind)]
    parts = [(at, _maker(part)) for at, part in enumerate(hints) if part not in (float, int)]

    def made(numbers: tuple[Any, ...]) -> Any:
        values = list(numbers)
        for place, part in parts:
            values[place] = part(values[place])
        return kind(*values)

    return made


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return (
        getattr(kind, "__struct_fields__", None)  # of a msgspec struct
        or getattr(kind, "_fields", None)  # of a named tuple
        or tuple(field.name for field in dataclasses.fields(kind))
    )


def _as_tuple(value: Any) -> Any:
    if isinstance(value, (int, float, tuple)):
        return value
    kind: Any = type(value)
    return tuple(_as_tuple(getattr(value, name)) for name in _field_names(kind))


def rows(kind: Any, values: Sequence[Any]) -> Any:
    """Return a numpy array of records, shape (n,), copied from n >= 0 values of `kind`.

    kind: float, int, a dataclass, or a `NamedTuple`.
    """
    import numpy as np

    if kind is not float and kind is not int:
        values = [_as_tuple(value) for value in values]
    return np.array(values, record_type(kind))


def zeros(kind: Any, count: int) -> Any:
    """Return a numpy array of so many records of `kind`, all numbers 0."""
    import numpy as np

    return np.zeros(count, record_type(kind))


def arrays(tables: Any) -> Any:
    """Return a `NamedTuple` of lists and of such tuples as the same one of arrays.

    Numbers and arrays stay as they are. The element type of an array is the declared one, so that
    an empty list compiles to the same code.
    """
    kind: Any = type(tables)
    declared = _hints(kind)
    return kind(
        *(
            _in_machine_form(declared[name], value)
            for name, value in zip(_field_names(kind), tables, strict=True)
        )
    )


def _in_machine_form(declared: Any, value: Any) -> Any:
    if isinstance(value, list):
        return rows(get_args(declared)[0], value)
    return arrays(value) if isinstance(value, tuple) else value
