"""Say in words what the what-if found."""

from __future__ import annotations

from game.app.setup.charts.chart import number_text
from game.app.setup.model.evidence import ENERGY, TIME, Evidence
from game.tuning.comparison import EQUAL_LAPS_S


def finding(evidence: Evidence, *, complete: bool) -> str:
    """Say which value is best, by how much, and what it costs."""
    if len(evidence.driven) < 2 or evidence.best is None:
        return _expected(evidence)
    text, values = evidence.variation.item.text, evidence.variation.values
    best, present = evidence.best, evidence.reference
    assert present is not None
    so_far = "" if complete else " so far"
    gained_s = -evidence.points(TIME)[best]
    if gained_s < EQUAL_LAPS_S:
        return f"Best{so_far}: {text(values[present])}, as it is now"
    cost = number_text(evidence.points(ENERGY)[best], 2, sign=True)
    return (
        f"Best{so_far} {text(values[best])}: {gained_s:.2f} s quicker than "
        f"{text(values[present])}, {cost} kWh"
    )


def _expected(evidence: Evidence) -> str:
    promised = evidence.promised(TIME)
    if len(promised) < len(evidence.predicted):
        return "Predicting ..."
    text, values = evidence.variation.item.text, evidence.variation.values
    best = min(promised, key=lambda at: promised[at])
    if -promised[best] < EQUAL_LAPS_S:
        return f"Predicted best: {text(values[evidence.variation.present])}, as it is now"
    return f"Predicted best {text(values[best])}: {-promised[best]:.2f} s quicker"
