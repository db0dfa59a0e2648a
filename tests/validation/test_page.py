"""The page holds every figure and every chart, and needs nothing else."""

import pytest
from html_page import PageReader

from game.validation.judging import is_slow, judge_figures
from game.validation.manoeuvres import drive_manoeuvres
from game.validation.page import validation_page
from game.validation.published import published_figures

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures(spec):
    chosen = [figure for figure in published_figures(spec) if not is_slow(figure)]
    return chosen[::6]


@pytest.fixture(scope="module")
def page(figures, cars):
    heading = {"command": "leaf-rc validate", "version": "1", "car": "A car", "setup": "RC1"}
    text = validation_page(
        heading, judge_figures(figures, cars), drive_manoeuvres(cars.car({}, {}))
    )
    reader = PageReader()
    reader.feed(text)
    return reader


def test_every_element_is_closed_and_nothing_is_fetched(page):
    assert page.open == []
    assert all(link.startswith("#") for link in page.links)
    assert "script" not in page.counts


def test_every_figure_has_a_row_of_its_own(page, figures):
    assert {figure.name for figure in figures} <= page.ids
    words = " ".join(page.words)
    for figure in figures:
        assert figure.source in words
        assert f"leaf-rc validate --only {figure.name}" in words


def test_every_manoeuvre_has_a_chart(page):
    words = " ".join(page.words)
    for name in ("ISO 3888-2", "ISO 4138", "ISO 7401", "ISO 7975"):
        assert name in words
    assert page.counts["svg"] == 8
