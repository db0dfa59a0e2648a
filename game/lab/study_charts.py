"""Draw the charts of a study, as SVG to stand inside a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from game.pages.chart_style import INK, STYLE, svg_text
from game.setups.items import Item
from game.tuning.outcome import Outcome
from game.units import lap_time_text
from game.vehicle.setup import Setup

_WIDTH_IN: Final = 7.2
_ROW_IN: Final = 2.3
_FAINT: Final = "#8894a3"
_TIME: Final = "#0b63a8"
_ENERGY: Final = "#c2570c"
_REAR: Final = "#6a4c9c"
_COLOURS: Final = (_TIME, _ENERGY, _REAR)  # no value has more words
_FENCE: Final = 1.5  # quartile distances beyond the quartiles: far off, after Tukey


def value_chart(outcome: Outcome, item: Item) -> str:
    """Draw lap time with its spread, energy and which axle is the limit, against one value."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    alone = len(outcome.items) == 1
    rows = 3 if alone else 2
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(_WIDTH_IN, rows * _ROW_IN + 0.4), layout="constrained")
        axes = figure.subplots(rows, 1, sharex=True)
        _draw_times(axes[0], outcome, item)
        _draw_energies(axes[1], outcome, item)
        if alone:
            _draw_limits(axes[2], outcome, item)
        _label_values(axes[-1], item)
        return svg_text(figure, item.name)


