"""List the measurements that figures can name, with their arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Final

from game.validation import in_laps, on_test_track, on_the_bench

Measure = Callable[..., float]  # of a car under test, and its own arguments


def _measurements(module: ModuleType) -> dict[str, Measure]:
    """Return the functions of a module that take a car under test and are not for itself alone."""
    return {
        name: function
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.signature(function).return_annotation == "float"
    }


QUICK: Final = _measurements(on_the_bench) | _measurements(on_test_track)
SLOW: Final = _measurements(in_laps)  # a second or more each, as they drive laps
MEASUREMENTS: Final = QUICK | SLOW


def wrong_arguments(name: str, given: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a measurement's arguments, None if nothing is."""
    wanted = dict(list(inspect.signature(MEASUREMENTS[name]).parameters.items())[1:])
    unknown = sorted(given.keys() - wanted.keys())
    if unknown:
        return f"has no argument '{unknown[0]}': {', '.join(wanted) or 'there are none'}"
    for argument, parameter in wanted.items():
        if argument not in given:
            if parameter.default is inspect.Parameter.empty:
                return f"needs the argument '{argument}'"
            continue
        is_text = isinstance(given[argument], str)
        if is_text is not (parameter.annotation == "str"):
            return f"the argument '{argument}' has to be a {'text' if not is_text else 'number'}"
    return None
