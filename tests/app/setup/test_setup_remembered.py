"""The setup that was worked on last, and the cap, are there again in the next sitting."""

import msgspec
import pytest
from hatchback import make_hatchback
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.app.setup.model.workbench import WorkbenchContent, WorkbenchFile
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import load_car
from game.vehicle.split_map import SplitMap, Stretch

SPEC = load_car()
MINE = Setup(
    front_torque_share=0.37,
    tyre="sport",
    split_map=SplitMap(entry=0.6, painted=(Stretch(100.0, 300.0, 0.2),)),
)


@pytest.fixture(autouse=True)
def path(tmp_path, monkeypatch):
    monkeypatch.setattr("game.app.setup.model.workbench.player_folder", lambda: tmp_path)
    return tmp_path / "workbench.toml"


@pytest.fixture
def sit_down(new_routes, offscreen):
    """Begins a sitting with what is in the player's folder, but another setup."""
    offscreen((640, 360))
    return lambda: new_routes(workbench_file=WorkbenchFile(SPEC))


def test_what_was_worked_on_last_is_there_again(sit_down):
    routes = sit_down()
    routes.garage.workbench.load(MINE)
    routes.garage.workbench.driven_laps.cap_kwh = 4.2
    routes.close()
    assert WorkbenchFile(SPEC).content == WorkbenchContent(MINE, 4.2)
    assert sit_down().garage.workbench.driven_laps.cap_kwh == 4.2


def test_it_is_kept_as_soon_as_it_is_driven_with(sit_down):
    routes = sit_down()
    routes.garage.workbench.load(MINE)
    routes.garage.apply_setup(MINE)
    assert WorkbenchFile(SPEC).content.setup == MINE


def test_a_setup_of_the_command_line_that_nobody_changed_is_not_kept(sit_down):
    before = WorkbenchContent(MINE, 3.9)
    WorkbenchFile(SPEC).keep(before)
    routes = sit_down()
    assert routes.garage.setup != MINE
    routes.close()
    assert WorkbenchFile(SPEC).content == before


@given(setup=st.builds(Setup, wing=st.floats(-1.0, 1.0), front_torque_share=st.floats(0.0, 1.0)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_whatever_is_kept_comes_back_equal(path, setup):
    path.unlink(missing_ok=True)
    WorkbenchFile(SPEC).keep(WorkbenchContent(setup, 5.5))
    assert WorkbenchFile(SPEC).content == WorkbenchContent(setup, 5.5)


@pytest.mark.parametrize(
    "content",
    ["energy_cap_kwh = 99\n", "[setup]\nwing = 7\n", "[setup]\ntyrannosaurus = 1\n", "[setup\n"],
)
def test_a_file_that_is_of_no_use_is_named_and_put_aside(sit_down, path, content):
    path.write_text(content)
    file = WorkbenchFile(SPEC)
    assert file.content == WorkbenchContent()
    assert str(path) in file.warning
    routes = sit_down()
    routes.garage.workbench.load(MINE)
    routes.close()
    assert WorkbenchFile(SPEC).content.setup == MINE
    assert path.with_name("workbench.toml.broken").read_text() == content


def test_a_disk_that_takes_nothing_is_said_and_the_setup_is_driven_all_the_same(sit_down, path):
    routes = sit_down()
    path.mkdir()
    said = []
    routes.context.notice.show = said.append
    routes.garage.workbench.load(MINE)
    routes.garage.apply_setup(MINE)
    assert routes.garage.setup == MINE
    assert len(said) == 1
    assert "workbench.toml" in said[0]


def test_a_setup_of_before_there_was_a_choice_of_law_keeps_its_own_and_says_so_once(path):
    WorkbenchFile(SPEC).keep(WorkbenchContent(MINE, 4.2))
    path.write_text(path.read_text().replace('split_law = "limit"\n', ""))
    file = WorkbenchFile(SPEC)
    assert file.content == WorkbenchContent(msgspec.structs.replace(MINE, split_law="fill"), 4.2)
    assert "keeps the split law that it was driven with, fill" in file.warning
    again = WorkbenchFile(SPEC)
    assert (again.content, again.warning) == (file.content, "")


def test_each_car_has_a_setup_of_its_own_on_the_workbench():
    hatchback = make_hatchback()
    WorkbenchFile(SPEC).keep(WorkbenchContent(MINE, 5.5))
    assert WorkbenchFile(hatchback).setup_for(hatchback) == default_setup(hatchback)
    theirs = msgspec.structs.replace(default_setup(hatchback), tyre="rain")
    WorkbenchFile(hatchback).keep(WorkbenchContent(theirs))
    assert WorkbenchFile(hatchback).setup_for(hatchback) == theirs
    assert WorkbenchFile(SPEC).setup_for(SPEC) == MINE


def test_a_setup_that_the_car_can_no_longer_have_is_named_and_put_aside(path):
    WorkbenchFile(SPEC).keep(WorkbenchContent(MINE))
    changed = msgspec.structs.replace(make_hatchback(), id=SPEC.id)
    file = WorkbenchFile(changed)
    assert file.setup_for(changed) == default_setup(changed)
    assert "tyre: is 'sport', can be road, rain" in file.warning
    file.keep(WorkbenchContent(default_setup(changed)))
    assert path.with_name("workbench.toml.broken").exists()


def test_a_remembered_setup_of_before_tyres_had_a_state_gets_the_cars_and_it_is_said_once(path):
    WorkbenchFile(SPEC).keep(WorkbenchContent(MINE, 4.2))
    path.write_text(path.read_text().replace('tyre_state = "frozen"\n', ""))
    file = WorkbenchFile(SPEC)
    assert file.content.setup == msgspec.structs.replace(MINE, tyre_state="live")
    assert "tyres warm up" in file.warning
    assert WorkbenchFile(SPEC).warning == ""
