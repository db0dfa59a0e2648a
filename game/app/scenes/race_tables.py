"""Show a race as tables: the standings while it goes on, and its result."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from game.app.driving.race_board import BoardRow
from game.app.driving.race_drive import RaceDrive
from game.app.driving.race_field import RaceEntrant
from game.app.ui import palette
from game.app.ui.table import Column, Table
from game.app.ui.text import Align
from game.racing.race_result import Classified, RaceResult
from game.translation import N_, _
from game.units import lap_time_text

_NONE: Final = "\N{EN DASH}"


def standings_table(race: RaceDrive) -> Table:
    """Return the cars in their order now."""
    rows = race.race_board.rows
    entrants = [race.entrants[row.car] for row in rows]
    columns = (
        Column("", numbered(entrants)),
        *entrant_columns(entrants),
        Column(N_("LAPS"), [str(row.standing.laps_done) for row in rows], rank=2),
        Column(N_("GAP"), [_standing_gap(place, row) for place, row in enumerate(rows)]),
    )
    return Table(columns, only_player(entrants), dim=frozenset(_retired(rows)))


def numbered(rows: Sequence[object]) -> list[str]:
    """Return the numbers of rows, from 1."""
    return [str(number) for number in range(1, len(rows) + 1)]


def entrant_columns(entrants: Sequence[RaceEntrant], car_rank: int = 1) -> tuple[Column, Column]:
    """Return the columns that say who is in which row; without room that of cars goes first."""
    return (
        Column(
            N_("CAR"),
            [each.livery.number for each in entrants],
            rank=car_rank,
            shades={place: each.livery.signal for place, each in enumerate(entrants)},
            bold=frozenset(range(len(entrants))),
        ),
        Column(
            N_("DRIVER"),
            [each.name for each in entrants],
            align=Align.LEFT,
            bold=frozenset(place for place, each in enumerate(entrants) if each.is_player),
        ),
    )


def only_player(entrants: Sequence[RaceEntrant]) -> int | None:
    """Return the row of a person who is the only one; several stand out by their names alone."""
    own = [place for place, each in enumerate(entrants) if each.is_player]
    return own[0] if len(own) == 1 else None


def result_table(race: RaceDrive, result: RaceResult) -> Table:
    """Return the classification, the fastest lap in a colour of its own."""
    found, fastest = result.classified, result.fastest_lap
    entrants = [race.entrants[each.car] for each in found]
    at = [place for place, each in enumerate(found) if each is fastest]
    columns = (
        Column("", [_place(each) for each in found]),
        *entrant_columns(entrants, car_rank=2),
        Column(N_("GRID"), [str(each.grid) for each in found], rank=5),
        Column(N_("LAPS"), [str(each.laps) for each in found], rank=4),
        Column(N_("TIME"), [_time(result, each) for each in found]),
        Column(
            N_("BEST LAP"),
            [_best(each) for each in found],
            rank=1,
            shades=dict.fromkeys(at, palette.PURPLE),
            bold=frozenset(at),
        ),
        Column(N_("PENALTY"), [_penalty(each) for each in found], rank=3),
    )
    dim = frozenset(place for place, each in enumerate(found) if each.retired)
    return Table(columns, only_player(entrants), dim=dim)


def out_lines(race: RaceDrive, result: RaceResult) -> list[str]:
    """Return who has retired, and why, a line each."""
    out = [each for each in result.classified if each.retired]
    text = _("{name}: {reason}")
    return [text.format(name=race.entrants[each.car].name, reason=each.retired) for each in out]


def _retired(rows: Sequence[BoardRow]) -> list[int]:
    return [place for place, row in enumerate(rows) if row.standing.retired]


def _standing_gap(place: int, row: BoardRow) -> str:
    standing = row.standing
    if row.out:
        return row.out
    if standing.laps_down:
        return _("+{laps} L").format(laps=standing.laps_down)
    return f"+{standing.gap_s:.1f}" if place and math.isfinite(standing.gap_s) else _NONE


def _place(each: Classified) -> str:
    return _NONE if each.retired else str(each.place)


def _time(result: RaceResult, each: Classified) -> str:
    """Return the winner's time, others' gaps or laps; of who is still on the way, that."""
    if each.is_disqualified:
        return _("DSQ")
    if each.retired:
        return _("OUT")
    if math.isinf(each.time_s):
        return _("racing")
    if each.place == 1:
        return lap_time_text(each.time_s)
    if math.isfinite(each.gap_s):
        return f"+{each.gap_s:.3f}"
    return _("+{laps} L").format(laps=result.classified[0].laps - each.laps)


def _best(each: Classified) -> str:
    return lap_time_text(each.best_lap_s) if math.isfinite(each.best_lap_s) else _NONE


def _penalty(each: Classified) -> str:
    return f"+{each.penalty_s:.0f} s" if each.penalty_s else ""
