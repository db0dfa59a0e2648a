"""Compare two setups corner by corner, by sector and over the lap: A, and B against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.app.setup.charts.chart import number_text
from game.app.ui import palette
from game.app.ui.palette import Colour
from game.app.ui.table import Column, Table
from game.app.ui.text import Align
from game.translation import N_, _
from game.tuning.comparison import Comparison
from game.units import kmh

SHOWN_S: Final = 0.005  # gained or lost, worth a colour
_LESS: Final = "B\N{MINUS SIGN}A"
_A_GAINS: Final[Colour] = palette.ORANGE
_B_GAINS: Final[Colour] = palette.BLUE


def corner_table(comparison: Comparison, chosen: int) -> Table:
    """Return the table, a numbered corner lit (0: none), sectors and lap below it."""
    a, passes, gaps = comparison.a, comparison.a.corners, comparison.corners
    sectors = range(1, len(a.sectors_s) + 1)
    foot = [*(f"S{number}" for number in sectors), _("Lap")]
    nothing = [""] * len(foot)

    def speeds(heading: str, name: str, rank: int) -> tuple[Column, Column]:
        """Return the speeds of A, and by how much B is faster."""
        of_a = [f"{kmh(getattr(one, name)):.0f}" for one in passes]
        more = [signed(kmh(getattr(gap, name)), 1) for gap in gaps]
        return Column(heading, [*of_a, *nothing], rank), Column(_LESS, [*more, *nothing], rank)

    times_s = [*(one.time_s for one in passes), *a.sectors_s, a.lap_time_s]
    behind_s = [*(gap.time_s for gap in gaps), *comparison.sectors_s, comparison.time_s]
    wh = [1000.0 * one.ledger.net_kwh for one in passes]
    more_wh = [1000.0 * gap.energy_kwh for gap in gaps]
    blank = [""] * len(sectors)
    columns = (
        Column("", [*(f"T{one.number}" for one in passes), *foot], align=Align.LEFT),
        *speeds(N_("ENTRY"), "entry_mps", 3),
        *speeds(N_("MIN"), "min_mps", 1),
        *speeds(N_("EXIT km/h"), "exit_mps", 2),
        Column(N_("TIME s"), [f"{each:.2f}" for each in times_s]),
        Column(
            _LESS,
            [signed(each, 3) for each in behind_s],
            shades={at: s for at, each in enumerate(behind_s) if (s := _shade(each))},
            bold=_largest(behind_s[: len(gaps)]) | {len(behind_s) - 1},
        ),
        Column(N_("NET Wh"), [*_whole(wh), *blank, *_whole([1000.0 * a.ledger.net_kwh])], rank=5),
        Column(
            _LESS,
            [
                *(signed(each, 0) for each in more_wh),
                *blank,
                signed(1e3 * comparison.energy_kwh, 0),
            ],
            rank=4,
        ),
    )
    return Table(columns, chosen - 1 if chosen else None, foot=len(foot))


def signed(value: float, digits: int) -> str:
    """Return a difference, with its sign."""
    return number_text(value, digits, sign=True)


def _whole(values: Sequence[float]) -> list[str]:
    return [number_text(value, 0) for value in values]


def _shade(behind_s: float) -> Colour | None:
    """Return the colour of who gains, if the gain is worth one."""
    if abs(behind_s) < SHOWN_S:
        return None
    return _B_GAINS if behind_s < 0.0 else _A_GAINS


def _largest(behind_s: Sequence[float]) -> frozenset[int]:
    """Return where most is gained and most is lost, as far as either is worth a colour."""
    ends = {behind_s.index(min(behind_s)), behind_s.index(max(behind_s))}
    return frozenset(at for at in ends if _shade(behind_s[at]))
