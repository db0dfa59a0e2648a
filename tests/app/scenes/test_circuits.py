"""The choice of a circuit, and what of the circuit before is left behind it."""

import datetime
import gc
import math
import shutil
import time
import weakref

import msgspec
import pygame
import pytest
from figure_of_eight import figure_of_eight_file
from oval import OVAL, make_oval

from game.app.context.settings import Settings, SettingsFile
from game.app.input.commands import Command
from game.app.scenes.circuit_row import CircuitRow
from game.app.scenes.circuits import CircuitsScene
from game.app.venue.circuit_survey import CircuitSurvey
from game.app.window import last_circuit
from game.boards.lap_database import circuit_folder
from game.boards.lap_writer import LapWriter
from game.digests import drive_digests
from game.errors import InputError
from game.recording.best_lap import BestLap, best_path, save_best
from game.recording.ghost import GhostLap, TapedPose
from game.recording.traced_lap import TracedLap
from game.track.track_file import FILE_NAME
from game.track.track_writer import write_track_file
from game.track.variants import split_name
from game.vehicle.spec import load_car

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_that_ship")]

TORMO = "Circuit Ricardo Tormo"
NOW = datetime.datetime(2026, 5, 17, tzinfo=datetime.UTC)


def read_all(scene):
    """Let the survey come to its end."""
    scene.update(0.0)
    while scene.is_reading:
        scene.update(0.0)
    return scene


def arrive(game):
    """Wait until the circuit is loaded."""
    for _ in range(50):
        if game.name != "LoadingScene":
            return game.scene
        game.frames(1)
    raise AssertionError("still loading")


def test_from_the_title_to_another_circuit_and_its_title(game, device):
    device.choose("Circuits")
    read_all(game.scene)
    game.frames(2)
    device.choose(TORMO)
    assert type(arrive(game)).__name__ == "TitleScene"
    assert game.garage.track.name == "ricardo_tormo"
    assert game.scene.garage is game.garage


def test_from_a_pause_to_a_drive_on_another_circuit(game, device):
    game.show(game.routes.drive())
    device.pause()
    device.choose("Circuits")
    read_all(game.scene)
    game.frames(2)
    device.choose(TORMO)
    assert type(arrive(game)).__name__ == "DrivingScene"
    assert game.scene.drive.track.name == "ricardo_tormo"


def test_the_way_back_changes_nothing(game, device):
    title, track = game.scene, game.garage.track
    device.choose("Circuits")
    game.frames(2)
    device.back()
    assert game.scene is title
    assert game.garage.track is track


def test_switches_choose_the_variant_that_is_shown_and_opened(game, device):
    device.choose("Circuits")
    read_all(game.scene)
    game.frames(2)
    device.choose("Mirrored")
    device.choose("Reversed")
    read_all(game.scene)
    game.frames(2)
    assert split_name(game.scene.chosen_name).suffix == "+mirror+reverse"
    device.choose(TORMO)
    arrive(game)
    assert game.garage.track.name == "ricardo_tormo+mirror+reverse"
    assert game.show(game.routes.circuits(game.scene)).chosen_name == game.garage.track.name


def test_left_and_right_turn_through_the_variants(routes):
    scene = read_all(routes.circuits(routes.title()))
    seen = []
    for _ in range(4):
        scene.handle(Command.RIGHT)
        seen.append(split_name(scene.chosen_name).suffix)
    assert seen == ["+mirror", "+reverse", "+mirror+reverse", ""]
    scene.handle(Command.LEFT)
    assert scene.chosen_name.endswith("+mirror+reverse")


def test_the_open_circuit_leads_back_to_where_the_player_was(game):
    game.routes.change_circuit(game.garage.track)
    title = game.show(game.routes.title())
    scene = game.show(read_all(game.routes.circuits(title)))
    scene = game.routes.open_circuit("ricardo_tormo", title, to_drive=False)
    assert scene is not title
    title = game.show(game.routes.title())
    assert game.routes.open_circuit("ricardo_tormo", title, to_drive=False) is title


def test_the_last_choice_is_where_the_next_start_begins(offscreen, new_routes, tmp_path):
    offscreen((320, 240))
    file = SettingsFile(tmp_path / "settings.toml")
    routes = new_routes(file.settings, file)
    routes.open_circuit("ricardo_tormo+mirror", routes.title(), to_drive=False)
    kept = SettingsFile(tmp_path / "settings.toml").settings
    track, warning = last_circuit(kept)
    assert (track.name, warning) == ("ricardo_tormo+mirror", "")


def test_a_last_choice_that_is_gone_is_told_and_the_shipped_circuit_opened():
    track, warning = last_circuit(msgspec.structs.replace(Settings(), circuit="gone"))
    assert track.name == "ricardo_tormo"
    assert warning == (
        "The circuit of last time, gone, cannot be opened, so this is Circuit Ricardo Tormo: "
        "it is not there any more"
    )