def trade_off_chart(outcome: Outcome) -> str:
    """Draw every setup by energy and lap time, and the line of those that none beats in both."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(STYLE):
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
        return svg_text(figure, "trade-offs")


def _draw_times(axes: Any, outcome: Outcome, item: Item) -> None:
    """Draw lap times; of several groups against the best of each, as they may lie far apart."""
    groups = _groups(outcome, item)
    alone = len(outcome.items) == 1
    base_s = {
        setup: outcome.found[setups[0]].lap_time_s if len(groups) > 1 else 0.0
        for setups in groups.values()
        for setup in setups
    }
    drawn = {setup: outcome.found[setup].lap_time_s - base_s[setup] for setup in base_s}
    for colour, (words, setups) in zip(_COLOURS, groups.items(), strict=False):
        places = [_place(item, setup) for setup in setups]
        axes.errorbar(
            places,
            [drawn[setup] for setup in setups],
            yerr=([0.0] * len(setups), [outcome.found[setup].spread_s for setup in setups]),
            fmt="o",
            ms=5 if alone else 4,
            color=colour,
            alpha=1.0 if alone else 0.45,
            capsize=3,
            lw=1,
            label=f"{words}, best {lap_time_text(base_s[setups[0]])}" if words else "setups",
        )
        if not item.is_word:
            fastest = _fastest(places, [drawn[setup] for setup in setups])
            axes.plot(*zip(*fastest, strict=True), color=colour, lw=1.6)
    text = (lambda value: f"{value:+.1f}") if len(groups) > 1 else (lambda v: lap_time_text(v)[:-2])
    _crop_outliers(axes, item, drawn, text)
    for setup, name, marker in _marked(outcome):
        at = (_place(item, setup), drawn[setup])
        axes.scatter(*at, s=110, marker=marker, label=name, **_mark_style(name))
    axes.set_ylabel("s behind the best" if len(groups) > 1 else "lap time")
    if len(groups) == 1:
        _lap_times(axes.yaxis, list(axes.get_ylim()))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.24), ncols=5, fontsize=9)


def _draw_energies(axes: Any, outcome: Outcome, item: Item) -> None:
    groups = _groups(outcome, item)
    alone = len(outcome.items) == 1
    drawn = {setup: outcome.found[setup].ledger.net_kwh for setup in outcome.ranked}
    colours = _COLOURS if len(groups) > 1 else (_ENERGY,)
    for colour, setups in zip(colours, groups.values(), strict=False):
        pairs = sorted((_place(item, setup), drawn[setup]) for setup in setups)
        axes.scatter(*zip(*pairs, strict=True), s=20, color=colour, alpha=1.0 if alone else 0.45)
        if alone and not item.is_word:
            axes.plot(*zip(*pairs, strict=True), color=colour)
    _crop_outliers(axes, item, drawn, lambda value: f"{value:.2f}")
    axes.set_ylabel("net energy, kWh a lap")


def _draw_limits(axes: Any, outcome: Outcome, item: Item) -> None:
    setups = sorted(outcome.ranked, key=lambda setup: _place(item, setup))
    places = [_place(item, setup) for setup in setups]
    balances = [outcome.found[setup].balance for setup in setups]
    front = [100.0 * balance.front_limited for balance in balances]
    rear = [100.0 * balance.rear_limited for balance in balances]
    lw = 0.0 if item.is_word else 1.5
    axes.plot(places, front, color=_TIME, marker="o", ms=4, lw=lw, label="front tyres")
    axes.plot(places, rear, color=_REAR, marker="s", ms=4, lw=lw, label="rear tyres")
    axes.set_ylim(bottom=0.0)
    axes.set_ylabel("at the limit,\n% of the lap")
    axes.legend(loc="best", ncols=2, fontsize=9)


def _groups(outcome: Outcome, item: Item) -> dict[str, list[Setup]]:
    """Return the setups by what else is varied in words, such as the tyre, best first.

    Curves do not cross those. Where more than one value has words all setups are one group.
    """
    others = [each for each in outcome.items if each.is_word and each is not item]
    if len(others) != 1:
        return {"": list(outcome.ranked)}
    groups: dict[str, list[Setup]] = {}
    for setup in outcome.ranked:
        groups.setdefault(others[0].text(others[0].value_in(setup)), []).append(setup)
    return groups


def _crop_outliers(
    axes: Any, item: Item, drawn: Mapping[Setup, float], text: Callable[[float], str]
) -> None:
    """Scale the axis to most of the values; outliers are arrows at its edge, with figures."""
    values = list(drawn.values())
    first, third = np.percentile(values, (25, 75))
    reach = _FENCE * (third - first)
    shown = [each for each in values if first - reach <= each <= third + reach]
    room = 0.12 * (max(shown) - min(shown)) or 0.5
    low, high = min(shown) - room, max(shown) + room
    axes.set_ylim(low, high)
    for setup, value in drawn.items():
        if low <= value <= high:
            continue
        above = value > high
        at = (_place(item, setup), 0.96 if above else 0.04)
        axes.plot(
            *at, marker="^" if above else "v", color=INK, transform=axes.get_xaxis_transform()
        )
        axes.annotate(
            text(value),
            at,
            xycoords=axes.get_xaxis_transform(),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            annotation_clip=False,
        )


def _label_values(axes: Any, item: Item) -> None:
    if item.choices:
        named = item.choices if item.is_word else sorted(item.choices)
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
        return {"color": "#d9a400", "edgecolor": INK, "linewidth": 0.8, "zorder": 6}
    return {"facecolor": "white", "edgecolor": INK, "linewidth": 1.2, "zorder": 5}


def _place(item: Item, setup: Setup) -> float:
    return _position(item, item.value_in(setup))


def _position(item: Item, value: Any) -> float:
    """Return where a value stands: numbers where they are, words one beside another."""
    return float(item.choices.index(value)) if item.is_word else float(value)


def _fastest(places: list[float], times_s: list[float]) -> list[tuple[float, float]]:
    """Return the best time at each place, from left to right."""
    fastest: dict[float, float] = {}
    for place, time_s in zip(places, times_s, strict=True):
        fastest[place] = min(time_s, fastest.get(place, time_s))
    return sorted(fastest.items())


def _energies_times(outcome: Outcome, setups: list[Setup]) -> tuple[list[float], list[float]]:
    found = [outcome.found[setup] for setup in setups]
    return [each.ledger.net_kwh for each in found], [each.lap_time_s for each in found]
