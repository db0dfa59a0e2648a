"""Two setups corner by corner: how fast A comes, goes slowest and leaves, and B against it."""

from __future__ import annotations

from typing import Final

from game.app.setup.chart import number_text
from game.app.setup.duel import Duel
from game.app.ui.lettering import Align
from game.app.ui.table import Column, Table
from game.units import kmh

_LESS: Final = "B\N{MINUS SIGN}A"


def corner_table(duel: Duel, chosen: int) -> Table:
    """The table, with the corner of a number lit; 0: none."""
    pairs = duel.corners

    def speeds(heading: str, name: str, rank: int) -> tuple[Column, Column]:
        """Of A, and by how much B is faster."""
        known = [(kmh(getattr(a, name)), kmh(getattr(b, name))) for a, b in pairs]
        return (
            Column(heading, [f"{a:.0f}" for a, _ in known], rank),
            Column(_LESS, [signed(b - a, 1) for a, b in known], rank),
        )

    wh = [1000.0 * (b.ledger.net_kwh - a.ledger.net_kwh) for a, b in pairs]
    columns = (
        Column("", [f"T{a.number}" for a, _ in pairs], align=Align.LEFT),
        *speeds("ENTRY", "entry_mps", 3),
        *speeds("LEAST", "least_mps", 1),
        *speeds("EXIT km/h", "exit_mps", 2),
        Column("TIME s", [f"{a.time_s:.2f}" for a, _ in pairs]),
        Column(_LESS, [signed(b.time_s - a.time_s, 3) for a, b in pairs]),
        Column("Wh B\N{MINUS SIGN}A", [signed(each, 0) for each in wh], rank=4),
    )
    return Table(columns, chosen - 1 if chosen else None)


def signed(value: float, digits: int) -> str:
    """A difference, with its sign."""
    return number_text(value, digits, sign=True)