@pytest.mark.usefixtures("broken_circuit")
def test_a_last_choice_that_is_broken_is_told_with_the_place():
    track, warning = last_circuit(msgspec.structs.replace(Settings(), circuit="broken+mirror"))
    assert track.name == "ricardo_tormo"
    assert "broken+mirror, cannot be opened" in warning
    assert "title" in warning


@pytest.fixture
def broken_circuit(tmp_path, monkeypatch):
    """The player has a circuit whose file is no such file."""
    folder = tmp_path / "tracks" / "broken"
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_text("title = 3\n")
    monkeypatch.setattr("game.track.track.player_folder", lambda: tmp_path)


@pytest.mark.usefixtures("broken_circuit")
def test_a_circuit_that_cannot_be_read_says_why_and_stays_unopened(game, monkeypatch):
    written = []
    scene = game.show(game.routes.circuits(game.scene))
    while scene.page.row.label != "broken":
        scene.handle(Command.DOWN)
    read_all(scene)
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    game.frames(1)
    assert "title" in " ".join(written)
    before = game.garage
    game.scene = scene.handle(Command.CONFIRM)
    assert game.scene is scene
    assert game.garage is before
    assert game.context.notice.shown


def keep_a_lap(garage):
    """Let the player have driven a lap of 30 s."""
    ghost = GhostLap(30.0, (0.0, 30.0), (TapedPose(0.0, 0.0, 0.0, 0.0),) * 2)
    trace = TracedLap(30.0, 5.0, (0.0, 30.0))
    digests = drive_digests(garage.track, garage.spec)
    best = BestLap(NOW, 30.0, (30.0,), trace, ghost, digests)
    save_best(best, best_path(circuit_folder(garage.track.name), "slick", garage.spec.id))


def open_home(game):
    """Choose the circuit anew; return it."""
    game.scene = game.routes.open_circuit("home", game.scene, to_drive=True)
    arrive(game)
    return game.garage.track


def best_lap(garage):
    """Return the best lap on the circuit that is open, and what the player is told of it."""
    writer = LapWriter(garage.track, garage.spec)
    writer.close()
    return writer.best("slick"), writer.message


def shown_facts(game):
    """Return the facts of the player's circuit as the list shows them."""
    scene = read_all(game.show(game.routes.circuits(game.routes.title())))
    (row,) = (row for row in scene.page.rows if getattr(row, "name", "") == "home")
    game.frames(1)
    return row.facts


def test_a_circuit_that_was_edited_while_it_is_open_is_another_with_its_own_times(game, home):
    before = open_home(game)
    keep_a_lap(game.garage)
    assert shown_facts(game).best_s == 30.0
    home.write_text(OVAL.replace("left_m = 6.0", "left_m = 6.5", 1))
    assert math.isinf(shown_facts(game).best_s)
    edited = open_home(game)
    assert edited is not before
    best, message = best_lap(game.garage)
    assert best is None
    assert "another circuit" in message
    home.write_text(OVAL)
    open_home(game)
    assert best_lap(game.garage)[0].time_s == 30.0


def test_a_circuit_that_is_deleted_while_it_is_open_is_driven_on_and_cannot_be_chosen(game, home):
    track = open_home(game)
    keep_a_lap(game.garage)
    shutil.rmtree(home.parent)
    game.frames(30)
    game.show(game.routes.drive())
    game.frames(30)
    assert game.garage.track is track
    scene = game.show(game.routes.circuits(game.routes.title()))
    assert "home" not in [getattr(row, "name", "") for row in read_all(scene).page.rows]
    with pytest.raises(InputError, match="home: no such track"):
        game.routes.open_circuit("home", scene, to_drive=True)
    assert game.garage.track is track
    assert circuit_folder(track.name).is_dir()


def test_another_circuit_of_the_same_name_has_nothing_of_the_one_before(game, home):
    open_home(game)
    keep_a_lap(game.garage)
    shutil.rmtree(home.parent)
    write_track_file(home, msgspec.structs.replace(figure_of_eight_file(), official=None))
    facts = shown_facts(game)
    assert (facts.title, math.isinf(facts.best_s)) == ("Figure of eight", True)
    assert open_home(game).title == "Figure of eight"
    assert best_lap(game.garage)[0] is None


def test_twenty_changes_leave_nothing_of_the_circuits_before(game):
    """Neither the circuit nor its venue, garage, scenes and pictures stay in memory."""
    left = []
    for number in range(20):
        circuit = make_oval()
        left += [weakref.ref(each) for each in (circuit, game.venue, game.garage, game.scene)]
        left += [weakref.ref(each) for each in (game.venue.world_view, game.venue.plan_ahead)]
        game.routes.change_circuit(circuit)
        game.show(game.routes.opened((1280, 720), to_drive=number % 2 == 0))
        arrive(game)
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_UP))
        game.frames(3)
        pygame.event.post(pygame.Event(pygame.KEYUP, key=pygame.K_UP))
        game.frames(1)
        del circuit
    gc.collect()
    alive = [ref() for ref in left if ref() is not None]
    assert [each for each in alive if each is not game.garage.track] == []


