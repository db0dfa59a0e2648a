"""Every scene draws, at every place and size, and writes a picture."""

import fake_measurements
import pygame
import pytest
from oval import make_oval

from game.app.setup.model.what_if import WhatIf
from game.app.tools.shot import SCENES, render_shot
from game.errors import InputError

# What these pages ask for takes a minute of laps; test_what_if.py has them driven.
ANSWERED = {"setup", "setup-compare", "setup-energy"}
# Over the same drive as "instruments"; the scenes' own tests draw them.
SIMILAR = {name for name in SCENES if name.startswith("settings-")} - {"settings-driving"}


@pytest.fixture(scope="module")
def oval():
    return make_oval()


@pytest.fixture
def answered_at_once(monkeypatch, oval):
    """Gives the setup's pages their measurements without driving for them."""

    def want(what_if, measured, predicted=()):
        what_if.measurements |= {each: fake_measurements.measured(oval, each) for each in measured}
        what_if.predictions |= {each: fake_measurements.predicted(oval, each) for each in predicted}
        what_if.answers += 1

    monkeypatch.setattr(WhatIf, "open", lambda _: None)
    monkeypatch.setattr(WhatIf, "want", want)


@pytest.mark.parametrize("scene", [name for name in SCENES if name not in SIMILAR])
def test_a_scene_is_written_as_a_picture_of_its_size(scene, oval, spec, setup, tmp_path, request):
    if scene in ANSWERED:
        request.getfixturevalue("answered_at_once")
    path = tmp_path / "picture.png"
    render_shot(oval, spec, setup, 530.0, (640, 360), scene, path)
    picture = pygame.image.load(path)
    assert picture.get_size() == (640, 360)
    colours = {tuple(picture.get_at((x, y))) for x in range(0, 640, 16) for y in range(0, 360, 16)}
    assert len(colours) > 10


def test_an_unknown_scene_names_those_there_are(track, spec, setup, tmp_path):
    with pytest.raises(InputError, match="title, loading, photo, drive"):
        render_shot(track, spec, setup, 0.0, (640, 360), "menu", tmp_path / "picture.png")
    assert not (tmp_path / "picture.png").exists()


def test_the_same_shot_twice_is_the_same_picture(oval, spec, setup, tmp_path):
    paths = [tmp_path / "one.png", tmp_path / "two.png"]
    for path in paths:
        render_shot(oval, spec, setup, 317.0, (640, 360), "drive", path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
