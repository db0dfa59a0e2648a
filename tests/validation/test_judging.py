"""A figure is within, outside, without a verdict or not comparable, by one rule."""

import math

import pytest
from pytest import approx

from game.errors import InputError
from game.validation.judging import JudgedFigure, Judgement, judge_figures
from game.validation.published import PublishedFigure
from game.validation.report import as_data, claim_text, deviation_text, misses, summary


def figure(**changes):
    given = {
        "name": "weight",
        "group": "The car",
        "title": "Weight",
        "unit": "kg",
        "kind": "published",
        "source": "a brochure",
        "uncertainty_from": "its digits",
        "measurement": "mass_kg",
    }
    values = {"value": 100.0, "uncertainty": 2.0} if not changes.keys() & RANGE else {}
    return PublishedFigure(**given | values | changes)


RANGE = {"minimum", "maximum"}


@pytest.mark.parametrize(
    ("simulated", "judgement", "deviation"),
    [
        (102.0, Judgement.WITHIN, 2.0),
        (98.0, Judgement.WITHIN, -2.0),
        (102.1, Judgement.OUTSIDE, 2.1),
        (97.0, Judgement.OUTSIDE, -3.0),
        (math.nan, Judgement.NOT_COMPARABLE, math.nan),
    ],
)
def test_a_value_agrees_within_its_uncertainty(simulated, judgement, deviation):
    judged = JudgedFigure(figure(), simulated)
    assert judged.judgement is judgement
    assert judged.deviation == approx(deviation, nan_ok=True)


@pytest.mark.parametrize(
    ("ends", "simulated", "judgement", "deviation"),
    [
        ({"minimum": 1.0, "maximum": 2.0}, 1.5, Judgement.WITHIN, 0.0),
        ({"minimum": 1.0, "maximum": 2.0}, 2.5, Judgement.OUTSIDE, 0.5),
        ({"minimum": 1.0, "maximum": 2.0}, 0.5, Judgement.OUTSIDE, -0.5),
        ({"minimum": 1.0}, 1e9, Judgement.WITHIN, 0.0),
        ({"maximum": 2.0}, 3.0, Judgement.OUTSIDE, 1.0),
    ],
)
def test_a_range_agrees_between_its_ends(ends, simulated, judgement, deviation):
    judged = JudgedFigure(figure(**ends), simulated)
    assert judged.judgement is judgement
    assert judged.deviation == approx(deviation)


def test_an_estimate_judges_nothing_and_is_no_miss():
    estimate = JudgedFigure(figure(kind="estimate"), 120.0)
    assert estimate.judgement is Judgement.NO_VERDICT
    assert estimate.deviation == approx(20.0)
    assert not estimate.is_unexplained
    assert misses([estimate]) == []
    assert JudgedFigure(figure(kind="estimate"), math.nan).judgement is Judgement.NOT_COMPARABLE


def test_a_miss_says_so_and_is_unexplained_unless_its_reason_is_known():
    plain = JudgedFigure(figure(), 120.0)
    known = JudgedFigure(figure(known="a heavy driver"), 120.0)
    assert plain.is_unexplained
    assert not known.is_unexplained
    assert misses([plain]) == ["Weight: claimed 100.00 ± 2.00 kg, simulated 120.00 kg"]
    assert misses([known])[0].endswith("simulated 120.00 kg (a heavy driver)")
    assert summary([plain, known]) == (
        "2 figures: 0 within, 2 outside (1 of them known), 0 without a verdict, 0 not comparable"
    )


def test_words_have_the_digits_that_a_figure_asks_for():
    assert claim_text(figure(digits=0)) == "100 ± 2 kg"
    assert claim_text(figure(digits=0, uncertainty=0.05)) == "100 ± 0.1 kg"
    assert claim_text(figure(minimum=1.0, digits=1)) == "at least 1.0 kg"
    assert claim_text(figure(maximum=1.0, digits=1)) == "at most 1.0 kg"
    assert deviation_text(JudgedFigure(figure(), 101.0)) == "+1.00 (+1.0%)"
    assert deviation_text(JudgedFigure(figure(), 100.0 - 1e-9)) == "0"
    assert deviation_text(JudgedFigure(figure(minimum=1.0), 2.0)) == "in range"


def test_measuring_gives_each_figure_its_own_car(cars):
    light = figure(setup={"driver_aboard": False}, name="light")
    heavy = figure(scaled={"chassis.mass_kg": 2.0}, name="heavy")
    driven, alone, double = judge_figures([figure(), light, heavy], cars)
    assert driven.simulated - alone.simulated == approx(75.0, abs=0.1)
    assert double.simulated - driven.simulated == approx(1220.0, abs=0.1)
    assert as_data(alone)["simulated"] == alone.simulated
    assert as_data(alone)["command"] == "leaf-rc validate --only light"


def test_figures_come_in_their_own_order_though_laps_are_driven_last(cars):
    seen = []
    none = figure(measurement=None, not_comparable="another car", name="other")
    slow = figure(measurement="bot_above_optimum_percent", name="slow")
    judged = judge_figures([slow, none, figure()], cars, lambda _, each: seen.append(each.name))
    assert [each.figure.name for each in judged] == ["slow", "other", "weight"]
    assert seen == ["other", "weight", "slow"]
    assert judged[1].why_not == "another car"


def test_a_drive_that_the_car_cannot_do_is_not_comparable_and_says_why(cars):
    hard = figure(measurement="yaw_gain_1ps", arguments={"at_kmh": 100.0, "to_g": 5.0})
    (judged,) = judge_figures([hard], cars)
    assert judged.judgement is Judgement.NOT_COMPARABLE
    assert judged.why_not == "the car does not corner with 5.00 g at 100 km/h"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"setup": {"tyre": 3}}, "weight: setup: Expected `str`"),
        ({"setup": {"colour": "red"}}, "weight: setup: Object contains unknown field `colour`"),
        ({"scaled": {"chassis.colour": 2.0}}, "weight: scaled: there is no key 'colour'"),
    ],
)
def test_a_figure_of_a_car_that_cannot_be_is_named(cars, change, message):
    with pytest.raises(InputError, match=message):
        judge_figures([figure(**change)], cars)
