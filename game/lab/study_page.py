"""Write a study as one page of HTML that needs nothing else: charts, the best, all setups."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from game.lab.study_charts import trade_off_chart, value_chart
from game.pages.templates import rendered
from game.setups.share_code import code_of
from game.tuning.outcome import Outcome
from game.units import lap_time_text
from game.vehicle.setup import Setup


def study_page(heading: Mapping[str, Any], outcome: Outcome) -> str:
    """Return the page. heading: `command`, `version`, `track`, `circuit`, `car`, `car_id`,
    `laps_per_setup`.
    """
    title, *answer = outcome.answer()
    return rendered(
        Path(__file__).with_suffix(".html"),
        title=title.removesuffix("."),
        answer=answer,
        tiles=_tiles(outcome),
        charts=_charts(outcome),
        columns=_columns(outcome),
        rows=[_row(outcome, setup, heading["car_id"]) for setup in outcome.ranked],
        lost=[
            f"{outcome.values_text(setup)}: {outcome.found[setup].lost}" for setup in outcome.lost
        ],
        start=outcome.values_text(outcome.start),
        law=outcome.law_text,
        laps=heading["laps_per_setup"],
        **{key: heading[key] for key in ("command", "version", "circuit", "car")},
    )


def _tiles(outcome: Outcome) -> list[dict[str, str]]:
    if not outcome.ranked:
        return []
    best = outcome.ranked[0]
    measured = outcome.found[best]
    tiles = [
        (lap_time_text(measured.lap_time_s), f"best lap, spread {measured.spread_s:.3f} s"),
        (f"{measured.ledger.net_kwh:.3f} kWh", "energy a lap"),
    ]
    gap = outcome.against_start(best)
    if gap is not None and best != outcome.start:
        tiles += [
            (f"{gap.time_s:+.3f} s", "a lap against the start"),
            (f"{gap.energy_kwh:+.3f} kWh", "a lap against the start"),
        ]
    tiles.append((str(len(outcome.found)), "setups measured"))
    return [{"figure": figure, "words": words} for figure, words in tiles]


def _charts(outcome: Outcome) -> list[dict[str, str]]:
    if not outcome.ranked:
        return []
    charts = [
        {"title": item.label, "note": item.note, "svg": value_chart(outcome, item)}
        for item in outcome.items
    ]
    note = "Left costs less, down is quicker. None beats a setup on the line in both."
    charts.append({"title": "Time against energy", "note": note, "svg": trade_off_chart(outcome)})
    return charts


def _columns(outcome: Outcome) -> list[str]:
    figures = ("lap", "to best", "spread, s", "kWh", "drawn", "regained", "understeer, °/g")
    return ["", *(item.label for item in outcome.items), *figures, "code"]


def _row(outcome: Outcome, setup: Setup, car_id: str) -> dict[str, Any]:
    measured, best = outcome.found[setup], outcome.ranked[0]
    cells = [
        str(outcome.ranked.index(setup) + 1),
        *(item.text(item.value_in(setup)) for item in outcome.items),
        lap_time_text(measured.lap_time_s),
        f"+{measured.lap_time_s - outcome.found[best].lap_time_s:.3f}",
        f"{measured.spread_s:.3f}",
        f"{measured.ledger.net_kwh:.3f}",
        f"{measured.ledger.drawn_kwh:.3f}",
        f"{measured.ledger.regained_kwh:.3f}",
        f"{measured.balance.understeer_deg_per_g:+.2f}",
        code_of(setup, car_id),
    ]
    mark = {best: "best", outcome.start: "start"} if best != outcome.start else {best: "best"}
    return {"cells": cells, "mark": mark.get(setup, "")}
