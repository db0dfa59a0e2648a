"""Wait for one key, button or axis, to bind it."""

from __future__ import annotations

from typing import Final, Literal

InputKind = Literal["key", "button", "axis"]

_MOVED: Final = 0.5  # of an axis' half: it is meant
_RESTING: Final = 0.5  # beyond this an axis seen first is at one end and rests there


class Listening:
    """Waits for one input: a method returns its name, empty if cancelled, None to go on."""

    def __init__(self, kind: InputKind) -> None:
        self.kind = kind
        self._from: dict[int, float] = {}

    def key(self, name: str) -> str | None:
        """Take a key that went down."""
        if name == "escape":
            return ""
        return name if self.kind == "key" else None

    def button(self, name: str) -> str | None:
        """Take a button that went down, or a stick or trigger that went as far."""
        return name if self.kind == "button" else None

    def axis(self, axis: int, value: float) -> str | None:
        """Take a wheel's axis that moved; one that is seen first may rest at one of its ends."""
        if self.kind != "axis":
            return None
        moved = value - self._from.setdefault(axis, value if abs(value) > _RESTING else 0.0)
        if abs(moved) < _MOVED:
            return None
        return f"axis {axis}{'+' if moved > 0.0 else '-'}"
