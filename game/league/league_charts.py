"""Draw the charts of a season, as SVG to stand inside a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from game.league.standings import SeasonStanding
from game.pages.chart_style import INK, STYLE, svg_text

_COLOURS: Final = (
    *("#0b63a8", "#c2570c", "#2e7d5b", "#6a4c9c", "#7a6a2f", "#b3261e", "#0e8a94", "#8894a3"),
)
_DASHES: Final = ("-", "--", ":")  # where there are more bots than colours
_WIDTH_IN: Final = 7.2
_ROW_IN: Final = 0.34
_HEIGHT_IN: Final = 3.6


def points_chart(table: Sequence[SeasonStanding]) -> str:
    """Draw the points of each bot over the rounds."""
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(_WIDTH_IN, _height_in(table)), layout="constrained")
        axes = figure.subplots()
        for number, each in enumerate(table):
            rounds = range(len(each.points_after) + 1)
            axes.plot(rounds, (0.0, *each.points_after), **_line(number), label=each.name)
        axes.set_xlabel("round")
        axes.set_ylabel("points")
        axes.set_xlim(0, len(table[0].points_after))
        axes.set_ylim(bottom=0.0)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=9)
        return svg_text(figure, "points")


def strength_chart(table: Sequence[SeasonStanding]) -> str:
    """Draw the strength of each bot with its spread, the strongest on top."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(_WIDTH_IN, _height_in(table)), layout="constrained")
        axes = figure.subplots()
        ranked = sorted(enumerate(table), key=lambda each: each[1].strength.points)
        for place, (number, each) in enumerate(ranked):
            colour = _line(number)["color"]
            points, spread = each.strength
            axes.errorbar(points, place, xerr=spread, fmt="o", ms=7, color=colour, capsize=4, lw=2)
            axes.annotate(
                f"{points:.0f} ± {spread:.0f}",
                (points, place),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=INK,
            )
        axes.set_yticks(range(len(ranked)), [each.name for _, each in ranked])
        axes.set_ylim(-0.6, len(ranked) - 0.3)
        axes.set_xlabel("strength, on Elo's scale")
        return svg_text(figure, "strength")


def _height_in(table: Sequence[SeasonStanding]) -> float:
    return max(_HEIGHT_IN, 0.8 + _ROW_IN * len(table))


def _line(number: int) -> dict[str, Any]:
    """Return how a bot is drawn, by its number in the table."""
    dashes = _DASHES[number // len(_COLOURS) % len(_DASHES)]
    return {"color": _COLOURS[number % len(_COLOURS)], "ls": dashes, "lw": 1.8}
