"""The charts of a study, as SVG to stand inside a page."""

from __future__ import annotations

import io
from typing import Any, Final

from game.garage.items import Item
from game.tuning.outcome import Outcome
from game.units import lap_time_text
from game.vehicle.setup import Setup

_WIDTH_IN: Final = 7.2
_ROW_IN: Final = 2.3
_INK: Final = "#1d2733"
_FAINT: Final = "#8894a3"
_TIME: Final = "#0b63a8"
_ENERGY: Final = "#c2570c"
_REAR: Final = "#6a4c9c"
_STYLE: Final[Any] = {
    "svg.fonttype": "none",  # letters stay letters: to be searched, copied and read aloud
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _INK,
    "axes.edgecolor": "#c5ccd4",
    "axes.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e6eaee",
    "xtick.color": "#4a5664",
    "ytick.color": "#4a5664",
    "legend.frameon": False,
}


def value_chart(outcome: Outcome, item: Item) -> str:
    """Lap time with its spread, energy and which axle is the limit, against one value."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    alone = len(outcome.items) == 1
    rows = 3 if alone else 2
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH_IN, rows * _ROW_IN + 0.4), layout="constrained")
        axes = figure.subplots(rows, 1, sharex=True)
        _draw_times(axes[0], outcome, item)
        _draw_energies(axes[1], outcome, item)
        if alone:
            _draw_limits(axes[2], outcome, item)
        _label_values(axes[-1], item)
        return _svg(figure, item.name)


def trade_off_chart(outcome: Outcome) -> str:
    """Every setup by energy and lap time, and the line of those that none beats in both."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH_IN, 4.2), layout="constrained")
        axes = figure.subplots()
        axes.scatter(*_energies_times(outcome, outcome.ranked), s=22, color=_FAINT, alpha=0.6)
        kwh, times_s = _energies_times(outcome, outcome.trade_offs)
        axes.plot(kwh, times_s, color=_TIME, lw=1.6, marker="o", ms=5, label="best trade-offs")
        for setup, name, marker in _marked(outcome):
            x, y = _energies_times(outcome, [setup])
            axes.scatter(x, y, s=110, marker=marker, label=name, **_mark_style(name))
        axes.set_xlabel("energy a lap, drawn less regained, kWh")
        axes.set_ylabel("lap time")
        _lap_times(axes.yaxis, times_s)
        axes.legend(loc="best")
        return _svg(figure, "trade-offs")


def _draw_times(axes: Any, outcome: Outcome, item: Item) -> None:
    setups = outcome.ranked
    places = [_place(item, setup) for setup in setups]
    times_s = [outcome.found[setup].lap_time_s for setup in setups]
    spreads_s = [outcome.found[setup].spread_s for setup in setups]
    quiet = len(outcome.items) > 1
    axes.errorbar(
        places,
        times_s,
        yerr=([0.0] * len(setups), spreads_s),
        fmt="o",
        ms=4 if quiet else 5,
        color=_FAINT if quiet else _TIME,
        alpha=0.55 if quiet else 1.0,
        capsize=3,
        lw=1,
        label="setups, best to slowest lap",
    )
    least = _least(places, times_s)
    if item.choices or len(least) < len(places) or not quiet:
        label = "best with this value" if quiet else None
        axes.plot(*zip(*least, strict=True), color=_TIME, lw=1.6, label=label)
    for setup, name, marker in _marked(outcome):
        at = (_place(item, setup), outcome.found[setup].lap_time_s)
        axes.scatter(*at, s=110, marker=marker, label=name, **_mark_style(name))
    axes.set_ylabel("lap time")
    _lap_times(axes.yaxis, times_s)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.24), ncols=4, fontsize=9)


def _draw_energies(axes: Any, outcome: Outcome, item: Item) -> None:
    places = [_place(item, setup) for setup in outcome.ranked]
    energies, _ = _energies_times(outcome, outcome.ranked)
    quiet = len(outcome.items) > 1
    axes.scatter(places, energies, s=20, color=_ENERGY, alpha=0.55 if quiet else 1.0)
    if not quiet:
        axes.plot(*zip(*sorted(zip(places, energies, strict=True)), strict=True), color=_ENERGY)
    axes.set_ylabel("energy, kWh a lap")


def _draw_limits(axes: Any, outcome: Outcome, item: Item) -> None:
    setups = sorted(outcome.ranked, key=lambda setup: _place(item, setup))
    places = [_place(item, setup) for setup in setups]
    balances = [outcome.found[setup].balance for setup in setups]
    front = [100.0 * balance.front_limited for balance in balances]
    rear = [100.0 * balance.rear_limited for balance in balances]
    axes.plot(places, front, color=_TIME, marker="o", ms=4, label="front tyres")
    axes.plot(places, rear, color=_REAR, marker="s", ms=4, label="rear tyres")
    axes.set_ylim(bottom=0.0)
    axes.set_ylabel("at the limit,\n% of the lap")
    axes.legend(loc="best", ncols=2, fontsize=9)


def _label_values(axes: Any, item: Item) -> None:
    if item.choices:
        named = sorted(item.choices) if _is_number(item) else item.choices
        axes.set_xticks([_position(item, value) for value in named])
        axes.set_xticklabels([item.text(value) for value in named])
        axes.margins(x=0.12)
    else:
        axes.xaxis.set_major_formatter(lambda value, _: item.text(round(value, 4)))
    axes.set_xlabel(item.label)


def _lap_times(axis: Any, times_s: list[float]) -> None:
    cut = -1 if max(times_s) - min(times_s) < 0.5 else -2
    axis.set_major_formatter(lambda value, _: lap_time_text(value)[:cut])


def _marked(outcome: Outcome) -> list[tuple[Setup, str, str]]:
    best = outcome.ranked[0]
    marks = [(best, "best", "*")]
    if outcome.found[outcome.start].laps_s and outcome.start != best:
        marks.append((outcome.start, "start", "D"))
    return marks


def _mark_style(name: str) -> dict[str, Any]:
    if name == "best":
        return {"color": "#d9a400", "edgecolor": _INK, "linewidth": 0.8, "zorder": 6}
    return {"facecolor": "white", "edgecolor": _INK, "linewidth": 1.2, "zorder": 5}


def _place(item: Item, setup: Setup) -> float:
    return _position(item, item.of(setup))


def _position(item: Item, value: Any) -> float:
    """Numbers stand where they are, words one beside another."""
    return float(value) if _is_number(item) else float(item.choices.index(value))


def _is_number(item: Item) -> bool:
    return not isinstance(item.default, (str, bool))


def _least(places: list[float], times_s: list[float]) -> list[tuple[float, float]]:
    """The best time at each place, from left to right."""
    least: dict[float, float] = {}
    for place, time_s in zip(places, times_s, strict=True):
        least[place] = min(time_s, least.get(place, time_s))
    return sorted(least.items())


def _energies_times(outcome: Outcome, setups: list[Setup]) -> tuple[list[float], list[float]]:
    found = [outcome.found[setup] for setup in setups]
    return [each.ledger.net_kwh for each in found], [each.lap_time_s for each in found]


def _svg(figure: Any, salt: str) -> str:
    """A figure as an element of HTML; its names are its own, and the same in every run."""
    import matplotlib as mpl

    stream = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": salt}):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
