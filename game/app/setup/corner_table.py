"""Two setups corner by corner: how fast A comes, goes slowest and leaves, and B against it."""

from __future__ import annotations

from typing import Final

from game.app.setup.chart import number_text
from game.app.ui.lettering import Align
from game.app.ui.table import Column, Table
from game.tuning.comparison import Comparison
from game.units import kmh

_LESS: Final = "B\N{MINUS SIGN}A"


def corner_table(comparison: Comparison, chosen: int) -> Table:
    """The table, with the corner of a number lit; 0: none."""
    passes, gaps = comparison.a.corners, comparison.corners

    def speeds(heading: str, name: str, rank: int) -> tuple[Column, Column]:
        """Of A, and by how much B is faster."""
        return (
            Column(heading, [f"{kmh(getattr(one, name)):.0f}" for one in passes], rank),
            Column(_LESS, [signed(kmh(getattr(gap, name)), 1) for gap in gaps], rank),
        )

    wh = [1000.0 * gap.energy_kwh for gap in gaps]
    columns = (
        Column("", [f"T{one.number}" for one in passes], align=Align.LEFT),
        *speeds("ENTRY", "entry_mps", 3),
        *speeds("LEAST", "least_mps", 1),
        *speeds("EXIT km/h", "exit_mps", 2),
        Column("TIME s", [f"{one.time_s:.2f}" for one in passes]),
        Column(_LESS, [signed(gap.time_s, 3) for gap in gaps]),
        Column("Wh B\N{MINUS SIGN}A", [signed(each, 0) for each in wh], rank=4),
    )
    return Table(columns, chosen - 1 if chosen else None)


def signed(value: float, digits: int) -> str:
    """A difference, with its sign."""
    return number_text(value, digits, sign=True)
