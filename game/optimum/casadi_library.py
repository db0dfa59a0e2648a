"""CasADi is loaded when it is first used: it takes a moment and comes with the extra `lab`."""

from __future__ import annotations

import importlib
from typing import Any, Final


class _CasADi:
    """Stands for the library; every name in it is looked up there."""

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module("casadi"), name)


ca: Final[Any] = _CasADi()
