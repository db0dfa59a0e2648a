"""Commands take the options that they share as one group."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, get_type_hints

CommandFunction = Callable[..., None]


def takes(group: Any) -> Callable[[CommandFunction], CommandFunction]:
    """Let a command have the fields of a `NamedTuple` as options, which its last parameter takes.

    typer reads options from a command's signature, so that is what is changed.
    """
    hints = get_type_hints(group, include_extras=True)
    options = [
        _option(name, group._field_defaults.get(name, inspect.Parameter.empty), hints[name])
        for name in group._fields
    ]

    def decorated(command: CommandFunction) -> CommandFunction:
        signature = inspect.signature(command, eval_str=True)
        *own, last = signature.parameters.values()

        @wraps(command)
        def run(**given: Any) -> None:
            shared = group(**{name: given.pop(name) for name in group._fields})
            command(**given, **{last.name: shared})

        parameters = [_option(each.name, each.default, each.annotation) for each in own] + options
        changed: Any = run
        changed.__signature__ = signature.replace(parameters=parameters)
        changed.__annotations__ = {each.name: each.annotation for each in parameters}
        return run

    return decorated


def _option(name: str, default: Any, annotation: Any) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)
