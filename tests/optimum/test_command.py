"""`leaf-rc optimum` as a shell sees it, and what `leaf-rc lap` says of an optimum that is kept."""

import json

import numpy as np
import pytest
from pytest import approx

pytest.importorskip("casadi")

from game.lab.bot_lap import BotLap
from game.optimum import optimal_lap as module
from game.optimum.kept_laps import kept_lap

MESH_M = 15.0
CIRCLE = ("optimum", "--track", "skid_pad_50", "--mesh", str(MESH_M))


@pytest.fixture
def leaf_rc(monkeypatch, run_command, plan_of_circle, circle):
    """Runs a command that need neither plan nor drive; gives exit code, output and error."""
    none = np.zeros(4)
    s_m = circle.length_m * np.array([0.0, 0.3, 0.6, 0.9])
    time_s = plan_of_circle.lap_time_s
    bot = BotLap(time_s, s_m, time_s * s_m / circle.length_m, none, none, none, none)

    def drive_bot_lap(_track, _spec, driven, _plan):
        assert driven.tyre_state == "frozen"  # as an optimum's tyres are
        return bot

    monkeypatch.setattr("game.cli.optimum.make_plan", lambda *_: plan_of_circle)
    monkeypatch.setattr("game.cli.optimum.drive_bot_lap", drive_bot_lap)
    return run_command


@pytest.mark.slow
def test_an_optimum_is_searched_once_and_set_beside_the_bot(
    leaf_rc, circle, spec, setup, plan_of_circle
):
    reports = []
    for _ in range(2):
        code, out, err = leaf_rc(*CIRCLE, "--json")
        assert (code, err) == (0, "")
        reports.append(json.loads(out))
    (first,), (second,) = (report["optima"] for report in reports)
    assert second["from_cache"]
    assert first["optimum_s"] == second["optimum_s"]
    lap = kept_lap(circle, spec, setup, MESH_M)
    assert lap is not None
    assert first["optimum_s"] == lap.lap_time_s
    assert reports[0]["bot_s"] == plan_of_circle.lap_time_s
    above = plan_of_circle.lap_time_s / lap.lap_time_s - 1.0
    assert reports[0]["bot_above"] == approx(above)


@pytest.mark.slow
def test_values_of_a_setup_are_set_side_by_side_and_drawn(leaf_rc, tmp_path):
    chart = tmp_path / "circle.svg"
    code, out, _ = leaf_rc(*CIRCLE, "--vary", "wing=0,0.5", "--plot", chart)
    assert code == 0
    assert out.count("0:1") >= 3
    assert "-0." in out  # more wing is faster round a circle
    assert "bot 0:14.280, +" in out
    assert "slip, share of peak" in chart.read_text(encoding="utf-8")


def test_a_search_that_does_not_converge_ends_with_one_line_and_exit_1(leaf_rc, monkeypatch):
    monkeypatch.setattr(module, "_LAST", module._LAST._replace(iterations=1))
    monkeypatch.setattr(module, "_COARSENESS", (1.0,))
    code, out, err = leaf_rc("optimum", "--track", "skid_pad_50", "--mesh", "20")
    assert (code, out) == (1, "")
    assert err.startswith("leaf-rc: the search for the optimum did not converge in 1 iteration")
    assert len(err.splitlines()) == 1


def test_without_casadi_its_extra_is_named(leaf_rc, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    code, _, err = leaf_rc(*CIRCLE)
    assert code == 2
    assert err == "leaf-rc: leaf-rc optimum: needs casadi: pip install 'leaf-rc[lab]'\n"


def test_a_chart_of_an_unknown_kind_is_refused_before_the_search(leaf_rc):
    code, _, err = leaf_rc(*CIRCLE, "--plot", "lap.xls")
    assert code == 2
    assert err == "leaf-rc: --plot lap.xls: has to end in .png, .svg, .pdf\n"
