"""Every value that was measured is in its chart: as a point inside it, or named at its edge."""

import pygame
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.app.setup.charts.chart import ValueRange
from game.app.setup.charts.what_if_panel import PANELS, draw_what_if_panel
from game.app.setup.model.evidence import gather
from game.app.setup.model.variation import vary
from game.app.setup.pages.setup_tab import driving_laps
from game.app.ui.box import Box
from game.app.ui.rows import TextScale
from game.app.ui.theme import metrics
from game.setups.items import item_named
from game.tuning.measurement import Balance, Ledger, Measurement, Prediction
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

SPEC = load_car()

SHARE = item_named("front_torque_share", SPEC)
BOX = Box(60, 40, 500, 120)
FAR_S = 12.7


@pytest.fixture
def drawn(offscreen, monkeypatch):
    """Return what is drawn into charts: places of dots, tips of arrows, ends of bars."""
    offscreen((640, 360))
    found = {"dot": [], "arrow": [], "bar": []}
    monkeypatch.setattr(
        "game.app.setup.charts.chart_marks.dot",
        lambda _, place, radius, __: found["dot"].append((place, radius)),
    )
    monkeypatch.setattr(
        "game.app.setup.charts.chart_marks.arrow",
        lambda _, tip, *__, up: found["arrow"].append((tip, up)),
    )
    monkeypatch.setattr(
        "game.app.setup.charts.chart_marks.error_bar",
        lambda _, __, ___, low, high, *____: found["bar"].append((low, high)),
    )
    return found


def evidence(times_s, spread_s=0.0):
    variation = vary(SHARE, Setup())
    found = {
        setup: Measurement(
            laps_s=(time_s, time_s + spread_s),
            ledger=Ledger(4.0 + time_s / 100.0, 0.5),
            balance=Balance(time_s / 100.0, 0.2, 0.1),
        )
        for setup, time_s in zip(variation.setups, times_s, strict=True)
    }
    return gather(variation, {}, found)


def draw(found, strands):
    look = TextScale(metrics((1280, 720), 1.0), 17)
    draw_what_if_panel(
        pygame.display.get_surface(), BOX, look, found, strands, ValueRange(0.0, 1.0)
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.floats(95.0, 130.0), min_size=21, max_size=21))
def test_every_measured_value_is_inside_its_chart_or_named_at_its_edge(drawn, times_s):
    for strands in PANELS:
        for each in drawn.values():
            each.clear()
        draw(evidence(times_s), strands)
        assert len(drawn["dot"]) + len(drawn["arrow"]) == len(strands) * len(times_s)
        for (x, y), radius in drawn["dot"]:
            assert BOX.left <= x - radius
            assert x + radius <= BOX.right
            assert BOX.top <= y - radius
            assert y + radius <= BOX.bottom


def test_what_is_far_off_does_not_press_the_others_together(drawn):
    near = [102.0 + 0.4 * abs(step - 10) / 10 for step in range(21)]
    draw(evidence([102.0 + FAR_S, *near[1:-1], 102.0 + FAR_S]), PANELS[0])
    assert [up for _, up in drawn["arrow"]] == [True, True]
    rows = [place[1] for place, _ in drawn["dot"]]
    assert max(rows) - min(rows) > 0.35 * BOX.height


def test_laps_that_lie_apart_have_a_bar_and_others_none(drawn):
    times_s = [102.0 + 0.01 * step for step in range(21)]
    draw(evidence(times_s), PANELS[0])
    assert drawn["bar"] == []
    draw(evidence(times_s, spread_s=0.05), PANELS[0])
    assert len(drawn["bar"]) == 21
    assert all(high - low == pytest.approx(0.05) for low, high in drawn["bar"])


def test_a_predicted_value_is_laid_upon_the_nearest_lap_for_balance_too():
    variation = vary(SHARE, Setup())
    driven = evidence([102.0] * 21).measured[0]
    near = variation.setups[variation.present - 1]
    wrong = {
        setup: Prediction(101.0, 4.0, 0.5, Balance(0.0, 0.5 + 0.1 * step, 0.0))
        for step, setup in ((0, near), (1, variation.setups[variation.present]))
    }
    found = gather(variation, wrong, {near: driven})
    (front, _), _ = PANELS[3]
    assert found.expected(front) == pytest.approx(20.0 + 10.0)
    assert found.predictions(front)[variation.present - 1] == pytest.approx(20.0)


def test_one_setup_that_is_waited_for_is_not_counted_as_several():
    assert driving_laps(0, 1).endswith("0 of 1 setup")
    assert driving_laps(1, 12).endswith("1 of 12 setups")
