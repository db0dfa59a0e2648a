"""A circuit's file dropped on the window, or named in the list of circuits."""

import json
from types import SimpleNamespace

import pygame
import pytest
from oval import OVAL

from game.app.input.commands import Command
from game.app.venue.circuit_import import import_under_free_name, is_circuit
from game.errors import InputError
from game.track.track import track_names
from game.track.track_file import FILE_NAME

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("few_that_ship")]


@pytest.fixture
def players_folder(tmp_path, monkeypatch):
    """Imported circuits come into a new folder; each import makes an oval."""
    folder = tmp_path / "player"

    def oval_from(path, options, on_progress):
        if "broken" in path.read_text():
            raise InputError(f"{path}: has no points")
        on_progress(0.5)
        place = folder / "tracks" / options.name / FILE_NAME
        place.parent.mkdir(parents=True)
        place.write_text(OVAL.replace('"Oval"', f'"{path.stem}"'))
        notes = ("2 stray points were left out",)
        return SimpleNamespace(title=path.stem, length_m=714.2, rms_m=0.21, notes=notes)

    for module in ("game.track.track", "game.track.own_tracks"):
        monkeypatch.setattr(f"{module}.player_folder", lambda: folder)
    monkeypatch.setattr("game.app.venue.circuit_import.import_circuit", oval_from)
    return folder


@pytest.fixture
def points(tmp_path):
    """A file that can only be meant as a circuit."""
    path = tmp_path / "Home Lane.csv"
    path.write_text("# x_m,y_m,w_tr_right_m,w_tr_left_m\n")
    return path


def drop(game, path):
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
    game.frames(4)


def say(game, monkeypatch):
    """All messages that the player reads from now on."""
    said = []
    monkeypatch.setattr(game.context.notice, "show", said.append)
    monkeypatch.setattr(game.routes._imports, "_report", said.append)
    return said


@pytest.mark.usefixtures("players_folder")
def test_a_file_dropped_on_the_title_is_imported_and_chosen_in_the_list(game, points, monkeypatch):
    said = say(game, monkeypatch)
    drop(game, points)
    assert game.name == "CircuitsScene"
    assert game.scene.chosen_name == "home_lane"
    assert game.scene.page.row.label == "Home Lane"
    assert said == ["Home Lane: imported, 714 m, on average 0.21 m from the file's points"]
    game.scene = game.scene.handle(Command.CONFIRM)
    game.frames(5)
    assert game.name == "TitleScene"
    assert game.garage.track.name == "home_lane"


@pytest.mark.usefixtures("players_folder")
def test_a_file_dropped_on_a_pause_leads_to_a_drive_there(game, points):
    driving = game.show(game.routes.drive())
    game.show(game.routes.pause(driving))
    drop(game, points)
    game.scene = game.scene.handle(Command.CONFIRM)
    game.frames(5)
    assert game.name == "DrivingScene"
    assert game.scene.drive.track.name == "home_lane"


@pytest.mark.usefixtures("players_folder")
def test_a_file_dropped_on_a_drive_does_not_stop_it(game, points):
    driving = game.show(game.routes.drive())
    drop(game, points)
    assert game.scene is driving
    assert "home_lane" in track_names()


@pytest.mark.usefixtures("players_folder")
def test_a_path_is_typed_in_the_list(game, points, device, monkeypatch):
    device.choose("Circuits")
    game.frames(2)
    device.choose("Import a circuit")
    assert game.scene.captures
    monkeypatch.setattr("game.app.setup.model.clipboard.pasted", lambda: f'"{points}"')
    game.scene = game.scene.handle(Command.PASTE)
    game.scene = game.scene.handle(Command.CONFIRM)
    game.frames(3)
    assert not game.scene.captures
    assert game.scene.chosen_name == "home_lane"


@pytest.mark.usefixtures("players_folder")
def test_esc_or_a_click_gives_up_a_path_and_stays_in_the_list(game, device):
    device.choose("Circuits")
    game.frames(2)
    scene = game.scene
    for command in (Command.BACK, None):
        device.choose("Import a circuit")
        assert scene.captures
        if command is None:
            pygame.event.post(
                pygame.Event(
                    pygame.MOUSEBUTTONDOWN, pos=(700, 300), button=pygame.BUTTON_LEFT, touch=False
                )
            )
            game.frames(1)
        else:
            game.scene = scene.handle(command)
        assert game.scene is scene
        assert not scene.captures