def test_facts_come_from_a_process_that_ends_when_nobody_asks():
    survey, spec = CircuitSurvey(), load_car()
    survey.begin(spec, "slick")
    survey.request(["ricardo_tormo", "nowhere"])
    while survey.is_busy or not survey.fault("nowhere"):
        survey.poll()
        time.sleep(0.01)
    facts = survey.facts("ricardo_tormo")
    assert (facts.left_corners, facts.right_corners, facts.clockwise) == (9, 5, False)
    assert math.isinf(facts.best_s)
    assert survey.fault("nowhere").startswith("nowhere: no such track")
    worker = survey._worker
    survey.stop()
    assert worker.join(20.0)


def test_the_scene_is_a_menu_of_its_own(routes):
    assert isinstance(routes.circuits(routes.title()), CircuitsScene)


@pytest.fixture
def many_circuits(tmp_path, monkeypatch):
    """The player has a dozen circuits."""
    for number in (*range(1, 12), 100):
        folder = tmp_path / "tracks" / f"lane-{number}"
        folder.mkdir(parents=True)
        (folder / FILE_NAME).write_text(OVAL.replace('"Oval"', f'"Lane {number}"'))
    monkeypatch.setattr("game.track.track.player_folder", lambda: tmp_path)


def names_in(scene):
    """The player's circuits in the list."""
    rows = [row for row in scene.page.rows if isinstance(row, CircuitRow)]
    return [row.name for row in rows if row.name.startswith("lane")]


def type_in(game, text):
    for letter in text:
        game.context.inputs.text_input.text = letter
        game.scene = game.scene.handle(Command.TYPED)
        game.frames(1)


@pytest.mark.usefixtures("many_circuits")
def test_many_circuits_stand_in_order_of_their_numbers_and_are_found_by_typing(game):
    scene = game.show(game.routes.circuits(game.scene))
    assert names_in(scene)[:3] == ["lane-1", "lane-2", "lane-3"]
    assert names_in(scene)[-1] == "lane-100"
    read_all(scene)
    scene.handle(Command.NEXT_VIEW)
    type_in(game, "lane 10")
    assert names_in(scene) == ["lane-10", "lane-100"]
    assert scene.chosen_name == "lane-10"
    game.scene = scene.handle(Command.CONFIRM)
    game.frames(1)
    assert scene.page.row.label == "Lane 10"
    game.scene = scene.handle(Command.BACK)
    game.frames(1)
    assert game.scene is scene
    assert len(names_in(scene)) == 12
    assert scene.chosen_name == "lane-10"


@pytest.mark.usefixtures("many_circuits")
def test_a_search_that_finds_nothing_says_so_and_ends_with_esc(game):
    scene = game.show(game.routes.circuits(game.scene))
    scene.handle(Command.NEXT_VIEW)
    type_in(game, "zz")
    assert names_in(scene) == []
    game.scene = scene.handle(Command.CONFIRM)
    game.frames(1)
    assert any(row.label.startswith("No circuit") for row in scene.page.rows)
    game.scene = scene.handle(Command.BACK)
    game.frames(1)
    assert len(names_in(scene)) == 12
    scene.handle(Command.NEXT_VIEW)
    type_in(game, "lane")
    game.scene = scene.handle(Command.BACK)
    game.frames(1)
    assert game.scene is scene
    assert not scene.captures
    assert len(names_in(scene)) == 12


@pytest.mark.usefixtures("many_circuits")
def test_pages_turn_from_one_part_of_the_list_to_the_next(game):
    scene = game.show(game.routes.circuits(game.scene))
    seen = []
    for _ in range(4):
        scene.handle(Command.NEXT_TAB)
        seen.append(scene.page.row.label)
    assert seen[1:] == ["Mirrored", "Import a circuit", "Search"]
    scene.handle(Command.PREVIOUS_TAB)
    assert scene.page.row.label == seen[2]


def test_few_circuits_need_no_search(game, monkeypatch):
    monkeypatch.setattr("game.app.scenes.circuits.track_names", lambda: ["ricardo_tormo"])
    scene = game.show(game.routes.circuits(game.scene))
    scene.handle(Command.NEXT_VIEW)
    assert not scene.captures


@pytest.mark.usefixtures("many_circuits")
def test_circuits_of_one_title_are_told_apart_by_their_names(game, tmp_path):
    (tmp_path / "tracks" / "lane-2" / FILE_NAME).write_text(OVAL.replace('"Oval"', '"Lane 1"'))
    scene = read_all(game.show(game.routes.circuits(game.scene)))
    labels = [row.label for row in scene.page.rows if isinstance(row, CircuitRow)]
    lanes = [label for label in labels if label.startswith("Lane")]
    assert lanes[:3] == ["Lane 1 (lane-1)", "Lane 1 (lane-2)", "Lane 3"]


def test_circuits_have_their_titles_at_once(routes):
    scene = routes.circuits(routes.title())
    scene._survey.stop()
    scene.update(0.0)
    labels = {row.name: row.label for row in scene.page.rows if isinstance(row, CircuitRow)}
    assert labels["sandeby"] == "Sandeby"
    assert labels["ricardo_tormo"] == TORMO
