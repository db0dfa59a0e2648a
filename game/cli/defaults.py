"""Leave defaults of options unchecked, as they are written in the commands.

typer checks the default of each option with pydantic, at every start; to import that takes a
fifteenth of the time of a whole lap.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from typer.core import TyperArgument, TyperOption

_WRITTEN: Final = (type(None), bool, int, float, str)  # what a default is written as


@cache
def keep_defaults() -> None:
    """Let typer check only the values that the user gives."""
    for parameter in (TyperArgument, TyperOption):
        _check_given(parameter)


def _check_given(kind: Any) -> None:
    checked = kind.process_value

    def process_value(self: Any, context: Any, value: Any) -> Any:
        source = context.get_parameter_source(self.name)
        is_default = source is not None and source.name == "DEFAULT"
        if self.required or not is_default or type(value) not in _WRITTEN:
            return checked(self, context, value)
        is_list = self.nargs != 1 or getattr(self, "multiple", False)
        default = () if is_list and value is None else value
        return default if self.callback is None else self.callback(context, self, default)

    kind.process_value = process_value
