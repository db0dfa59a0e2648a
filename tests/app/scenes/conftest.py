"""Targets that are there at once, the news of a scene, and a short list of circuits."""

import pytest
from corner_targets import corner_targets
from oval import OVAL

from game.files import tracks_folder
from game.track.track import track_names
from game.track.track_file import FILE_NAME


@pytest.fixture
def targets(routes, monkeypatch):
    found = corner_targets(routes.garage)
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: found)
    return found


@pytest.fixture
def said(monkeypatch, routes):
    """All the news there were."""
    news = []
    monkeypatch.setattr(routes.context.notice, "show", news.append)
    return news


@pytest.fixture
def few_that_ship(monkeypatch):
    """Only two of the circuits that ship, as the facts of each take a while to find out."""
    others = {path.parent.name for path in tracks_folder().glob("*/track.toml")}
    others -= {"ricardo_tormo", "sandeby"}
    names = "game.app.scenes.circuits.track_names"
    monkeypatch.setattr(names, lambda: [name for name in track_names() if name not in others])


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The file of a circuit of the player's."""
    for module in ("track.track", "boards.lap_database"):
        monkeypatch.setattr(f"game.{module}.player_folder", lambda: tmp_path)
    path = tmp_path / "tracks" / "home" / FILE_NAME
    path.parent.mkdir(parents=True)
    path.write_text(OVAL)
    return path
