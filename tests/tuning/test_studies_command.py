"""sweep, tune and compare as a shell sees them."""

import csv
import functools
import json
import subprocess
import sys

import pytest
from stub_laps import lost_laps, quick_laps

from game.setups.items import items_of, phase_items_of
from game.tuning.executors import LocalExecutor
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow

SPEC = load_car()
ITEMS = items_of(SPEC)
PHASE_ITEMS = phase_items_of(SPEC)


@pytest.fixture
def leaf_rc(monkeypatch, run_command, paper_baseline, notes):  # noqa: ARG001
    """Runs a command whose laps are a formula; gives exit code, standard output and error."""

    def run(*arguments, laps=quick_laps):
        executor = functools.partial(LocalExecutor, measure=laps)
        monkeypatch.setattr("game.cli.study_run.LocalExecutor", executor)
        monkeypatch.setattr("game.cli.study_run.make_baseline", lambda *_: paper_baseline)
        return run_command(*arguments)

    return run


SPLITS = ("sweep", "--vary", "front_torque_share=0.3:0.6:0.1")


def test_a_sweep_ends_with_the_fastest_its_gain_and_its_cost(leaf_rc):
    code, out, err = leaf_rc(*SPLITS)
    assert code == 0
    fastest = "Fastest: drive split 40 : 60, split law limit, 1:40.053 with 4.100 kWh a lap.\n"
    assert f"{fastest}It is 0.120 s" in out
    assert err == "4 setups driven, 0 taken from earlier runs\n"


def test_a_second_run_drives_nothing_and_writes_equal_files(leaf_rc, tmp_path):
    written = []
    for run, workers in (("one", 1), ("two", 2)):
        files = [tmp_path / f"{run}.csv", tmp_path / f"{run}.html"]
        code, out, err = leaf_rc(
            *SPLITS, "--json", "--workers", workers, "--csv", files[0], "--report", files[1]
        )
        assert code == 0
        written.append([out, *(file.read_bytes() for file in files)])
    assert err == "0 setups driven, 4 taken from earlier runs\n"
    assert written[0] == written[1]


def test_the_table_has_a_row_a_setup_that_can_be_driven_by_its_code(leaf_rc, tmp_path):
    leaf_rc(*SPLITS, "--vary", "tyre", "--csv", tmp_path / "sweep.csv")
    rows = list(csv.DictReader((tmp_path / "sweep.csv").read_text().splitlines()))
    assert len(rows) == 12
    assert [row["lap_time_s"] for row in rows] == sorted(row["lap_time_s"] for row in rows)
    code, out, _ = leaf_rc("compare", rows[0]["code"], rows[-1]["code"], "--json")
    gap = json.loads(out)["difference"]["lap_time_s"]
    assert code == 0
    assert gap == pytest.approx(float(rows[-1]["lap_time_s"]) - float(rows[0]["lap_time_s"]))


def test_every_value_can_be_varied_and_stands_in_every_form_of_the_answer(leaf_rc, tmp_path):
    names = [item.name for item in (*ITEMS, *PHASE_ITEMS)]
    varied = [word for name in names for word in ("--vary", name)]
    files = [tmp_path / "all.csv", tmp_path / "all.html"]
    asked = ("sweep", *varied, "--latin", 6)
    code, table, _ = leaf_rc(*asked, "--csv", files[0], "--report", files[1])
    _, report, _ = leaf_rc(*asked, "--json")  # and no second page: it has a chart a value
    assert code == 0
    assert "split at exit" in table
    assert json.loads(report)["varied"] == names
    assert files[0].read_text().split(",")[: len(names)] == names
    assert "Split at exit" in files[1].read_text()


def test_setups_that_do_not_get_round_are_named_and_only_all_of_them_fail(leaf_rc):
    code, out, _ = leaf_rc("sweep", "--vary", "tyre", laps=lost_laps)
    assert code == 0
    assert "tyres sport: the car was lost at 930 m" in out


def test_tuning_takes_the_same_path_whatever_the_number_of_workers(leaf_rc, monkeypatch, tmp_path):
    search = ("tune", "--vary", "front_torque_share=0:1", "--budget", "12", "--seed", "3", "--json")
    first = leaf_rc(*search, "--workers", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    second = leaf_rc(*search, "--workers", 2)
    assert first == second
    assert len(json.loads(first[1])["setups"]) == 12


def test_tuning_keeps_the_best_under_a_name_that_can_be_driven(leaf_rc):
    code, out, _ = leaf_rc(
        "tune", "--vary", "front_torque_share=0:1", "--budget", "16", "--save", "Tuned"
    )
    assert code == 0
    assert "Drive it: leaf-rc drive --setup RC3-" in out
    code, out, _ = leaf_rc("compare", "Tuned", "50-50", "--json")
    report = json.loads(out)
    assert code == 0
    assert report["a"]["setup"]["front_torque_share"] != Setup().front_torque_share
    assert report["difference"]["lap_time_s"] > 0.0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sweep", "--vary", "wing=0:2:1"), "2 is out of bounds; wing can be -1 to 1"),
        (("sweep", "--vary", "wing=0:1"), "a grid needs a step"),
        (("sweep",), "Missing option '--vary'"),
        (("sweep", "--vary", "wing", "--csv", "no/such/folder.csv"), "cannot be written"),
        (("sweep", "--vary", "wing", "--csv", "one.x", "--report", "one.x"), "asked for twice"),
        (("sweep", "--vary", "wing", "--cluster", "nowhere"), "no Dask scheduler answers"),
        (("tune", "--vary", "wing", "--goal", "speed"), "'speed' is not understood"),
        (("tune", "--vary", "wing", "--save", "con"), "means something else"),
        (("tune", "--vary", "wing", "--save", "50-50"), "a setup of this name ships with leaf-rc"),
        (("compare", "50-50", "none"), "setup 'none'"),
    ],
)
def test_what_the_user_got_wrong_is_one_line_and_exit_2(leaf_rc, arguments, said):
    code, out, err = leaf_rc(*arguments)
    assert code == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "library"),
    [
        (("tune", "--vary", "wing"), "optuna"),
        (("sweep", "--vary", "wing=0,1", "--cluster", "tcp://h:1"), "distributed"),
        (("sweep", "--vary", "wing=0,1", "--report", "x.html"), "matplotlib"),
    ],
)
def test_a_missing_library_is_named_with_the_remedy(leaf_rc, monkeypatch, arguments, library):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    code, _, err = leaf_rc(*arguments)
    assert code == 2
    assert f"needs {library}: pip install 'leaf-rc[lab]'" in err


def test_no_other_command_waits_for_the_libraries_of_studies():
    code = (
        "import sys, game.cli.main\n"
        "print({'optuna', 'distributed', 'dask', 'matplotlib', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
