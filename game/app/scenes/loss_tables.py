"""Draw tables of what a lap loses: corner by corner in numbers, and by its causes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.analysis.findings import CAUSE_NAMES, LapComparison
from game.app.setup.charts.chart import number_text
from game.app.setup.charts.corner_table import SHOWN_S, signed
from game.app.setup.charts.speed_chart import A_COLOUR, B_COLOUR
from game.app.ui.palette import Colour
from game.app.ui.table import Column, Table
from game.app.ui.text import Align
from game.translation import N_, _
from game.units import kmh

_GAP: Final = "±"
_CAUSE_RANKS: Final = (4, 3, 1, 2, 1)  # in a narrow table those of the highest rank go first


def loss_table(comparison: LapComparison, chosen: int = 0) -> Table:
    """Return speeds, time and energy of every corner, each with its difference.

    chosen: the place of a corner that is lit, from 1; 0: none.
    """
    own, other, losses = comparison.rows, comparison.reference_rows, comparison.losses

    def speeds(heading: str, name: str, *ranks: int) -> tuple[Column, Column]:
        """Return the lap's speeds, and how much faster it is than the reference."""
        mine = [kmh(getattr(row, name)) for row in own]
        theirs = [kmh(getattr(row, name)) for row in other]
        more = [signed(a - b, 1) for a, b in zip(mine, theirs, strict=True)]
        texts = [f"{speed:.0f}" for speed in mine]
        return Column(heading, [*texts, ""], ranks[0]), Column(_GAP, [*more, ""], ranks[1])

    times_s = [*(row.time_s for row in own), comparison.profile.lap.time_s]
    lost_s = [*(loss.time_s for loss in losses), comparison.time_s]
    wh = [row.net_j / 3600.0 for row in own]
    more_wh = [(a.net_j - b.net_j) / 3600.0 for a, b in zip(own, other, strict=True)]
    mains = [_(CAUSE_NAMES[loss.main]) if loss.time_s >= SHOWN_S else "" for loss in losses]
    columns = (
        Column("", [*(f"T{row.number}" for row in own), _("Lap")], align=Align.LEFT),
        *speeds(N_("ENTRY"), "entry_mps", 4, 8),
        *speeds(N_("MIN"), "min_mps", 2, 6),
        *speeds(N_("EXIT km/h"), "exit_mps", 3, 7),
        Column(N_("TIME s"), [f"{each:.2f}" for each in times_s], rank=1),
        _lost_column(N_("LOST s"), lost_s, len(losses)),
        Column(N_("MOSTLY"), [*mains, ""], rank=1, align=Align.LEFT),
        Column(N_("NET Wh"), _with_sum(wh), rank=5),
        Column(_GAP, _with_sum(more_wh, sign=True), rank=9),
    )
    return Table(columns, chosen - 1 if chosen else None, foot=1)


def causes_table(comparison: LapComparison, chosen: int = 0) -> Table:
    """Return the causes of what is lost in every corner, and over the lap; chosen: as above."""
    losses = comparison.losses
    lost_s = [*(loss.time_s for loss in losses), comparison.time_s]
    rows = [*(loss.causes for loss in losses), comparison.causes]
    headings = (N_("LINE"), N_("ARRIVAL"), N_("BRAKING"), N_("MIN"), N_("TRACTION"))
    columns = (
        Column("", [*(f"T{loss.number}" for loss in losses), _("Lap")], align=Align.LEFT),
        _lost_column(N_("LOST s"), lost_s, len(losses)),
        *(
            _lost_column(heading, [causes[place] for causes in rows], len(losses), rank)
            for place, (heading, rank) in enumerate(zip(headings, _CAUSE_RANKS, strict=True))
        ),
    )
    return Table(columns, chosen - 1 if chosen else None, foot=1)


def _lost_column(heading: str, lost_s: Sequence[float], corners: int, rank: int = 0) -> Column:
    """Return times, coloured where they are worth it; the largest, and the lap's, stand out."""
    largest = max(range(corners), key=lambda at: lost_s[at], default=corners)
    return Column(
        heading,
        [signed(each, 3) for each in lost_s],
        rank,
        shades={at: colour for at, each in enumerate(lost_s) if (colour := _shade(each))},
        bold=frozenset((largest, corners)),
    )


def _with_sum(values: Sequence[float], *, sign: bool = False) -> list[str]:
    return [number_text(each, 0, sign=sign) for each in (*values, sum(values))]


def _shade(lost_s: float) -> Colour | None:
    if abs(lost_s) < SHOWN_S:
        return None
    return A_COLOUR if lost_s > 0.0 else B_COLOUR
