"""A study's results are shown as tables that a person reads in a terminal."""

from __future__ import annotations

from typing import Final

from rich.box import SIMPLE
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from game.tuning.comparison import Comparison
from game.tuning.outcome import Outcome
from game.units import kmh, lap_time_text

_MAX_ROWS: Final = 24
_WIDEST: Final = 400  # characters


def print_outcome(console: Console, title: str, outcome: Outcome) -> None:
    """Print the setups, the best first, and the conclusions."""
    title = f"{title}, {outcome.law_text}" if outcome.law_text else title
    table = Table(title=title, box=SIMPLE, collapse_padding=True, pad_edge=False)
    for item in outcome.items:
        table.add_column("\n".join(item.label.lower().split()), justify="right", no_wrap=True)
    for name in ("lap", "to best", "spread", "net\nkWh", "at limit:\nfront", "rear"):
        table.add_column(name, justify="right", no_wrap=True)
    ranked = outcome.ranked
    for setup in ranked[:_MAX_ROWS]:
        measured = outcome.found[setup]
        table.add_row(
            *(item.text(item.value_in(setup)) for item in outcome.items),
            lap_time_text(measured.lap_time_s),
            f"+{measured.lap_time_s - outcome.found[ranked[0]].lap_time_s:.3f}",
            f"{measured.spread_s:.3f}",
            f"{measured.ledger.net_kwh:.3f}",
            f"{measured.balance.front_limited:.0%}",
            f"{measured.balance.rear_limited:.0%}",
            style="bold" if setup == ranked[0] else "",
        )
    # A table that is wider than the terminal is no worse for its lines being broken there.
    whole = Measurement.get(console, console.options.update(max_width=_WIDEST), table)
    console.width = max(whole.maximum, console.width)
    console.print(table)
    if len(ranked) > _MAX_ROWS:
        print_line(console, f"and {len(ranked) - _MAX_ROWS} more; --csv has them all")
    for setup in outcome.lost:
        print_line(console, f"{outcome.values_text(setup)}: {outcome.found[setup].lost}")
    for line in outcome.answer():
        print_line(console, line)


def print_comparison(console: Console, title: str, names: tuple[str, str], gap: Comparison) -> None:
    """Print lap, sectors and corners of A, and how far B is from them."""
    laps = Table(title=title, box=SIMPLE, collapse_padding=True, pad_edge=False)
    laps.add_column("")
    for name in (*names, "B - A"):
        laps.add_column(name, justify="right")
    a, b = gap.a, gap.b
    laps.add_row("lap", lap_time_text(a.lap_time_s), lap_time_text(b.lap_time_s), _s(gap.time_s))
    for number, (of_a, of_b) in enumerate(zip(a.sectors_s, b.sectors_s, strict=True), start=1):
        laps.add_row(f"sector {number}", f"{of_a:.3f}", f"{of_b:.3f}", _s(of_b - of_a))
    laps.add_row(
        "net kWh", f"{a.ledger.net_kwh:.3f}", f"{b.ledger.net_kwh:.3f}", f"{gap.energy_kwh:+.3f}"
    )
    console.print(laps)
    corners = Table(
        title="corners: A, and B minus A in km/h, s and net kWh",
        box=SIMPLE,
        collapse_padding=True,
        pad_edge=False,
    )
    for name in ("", "entry", "", "minimum", "", "exit", "", "time", "", "energy", ""):
        corners.add_column(name, justify="right", no_wrap=True)
    for own, each in zip(a.corners, gap.corners, strict=True):
        corners.add_row(
            str(own.number),
            *_pair(kmh(own.entry_mps), kmh(each.entry_mps), 1),
            *_pair(kmh(own.min_mps), kmh(each.min_mps), 1),
            *_pair(kmh(own.exit_mps), kmh(each.exit_mps), 1),
            *_pair(own.time_s, each.time_s, 3),
            *_pair(own.ledger.net_kwh, each.energy_kwh, 3),
        )
    console.print(corners)
    print_line(console, f"{gap.verdict(*names)}.")


def print_line(console: Console, line: str) -> None:
    """Print a line as it is."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)


def _pair(of_a: float, more: float, digits: int) -> tuple[str, str]:
    return f"{of_a:.{digits}f}", f"{more:+.{digits}f}"


def _s(seconds: float) -> str:
    return f"{seconds:+.3f}"
