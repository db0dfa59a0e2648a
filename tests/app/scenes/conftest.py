"""Targets that are there at once, the news of a scene, and a short list of circuits."""

import pytest
from corner_targets import corner_targets
from here_worker import HereWorker
from oval import OVAL

from game.app.context.settings import Settings
from game.app.driving.settings import RaceSettings
from game.boards.lap_writer import LapWriter
from game.files import tracks_folder
from game.track.track import track_names
from game.track.track_file import FILE_NAME


@pytest.fixture
def targets(routes, monkeypatch):
    found = corner_targets(routes.garage)
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: found)
    return found


@pytest.fixture
def title_before_a_race(monkeypatch, new_routes, offscreen, oval, spec, slow_plan, tmp_path):
    """Make a window that shows the title, where a race is of a lap among three, from a grid."""
    from ui_drivers import Game

    def make(grid):
        offscreen((1280, 720))
        monkeypatch.setattr("game.boards.lap_database.player_folder", lambda: tmp_path)
        settings = Settings(race=RaceSettings(laps=1, field=3, grid=grid))
        routes = new_routes(settings, lap_writer=LapWriter(oval, spec))
        monkeypatch.setattr("game.app.venue.background_work.Worker", HereWorker)
        for module in ("game.app.venue.field_ahead", "game.racing.race_length"):
            monkeypatch.setattr(f"{module}.make_plan", lambda *_, **__: slow_plan)
        game = Game(routes, routes.title())
        game.frames(1)
        return game

    return make


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
