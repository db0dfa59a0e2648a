"""Laps as a page: it needs nothing else, and says what was lost where."""

import re
import shutil
import subprocess

import numpy as np
import pytest
from html_page import PageReader
from oval import make_oval
from stub_profiles import profile

from game.analysis.findings import compare_laps
from game.lab.report_charts import NamedLap, losing_spm
from game.lab.report_page import report_page

pytestmark = pytest.mark.slow

TRACK = make_oval()
HEADING = {"command": "leaf-rc report", "version": "1", "car": "A car", "setups": []}


def lap(name, mps, **options):
    return NamedLap(name, profile(mps, TRACK.length_m, **options))


@pytest.fixture(scope="module")
def page():
    slow, fast = lap("Anna", 25.0, valid=False, way=1.02), lap("the bot", 30.0)
    return report_page(HEADING, TRACK, [slow, fast], fast)


def test_the_page_is_whole_and_refers_to_nothing_outside_itself(page):
    reader = PageReader()
    reader.feed(page)
    assert reader.open == []
    assert all(link.startswith(("#", "data:")) for link in reader.links)
    assert not reader.counts.keys() & {"script", "link", "img", "iframe", "object"}
    assert "@import" not in page
    assert "url(http" not in page


def test_the_page_names_the_laps_the_corners_and_why_one_does_not_count(page):
    reader = PageReader()
    reader.feed(page)
    words = " ".join(reader.words)
    for said in (
        "Anna",
        "the bot",
        "T1",
        "T2",
        "does not count",
        "minimum speed",
        "Energy by corner",
    ):
        assert said in words


def test_one_lap_alone_is_a_page_without_a_comparison():
    only = lap("Anna", 25.0)
    text = report_page(HEADING, TRACK, [only], only)
    assert "Corner by corner" in text
    assert "against" not in text


def test_four_laps_are_each_compared_with_the_reference():
    laps = [lap(name, mps) for name, mps in zip("ABCD", (25.0, 26.0, 27.0, 28.0), strict=True)]
    text = report_page(HEADING, TRACK, laps, laps[3])
    assert [f"{name} against D" in text for name in "ABC"] == [True] * 3


def test_no_difference_that_rounds_to_nothing_has_a_minus():
    slow, fast = lap("Anna", 30.0), lap("the bot", 30.0 - 1e-6)
    text = report_page(HEADING, TRACK, [slow, fast], fast)
    assert "+0.000" in text
    assert re.findall("[-\N{MINUS SIGN}]0(?:[.]0+)?(?:<| s)", text) == []


def test_the_map_is_coloured_by_the_time_lost_on_each_metre():
    slow, fast = lap("Anna", 25.0), lap("the bot", 30.0)
    slope = losing_spm(compare_laps(TRACK, slow.profile, fast.profile))
    assert slope == pytest.approx(np.full(len(slope), 1.0 / 25.0 - 1.0 / 30.0))


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_a_browser_opens_the_page_without_a_network(page, tmp_path):
    (tmp_path / "page.html").write_text(page)
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    )
    dumped = subprocess.run(
        ["chromium", *options, f"--user-data-dir={tmp_path}/browser", "--dump-dom", "page.html"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        timeout=60,
    ).stdout
    assert dumped.count("<svg") == page.count("<svg") == 4
