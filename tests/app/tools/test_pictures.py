"""Every scene draws, at every place and size, and writes a picture."""

import pygame
import pytest
from fake_measurements import answer_at_once
from first_lap import show_first_lap
from oval import SMALL_OVAL, make_oval

from game.app.car.settings import CarSettings
from game.app.scenes import driving
from game.app.tools.shot import SCENES, Shot, render_shot
from game.app.venue.day_ahead import DayAhead
from game.app.venue.reference_ahead import ReferenceAhead
from game.errors import InputError
from game.goals.day_target import DayTarget
from game.recording.ghost import GhostLap, TapedPose

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("compiled_ticks")]

# What these pages ask for takes a minute of laps; test_what_if.py has them driven, and
# test_daily.py those of a day.
ANSWERED = {"setup", "setup-compare", "setup-energy", "setup-map"}
# Over the same drive as "instruments"; the scenes' own tests draw them.
SIMILAR = {name for name in SCENES if name.startswith("settings-")} - {"settings-driving"}
# In these it can be seen that a lap was driven; the others show the car on its first one.
WITH_A_LAP = {"drive", "result", "laps"}
AT_M = 60.0
LAP_OF_THE_DAY = DayTarget(
    1.5, 1.25, GhostLap(61.5, (0.0, 61.5), (TapedPose(0.0, 0.0, 0.0, 0.0),) * 2)
)


@pytest.fixture(scope="module")
def oval():
    return make_oval(SMALL_OVAL)


@pytest.mark.parametrize("scene", [name for name in SCENES if name not in SIMILAR])
def test_a_scene_is_written_as_a_picture_of_its_size(
    scene, oval, spec, setup, tmp_path, monkeypatch
):
    if scene in ANSWERED:
        answer_at_once(monkeypatch, oval)
    if scene not in WITH_A_LAP:
        show_first_lap(monkeypatch)
    monkeypatch.setattr(
        driving, "draw_background_progress", lambda *_: pytest.fail("it is a still")
    )
    monkeypatch.setattr(ReferenceAhead, "is_driving", False)  # nobody drives for a picture
    monkeypatch.setattr(DayAhead, "begin", lambda *_: None)
    monkeypatch.setattr(DayAhead, "of", lambda *_: LAP_OF_THE_DAY)
    path = tmp_path / "picture.png"
    render_shot(oval, spec, setup, Shot(scene, AT_M, (640, 360)), path)
    picture = pygame.image.load(path)
    width = 360 if scene == "icon" else 640  # an icon is square
    assert picture.get_size() == (width, 360)
    colours = {
        tuple(picture.get_at((x, y))) for x in range(0, width, 16) for y in range(0, 360, 16)
    }
    assert len(colours) > 10


def test_an_unknown_scene_names_those_there_are(track, spec, setup, tmp_path):
    with pytest.raises(InputError, match="title, loading, photo, drive"):
        render_shot(track, spec, setup, Shot("menu", 0.0, (640, 360)), tmp_path / "picture.png")
    assert not (tmp_path / "picture.png").exists()


def test_the_same_shot_twice_is_the_same_picture(oval, spec, setup, tmp_path, monkeypatch):
    show_first_lap(monkeypatch)
    paths = [tmp_path / "one.png", tmp_path / "two.png"]
    for path in paths:
        render_shot(oval, spec, setup, Shot("drive", AT_M, (640, 360)), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_shot_shows_the_livery_that_was_asked_for(oval, spec, setup, tmp_path, monkeypatch):
    show_first_lap(monkeypatch)
    path = tmp_path / "picture.png"
    shares = []
    for name in ("violet", "lime"):
        shot = Shot("settings-car", AT_M, (640, 360), CarSettings(name, 88))
        render_shot(oval, spec, setup, shot, path)
        pixels = pygame.surfarray.array3d(pygame.image.load(path)).astype(int)
        _red, green, blue = pixels.reshape(-1, 3).T
        shares.append(((blue > green + 60).mean(), (green > blue + 60).mean()))
    assert shares[0][0] > 4.0 * shares[1][0]
    assert shares[1][1] > 4.0 * shares[0][1]