@pytest.mark.usefixtures("players_folder")
def test_what_is_wrong_with_a_file_is_one_line_and_the_next_one_is_imported(
    game, points, tmp_path, monkeypatch
):
    said = say(game, monkeypatch)
    broken = tmp_path / "broken.gpx"
    broken.write_text("broken")
    for path in (broken, points):
        pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
    game.frames(6)
    assert said[0] == f"{broken}: has no points"
    assert said[1].startswith("Home Lane: imported")
    assert game.scene.chosen_name == "home_lane"


def test_a_file_of_another_kind_is_told_what_could_be_dropped(game, tmp_path, monkeypatch):
    said = say(game, monkeypatch)
    drop(game, tmp_path / "lane.png")
    assert game.name == "TitleScene"
    assert said[0].startswith(
        f"{tmp_path / 'lane.png'}: is neither setup (.toml), replay (.replay) nor circuit (.csv,"
    )


@pytest.mark.usefixtures("players_folder")
def test_what_an_import_left_out_is_kept_until_the_next_file(game, points, tmp_path):
    broken = tmp_path / "broken.gpx"
    broken.write_text("broken")
    drop(game, points)
    assert game.routes._imports.notes == ("2 stray points were left out",)
    drop(game, broken)
    assert game.routes._imports.notes == ()


def test_a_circuits_own_file_is_copied_under_a_name_that_is_free(players_folder, tmp_path):
    path = tmp_path / "lane" / FILE_NAME
    path.parent.mkdir()
    path.write_text(OVAL)
    assert is_circuit(path)
    assert [import_under_free_name(path, print).name for _ in range(2)] == ["lane", "lane_2"]
    assert (players_folder / "tracks" / "lane_2" / FILE_NAME).read_text() == OVAL
    path.write_text(OVAL.replace("angle_deg = 180.0", "angle_deg = 90.0"))
    with pytest.raises(InputError, match=r"track\.toml: "):
        import_under_free_name(path, print)
    assert "lane_3" not in track_names()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("wet.toml", "[setup]\nwing = 0.5\n", False),
        ("lane.toml", OVAL, True),
        ("lane.KML", "<kml/>", True),
        ("lane.json", json.dumps({}), True),
        ("lane.png", "", False),
        ("gone.toml", None, False),
    ],
)
def test_a_circuit_is_told_from_a_setup(tmp_path, name, content, expected):
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    assert is_circuit(path) is expected


@pytest.mark.usefixtures("players_folder")
def test_a_name_without_letters_is_no_obstacle(tmp_path):
    path = tmp_path / "\N{CJK UNIFIED IDEOGRAPH-9234}.csv"
    path.write_text("")
    assert import_under_free_name(path, print).name == "imported"


def test_a_folder_with_a_circuit_in_it_stands_for_its_file(players_folder, tmp_path):
    folder = tmp_path / "lane"
    folder.mkdir()
    assert not is_circuit(folder)
    (folder / FILE_NAME).write_text(OVAL)
    assert is_circuit(folder)
    assert import_under_free_name(folder, print).name == "lane"
    assert (players_folder / "tracks" / "lane" / FILE_NAME).read_text() == OVAL


@pytest.mark.usefixtures("players_folder")
def test_an_import_is_in_view_from_its_beginning_and_its_fault_until_the_next(
    game, points, tmp_path, monkeypatch
):
    scene = game.show(game.routes.circuits(game.scene))
    monkeypatch.setattr(type(game.routes._imports), "current", points)
    scene.update(0.0)
    assert scene.page.row.label == "Import a circuit"
    monkeypatch.undo()
    written = []
    monkeypatch.setattr("game.app.ui.text_layout.write", lambda _, text, *__: written.append(text))
    broken = tmp_path / "broken.gpx"
    game.routes._imports.fault = f"{broken}: has no points"
    game.frames(1)
    game.routes._imports.notes = ("2 stray points were left out",)
    game.frames(1)
    assert "has no points" in " ".join(written)
    assert "2 stray points were left out" in " ".join(written)
    assert "Your circuits are in" in " ".join(written)


@pytest.mark.usefixtures("players_folder")
def test_a_key_asks_for_a_file_from_anywhere_in_the_list(game, device):
    device.choose("Circuits")
    game.frames(1)
    game.scene = game.scene.handle(Command.DEFAULT)
    assert game.scene.captures
    assert game.scene.page.row.label == "Import a circuit"
