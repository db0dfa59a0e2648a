"""Report the fault of a user's driver in one line that names the place in its own file."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path


def fault_line(error: BaseException, file: str) -> str:
    """Return `my_bot.py:12: ValueError: what it says`, of the innermost line of `file`."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        place, message = f"{Path(error.filename).name}:{error.lineno}", error.msg
    else:
        place, message = own_line(traceback.extract_tb(error.__traceback__), file), _message(error)
    return ": ".join([*filter(None, [place]), type(error).__name__, *message.splitlines()[:1]])


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # the `__str__` of a foreign error may raise anything
        return ""


def own_line(stack: Sequence[traceback.FrameSummary], file: str) -> str:
    """Return a stack's innermost line in the file, as `my_bot.py:12`, or the file alone."""
    lines = [f":{frame.lineno}" for frame in stack if frame.filename == file]
    return Path(file).name + "".join(lines[-1:])
