"""Write a validation as one page of HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from game.pages.templates import rendered
from game.validation.charts import manoeuvre_charts, overview_chart, peer_chart
from game.validation.commonroad import PeerAnswer
from game.validation.judging import RULE, JudgedFigure, Judgement
from game.validation.manoeuvres import Manoeuvres
from game.validation.published import KINDS
from game.validation.report import (
    NO_PEERS,
    claim_text,
    command_text,
    deviation_text,
    judgement_text,
    method_text,
    misses,
    peer_rows,
    simulated_text,
    summary,
)

_CLASSES: Final = {
    Judgement.WITHIN: "within",
    Judgement.OUTSIDE: "outside",
    Judgement.NO_VERDICT: "open",
    Judgement.NOT_COMPARABLE: "open",
}


def validation_page(
    heading: Mapping[str, str],
    judged: Sequence[JudgedFigure],
    driven: Manoeuvres,
    peers: Sequence[PeerAnswer] = (),
) -> str:
    """Return the page. heading: `command`, `version`, `car`, `setup`."""
    found = [each.judgement for each in judged]
    tiles = [
        (str(found.count(Judgement.WITHIN)), "within what is claimed"),
        (str(found.count(Judgement.OUTSIDE)), "outside"),
        (str(found.count(Judgement.NO_VERDICT)), "estimates, without a verdict"),
        (str(found.count(Judgement.NOT_COMPARABLE)), "not comparable"),
    ]
    return rendered(
        Path(__file__).with_suffix(".html"),
        summary=summary(judged),
        rule=RULE,
        kinds=KINDS,
        tiles=[{"figure": figure, "words": words} for figure, words in tiles],
        misses=misses(judged),
        overview=overview_chart(judged)._asdict(),
        charts=[chart._asdict() for chart in manoeuvre_charts(driven)],
        peers=peer_chart(peers)._asdict() | {"rows": peer_rows(peers)} if peers else None,
        no_peers=NO_PEERS,
        groups=[
            {"title": title, "rows": [_row(each) for each in group]}
            for title, group in groupby(judged, key=lambda each: each.figure.group)
        ],
        **heading,
    )


def _row(judged: JudgedFigure) -> dict[str, Any]:
    figure = judged.figure
    return {
        "name": figure.name,
        "title": figure.title,
        "kind": figure.kind,
        "claim": claim_text(figure),
        "simulated": simulated_text(judged),
        "deviation": deviation_text(judged),
        "judgement": judgement_text(judged),
        "mark": _CLASSES[judged.judgement],
        "source": figure.source,
        "uncertainty": figure.uncertainty_from,
        "method": method_text(figure),
        "why": judged.why_not or figure.known or "",
        "commands": [command_text(figure), *([figure.command] if figure.command else [])],
    }
