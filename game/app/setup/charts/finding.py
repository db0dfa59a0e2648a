"""Say in words what the what-if found."""

from __future__ import annotations

from game.app.setup.charts.chart import number_text
from game.app.setup.model.evidence import ENERGY, TIME, Evidence
from game.setups.items import law_text
from game.translation import _
from game.tuning.comparison import EQUAL_LAPS_S


def finding(evidence: Evidence, *, complete: bool) -> str:
    """Say which value is best, by how much, and what it costs; of a split, under which law."""
    if evidence.variation.item.acts_on_live_tyres_only and (blind := _blind(evidence)):
        return blind
    if len(evidence.driven) >= 2 and evidence.best is not None:
        found = _driven(evidence, evidence.best, complete=complete)
    elif len(evidence.predictions(TIME)) < len(evidence.predicted):
        return _("Predicting ...")
    else:
        found = _expected(evidence)
    if not evidence.variation.item.depends_on_split_law:
        return found
    return _("{found} ({law})").format(found=found, law=law_text(evidence.variation.now))


def _blind(evidence: Evidence) -> str:
    """Say why nothing is known of a value that only live tyres feel; empty once laps are driven."""
    if evidence.variation.now.tyre_state == "frozen":
        return _("Frozen tyres do not feel it: set the tyre state to live")
    if len(evidence.driven) < 2:
        return _("Predictions leave it out: driven laps show it")
    return ""


def _driven(evidence: Evidence, best: int, *, complete: bool) -> str:
    text, values = evidence.variation.item.text, evidence.variation.values
    present = evidence.reference
    assert present is not None
    gained_s = -evidence.points(TIME)[best]
    if gained_s < EQUAL_LAPS_S:
        return _as_now(evidence, text(values[present]), complete=complete)
    found = (
        _("Best {value}: {gain} s quicker than {now}, {cost} kWh")
        if complete
        else _("Best so far {value}: {gain} s quicker than {now}, {cost} kWh")
    )
    return found.format(
        value=text(values[best]),
        gain=f"{gained_s:.2f}",
        now=text(values[present]),
        cost=number_text(evidence.points(ENERGY)[best], 2, sign=True),
    )


def _as_now(evidence: Evidence, now: str, *, complete: bool) -> str:
    """Say that none is better than the present value, and in the end how much it matters."""
    if not complete:
        return _("Best so far: {value}, as now").format(value=now)
    points = evidence.points(TIME)
    slowest = max(points, key=lambda at: points[at])
    if points[slowest] < EQUAL_LAPS_S:
        return _("Best: {value}, as now").format(value=now)
    return _("Best: {value}, as now; {slowest} costs {lost} s").format(
        value=now,
        slowest=evidence.variation.item.text(evidence.variation.values[slowest]),
        lost=f"{points[slowest]:.2f}",
    )


def _expected(evidence: Evidence) -> str:
    predictions = evidence.predictions(TIME)
    text, values = evidence.variation.item.text, evidence.variation.values
    best = min(predictions, key=lambda at: predictions[at])
    if -predictions[best] < EQUAL_LAPS_S:
        now = text(values[evidence.variation.present])
        return _("Predicted best: {value}, as now").format(value=now)
    gain = f"{-predictions[best]:.2f}"
    return _("Predicted best {value}: {gain} s quicker").format(value=text(values[best]), gain=gain)
