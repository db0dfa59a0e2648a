"""Show a qualifying, and the grid that comes of it, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.app.driving.qualifying_board import QualifyingRow
from game.app.scenes.race_tables import entrant_columns, numbered, only_player
from game.app.ui.table import Column, Table
from game.translation import N_
from game.units import lap_time_text

_NONE: Final = "\N{EN DASH}"


def qualifying_table(rows: Sequence[QualifyingRow]) -> Table:
    """Return all by their places, with their times and how far they are off the best."""
    entrants = [row.entrant for row in rows]
    columns = (
        Column("", numbered(rows)),
        *entrant_columns(entrants),
        Column(N_("TIME"), [lap_time_text(row.time_s) if row.has_time else _NONE for row in rows]),
        Column(N_("GAP"), [_gap(place, row) for place, row in enumerate(rows)]),
    )
    return Table(columns, only_player(entrants))


def _gap(place: int, row: QualifyingRow) -> str:
    return f"+{row.gap_s:.3f}" if place and row.has_time else _NONE
